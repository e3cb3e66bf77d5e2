internal import Synchronization

/// Whether a run was asked to stop.
final class Stopping: Sendable {
    private let state = Mutex<(isRequested: Bool, reading: Reading?)>((false, nil))

    /// The error of a run that was stopped.
    var error: HostError? {
        state.withLock { $0.isRequested }
            ? .interrupted(
                "stopped before all was read: what was stored is safe, an output file is not made; run again")
            : nil
    }

    /// Names what is to be stopped.
    func begin(_ reading: Reading) {
        let isRequested = state.withLock { state in
            state.reading = reading
            return state.isRequested
        }
        if isRequested { reading.stop() }
    }

    func request() {
        let reading = state.withLock { state in
            state.isRequested = true
            return state.reading
        }
        reading?.stop()
    }
}
