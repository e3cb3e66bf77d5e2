import Foundation
import FoundationXML
import HostCore
import Models
import Testing

@Suite("Evaluated models as a page")
struct EvaluationPageTests {
    private static let recipes = [ModelRecipe(.popularity), ModelRecipe(.neighbours)]

    /// Forty viewers who like one half of sixteen titles or the other.
    private func page() throws -> XMLDocument {
        let store = try TestStore()
        try store.addRatings(viewers: 40, titles: 16) { viewer, title in
            title % 2 == viewer % 2 && (title + viewer) % 7 > 0
        }
        let evaluation = try ModelEvaluation(
            TrainingData(store: store.path), .strong, EvaluationSplit.Filter(), seed: 1, jobs: 1)
        return try XMLDocument(data: Data(evaluation.html(of: evaluation.run(Self.recipes)).utf8))
    }

    private func texts(_ page: XMLDocument, _ path: String) throws -> [String] {
        try page.nodes(forXPath: path).map { $0.stringValue ?? "" }
    }

    @Test("a chart for each metric with a bar and an interval for each model, and a table of all numbers")
    func contents() throws {
        let page = try page()
        #expect(try texts(page, "//h3") == Metric.all.map { $0.name })
        #expect(try texts(page, "//figure[1]//b") == ["popularity", "neighbours"])
        #expect(try texts(page, "//thead//th") == ["model", "popularity", "neighbours"])
        #expect(
            try texts(page, "//tbody//th")
                == ["trained"] + Metric.all.map { $0.name } + ["coverage", "novelty", "diversity", "miscalibration"])
        #expect(try texts(page, "//figure[1]//i") == texts(page, "//tbody/tr[2]/td"))
        #expect(try texts(page, "//p[@class='lead']")[0].contains("8 viewers are asked about, 24 trained with"))
    }

    @Test("bars end within their intervals, which end within the chart")
    func intervals() throws {
        let page = try page()
        for svg in try page.nodes(forXPath: "//figure//svg") {
            func number(_ path: String) throws -> Double {
                let text = try #require(try svg.nodes(forXPath: path).first?.stringValue)
                return try #require(Double(text.dropLast()))
            }
            let width = try number("rect[@class='mark']/@width")
            let (low, high) = try (number("line[1]/@x1"), number("line[1]/@x2"))
            #expect(low >= 0 && low <= width && width <= high && high < 100)
        }
        #expect(try page.nodes(forXPath: "//figure//svg").count == 2 * Metric.all.count)
    }

    @Test("it loads and runs nothing, and says in words what the charts show")
    func frame() throws {
        let page = try page()
        #expect(try page.nodes(forXPath: "//script | //link | //img | //@src | //@style | //@onload").isEmpty)
        #expect(try texts(page, "//figure//*[@role='img']/@aria-label").count == Metric.all.count)
        #expect(try page.nodes(forXPath: "//svg[not(@aria-hidden)]").isEmpty)
        #expect(try page.nodes(forXPath: "//table[not(caption)] | //th[not(@scope)]").isEmpty)
    }
}
