import Foundation
import Testing

@Suite("A viewer's consent, and what was done")
struct PrivacyReasonsCommandTests {
    @Test("is told with the reason that holds")
    func reasons() throws {
        let place = try StorePlace()
        try place.store([
            #""subject":"anna","type":"search.made","data":{"query":"lemons"}"#,
            #""subject":"mia","type":"account.opened","data":{"is_kids":true}"#,
            #""subject":"mia","type":"consent.changed","data":{"purpose":"advertising","granted":true}"#,
            #""subject":"mia","type":"consent.changed","data":{"purpose":"quality","granted":false}"#,
        ])
        let anna = try place.run("host privacy consent anna --store s.sqlite").output
        #expect(
            anna == """
                personalization  on   nobody objected
                advertising      off  the viewer has not consented to advertising
                quality          on   nobody objected
                service          on   the service cannot be given without it

                """)
        let mia = try place.run("host privacy consent mia --store s.sqlite").output
        #expect(mia.contains("advertising      off  the profile is a child's: such profiles are in no ad segment\n"))
        #expect(mia.contains("quality          off  the viewer has refused quality since 2026-01-01T00:00:00Z\n"))
        try place.run("host privacy report mia --store s.sqlite --output mia")
        let page = try String(contentsOf: place.folder.appending(path: "mia/report.html"), encoding: .utf8)
        #expect(page.contains("profile, for which there is no such advertising"))
    }

    @Test("is found in the audit log under every subject that is the viewer's")
    func auditOfMerged() throws {
        let place = try StorePlace()
        try place.store([#""subject":"device-778899","type":"search.made","data":{"query":"oranges"}"#])
        try place.run("host privacy consent device-778899 --withdraw quality --store s.sqlite")
        try place.store([#""subject":"account-7/Xenia","type":"viewer.merged","data":{"from":"device-778899"}"#])
        let list = try place.run("host audit list --viewer account-7/Xenia --store s.sqlite").output
        #expect(list.contains("consent recorded"), "\(list)")
    }
}
