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

    /// Appends the text of a node and of what stands in it now. The node itself may have been removed or replaced.
    public func write(_ node: UInt32, into output: inout ByteBuffer) {
        let value = (arena.nodes + Int(node)).pointee
        if value.flags & UInt8(VH_DIRTY) == 0 {
            output.append(base(of: value) + Int(value.start), count: Int(value.end &- value.start))
        } else {
            writeContainer(value, into: &output)
        }
    }

    /// Members that nobody touched go out together with what stands between them.
    private func writeContainer(_ container: vh_node, into output: inout ByteBuffer) {
        let nodes = arena.nodes
        let text = base(of: container)
        let edited = UInt8(VH_REMOVED | VH_REPLACED | VH_DIRTY | VH_INSERTED)
        // What stands from `waiting` to the last member's end is still to be written.
        var waiting = Int(container.start)
        var memberEnd = waiting + 1
        var isFirst = true
        var place = container.first
        members: while place != 0 {
            var node = nodes + Int(place)
            if !isFirst {
                while node.pointee.flags & edited == 0 {
                    memberEnd = Int(node.pointee.end)
                    place = node.pointee.next
                    if place == 0 { break members }
                    node = nodes + Int(place)
                }
            }
            if node.pointee.flags & UInt8(VH_INSERTED) != 0 {
                output.append(text + waiting, count: memberEnd - waiting)
                waiting = memberEnd
                if current(place) != 0 {
                    if !isFirst { output.append(UInt8(ascii: ",")) }
                    writeInserted(place, isMember: container.kind == NodeKind.object.rawValue, into: &output)
                    isFirst = false
                }
            } else if node.pointee.flags & edited == 0 || current(place) != 0 {
                if isFirst, memberEnd > Int(container.start) + 1 {
                    waiting = skipComma(text, memberEnd, Int(node.pointee.member))
                }
                memberEnd = Int(node.pointee.end)
                if node.pointee.flags & edited != 0 {
                    output.append(text + waiting, count: Int(node.pointee.start) - waiting)
                    write(current(place), into: &output)
                    waiting = memberEnd
                }
                isFirst = false
            } else {
                output.append(text + waiting, count: memberEnd - waiting)
                waiting = Int(node.pointee.end)
                memberEnd = waiting
            }
            place = node.pointee.next
        }
        output.append(text + waiting, count: Int(container.end) - waiting)
    }

    private func writeInserted(_ place: UInt32, isMember: Bool, into output: inout ByteBuffer) {
        if isMember {
            _ = JSONString.encode(key(of: place), into: &output)
            output.append(UInt8(ascii: ":"))
        }
        write(current(place), into: &output)
    }

    /// Where the gap before the first member that is left goes on behind the comma of a removed one.
    private func skipComma(_ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Int {
        for position in start..<end where text[position] == UInt8(ascii: ",") { return position + 1 }
        return start
    }
}
