internal import Events

/// How one file of Netflix's personal data export becomes events.
struct NetflixFile: Sendable {
    /// What becomes of a column's cells.
    enum Value: Sendable {
        case text
        /// The event's `time`.
        case time
        /// The event's profile, and its subject.
        case profile
        case timestamp
        case seconds
        case boolean
        case number
        /// Read by the code for the file's ``Special``.
        case own
    }

    /// A column, by its name in the normalised form of ``Cell/normalised``, and the field of `data` that it fills. A dot
    /// in the field's name stands for an object; its fields follow one another.
    struct Column: Sendable {
        let name: StaticString
        let field: StaticString
        let value: Value
        /// How many bytes of the field's name are the object's; 0 = it is a field of `data` itself.
        private let objectLength: Int

        init(_ name: StaticString, _ field: StaticString, _ value: Value = .text) {
            self.name = name
            self.field = field
            self.value = value
            objectLength = field.rawBytes.firstIndex(of: UInt8(ascii: ".")) ?? 0
        }

        /// The object that the field lies in; empty for a field of `data` itself.
        var object: UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(rebasing: field.rawBytes[..<objectLength])
        }

        /// The field's name within its object.
        var fieldInObject: UnsafeRawBufferPointer {
            objectLength == 0 ? field.rawBytes : UnsafeRawBufferPointer(rebasing: field.rawBytes[(objectLength + 1)...])
        }
    }

    /// Which columns of a record were done with is kept in as many bits.
    static let mostColumns = 64

    /// Events that take more than a field for a column.
    enum Special: Sendable {
        case none
        /// Two events for a row: the start and the stop.
        case viewing
        /// Playtraces.
        case traces
        /// Stars or thumbs.
        case rating
        /// Yes or no to "interested?".
        case interest
        /// Each line is a title that is hidden.
        case restrictions
        /// Each column that is not known is a choice about a means of contact.
        case channels
        /// Columns about privacy are choices.
        case profile
    }

    /// How the file is written.
    enum Form: Sendable {
        case table
        /// Blocks of `Key: value`; other lines make the column `text`.
        case blocks
    }

    /// The file's name without folder and ending, in lower case, and without anything but letters.
    let name: StaticString
    let type: StaticString
    let form: Form
    let columns: [Column]
    /// Columns without which the file is not what it says.
    let needed: [StaticString]
    /// The columns that make the id, a bit for each. Others may change from one download to the next.
    let identity: UInt64
    let constants: [(StaticString, StaticString)]
    let special: Special

    init(
        _ name: StaticString, _ type: StaticString, form: Form = .table, needed: [StaticString] = [],
        identity: [StaticString] = [], constants: [(StaticString, StaticString)] = [], special: Special = .none,
        _ columns: [Column]
    ) {
        precondition(columns.count <= Self.mostColumns, "the file has too many columns")
        self.name = name
        self.type = type
        self.form = form
        self.columns = columns
        self.needed = needed
        self.identity = columns.indices.reduce(0) { bits, index in
            let counts = identity.isEmpty || identity.contains { $0.equals(columns[index].name) }
            return counts ? bits | 1 << UInt64(index) : bits
        }
        self.constants = constants
        self.special = special
    }
}

extension NetflixFile {
    static let all = contentFiles + deviceFiles + accountFiles + contactFiles

    static let profile = Column("profile name", "profile", .profile)

    /// What the viewer watched, searched for and rated.
    private static let contentFiles = [
        NetflixFile(
            "viewingactivity", "playback.started", needed: ["start time", "title"],
            identity: ["profile name", "start time", "title", "device type"], special: .viewing,
            [
                profile, Column("start time", "", .time), Column("title", "title"), Column("duration", "", .own),
                Column("attributes", "", .own), Column("supplemental video type", "", .own),
                Column("device type", "device"), Column("bookmark", "", .own), Column("latest bookmark", "", .own),
                Column("country", "country"),
            ]),
        NetflixFile(
            "searchhistory", "search.made", needed: ["utc timestamp"],
            [
                profile, Column("is kids", "is_kids", .boolean), Column("query typed", "query"),
                Column("displayed name", "result"), Column("action", "action"), Column("section", "section"),
                Column("device", "device"), Column("country iso code", "country"), Column("utc timestamp", "", .time),
            ]),
        NetflixFile(
            "ratings", "rating.given", needed: ["title name"], special: .rating,
            [
                profile, Column("title name", "title"), Column("rating type", "", .own),
                Column("star value", "", .own), Column("thumbs value", "", .own),
                Column("device model", "device"), Column("event utc ts", "", .time),
                Column("region view date", "viewed_on"),
            ]),
        NetflixFile(
            "mylist", "list.added", needed: ["title name"], constants: [("list", "My List")],
            [
                profile, Column("title name", "title"), Column("country", "country"),
                Column("utc title add date", "", .time),
            ]),
        NetflixFile(
            "indicatedpreferences", "rating.given", needed: ["show"], constants: [("scale", "interest")],
            special: .interest,
            [
                profile, Column("show", "title"), Column("is interested", "", .own),
                Column("has watched", "has_watched", .boolean), Column("event date", "", .time),
            ]),
        NetflixFile(
            "playbackrelatedevents", "playback.progressed", needed: ["playtraces"], special: .traces,
            [
                profile, Column("title description", "title"), Column("device", "device"), Column("country", "country"),
                Column("playback start utc ts", "", .time), Column("playtraces", "", .own),
            ]),
        NetflixFile(
            "interactivetitles", "choice.made", needed: ["title desc"],
            [
                profile, Column("title desc", "title"), Column("selection type", "kind"),
                Column("choice segment id", "choice"), Column("has watched", "has_watched", .boolean),
                Column("source", "device"), Column("utc timestamp", "", .time),
            ]),
        NetflixFile(
            "gameplaysession", "game.played", needed: ["game title"],
            [
                profile, Column("game title", "game"), Column("game name", "game"), Column("start time", "", .time),
                Column("session start time", "", .time), Column("utc timestamp", "", .time),
                Column("duration", "seconds_played", .seconds), Column("device type", "device"),
                Column("platform", "platform"), Column("esn", "device_id"), Column("ip", "ip"),
                Column("country", "country"),
            ]),
    ]

    /// Devices and the addresses that they were used from.
    private static let deviceFiles = [
        NetflixFile(
            "devices", "device.seen", needed: ["esn"],
            [
                profile, Column("device type", "device"), Column("esn", "device_id"),
                Column("acct first playback date", "first_seen", .timestamp),
                Column("acct last playback date", "last_seen", .timestamp),
                Column("profile first playback date", "profile_first_seen", .timestamp),
                Column("profile last playback date", "profile_last_seen", .timestamp),
                Column("deactivation time", "deactivated_at", .timestamp),
                Column("acct first playback date for user generated plays", "first_chosen_play", .timestamp),
                Column("acct last playback date for user generated plays", "last_chosen_play", .timestamp),
                Column("profile first playback date for user generated plays", "profile_first_chosen_play", .timestamp),
                Column("profile last playback date for user generated plays", "profile_last_chosen_play", .timestamp),
            ]),
        NetflixFile(
            "accessanddevices", "device.seen", needed: ["date"],
            [
                Column("devices", "device"), Column("device", "device"), Column("esn", "device_id"), Column("ip", "ip"),
                Column("country", "country"), Column("date", "", .time),
            ]),
        NetflixFile(
            "ipaddresseslogin", "session.started", needed: ["ip", "ts"], constants: [("activity", "login")],
            sessionColumns),
        NetflixFile(
            "ipaddressesstreaming", "session.started", needed: ["ip", "ts"], constants: [("activity", "streaming")],
            sessionColumns),
        NetflixFile(
            "ipaddressesaccountcreation", "session.started", form: .blocks,
            constants: [("activity", "account creation")], sessionColumns),
    ]

    private static let sessionColumns = [
        Column("ip", "ip"), Column("ip address", "ip"), Column("country", "country"), Column("region code", "region"),
        Column("region code display name", "region"), Column("device description", "device"),
        Column("localized device description", "device_localized"), Column("esn", "device_id"), Column("ts", "", .time),
        Column("timestamp", "", .time), Column("date", "", .time), Column("text", "location"),
    ]
}
