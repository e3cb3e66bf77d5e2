internal import Foundation

extension Thread {
    /// Does `work` on a thread of its own, and lets go of what it holds before the thread ends.
    ///
    /// Foundation's thread lets go of its block only while it is taken down, when libdispatch has already freed what it keeps for
    /// the thread (`_libdispatch_tsd_cleanup`): the last reference to a dispatch queue, such as a database's, must not go there.
    static func start(stackSize: Int? = nil, _ work: @escaping @Sendable () -> Void) {
        nonisolated(unsafe) var held: (@Sendable () -> Void)? = work
        let thread = Thread {
            held?()
            held = nil
        }
        if let stackSize { thread.stackSize = stackSize }
        thread.start()
    }
}
