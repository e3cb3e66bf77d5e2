internal import Events

extension DataCategory {
    /// The category below `user` that this one lies in, and by which files are divided; `system` for all of that.
    var top: DataCategory {
        let parts = "\(key)".split(separator: ".").prefix(2)
        let isSystem = parts.first == "system"
        let name = isSystem ? "system" : parts.joined(separator: ".")
        return Array(name.utf8).withUnsafeBytes { DataCategory(key: $0) } ?? self
    }

    /// What a viewer reads: `Devices: IP address`.
    var words: String {
        let top = top
        let name = Self.names[top] ?? "\(top.key)"
        if self == top { return name }
        let last = "\(key)".split(separator: ".").last.map { String($0) } ?? ""
        return "\(name): \(Self.spelled(last))"
    }

    /// The words of a name that is written with underscores, abbreviations in capitals.
    static func spelled(_ name: String) -> String {
        name.split(separator: "_").map { part in
            abbreviations.contains(String(part)) ? part.uppercased() : String(part)
        }.joined(separator: " ")
    }

    private static let abbreviations: Set<String> = ["id", "ip", "os", "url"]

    private static let names: [DataCategory: String] = [
        .system: "How the service works", .user: "You", .userAccount: "Your account",
        .userAuthorization: "How you sign in", .userBehavior: "What you do", .userBiometric: "Your body",
        .userChildrens: "Children", .userContact: "How to reach you", .userContent: "What you write",
        .userCriminalHistory: "Offences", .userDemographic: "Who you are", .userDevice: "Your devices",
        .userFinancial: "Your money", .userGovernmentID: "Official numbers", .userHealthAndMedical: "Your health",
        .userJobTitle: "Your work", .userLocation: "Where you are", .userName: "Your name", .userPayment: "How you pay",
        .userPrivacyPreferences: "Your choices", .userSensor: "Sensors", .userSocial: "Social networks",
        .userTelemetry: "How well it played", .userUniqueID: "Numbers that stand for you",
        .userUserSensor: "Sensors on you", .userWorkplace: "Where you work", .unclassified: "Not classified",
    ]
}
