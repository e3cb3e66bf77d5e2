import Foundation
import Privacy
import TestSupport
import Testing

@Suite("An amount of privacy")
struct AmountTests {
    @Test(
        "is read as it is written",
        arguments: [
            ("0.5", 500_000), ("1", 1_000_000), (".25", 250_000), ("3.", 3_000_000), ("1e-6", 1), ("2.5E0", 2_500_000),
            ("0.000001", 1), ("000.1000000000", 100_000), ("0", 0), ("1e1", 10_000_000), ("0e-30", 0),
        ])
    func reading(_ text: String, _ units: Int) {
        #expect(Epsilon(text)?.units == units)
    }

    @Test(
        "is refused where it is none, negative, or has too many digits",
        arguments: [
            "", " ", "-1", "+1", "nan", "inf", "infinity", "1e", "e5", ".", "1.2.3", "0.0000001", "1e-7", "1e40",
            "0x10", "1,5",
            "99999999999999999999", "1e999999999999999999999", "١", "1 ", "1_000", "--1", "1e--1",
        ])
    func refusal(_ text: String) {
        #expect(Epsilon(text) == nil)
    }

    @Test("is written so that it is read as itself")
    func roundTrip() {
        var generator = SplitMix(state: 6)
        for _ in 0..<2000 {
            let units = Int.random(in: 0...1 << Int.random(in: 0...61, using: &generator), using: &generator)
            #expect(Epsilon(Epsilon(units: units).description)?.units == units)
            #expect(Delta(Delta(units: units).description)?.units == units)
            #expect(Rho(Rho(units: units).description)?.units == units)
        }
        #expect(Delta(units: 1_000_000_000).description == "1e-9")
        #expect(Epsilon(units: 500_000).description == "0.5")
        #expect(Epsilon(units: 12_000_000).description == "12")
        #expect(Delta(units: 1_500_000).description == "1.5e-12")
    }

    @Test("is added without loss, and never becomes less by too much of it")
    func sums() {
        #expect(Epsilon("0.1").map { $0 + $0 + $0 } == Epsilon("0.3"))
        #expect(Epsilon(units: .max) + Epsilon(units: 5) == Epsilon(units: .max))
        #expect(Epsilon(units: 3) - Epsilon(units: 5) == .zero)
    }
}
