import Archives
import Events
import Testing

/// The event of a row of bytes, without its line feed.
private func event(_ row: [UInt8], _ file: MovieLens100K.File) throws -> String {
    var writer = EventWriter()
    try row.withUnsafeBytes { try MovieLens100K.append($0, of: file, to: &writer) }
    return String(decoding: writer.bytes, as: UTF8.self)
}

@Suite("MovieLens ml-100k")
struct MovieLensTests {
    @Test(
        "gives a rating, a demographic supplement and a title",
        arguments: [
            (
                "196\t242\t3\t881250949", MovieLens100K.File.ratings,
                #"{"specversion":"1.0","id":"rating/196/242/881250949","source":"movielens/ml-100k","type":"rating.given","#
                    + #""subject":"movielens:196","time":"1997-12-04T15:55:49Z","#
                    + #""data":{"title_id":"242","rating":3,"scale":"stars"}}"#
            ),
            (
                "1|24|M|technician|85711\r", .users,
                #"{"specversion":"1.0","id":"user/1","source":"movielens/ml-100k","type":"supplement.demographic","#
                    + #""subject":"movielens:1","data":{"provider":"MovieLens","age":24,"gender":"M","#
                    + #""occupation":"technician","postal_code":"85711"}}"#
            ),
            (
                "7|A|4-Feb-1971|||0|1|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|1", .titles,
                #"{"specversion":"1.0","id":"title/7","source":"movielens/ml-100k","type":"title.added","#
                    + #""data":{"title_id":"7","title":"A","released":"1971-02-04","genres":["Action","Western"]}}"#
            ),
        ])
    func givesEvents(_ row: String, _ file: MovieLens100K.File, _ expected: String) throws {
        #expect(try event(Array(row.utf8), file) == expected + "\n")
    }

    @Test("reads titles as Latin-1")
    func readsLatin1() throws {
        let row = Array("7|Caf".utf8) + [0xE9] + Array("||||0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0".utf8)
        #expect(try event(row, .titles).contains(#""title":"Café""#))
    }

    @Test(
        "names the column that is wrong, and leaves no half of an event",
        arguments: [
            ("196\t242\t3", MovieLens100K.File.ratings, 0), ("x\t242\t3\t881250949", .ratings, 1),
            ("1\t2\t03\t4", .ratings, 3),
            ("1\t2\t3\t-4", .ratings, 4), ("1\t2\t3\t999999999999999", .ratings, 4), ("1||M|x|1", .users, 2),
            ("7|A|yesterday|||0|1|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|1", .titles, 3), ("7|A", .titles, 0),
        ])
    func namesColumns(_ row: String, _ file: MovieLens100K.File, _ column: Int) {
        var writer = EventWriter()
        let error = #expect(throws: MovieLens100K.RowError.self) {
            try Array(row.utf8).withUnsafeBytes { try MovieLens100K.append($0, of: file, to: &writer) }
        }
        #expect(error?.column == column)
        #expect(writer.bytes.isEmpty)
    }
}
