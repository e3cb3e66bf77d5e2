internal import Events

/// A value that a plugin's Lua state holds while events are folded into it. A call that fails leaves it as it was before.
///
/// The value is written down as bytes from time to time; after a failure it is read back, and the events since then are folded
/// into it again. From then on it is written down after each event, so that a plugin that goes on failing costs no more.
final class HeldValue {
    /// The value as it was before the events that are not written down; no bytes where there was none.
    private(set) var bytes = ByteBuffer()
    /// Whether anything was folded since ``begin(_:)``.
    private(set) var isChanged = false

    let fold: LuaFold
    private let number: Int
    private let isMemory: Bool
    private var isHeld = false
    private var isCareful = false
    /// The events that are in the held value and not in `bytes`.
    private var unwritten: [Int32] = []

    init(_ fold: LuaFold, number: Int, isMemory: Bool) {
        self.fold = fold
        self.number = number
        self.isMemory = isMemory
    }

    /// Begins with a value as it was written down.
    func begin(_ stored: UnsafeRawBufferPointer) {
        clear()
        bytes.append(stored)
        isCareful = false
        isChanged = false
    }

    /// Forgets the value: what follows begins anew.
    func clear() {
        if bytes.count > 0 || isHeld { isChanged = true }
        bytes.removeAll()
        isHeld = false
        if !unwritten.isEmpty { unwritten.removeAll(keepingCapacity: true) }
    }

    /// Folds the event with this number by `call`, which may be called again for earlier ones. Throws where the event failed.
    @inline(__always)
    func apply(_ event: Int, _ call: (Int) throws(PluginFailure) -> Void) throws(PluginFailure) {
        do throws(PluginFailure) {
            if !isHeld { try hold() }
            try call(event)
            if isCareful { try write() } else { unwritten.append(Int32(truncatingIfNeeded: event)) }
            isChanged = true
        } catch {
            isCareful = true
            _ = replay(call)
            throw error
        }
    }

    /// Writes the value down. Where that fails, the events are folded again one by one; gives the failures of those that make
    /// it something that cannot be written down.
    func finish(_ call: (Int) throws(PluginFailure) -> Void) -> [PluginFailure] {
        if unwritten.isEmpty { return [] }
        do throws(PluginFailure) {
            try write()
            return []
        } catch {
            isCareful = true
            return replay(call)
        }
    }

    private func hold() throws(PluginFailure) {
        try fold.hold(number, bytes.rawBytes, isMemory: isMemory)
        isHeld = true
    }

    private func write() throws(PluginFailure) {
        try fold.withBytes(of: number) { written in
            bytes.removeAll()
            bytes.append(written)
        }
        unwritten.removeAll(keepingCapacity: true)
    }

    private func replay(_ call: (Int) throws(PluginFailure) -> Void) -> [PluginFailure] {
        let events = unwritten
        unwritten.removeAll(keepingCapacity: true)
        isHeld = false
        var failures: [PluginFailure] = []
        for event in events {
            do throws(PluginFailure) {
                if !isHeld { try hold() }
                try call(Int(event))
                try write()
            } catch {
                failures.append(error)
                isHeld = false
            }
        }
        return failures
    }
}
