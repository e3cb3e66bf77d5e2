import Foundation
import HostCore
import Testing

@Suite("The audience taxonomy")
struct TaxonomyTests {
    @Test("has every node of the IAB's list, under its id and path")
    func nodes() {
        #expect(AudienceTaxonomy.nodes.count == 1558)
        #expect(AudienceTaxonomy.node("1")?.path == "Demographic")
        #expect(AudienceTaxonomy.node("1")?.parent == nil)
        #expect(AudienceTaxonomy.node("3")?.path == "Demographic | Age Range | 18-20")
        #expect(AudienceTaxonomy.node("719")?.path == "Interest | Travel")
        #expect(AudienceTaxonomy.node("719")?.parent == 206)
        #expect(AudienceTaxonomy.node("1679")?.name == "Web Hosting and Cloud Computing")
        #expect(AudienceTaxonomy.nodes.map(\.id) == AudienceTaxonomy.nodes.map(\.id).sorted())
    }

    @Test("is a tree: every parent is a node, and every path begins with the parent's")
    func tree() throws {
        for node in AudienceTaxonomy.nodes {
            guard let parent = node.parent else {
                #expect(["Demographic", "Interest", "Purchase Intent"].contains(node.path))
                continue
            }
            #expect(node.path == (try #require(AudienceTaxonomy.node("\(parent)"))).path + " | " + node.name)
        }
    }

    @Test(
        "knows no other ids",
        arguments: ["0", "1680", "198", "-1", "01", "1.0", " 1", "", "Travel", "9999999999999999999"])
    func unknown(id: String) {
        #expect(AudienceTaxonomy.node(id) == nil)
    }

    @Test(
        "says what may be meant",
        arguments: [
            ("999999", "no node \"999999\"; ids of the IAB Audience Taxonomy 1.1 are 1 to 1679, with gaps"),
            ("198", "no node \"198\"; ids of the IAB Audience Taxonomy 1.1 are 1 to 1679, with gaps"),
            ("xyzzy", "no node \"xyzzy\"; ids of the IAB Audience Taxonomy 1.1 are 1 to 1679, with gaps"),
            ("travel", "no node \"travel\" in the IAB Audience Taxonomy 1.1: did you mean 719 (Interest | Travel)?"),
            (
                "drama television",
                "no node \"drama television\" in the IAB Audience Taxonomy 1.1: "
                    + "did you mean 710 (Interest | Television | Drama TV)?"
            ),
            (
                "Interest | Movies | Drama Movies",
                "no node \"Interest | Movies | Drama Movies\" in the IAB Audience Taxonomy 1.1: "
                    + "did you mean 473 (Interest | Movies | Drama Movies)?"
            ),
        ])
    func advice(_ text: String, _ expected: String) {
        #expect(AudienceTaxonomy.advice(about: text) == expected)
    }

    @Test(
        "tells what is sensitive, and all below it",
        arguments: [
            ("407", AudienceTaxonomy.Sensitivity.health), ("1393", .health), ("354", .parenthood),
            ("1350", .parenthood),
            ("1381", .ethnicity), ("1097", .ethnicity), ("530", .politics), ("1541", .politics), ("708", .children),
            ("192", .hardship), ("503", .belief), ("51", .gender), ("1502", .grief), ("1495", .offence),
        ])
    func sensitive(_ id: String, _ reason: AudienceTaxonomy.Sensitivity) {
        #expect(AudienceTaxonomy.node(id)?.sensitivity == reason)
        #expect(AudienceTaxonomy.node(id)?.isSensitive == true)
    }

    @Test("tells what is not", arguments: ["1", "206", "719", "706", "710", "527", "1390", "219", "752"])
    func ordinary(_ id: String) {
        #expect(AudienceTaxonomy.node(id)?.isSensitive == false)
    }

    @Test("has its sensitive nodes listed in docs/segments.md", arguments: AudienceTaxonomy.Sensitivity.allCases)
    func documented(_ reason: AudienceTaxonomy.Sensitivity) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../docs/segments.md")
        let text = try String(contentsOf: root, encoding: .utf8)
            .split { $0.isWhitespace }.joined(separator: " ")
        let roots = AudienceTaxonomy.roots(of: reason)
        #expect(!roots.isEmpty)
        let line = reason.reason + ": " + roots.map { "`\($0.id)` \($0.name)" }.joined(separator: ", ")
        #expect(text.contains(line), "expected in docs/segments.md: \(line)")
    }
}
