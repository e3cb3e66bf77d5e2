internal import Plugins

/// Takes a plugin out that fails again and again (M. Nygard, "Release It!", ch. 5): after so many failures in a row, no
/// event goes past the plugin's place any more. It stays open for the rest of the run.
struct CircuitBreaker {
    /// The plugin that was taken out.
    private(set) var open: Int?

    private let threshold: Int
    private var failuresInRow: [Int]

    init(plugins: Int, threshold: Int) {
        self.threshold = threshold
        failuresInRow = Array(repeating: 0, count: plugins)
    }

    /// Counts an event's way through the plugins; true where it opens the circuit.
    @inline(__always)
    mutating func note(_ event: BatchEvent) -> Bool {
        let last = Int(event.plugin)
        for plugin in 0..<min(last, failuresInRow.count) { failuresInRow[plugin] = 0 }
        guard last < failuresInRow.count else { return false }
        guard event.outcome == .failed else {
            failuresInRow[last] = 0
            return false
        }
        failuresInRow[last] += 1
        if failuresInRow[last] >= threshold { open = last }
        return open != nil
    }
}
