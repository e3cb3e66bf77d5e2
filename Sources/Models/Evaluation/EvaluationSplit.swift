/// What models are trained with, and viewers of whom a part is hidden that they are to find.
public struct EvaluationSplit: Sendable {
    public let training: Interactions
    /// For each viewer who is asked about: what is shown of the viewer, and what is hidden, in the same order.
    public let known: Interactions
    public let hidden: Interactions

    /// Which of what viewers took up counts.
    public struct Filter: Sendable {
        /// Entries with less weight are left out; the others count 1 all alike.
        public var minimumWeight: Float = 1
        /// Viewers with fewer titles are left out.
        public var minimumTitles = 5

        public init() {}
    }

    /// Strong generalisation, after Liang et al. 2018 ("Variational Autoencoders for Collaborative Filtering", section 4.1): some
    /// viewers are held out whole; a fifth of each one's titles, at random, is hidden, and the rest is shown. Titles that no
    /// viewer of the training took up are left out.
    ///
    /// Viewers of the validation and of the test are as many as `heldOut` each, at most a fifth of all; `isTest` tells which
    /// of both are asked about.
    public static func strong(
        _ interactions: Interactions, _ filter: Filter = Filter(), heldOut: Int = 10_000, isTest: Bool = true,
        seed: UInt64 = 98_765
    ) throws(EvaluationError) -> EvaluationSplit {
        var viewers = filter.viewers(of: interactions)
        let held = min(heldOut, viewers.count / 5)
        if held < 1 { throw .tooFewViewers(found: viewers.count, needed: 5) }
        var random = SeededNumbers(seed)
        viewers.shuffle(using: &random)
        let trained = viewers.dropLast(2 * held).sorted()
        let asked = (isTest ? viewers.suffix(held) : viewers.dropLast(held).suffix(held)).sorted()
        var split = Builder(titleCount: interactions.titleCount)
        var isKnown = [Bool](repeating: false, count: interactions.titleCount)
        for viewer in trained {
            let row = filter.row(of: viewer, in: interactions)
            for entry in row { isKnown[entry.title] = true }
            split.train(row)
        }
        for viewer in asked {
            let row = filter.row(of: viewer, in: interactions).filter { isKnown[$0.title] }
            var order = Array(row.indices)
            var random = SeededNumbers(seed ^ UInt64(viewer) &* 0x9E37_79B9_7F4A_7C15)
            order.shuffle(using: &random)
            let hidden = Set(order.prefix(row.count / 5))
            split.ask(row.indices.filter { !hidden.contains($0) }.map { row[$0] }, hidden.sorted().map { row[$0] })
        }
        return try split.finish()
    }

    /// Leaves out the last of what each viewer took up, by time: of those at one time, the last in the viewer's row. At least one
    /// title is hidden, and one is shown. What is hidden of a viewer may be what nobody else took up: then no model finds it.
    public static func last(
        _ interactions: Interactions, _ filter: Filter = Filter(), share: Double = 0.2
    ) throws(EvaluationError) -> EvaluationSplit {
        guard share > 0, share < 1 else { throw .parameter("the hidden share must be between 0 and 1") }
        let viewers = filter.viewers(of: interactions)
        var split = Builder(titleCount: interactions.titleCount)
        for viewer in viewers {
            let row = filter.row(of: viewer, in: interactions)
            let order = row.indices.sorted { (row[$0].time, $0) < (row[$1].time, $1) }
            let count = max(1, Int((Double(row.count) * share).rounded(.down)))
            if count >= row.count { continue }
            let known = order.dropLast(count).map { row[$0] }
            split.train(known)
            split.ask(known, order.suffix(count).map { row[$0] })
        }
        if viewers.isEmpty { throw .tooFewViewers(found: 0, needed: 1) }
        return try split.finish()
    }

    typealias Entry = (title: Int, time: Int64)

    private struct Builder {
        var training: Interactions
        var known: Interactions
        var hidden: Interactions

        init(titleCount: Int) {
            training = Interactions(titleCount: titleCount)
            known = training
            hidden = training
        }

        mutating func train(_ row: [Entry]) {
            Self.append(row, to: &training)
        }

        mutating func ask(_ known: [Entry], _ hidden: [Entry]) {
            if known.isEmpty || hidden.isEmpty { return }
            Self.append(known, to: &self.known)
            Self.append(hidden, to: &self.hidden)
        }

        func finish() throws(EvaluationError) -> EvaluationSplit {
            if training.count == 0 || hidden.count == 0 { throw .nothingHidden }
            return EvaluationSplit(training: training, known: known, hidden: hidden)
        }

        private static func append(_ row: [Entry], to interactions: inout Interactions) {
            for entry in row { interactions.append(title: entry.title, weight: 1, time: entry.time) }
            interactions.endRow()
        }
    }
}

extension EvaluationSplit.Filter {
    fileprivate func viewers(of interactions: Interactions) -> [Int] {
        (0..<interactions.viewerCount).filter { viewer in
            let count = interactions.withRow(viewer) { row in row.weights.count { $0 >= minimumWeight } }
            return count >= max(1, minimumTitles)
        }
    }

    fileprivate func row(of viewer: Int, in interactions: Interactions) -> [EvaluationSplit.Entry] {
        interactions.withRow(viewer) { row in
            (0..<row.count).filter { row.weights[$0] >= minimumWeight }
                .map { (Int(row.titles[$0]), Int64(row.times[$0])) }
        }
    }
}
