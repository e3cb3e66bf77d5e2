internal import Dispatch
internal import Plugins
internal import Store
internal import Synchronization

/// The plugins that fold one part of the log together, for they have come equally far.
struct FoldPass {
    /// Places in the lanes' lists of plugins.
    let folds: [Int]
    /// Their folds' numbers in the store.
    let numbers: [Int64]
    /// Those of all folds that the store has.
    let known: [Int64]
    let rules: GateRules
}

/// What there is to fold in a part of the log: slices of it, of which each lane takes the next one when it is done with its last.
/// Which lane takes one makes no difference.
final class FoldWork: @unchecked Sendable {
    let part: LogPart
    let pass: FoldPass
    /// Who is who where the part begins.
    let identities: Identities
    /// In the order of their viewers' numbers, and companies behind them.
    private(set) var slices: [FoldSlice] = []
    /// Events of the part that are done.
    let done = Atomic(0)

    private let next = Atomic(0)

    /// `records` are what the part says of who is who. The events are put into order by `threads` threads.
    init(_ part: LogPart, _ pass: FoldPass, _ identities: Identities, _ records: [IdentityRecord], threads: Int) {
        self.part = part
        self.pass = pass
        self.identities = identities
        let (companies, numbers) = Company.all(of: records, identities)
        let places = numbers.isEmpty ? [] : part.entries.indices.filter { numbers[part.entries[$0].viewer] != nil }
        var orders = [ViewerOrder?](repeating: nil, count: threads)
        orders.withUnsafeMutableBufferPointer { orders in
            nonisolated(unsafe) let orders = orders
            DispatchQueue.concurrentPerform(iterations: threads) { index in
                let range = ViewerOrder.range(index, among: threads)
                orders[index] = ViewerOrder(of: part, range, identities, without: places)
            }
        }
        for case let order? in orders {
            var start = 0
            for place in order.viewers.indices {
                let isFull =
                    order.viewers[place].events.upperBound - order.viewers[start].events.lowerBound
                    >= FoldSlice.fewestEvents
                if isFull || place == order.viewers.count - 1 {
                    slices.append(FoldSlice(.viewers(order, start..<place + 1)))
                    start = place + 1
                }
            }
        }
        if !companies.isEmpty { addSlices(of: companies, numbers, places) }
    }

    /// `numbers` says which company a viewer is in, and `places` where their events are in the part.
    private func addSlices(of companies: [Company], _ numbers: [Int64: Int], _ places: [Int]) {
        var entries = [[LogPart.Entry]](repeating: [], count: companies.count)
        for place in places {
            let entry = part.entries[place]
            if let number = numbers[entry.viewer] { entries[number].append(entry) }
        }
        var members: [(Company, [LogPart.Entry])] = []
        var count = 0
        for place in companies.indices where !companies[place].viewers.isEmpty {
            members.append((companies[place], entries[place]))
            count += entries[place].count
            if count >= FoldSlice.fewestEvents {
                slices.append(FoldSlice(.companies(members)))
                (members, count) = ([], 0)
            }
        }
        if !members.isEmpty { slices.append(FoldSlice(.companies(members))) }
    }

    /// The next slice that no lane has taken.
    func takeSlice() -> FoldSlice? {
        let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
        return number < slices.count ? slices[number] : nil
    }
}

/// Viewers whose events one lane folds in one go, and what that came to.
final class FoldSlice: @unchecked Sendable {
    /// A slice ends where it has so many events, or where there are no more viewers. A plugin that keeps failing is taken out within one.
    static let fewestEvents = 4096

    enum Content {
        case viewers(ViewerOrder, Range<Int>)
        /// With each one's events.
        case companies([(Company, [LogPart.Entry])])
    }

    let content: Content
    var changes = FoldChanges()
    /// By plugin of the pass.
    private(set) var tallies: [FoldTally] = []
    /// The latest time of these events, and of those that the same lane has folded before them.
    var latest: Int64?
    /// Events that could not be opened, for their viewers' keys are gone.
    var unreadable = 0
    var error: HostError?

    init(_ content: Content) {
        self.content = content
    }

    func add(_ more: [FoldTally]) {
        if tallies.isEmpty { tallies = more.map { _ in FoldTally() } }
        for index in tallies.indices { tallies[index].add(more[index]) }
    }
}
