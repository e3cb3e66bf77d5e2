internal import Events
internal import Foundation
internal import Models
internal import Plugins
internal import Privacy
internal import Store

/// Differentially private statistics of a store: numbers with noise, such that nobody can tell by them whether any one viewer's
/// events are in it, and an account of how much of that is spent.
///
/// ```swift
/// var request = StatisticsRequest()
/// request.by = ["genre"]
/// request.epsilon = "0.5"
/// request.delta = "1e-9"
/// let table = try Statistics.release(try StatisticsQuery(request), store: "viewers.sqlite")
/// ```
public enum Statistics {
    /// What a release would cost, and how much noise it would have: no event is looked at.
    public static func preview(_ query: StatisticsQuery, store path: String) throws(HostError) -> StatisticsTable {
        let account = try PrivacyAccount.of(store: path)
        var refusal: HostError?
        do throws(HostError) { try account.check(query.plan.cost) } catch { refusal = error }
        return StatisticsTable(query, refusal: refusal?.message)
    }

    /// Counts, adds noise, charges every viewer, and only then gives the numbers. `progress` is told how many events are looked at, and
    /// of how many.
    public static func release(
        _ query: StatisticsQuery, store path: String, jobs: Int = 1, _ progress: (Int, Int) -> Void = { _, _ in }
    ) throws(HostError) -> StatisticsTable {
        var generator = SystemRandomNumberGenerator()
        return try release(query, store: path, jobs: jobs, using: &generator, progress)
    }

    static func release(
        _ query: StatisticsQuery, store path: String, jobs: Int, using generator: inout some RandomNumberGenerator,
        _ progress: (Int, Int) -> Void
    ) throws(HostError) -> StatisticsTable {
        let store = try EventStore.existing(path)
        // It would be refused in the end as well, but later.
        try account(of: store).check(query.plan.cost)
        let folds = FoldSet(lanes: (0..<max(1, jobs)).map { _ in [WillFold()] }, contents: [Array("will 1".utf8)])
        let engine = try FoldEngine(store, path: path, folds, TitleTable(), key: [])
        _ = try engine.catchUp(progress)
        let (groups, contributions) = try contributions(to: query, engine, progress)
        let totals = contributions.totals(
            of: query.plan.measure, groups: groups.count, groupsPerViewer: query.plan.groupsPerViewer,
            using: &generator)
        let released = query.plan.release(totals, using: &generator)
        let number = try spend(query, store)
        try engine.close()
        return StatisticsTable(query, release: number, groups, released)
    }

    private static func account(of store: EventStore) throws(HostError) -> PrivacyAccount {
        try PrivacyAccount(HostError.translating { () throws(StoreError) in try store.privacyLedger() })
    }

    /// Charges every viewer; the number of the release.
    private static func spend(_ query: StatisticsQuery, _ store: EventStore) throws(HostError) -> Int64 {
        var refusal = HostError.refused("the privacy budget does not allow it")
        let number = try HostError.translating { () throws(StoreError) in
            try store.spend(query.spending(at: Int64(Date().timeIntervalSince1970))) { ledger in
                do throws(HostError) {
                    try PrivacyAccount(ledger).check(query.plan.cost)
                    return true
                } catch {
                    refusal = error
                    return false
                }
            }
        }
        guard let number else { throw refusal }
        return number
    }

    /// The groups, and what each viewer did in them, as far as the gate lets it be used for quality.
    private static func contributions(
        to query: StatisticsQuery, _ engine: FoldEngine, _ progress: (Int, Int) -> Void
    ) throws(HostError) -> ([[String]], Contributions) {
        var groups = query.groups ?? []
        var numbers = Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($1, $0) })
        var contributions = Contributions()
        let event = EventDocument()
        var values = StatisticsValues(of: event, query.dimensions, try TitleCatalogue(of: engine.store))
        try engine.forEachEvent(
            admittedBy: Gate(for: .quality, engine.settings.rules), knownTo: 0, into: event,
            where: query.counts, { progress(Int($0), Int($1)) }
        ) { viewer, time in
            guard query.isInTime(time) else { return }
            var number = 0.0
            if let field = query.field {
                guard let known = values.number(field) else { return }
                number = known
            }
            for group in values.groups() {
                if numbers[group] == nil, query.groups == nil {
                    numbers[group] = groups.count
                    groups.append(group)
                }
                if let place = numbers[group] { contributions.add(viewer: viewer, group: place, number: number) }
            }
        }
        return (groups, contributions)
    }
}

extension StatisticsQuery {
    /// Whether events of this type count.
    fileprivate func counts(_ event: EventDocument) -> Bool {
        guard let type = event.typeIndex else { return false }
        return types?.contains(type) ?? true
    }

    fileprivate func isInTime(_ time: Int64) -> Bool {
        time >= request.since ?? .min && time < request.until ?? .max
    }

    /// What the ledger keeps of the release.
    fileprivate func spending(at time: Int64) -> PrivacyLedger.Spending {
        PrivacyLedger.Spending(
            at: time, name: request.name, mechanism: request.mechanism, epsilon: plan.cost.epsilon.units,
            delta: plan.cost.delta.units, rho: plan.cost.rho.units, selectionDelta: plan.cost.selectionDelta.units,
            columns: title, parameters: parameters)
    }
}
