/// The archives that can be read.
public enum ArchiveKind: Equatable, Sendable {
    /// Netflix, "Download your personal information".
    case netflix
    /// Netflix, the list of titles and dates.
    case netflixHistory(DateOrder)
    case movieLens(MovieLensLayout)
}

/// The layouts of GroupLens' data sets.
public enum MovieLensLayout: Sendable {
    /// `u.item`, `u.user`, `u.data`.
    case ml100k
    /// `movies.dat`, `users.dat`, `ratings.dat`, with `::` between the fields.
    case ml1m
    /// `movies.csv`, `links.csv`, `ratings.csv`, `tags.csv`.
    case csv

    /// The files in the order in which they are read; those that must be there come before the others.
    public var files: [StaticString] {
        switch self {
        case .ml100k: ["u.item", "u.user", "u.data"]
        case .ml1m: ["movies.dat", "users.dat", "ratings.dat"]
        case .csv: ["movies.csv", "ratings.csv", "tags.csv", "links.csv"]
        }
    }
}

/// The path of a file in an archive, cut into what tells files apart.
struct ArchivePath {
    /// The last component in lower case.
    private(set) var name: [UInt8] = []
    /// What stands before the ending, letters only: `IpAddressesLogin` is `ipaddresseslogin`.
    private(set) var letters: [UInt8] = []
    private(set) var fileExtension: [UInt8] = []

    init(_ path: String) {
        let component = Array(path.utf8).split(separator: UInt8(ascii: "/")).last ?? []
        name = component.map { $0 &- UInt8(ascii: "A") < 26 ? $0 | 0x20 : $0 }
        let dot = name.lastIndex(of: UInt8(ascii: ".")) ?? name.endIndex
        letters = name[..<dot].filter { $0 &- UInt8(ascii: "a") < 26 }
        fileExtension = Array(name[dot...].dropFirst())
    }
}
