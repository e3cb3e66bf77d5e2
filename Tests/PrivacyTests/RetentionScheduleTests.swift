import Events
import Privacy
import Testing

@Suite("A retention schedule")
struct RetentionScheduleTests {
    private func schedule(_ text: String) throws -> RetentionSchedule {
        try RetentionSchedule(json: Array(text.utf8), named: "retention.json")
    }

    @Test("gives a category the period of the nearest one that it lies within")
    func nearest() throws {
        let schedule = try schedule(
            #"{"default": 1000, "categories": {"user.device.ip_address": 30, "user.device": 365, "user.contact": null}}"#
        )
        #expect(schedule.days(of: .userDeviceIPAddress) == 30)
        #expect(schedule.days(of: .userDeviceCookieID) == 365)
        #expect(schedule.days(of: .userDevice) == 365)
        #expect(schedule.days(of: .userContactEmail) == nil, "no limit, in spite of the default")
        #expect(schedule.days(of: .userBehaviorSearchHistory) == 1000)
        #expect(schedule.days(of: .unclassified) == 1000, "what the catalogue does not know as well")
        #expect(RetentionSchedule().days(of: .userContactEmail) == nil)
    }

    @Test("is over when its days have passed, to the second")
    func isOver() throws {
        let schedule = try schedule(#"{"categories": {"user.contact": 2}}"#)
        #expect(schedule.end(of: .userContactEmail, from: 100) == Int64(172_900))
        #expect(!schedule.isOver(.userContactEmail, from: 100, at: 172_899))
        #expect(schedule.isOver(.userContactEmail, from: 100, at: 172_900))
        #expect(!schedule.isOver(.userDevice, from: 0, at: .max))
    }

    @Test(
        "is refused with the file and what is wrong in it",
        arguments: [
            ("[", "retention.json: no JSON"),
            ("[1]", #"a schedule is an object with "default" and "categories""#),
            (#"{"days": 3}"#, #""days" is unknown"#),
            (#"{"categories": [3]}"#, #""categories" is an object"#),
            (#"{"categories": {"user.pets": 3}}"#, #""user.pets" is no data category"#),
            (#"{"categories": {"user": -1}}"#, #""user" must be a whole number of days"#),
            (#"{"categories": {"user": 1.5}}"#, #""user" must be a whole number of days"#),
            (#"{"categories": {"user": "30"}}"#, #""user" must be a whole number of days"#),
            (#"{"default": true}"#, #""default" must be a whole number of days"#),
            (#"{"default": 1e9}"#, #""default" must be a whole number of days"#),
        ])
    func isRefused(_ text: String, _ message: String) throws {
        let error = #expect(throws: RetentionError.self) { try schedule(text) }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }
}
