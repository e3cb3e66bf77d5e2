import Archives
import Testing
import TestSupport

@Suite("Tables")
struct TableTests {
    private static let header = "Profile Name,Title Name,Country,Utc Title Add Date\n"

    @Test(
        "are read with a byte order mark, CRLF, quoted commas, quotes and line feeds, and without a last line feed",
        arguments: [
            ("\u{FEFF}" + header + "Anna,Home,CZ,2024-01-01\n", "Home"),
            ("Profile Name,Title Name,Country,Utc Title Add Date\r\nAnna,Home,CZ,2024-01-01\r\n", "Home"),
            (header + "Anna,\"Home, Sweet Home\",CZ,2024-01-01", "Home, Sweet Home"),
            (header + "Anna,\"The \"\"Big\"\" One\",CZ,2024-01-01", #"The \"Big\" One"#),
            (header + "\nAnna,\"Two\nLines\",CZ,2024-01-01\n\n", #"Two\nLines"#),
            ("utc_title_add_date,COUNTRY,title name,profile-name\n2024-01-01,CZ,Home,Anna\n", "Home"),
        ])
    func readsForms(_ text: String, _ title: String) throws {
        for step in [1, 2, 7, Int.max] {
            let result = try imported(.netflix, "MyList.csv", text, step: step)
            #expect(result.problems.isEmpty)
            #expect(result.events.count == 1 && result.report.rows == 1)
            #expect(result.events[0].contains(#""subject":"netflix:Anna","time":"2024-01-01T00:00:00Z""#))
            #expect(result.events[0].contains(#""title":"\#(title)""#))
        }
    }

    @Test("give back what was written, whatever stands in the cells and however it is cut into pieces")
    func roundTrip() throws {
        var random = SplitMix(state: 11)
        let alphabet = Array("ab \"\n\r,;é|".utf8)
        for _ in 0..<300 {
            let cells = (0..<3).map { _ in
                (0..<Int(random.next() % 6)).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }
            }
            var text = Array("Profile Name,Title Name,Extra One,Extra Two\nA,T,".utf8)
            text += quoted(cells[0]) + Array(",".utf8) + quoted(cells[1])
            text += Array("\nA,".utf8) + quoted(cells[2]) + Array("x,,\n".utf8)
            let whole = try imported(.netflix, "MyList.csv", text)
            let pieces = try imported(.netflix, "MyList.csv", text, step: 1 + Int(random.next() % 9))
            #expect(whole.events == pieces.events && whole.events.count == 2 && whole.problems.isEmpty)
        }
    }

    private func quoted(_ cell: [UInt8]) -> [UInt8] {
        let quote = UInt8(ascii: "\"")
        return [quote] + cell.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
    }

    @Test(
        "that cannot be read on are left at the place, with the rows before it kept",
        arguments: [
            (header + "Anna,Home,CZ,2024-01-01\nAnna,\"Open,CZ,2024-01-02\nPetr,Away,,\n", 1, "3: 6: the quote"),
            ("Profile Name,Country\nAnna,CZ\n", 0, "1: the file has no column 'title name'; its rows"),
            (
                "Profile Name;Title Name\nAnna;Home\n", 0,
                "1: the file has no column 'title name', but ';' where ',' should"
            ),
            (header + "Anna,Home,CZ,2024-01-01\nAnna,Away,CZ,2024-01-02,x,y\n", 1, "3: the row must be as wide"),
            (
                header + "Anna,Home,CZ,soon\nAnna,Away,CZ,2024-01-02\n", 1,
                "2: column 'utc title add date' must be a time"
            ),
            (header + "Anna,Home,CZ,2024-02-30\n", 0, "2: column 'utc title add date' must be a time"),
        ])
    func reports(_ text: String, _ events: Int, _ problem: String) throws {
        let result = try imported(.netflix, "MyList.csv", text)
        #expect(result.events.count == events)
        #expect(result.problems.count == 1 && result.problems[0].hasPrefix(problem), "\(result.problems)")
        #expect(result.report.rejected == 1)
    }

    @Test("in UTF-16, or with a row past all measure, are refused with what to do")
    func refusesStrange() throws {
        let wide = try imported(.netflix, "MyList.csv", [0xFF, 0xFE, 0x50, 0x00])
        #expect(wide.problems == ["1: 1: the file is in UTF-16; save it as UTF-8"])
        let endless = Array(Self.header.utf8) + Array("\"".utf8) + [UInt8](repeating: 0x61, count: 2_000_000)
        let long = try imported(.netflix, "MyList.csv", endless, step: 100_000)
        #expect(long.problems.count == 1 && long.problems[0].hasPrefix("2: 1: a row of more than a megabyte"))
    }

    @Test("become events whose ids are the same under one key, and tell nothing without it")
    func keyedIds() throws {
        let text = "Profile Name,Title Name,Rating Type,Thumbs Value\nAnna,Home,thumb,2\nAnna,Home,thumb,2\n"
        func ids(_ key: [UInt8]) throws -> [String] {
            try imported(.netflix, "Ratings.csv", text, key: key).events.map { event in
                try #require(event.split(separator: "\"id\":\"").last?.split(separator: "\"").first).description
            }
        }
        let ids1 = try ids([1])
        #expect(try ids1 == ids([1]) && Set(ids1).count == 2)
        #expect(try Set(ids1).isDisjoint(with: ids([2])))
    }

    @Test("keep unknown columns as fields of their own, never as what the catalogue means by the name")
    func keepsUnknown() throws {
        let text = "Profile Name,Title Name,Ad Tier,Is Kids\nAnna,Home,yes,maybe\n"
        let result = try imported(.netflix, "MyList.csv", text)
        #expect(result.report.unknownColumns == ["Ad Tier", "Is Kids"])
        #expect(result.events[0].contains(#""ad_tier":"yes","column_is_kids":"maybe""#))
    }
}
