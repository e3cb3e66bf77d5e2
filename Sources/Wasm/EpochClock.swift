internal import CWasmtime
internal import Foundation
internal import Synchronization

/// Lets the instances of an engine look, every ten milliseconds, whether they should stop.
final class EpochClock: Sendable {
    static let tick = 0.01

    private let isOver = Atomic(false)
    private let ended = DispatchSemaphore(value: 0)

    init(_ engine: OpaquePointer, _ library: WasmtimeLibrary) {
        nonisolated(unsafe) let engine = engine
        Thread.detachNewThread { [self] in
            while !isOver.load(ordering: .relaxed) {
                Thread.sleep(forTimeInterval: Self.tick)
                library.functions.pointee.wasmtime_engine_increment_epoch(engine)
            }
            ended.signal()
        }
    }

    /// Waits for the last tick: the engine may go after it.
    func stop() {
        isOver.store(true, ordering: .relaxed)
        ended.wait()
    }
}
