import Foundation
import Testing

@Suite("The record of processing activities")
struct PrivacyRegisterCommandTests {
    @Test("names what the gate opens for the purpose, and nothing that it does not")
    func registerOfGate() throws {
        let place = try StorePlace()
        try place.store([#""subject":"anna","type":"search.made","data":{"query":"lemons"}"#])
        try place.write(
            "wide.lua",
            """
            return { kind = "segment", name = "wide", version = "1.0.0", taxonomy = "706", reads = { "user" },
              events = { "playback.stopped" },
              start = function() return 0 end, fold = function(state) return state + 1 end,
              member = function(state) return state > 0, "it watched" end }

            """)
        let json = try place.run("host privacy register --plugin wide.lua --store s.sqlite --json").output
        let register = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: [[String: Any]]]
        func categories(_ purpose: String) -> [String] {
            let activity = register?["activities"]?.first { $0["purpose"] as? String == purpose }
            return (activity?["data"] as? [[String: Any]])?.compactMap { $0["category"] as? String } ?? []
        }
        let advertising = categories("advertising")
        #expect(advertising.contains("user.device"))
        for closed in ["user.payment", "user.childrens", "user.government_id", "user.content.private"] {
            #expect(!advertising.contains { $0.hasPrefix(closed) }, "\(closed)")
        }
        #expect(categories("service").contains { $0.hasPrefix("user.payment") })
        #expect(categories("personalization").contains("user.behavior.media_consumption"))
        #expect(
            categories("quality").contains("user.device") && !categories("quality").contains("user.device.ip_address"))
    }
}
