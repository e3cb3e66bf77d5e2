import Plugins
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Masks on any input")
struct MaskPropertyTests {
    private typealias Masking = (UnsafeRawBufferPointer, inout [UInt8]) -> Void

    private let fields: [Masking] = [
        { Mask.ip($0, into: &$1) }, { Mask.email($0, into: &$1) }, { Mask.phone($0, into: &$1) },
        { Mask.card($0, into: &$1) }, { Mask.name($0, into: &$1) },
    ]
    private let pieces = [
        "a", "Anna", "é", "ß", "李", "🙂", " ", "\n", ",", ".", ":", "::", "@", "-", "/", "(", ")", "+", "0", "1", "12",
        "555",
        "2024", "0171", "10115", "4111 1111 1111 1111", "my name is ", "Dear ", "Regards,\n", "anna@example.org",
        "1.2.3.4",
        "fe80::1", "https://", "www.", "?", "#", "[email]", "[phone]", "Rue ", "Street", " Straße ", "Berlin", "DE89",
        "\"",
        "\u{a0}", "”", "Tel ", "%", "$", "€", "***", "x", "CA 94105", "529.982.247-25", "123-45-6789", "l'", "von ",
        " (at) ", " dot ", "at", "[", "\nAgent: ", "[14:02] ", "Lee: ", "my sister ", "Mr ", "'s", " ext. ", "x12",
        "3º B",
        ", ", "via ", "straat ", "1017 GC ", "card ", "P.O. Box ", "version ", "I live at ", "Adresse: ",
    ]

    @Test("random bytes never trap, and the output is bounded")
    func randomBytes() {
        var random = SplitMix(state: 1)
        for _ in 0..<5_000 {
            let value = (0..<Int(random.next() % 48)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            for field in fields {
                #expect(masked(value, field).output.count <= max(24, 3 * value.count + 8))
            }
            #expect(masked(value) { Mask.text($0, into: &$1) }.output.count <= 5 * value.count + 16)
        }
    }

    @Test("pieces of personal values: UTF-8 stays valid, output is bounded, and masking twice is masking once")
    func randomText() {
        var random = SplitMix(state: 7)
        for _ in 0..<10_000 {
            let text = (0..<(1 + random.next() % 12)).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }
                .joined()
            let value = Array(text.utf8)
            for field in fields {
                let once = masked(value, field).output
                #expect(String(validating: once, as: UTF8.self) != nil, "\(text)")
                #expect(masked(once, field).output == once, "\(text)")
            }
            let once = masked(value) { Mask.text($0, into: &$1) }.output
            let result = String(validating: once, as: UTF8.self)
            #expect(result != nil, "\(text)")
            #expect(once.count <= 5 * value.count + 16)
            #expect(maskedText(result ?? "") == result, "\(text)")
        }
    }

    @Test(
        "eight times the text takes about eight times the processor's time, whatever the text",
        arguments: [
            "1 ", "1", "1.", "7777-", "a:", "a@", "a", "@", "www.", "www.)", "http://", "Dear ", "A-", "Aa ", "rue De ",
            "+1(",
            "DE89 ", "my name is Von ", "12 Aa ", "\"@", "my ", "::", "é", "(", "Regards,\n", "a.", "?", "x@a-",
            "http://a?b ", "a at ", "a dot ", "a(at)", "a[", "Agent: A\n", "A A: \n", "[12:30] Aa Aa: hi\n", "Mr Aa ",
            "my son Aa ",
            "my name is A'a-A", "via Aa ", "1 Aa, ", "1, ", "555-0100x", "4444 ", "card 1 ", "P.O. Box 1, ",
            "live at Aa 1 ", "live at 1 Aa ",
        ]
    )
    func linear(piece: String) {
        let small = processorTime(of: Array(String(repeating: piece, count: 8_192 / piece.utf8.count).utf8))
        let large = processorTime(of: Array(String(repeating: piece, count: 65_536 / piece.utf8.count).utf8))
        // A quadratic scan would take 64 times as long.
        #expect(large <= 24 * small + 2_000_000, "\(piece): \(small) ns, then \(large) ns")
    }

    private func processorTime(of value: [UInt8]) -> Int {
        (0..<3).map { _ in
            let start = threadTime()
            _ = masked(value) { Mask.text($0, into: &$1) }
            return threadTime() - start
        }.min() ?? 0
    }

    private func threadTime() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}
