import Archives
import Testing

@Suite("Netflix's personal data")
struct NetflixTests {
    private static let viewing =
        "Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country\n"

    @Test("gives a start and a stop for what was watched, and cuts an episode's title")
    func viewing() throws {
        let row =
            "Anna,2024-01-01 17:05:00,00:29:30,,The Field: Staffel 2: Zu Hause (Folge 3),,TV,00:29:30,Not latest view,CZ\n"
        let result = try imported(.netflix, "a/ViewingActivity.csv", Self.viewing + row)
        #expect(result.events.count == 2 && result.report.rows == 1)
        #expect(
            result.events[0].contains(
                #""type":"playback.started","subject":"netflix:Anna","time":"2024-01-01T17:05:00Z""#))
        #expect(result.events[0].contains(#""series":"The Field","season":"Staffel 2","episode":"Zu Hause (Folge 3)""#))
        #expect(
            result.events[1].contains(
                #""type":"playback.stopped","subject":"netflix:Anna","time":"2024-01-01T17:34:30Z""#))
        #expect(result.events[1].contains(#""seconds_watched":1770,"position_seconds":1770,"is_latest_view":false"#))
    }

    @Test("takes trailers for promotion, not for viewing")
    func promotion() throws {
        let row = "Anna,2024-01-01 17:05:00,00:00:12,,Home_hook,HOOK,TV,00:00:12,00:00:12,CZ\n"
        let result = try imported(.netflix, "ViewingActivity.csv", Self.viewing + row)
        #expect(result.events.count == 1)
        #expect(
            result.events[0].contains(#""type":"promotion.played""#)
                && result.events[0].contains(#""promotion":"HOOK""#))
    }

    @Test("gives the same ids whatever the order of rows and columns, and other ids to rows that are alike")
    func ids() throws {
        let first = try imported(.netflix, "MyList.csv", "Profile Name,Title Name\nA,x\nA,y\nA,x\n")
        let second = try imported(.netflix, "MyList.csv", "Title Name,Extra,Profile Name\ny,1,A\nx,2,A\nx,3,A\n")
        let ids = { (result: Imported) in Set(result.events.map { $0.split(separator: "\"")[7] }) }
        #expect(ids(first).count == 3 && ids(first) == ids(second))
    }

    @Test("gives a view the same id when only its bookmark changes in a later download")
    func stableViews() throws {
        let ids = try ["00:10:00", "Not latest view"].map { bookmark in
            let row = "Anna,2024-01-01 17:05:00,00:29:30,,Home,,TV,00:29:30,\(bookmark),CZ\n"
            return try imported(.netflix, "ViewingActivity.csv", Self.viewing + row).events[0].split(separator: "\"")[7]
        }
        #expect(ids[0] == ids[1])
    }

    @Test(
        "reads the special cells of its files",
        arguments: [
            (
                "Ratings.csv", "Title Name,Rating Type,Star Value,Thumbs Value\nHome,thumb,0,2\n",
                #""scale":"thumbs","rating":2"#
            ),
            (
                "Ratings.csv", "Title Name,Star Value,Event Utc Ts\nHome,4,2016-11-05T18:00:00+01:00\n",
                #""scale":"stars","rating":4"#
            ),
            ("IndicatedPreferences.csv", "Show,Is Interested\nHome,No\n", #""rating":0"#),
            (
                "PlaybackRelatedEvents.csv",
                "Playtraces\n\"[{\"\"eventType\"\":\"\"start\"\",\"\"mediaOffsetMs\"\":5}]\"\n",
                #""traces":[{"action":"start","position_ms":5}]"#
            ),
            (
                "BillingHistory.csv",
                "Transaction Date,Mop Last 4,Payment Type,Item Price Amt\n2024-01-01,1111,CC,\"9,99\"\n",
                #""payment_method":{"kind":"CC","last4":"1111"},"amount":9.99"#
            ),
            (
                "AccountDetails.csv", "Email Address,Offers (WhatsApp)\na@b.c,No\n",
                #""purpose":"advertising","granted":false,"channel":"whatsapp""#
            ),
            ("Profiles.csv", "Profile Name,Opt-Out\nAnna,Yes\n", #""purpose":"advertising","granted":false"#),
            (
                "IpAddressesAccountCreation.txt", "IP Address: 192.0.2.1\nTimestamp: 2015-09-27 18:22:05\n",
                #""ip":"192.0.2.1""#
            ),
            ("ParentalControlsRestrictedTitles.txt", "Saw\nIt\n", #""restricted_titles":["Saw","It"]"#),
            (
                "ChatTranscripts.txt", "Date: 2024-01-01\nAgent: L\nTranscript:\nAgent: Hi\nYou: Date: none\n\nBye\n",
                #""agent":"L","transcript":"Agent: Hi\nYou: Date: none\nBye""#
            ),
        ])
    func specialCells(_ file: String, _ text: String, _ expected: String) throws {
        let result = try imported(.netflix, file, text)
        #expect(result.problems.isEmpty, "\(result.problems)")
        #expect(result.events.contains { $0.contains(expected) }, "\(result.events)")
    }

    @Test(
        "explains a text file that says there is nothing",
        arguments: [
            "There is no data for this file.", "You have no extra members.\n", "Es sind keine Daten vorhanden.",
        ])
    func noData(_ text: String) throws {
        let result = try imported(.netflix, "ExtraMembers.txt", text)
        #expect(result.events.isEmpty && result.report.skipReason == "the file says that there is no data")
    }

    @Test(
        "names the row whose cells are wrong",
        arguments: [
            ("PlaybackRelatedEvents.csv", "Playtraces\n[{]\n", "2: column 'Playtraces' must be a JSON array"),
            (
                "PlaybackRelatedEvents.csv", "Playtraces\n[1]\n",
                "2: column 'Playtraces' must be a JSON array of objects"
            ),
            ("Ratings.csv", "Title Name,Thumbs Value\nHome,up\n", "2: column 'Thumbs Value' must be a number"),
            (
                "SearchHistory.csv", "Utc Timestamp,Is Kids\n2024-01-01,perhaps\n",
                "2: column 'is kids' must be yes or no"
            ),
            (
                "ViewingActivity.csv", "Start Time,Title,Duration\n2024-01-01,Home,long\n",
                "2: column 'Duration' must be a duration"
            ),
        ])
    func namesRows(_ file: String, _ text: String, _ problem: String) throws {
        let result = try imported(.netflix, file, text)
        #expect(result.events.isEmpty && result.problems.count == 1)
        #expect(result.problems[0].hasPrefix(problem), "\(result.problems)")
    }
}

@Suite("Netflix's history")
struct HistoryTests {
    private func order(_ dates: [String]) -> DateOrder? {
        var scan = DateOrderScan()
        let text = "Title,Date\n" + dates.map { "\"Home\",\"\($0)\"\n" }.joined()
        _ = Array(text.utf8).withUnsafeBytes { scan.read($0, isLast: true) }
        return scan.order
    }

    @Test("finds the order of its dates in all of them")
    func findsOrder() {
        #expect(order(["3/14/19", "3/1/19"]) == .monthDayYear)
        #expect(order(["14/03/2019", "01/03/2019"]) == .dayMonthYear)
        #expect(order(["04.03.19"]) == .dayMonthYear)
        #expect(order(["2019-03-04"]) == .yearMonthDay)
        #expect(order(["3/2/19", "2/3/19"]) == .monthDayYear, "the latest comes first")
        #expect(order(["3/3/19"]) == nil)
        #expect(order(["13/1/19", "1/13/19"]) == nil)
    }

    @Test("gives an event for each row, with or without a header, and in any order of columns")
    func givesEvents() throws {
        for text in [
            "Title,Date\nHome,3/4/19\n", "Home,3/4/19\n", "Datum,Titel\n3/4/19,Home\n", "Date,Title\n3/4/19,Home\n",
        ] {
            let result = try imported(.netflixHistory(.dayMonthYear), "h.csv", text)
            if text.hasPrefix("Datum") {
                #expect(result.problems.count == 1)
            } else {
                #expect(
                    result.events.count == 1
                        && result.events[0].contains(#""time":"2019-04-03T00:00:00Z","data":{"title":"Home"}"#))
            }
        }
    }

    @Test("names a row whose date is none")
    func namesDates() throws {
        let result = try imported(.netflixHistory(.monthDayYear), "h.csv", "Title,Date\nHome,13/1/19\n")
        #expect(result.problems == ["2: column 'Date' must be a date such as 12/31/24, month first"])
    }
}
