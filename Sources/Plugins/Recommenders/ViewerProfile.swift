internal import Events

/// What a recommender may know of the viewer who is asked about. Times are in seconds since 1970.
public struct ViewerProfile {
    public var isKids = false
    public var maturityLevel = ""
    public var language = ""
    public var country = ""
    public var device = ""
    public var now: Int64 = 0
    /// Seconds that the viewer's time zone is ahead of UTC.
    public var offset: Int64 = 0

    public init() {}

    /// What `grants` allow, as bytes of a Lua value: nothing else is in them.
    package func bytes(for grants: Grants) -> [UInt8] {
        var writer = StateWriter()
        write(grants, into: &writer)
        return Array(writer.bytes.rawBytes)
    }

    private func write(_ grants: Grants, into writer: inout StateWriter) {
        let hour = ((now + offset) % 86400 + 86400) % 86400 / 3600
        let texts: [(StaticString, String, DataCategory)] = [
            ("country", country, .userLocationImprecise), ("language", language, .userDemographicLanguage),
            ("maturity_level", maturityLevel, .userAccountSettings),
        ]
        let granted = texts.filter { !$0.1.isEmpty && grants.allow($0.2) }
        let seesDevice = grants.allow(.userDevice) && !device.isEmpty
        writer.beginMap(3 + (seesDevice ? 1 : 0))
        if seesDevice {
            writer.put("device" as StaticString)
            writer.put(device)
        }
        writer.put("hour" as StaticString)
        writer.put(hour)
        writer.put("now" as StaticString)
        writer.put(now)
        writer.put("profile" as StaticString)
        let seesChildren = grants.allow(.userChildrens)
        writer.beginMap(granted.count + (seesChildren ? 1 : 0))
        for (name, text, _) in granted {
            writer.put(name)
            writer.put(text)
        }
        if seesChildren {
            writer.put("is_kids" as StaticString)
            writer.put(isKids)
        }
    }
}
