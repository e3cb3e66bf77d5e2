internal import Foundation
internal import Glibc
internal import Synchronization

/// Makes SIGINT (^C) and SIGTERM end a run in good order. The second one ends the process at once.
final class StopSignals: Sendable {
    private let signals: [Int32]
    private let caught = Atomic<Int32>(0)
    /// Where a signal's number can be read when it came.
    private let inlet: Int32

    /// Holds the signals back, from threads that are made later too, until somebody watches for them. Those that are
    /// ignored, as in a shell's background, stay so.
    ///
    /// Libraries have made threads already that do not hold them back: what comes there goes into a pipe.
    init() {
        signals = [SIGINT, SIGTERM].filter { signal in
            var action = sigaction()
            sigaction(signal, nil, &action)
            return action.__sigaction_handler.sa_handler == nil
        }
        var ends: [Int32] = [-1, -1]
        pipe(&ends)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        inlet = ends[0]
        outlet = ends[1]
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { signal in
            let code = errno
            var number = UInt8(truncatingIfNeeded: signal)
            _ = write(outlet, &number, 1)
            errno = code
        }
        action.sa_flags = SA_RESTART
        for signal in signals { sigaction(signal, &action, nil) }
        var set = Self.set(of: signals)
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Calls `stop` at the first signal, from a thread of its own.
    func watch(_ stop: @escaping @Sendable () -> Void) {
        if signals.isEmpty { return }
        Thread.detachNewThread { [self] in
            var set = Self.set(of: signals)
            pthread_sigmask(SIG_UNBLOCK, &set, nil)
            var number: UInt8 = 0
            while read(inlet, &number, 1) != 1 {}
            caught.store(Int32(number), ordering: .releasing)
            endByDefault()
            stop()
            // This thread is where the second signal ends the process.
            while true { pause() }
        }
    }

    /// Ends the process as the signal would have, so that a shell sees why.
    func raise() {
        endByDefault()
        var set = Self.set(of: signals)
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
        Glibc.raise(caught.load(ordering: .acquiring))
    }

    private func endByDefault() {
        for number in signals { signal(number, SIG_DFL) }
    }

    private static func set(of signals: [Int32]) -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals { sigaddset(&set, signal) }
        return set
    }
}

/// Where a signal's number is written when it comes. Set once, before a signal's handler is.
nonisolated(unsafe) private var outlet: Int32 = -1
