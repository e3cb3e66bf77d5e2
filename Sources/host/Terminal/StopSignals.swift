internal import Foundation
internal import Glibc
internal import Synchronization

/// Makes SIGINT (^C) and SIGTERM end a run in good order. The second one ends the process at once.
final class StopSignals: Sendable {
    private let signals: [Int32]
    private let caught = Atomic<Int32>(0)

    /// Holds the signals back, from threads that are made later too, until somebody watches for them. Those that are
    /// ignored, as in a shell's background, stay so.
    init() {
        signals = [SIGINT, SIGTERM].filter { signal in
            var action = sigaction()
            sigaction(signal, nil, &action)
            return action.__sigaction_handler.sa_handler == nil
        }
        var set = Self.set(of: signals)
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Calls `stop` at the first signal, from a thread of its own.
    func watch(_ stop: @escaping @Sendable () -> Void) {
        if signals.isEmpty { return }
        Thread.detachNewThread { [self] in
            var set = Self.set(of: signals)
            var signal: Int32 = 0
            sigwait(&set, &signal)
            pthread_sigmask(SIG_UNBLOCK, &set, nil)
            caught.store(signal, ordering: .releasing)
            stop()
            // This thread is where the second signal ends the process.
            while true { pause() }
        }
    }

    /// Ends the process as the signal would have, so that a shell sees why.
    func raise() {
        var set = Self.set(of: signals)
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
        Glibc.raise(caught.load(ordering: .acquiring))
    }

    private static func set(of signals: [Int32]) -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals { sigaddset(&set, signal) }
        return set
    }
}
