import Archives
import Testing

@Suite("MovieLens")
struct MovieLensTests {
    @Test(
        "ml-100k gives a rating, a demographic supplement and a title",
        arguments: [
            (
                "196\t242\t3\t881250949", "u.data",
                #"{"specversion":"1.0","id":"rating/196/242/881250949","source":"movielens/ml-100k","type":"rating.given","#
                    + #""subject":"movielens:196","time":"1997-12-04T15:55:49Z","#
                    + #""data":{"title_id":"242","rating":3,"scale":"stars"}}"#
            ),
            (
                "1|24|M|technician|85711\r", "u.user",
                #"{"specversion":"1.0","id":"user/1","source":"movielens/ml-100k","type":"supplement.demographic","#
                    + #""subject":"movielens:1","data":{"provider":"MovieLens","age":24,"gender":"M","#
                    + #""occupation":"technician","postal_code":"85711"}}"#
            ),
            (
                "7|A|4-Feb-1971|||0|1|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|1", "u.item",
                #"{"specversion":"1.0","id":"title/7","source":"movielens/ml-100k","type":"title.added","#
                    + #""data":{"title_id":"7","title":"A","released":"1971-02-04","genres":["Action","Western"]}}"#
            ),
        ])
    func ml100k(_ row: String, _ file: String, _ expected: String) throws {
        #expect(try imported(.movieLens(.ml100k), file, row + "\n").events == [expected])
    }

    @Test("reads titles of the older sets as Latin-1")
    func readsLatin1() throws {
        let row = Array("7::Caf".utf8) + [0xE9] + Array(" (1999)::Drama|War\n".utf8)
        let result = try imported(.movieLens(.ml1m), "movies.dat", row, step: 3)
        #expect(result.events[0].contains(#""title":"Café (1999)","year":1999,"genres":["Drama","War"]"#))
    }

    @Test(
        "ml-1m and the CSV layout give the same kinds of events",
        arguments: [
            (MovieLensLayout.ml1m, "ratings.dat", "1::1193::5::978300760\n", #""title_id":"1193","rating":5"#),
            (
                .ml1m, "users.dat", "1::F::1::10::48067\n",
                #""age_range":"0-17","gender":"F","occupation":"K-12 student""#
            ),
            (.csv, "ratings.csv", "userId,movieId,rating,timestamp\n1,296,4.5,1147880044\n", #""rating":4.5"#),
            (
                .csv, "movies.csv", "movieId,title,genres\n1,\"A, B (1995)\",(no genres listed)\n",
                #""year":1995,"genres":[]"#
            ),
            (
                .csv, "tags.csv", "userId,movieId,tag,timestamp\n3,260,\"sci-fi, old\",1439472355\n",
                #""tag":"sci-fi, old""#
            ),
            (.csv, "links.csv", "movieId,imdbId,tmdbId\n1,0114709,862\n", #""imdb_id":"tt0114709","tmdb_id":"862""#),
        ])
    func otherLayouts(_ layout: MovieLensLayout, _ file: String, _ text: String, _ expected: String) throws {
        let result = try imported(.movieLens(layout), file, text)
        #expect(result.events.count == 1 && result.events[0].contains(expected), "\(result.events) \(result.problems)")
    }

    @Test(
        "names the line and the column that is wrong, and leaves no half of an event",
        arguments: [
            ("196\t242\t3", "u.data", "the row"), ("x\t242\t3\t881250949", "u.data", "column 1"),
            ("1\t2\t03\t4", "u.data", "column 3"), ("1\t2\t3\t-4", "u.data", "column 4"),
            ("1\t2\t3\t999999999999999", "u.data", "column 4"), ("1||M|x|1", "u.user", "column 2"),
            ("7|A|yesterday|||0|1|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|1", "u.item", "column 3"),
            ("7|A", "u.item", "the row"),
        ])
    func namesColumns(_ row: String, _ file: String, _ place: String) throws {
        let result = try imported(.movieLens(.ml100k), file, row + "\n")
        #expect(result.events.isEmpty)
        #expect(result.problems.count == 1 && result.problems[0].hasPrefix("1: \(place) must be"), "\(result.problems)")
    }
}
