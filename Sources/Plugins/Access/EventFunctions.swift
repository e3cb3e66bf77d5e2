internal import CBridge
internal import Events

/// The functions through which C reaches an ``EventAccess``. None raises and none calls Lua.
extension EventAccess {
    /// A C view of this value, which must outlive it.
    func makeEvent() -> vh_event {
        var event = vh_event()
        event.context = Unmanaged.passUnretained(self).toOpaque()
        event.seed = { context in access(context) { $0.seed($1) } }
        event.get = { context, node, key, length, result in
            access(context) { $0.get(node, bytes(key, length), of: $1, result.unsafelyUnwrapped) }
        }
        event.get_at = { context, node, index, result in
            access(context) { $0.get(node, at: index, of: $1, result.unsafelyUnwrapped) }
        }
        event.set = { context, node, key, length, value in
            access(context) { $0.set(node, bytes(key, length), of: $1, value.unsafelyUnwrapped) }
        }
        event.set_at = { context, node, index, value in
            access(context) { $0.set(node, at: index, of: $1, value.unsafelyUnwrapped) }
        }
        event.count = { context, node in access(context) { $0.count(node, of: $1) } }
        event.next = { context, node, place, key, value in
            access(context) { $0.next(node, after: place, of: $1, key.unsafelyUnwrapped, value.unsafelyUnwrapped) }
        }
        event.write_begin = { context in access(context) { access, _ in access.writeBegin() } }
        event.write_raw = { context, text, length in
            access(context) { access, _ in access.writeRaw(bytes(text, length)) }
        }
        event.write_value = { context, value in access(context) { $0.writeValue(value.unsafelyUnwrapped, of: $1) } }
        event.mask = { context, mask, value in
            access(context) { access, _ in access.mask(mask, value.unsafelyUnwrapped) }
        }
        event.title = { context, key, length, result, count in
            access(context) { access, _ in
                guard let entry = access.titles?.entry(bytes(key, length)) else { return 0 }
                result?.pointee = entry.baseAddress?.assumingMemoryBound(to: UInt8.self)
                count?.pointee = entry.count
                return 1
            }
        }
        event.title_version = { context in access(context) { access, _ in access.titles?.version ?? 0 } }
        event.ask = { context, question, text, length, count, result, size in
            access(context) { access, _ in
                let question = UInt32(bitPattern: question)
                guard let answer = access.answers?.answer(question, bytes(text, length), count: Int(count)) else {
                    return 0
                }
                result?.pointee = answer.baseAddress?.assumingMemoryBound(to: UInt8.self)
                size?.pointee = answer.count
                return 1
            }
        }
        event.log = { context, text, length in access(context) { access, _ in access.append(log: bytes(text, length)) }
        }
        return event
    }
}

/// Calls `body` with the value behind `context` and the event at hand, both kept alive by the call into Lua.
@inline(__always)
private func access<R>(_ context: UnsafeMutableRawPointer?, _ body: (EventAccess, EventDocument) -> R) -> R {
    Unmanaged<EventAccess>.fromOpaque(context.unsafelyUnwrapped)._withUnsafeGuaranteedRef { access in
        access.document._withUnsafeGuaranteedRef { body(access, $0) }
    }
}

@inline(__always)
private func bytes(_ start: UnsafePointer<CChar>?, _ count: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: start, count: count)
}
