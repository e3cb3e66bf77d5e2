internal import Events

extension NetflixImporter {
    /// A choice for each column such as `Surveys And Research Invites (Push Notification)`; how many.
    func appendChannels(
        _ record: NetflixRecord, _ id: [UInt8], to writer: inout EventWriter
    ) throws(RowError) -> Int {
        var count = 0
        for (name, value) in record.others {
            guard let channel = Self.channel(of: name) else { continue }
            try appendChoice(
                name, value, purpose: Self.purpose(of: name[...]), channel: channel, record, id, to: &writer)
            count += 1
        }
        return count
    }

    /// The means of contact that stands in brackets at the end of a column's name, here in the form of a field's name.
    static func channel(of name: [UInt8]) -> StaticString? {
        let channels: [(ending: StaticString, channel: StaticString)] = [
            ("_email", "email"), ("_push_notification", "push"), ("_text_message", "sms"), ("_sms", "sms"),
            ("_whatsapp", "whatsapp"),
        ]
        return channels.first { name[...].hasSuffix($0.ending) }?.channel
    }

    /// The profile's choices about privacy; how many.
    func appendPrivacy(
        _ record: NetflixRecord, _ id: [UInt8], to writer: inout EventWriter
    ) throws(RowError) -> Int {
        var count = 0
        let optOut = record.cell("opt out", of: file)
        if !optOut.isEmpty {
            begin("consent.changed", id, part: "/opt_out", record, time: try time(of: record), &writer)
            writer.string("purpose", "advertising")
            if let isOut = optOut.boolean { writer.boolean("granted", !isOut) }
            writer.string("name", "opt_out")
            writer.string("setting", optOut)
            writer.end()
            count += 1
        }
        let settings = record.cell("privacy and data settings", of: file)
        if !settings.isEmpty {
            try appendChoice(
                Array("privacy_and_data_settings".utf8), settings, purpose: "advertising", channel: nil, record, id,
                to: &writer)
            count += 1
        }
        return count
    }

    private func appendChoice(
        _ name: [UInt8], _ value: Cell, purpose: StaticString, channel: StaticString?, _ record: NetflixRecord,
        _ id: [UInt8], to writer: inout EventWriter
    ) throws(RowError) {
        begin("consent.changed", id + "/".utf8 + name, record, time: try time(of: record), &writer)
        writer.string("purpose", purpose)
        if let granted = value.boolean { writer.boolean("granted", granted) }
        if let channel { writer.string("channel", channel) }
        writer.string("name", name)
        writer.string("setting", value)
        writer.end()
    }

    /// The purpose of messages, by the words of the setting's name.
    private static func purpose(of name: Cell) -> StaticString {
        if name.contains("survey") || name.contains("research") { return "quality" }
        if name.contains("recommend") || name.contains("watch") { return "personalization" }
        if name.contains("offer") || name.contains("promotion") || name.contains("advert") { return "advertising" }
        return "service"
    }
}
