internal import Events
internal import Plugins
internal import Store

/// All that a store holds of a viewer, and of the viewers that were found to be the same one: events, what waits in
/// quarantine, what was made of them, who got them, and what the viewer allowed (GDPR Art. 15 and 20).
///
/// ```swift
/// let requests = try SubjectRequests(store: "viewers.sqlite")
/// let report = try requests.accessReport(of: "account-1/Anna", AccessReportOptions(plugins: plugins))
/// try report.write(to: "access-report.zip")
/// try requests.close()
/// ```
///
/// Nothing is folded for it: it shows what is kept, up to the last event that the store had at the beginning. Used from one thread
/// at a time.
public final class AccessReport {
    let options: AccessReportOptions
    let requests: SubjectRequests
    let person: Person
    let plugins: StoreOfPlugins
    let survey: Survey
    let states: [KeptState]
    let segments: [SegmentOfPerson]
    let audiences: [PublishedAudience]
    let taste: TasteOfPerson?
    let quarantined: [QuarantinedEvent]
    let disclosures: [Disclosure]
    /// What was done before with what is kept of the viewer.
    let audit: [AuditEntry]
    /// Files outside of the store that may have something of the person.
    let files: [WrittenFile]
    /// The last place of the log that the report covers.
    let end: Int64
    var received = ReceiptTimes()

    /// A published audience that has one of the person's viewers in it.
    struct PublishedAudience {
        let viewer: Int64
        let fold: StoredFold
    }

    init(of name: String, _ requests: SubjectRequests, _ options: AccessReportOptions) throws(HostError) {
        self.options = options
        self.requests = requests
        let store = requests.store
        let person = try Person(try requests.subject(named: name), in: store)
        self.person = person
        let plugins = try StoreOfPlugins(options.plugins, keyFile: options.keyFile, in: store)
        self.plugins = plugins
        (end, quarantined, disclosures, audit, files) = try HostError.translating { () throws(StoreError) in
            (
                try store.lastPosition(), try store.quarantined(of: person.viewers),
                try store.disclosures(of: person.viewers), try store.auditEntries(of: person.viewers),
                try store.writtenFiles(of: person.viewers)
            )
        }
        states = try KeptState.all(of: person, plugins.stored, in: store)
        survey = try Survey(of: person, plugins.settings.rules, through: end, in: store)
        segments = try SegmentOfPerson.all(
            of: person, plugins, states, at: plugins.clock ?? requests.time, in: store)
        audiences = try Self.audiences(of: person, plugins.stored, in: store)
        let history = states.first { $0.viewer == person.owner && $0.fold?.kind == "history" }
        taste = try history.flatMap { state throws(HostError) in
            try TasteOfPerson(of: state, plugins.settings.rules, storePath: requests.path, in: store)
        }
    }

    /// What the report has, in numbers.
    public struct Summary: Sendable {
        public let viewer: String
        /// Subjects that are the viewer.
        public let subjects: Int
        public let events: Int
        public let quarantined: Int
        /// Segments that the viewer is in.
        public let memberships: Int
    }

    public var summary: Summary {
        Summary(
            viewer: person.name, subjects: person.viewers.count, events: survey.events,
            quarantined: quarantined.count, memberships: segments.filter { $0.explanation.isMember }.count)
    }

    /// Calls `body` with each of the person's events, in the log's order.
    func forEachEvent(
        _ body: (EventDocument, LogPart.Entry, UnsafeRawBufferPointer) throws(HostError) -> Void
    ) throws(HostError) {
        try EventPages.forEach(of: person.viewers, through: end, in: requests.store, body)
    }

    /// Until when data of a category that came at a time are kept; nil where nothing limits it.
    func retentionEnd(of category: DataCategory, from time: Int64) -> Int64? {
        options.retention?(category, time)
    }

    /// Says in the audit log that the report was made.
    func recordMade() throws(HostError) {
        try requests.audit(
            "access report made", ["viewers": requests.marks(of: person.subject), "events": survey.events])
    }

    private static func audiences(
        of person: Person, _ folds: [StoredFold], in store: EventStore
    ) throws(HostError) -> [PublishedAudience] {
        var audiences: [PublishedAudience] = []
        for viewer in person.viewers {
            let published = try HostError.translating { () throws(StoreError) in
                try store.audiences(of: viewer, among: folds)
            }
            audiences += folds.filter { published.contains($0.number) }.map {
                PublishedAudience(viewer: viewer, fold: $0)
            }
        }
        return audiences
    }
}

extension SubjectRequests {
    /// Collects all that is held of a viewer. That the report was made goes into the audit log when it was written.
    public func accessReport(of name: String, _ options: AccessReportOptions) throws(HostError) -> AccessReport {
        try AccessReport(of: name, self, options)
    }
}
