internal import CBridge

extension EventDocument {
    /// Appends the event's text: byte for byte what came in, but for what was edited.
    public func write(into output: inout ByteBuffer) {
        if isChanged {
            write(root, into: &output)
        } else {
            output.append(text, count: count)
        }
    }

    /// Appends the text of one node as it is now.
    public func write(_ node: UInt32, into output: inout ByteBuffer) {
        let index = current(node)
        let value = arena.nodes[Int(index)]
        if value.flags & UInt8(VH_DIRTY) == 0 {
            output.append(base(of: value) + Int(value.start), count: Int(value.end &- value.start))
        } else {
            writeContainer(value, into: &output)
        }
    }

    private func writeContainer(_ container: vh_node, into output: inout ByteBuffer) {
        let text = base(of: container)
        var cursor = Int(container.start) + 1
        output.append(text[Int(container.start)])
        var wroteMember = false
        var place = container.first
        while place != 0 {
            let node = arena.nodes[Int(place)]
            let isPresent = current(place) != 0
            if node.flags & UInt8(VH_INSERTED) != 0 {
                if isPresent {
                    if wroteMember { output.append(UInt8(ascii: ",")) }
                    if container.kind == NodeKind.object.rawValue {
                        _ = JSONString.encode(key(of: place), into: &output)
                        output.append(UInt8(ascii: ":"))
                    }
                    write(place, into: &output)
                    wroteMember = true
                }
            } else {
                if isPresent {
                    if !wroteMember { cursor = skipComma(text, cursor, Int(node.member)) }
                    output.append(text + cursor, count: Int(node.start) - cursor)
                    write(place, into: &output)
                    wroteMember = true
                }
                cursor = Int(node.end)
            }
            place = node.next
        }
        output.append(text + cursor, count: Int(container.end) - cursor)
    }

    /// Where the gap before the first member that is left goes on behind the comma of a removed one.
    private func skipComma(_ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
        for position in start..<end where text[position] == UInt8(ascii: ",") { return position + 1 }
        return start
    }
}
