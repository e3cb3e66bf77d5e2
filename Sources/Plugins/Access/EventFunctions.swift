internal import CBridge
internal import Events

/// The functions through which C reaches an ``EventAccess``. None raises and none calls Lua.
extension EventAccess {
    /// A C view of this value, which must outlive it.
    func makeEvent() -> vh_event {
        var event = vh_event()
        event.context = Unmanaged.passUnretained(self).toOpaque()
        event.get = { context, node, key, length, result in
            access(context).get(node, bytes(key, length), result.unsafelyUnwrapped)
        }
        event.get_at = { context, node, index, result in
            access(context).get(node, at: index, result.unsafelyUnwrapped)
        }
        event.set = { context, node, key, length, value in
            access(context).set(node, bytes(key, length), value.unsafelyUnwrapped)
        }
        event.set_at = { context, node, index, value in
            access(context).set(node, at: index, value.unsafelyUnwrapped)
        }
        event.count = { context, node in access(context).count(node) }
        event.next = { context, node, place, key, value in
            access(context).next(node, after: place, key.unsafelyUnwrapped, value.unsafelyUnwrapped)
        }
        event.write_begin = { context in access(context).writeBegin() }
        event.write_raw = { context, text, length in access(context).writeRaw(bytes(text, length)) }
        event.write_value = { context, value in access(context).writeValue(value.unsafelyUnwrapped) }
        event.mask = { context, mask, value in access(context).mask(mask, value.unsafelyUnwrapped) }
        event.log = { context, text, length in access(context).append(log: bytes(text, length)) }
        return event
    }
}

@inline(__always)
private func access(_ context: UnsafeMutableRawPointer?) -> EventAccess {
    Unmanaged<EventAccess>.fromOpaque(context.unsafelyUnwrapped)._withUnsafeGuaranteedRef { $0 }
}

@inline(__always)
private func bytes(_ start: UnsafePointer<CChar>?, _ count: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: start, count: count)
}
