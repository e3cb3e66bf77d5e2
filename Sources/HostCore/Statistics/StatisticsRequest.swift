/// What somebody asks of a store, as it is written.
public struct StatisticsRequest: Sendable {
    /// What is told of each group.
    public enum Measure: Sendable {
        case viewers
        case events
        case sum(field: String)
        case mean(field: String)
    }

    public var measure = Measure.viewers
    /// What events are told apart by: fields of their data, or `type`, `genre`, `hour` and `day`.
    public var by: [String] = []
    /// The groups that there are, where they are known beforehand, by the values of the only dimension.
    public var values: [String] = []
    /// The types of events that count; empty for all of the catalogue.
    public var types: [String] = []
    /// Events from this time on count, and those before the other, in seconds since 1970.
    public var since: Int64?
    public var until: Int64?
    /// In how many groups a viewer counts at the most.
    public var groupsPerViewer = 1
    /// How much a viewer counts for in a group at the most; not needed for viewers.
    public var mostPerViewer: String?
    public var epsilon = ""
    public var delta = "0"
    public var mechanism = "laplace"
    /// What the release is called in the ledger.
    public var name = "statistics"

    public init() {}
}
