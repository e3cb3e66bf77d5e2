internal import CBridge
package import Events

/// Why a module's use of the event was refused: what the plugin's author should know.
package struct AccessError: Error {
    package let message: String
}

/// What lies at a path, for somebody who wants text.
package enum TextAtPath {
    case text(UnsafeRawBufferPointer)
    case otherKind
    case absent
}

/// The way to the event for plugins that are no Lua. A path has the names of members with dots between them,
/// `data.ip`; in an array, positions from 0. A dot or backslash in a name stands behind a backslash. The empty path is
/// the event.
///
/// Bytes that are given out are valid until the next use.
extension EventAccess {
    /// Sees nothing until ``grant(_:)``.
    package convenience init(hash: KeyedHash) throws(ManifestError) {
        self.init(grants: try Grants([]), hash: hash)
    }

    /// Sees what a manifest's `reads` names.
    package func grant(_ reads: [String]) throws(ManifestError) {
        grants = try Grants(reads)
    }

    /// The JSON text of what the plugin sees there; nil where there is nothing.
    package func json(at path: UnsafeRawBufferPointer) throws(AccessError) -> UnsafeRawBufferPointer? {
        try withDocument { document throws(AccessError) in
            guard let node = try find(path, in: document) else { return nil }
            scratch.removeAll()
            writeVisible(node, of: document)
            return scratch.rawBytes
        }
    }

    /// The text of the string there, without quotes and escapes.
    package func text(at path: UnsafeRawBufferPointer) throws(AccessError) -> TextAtPath {
        try withDocument { document throws(AccessError) in
            guard let node = try find(path, in: document) else { return .absent }
            guard document.kind(of: node) == .string else { return .otherKind }
            return .text(document.string(of: node, decodedInto: &outgoing))
        }
    }

    /// Puts a JSON text there. What holds the member or element must be there already.
    package func set(_ path: UnsafeRawBufferPointer, json: UnsafeRawBufferPointer) throws(AccessError) {
        if json.count > JSONLimits.bytes {
            outputExceeded = true
            throw AccessError(message: "the value is larger than an event may be")
        }
        scratch.removeAll()
        scratch.append(JSONSpace.trim(json))
        var value = vh_value()
        value.kind = VH_WRITTEN
        try set(path, &value)
    }

    /// Puts a string of that text there.
    package func set(_ path: UnsafeRawBufferPointer, text: UnsafeRawBufferPointer) throws(AccessError) {
        var value = vh_value()
        value.kind = VH_STRING
        value.text = text.baseAddress?.assumingMemoryBound(to: CChar.self)
        value.length = text.count
        try set(path, &value)
    }

    /// Takes out what is there. Of an array, only the last element can be taken.
    package func remove(_ path: UnsafeRawBufferPointer) throws(AccessError) {
        var value = vh_value()
        value.kind = VH_NIL
        try set(path, &value)
    }

    /// How many members the plugin sees in the object there, or elements in the array; nil for anything else.
    package func count(at path: UnsafeRawBufferPointer) throws(AccessError) -> Int? {
        try withDocument { document throws(AccessError) in
            guard let node = try find(path, in: document) else { return nil }
            switch document.kind(of: node) {
            case .array: return document.childCount(of: node)
            case .object:
                var count = 0
                forEachVisible(of: node, in: document) { _ in
                    count += 1
                    return true
                }
                return count
            default: return nil
            }
        }
    }

    /// The name of the member that stands at `index` among those that the plugin sees in the object there; nil where
    /// there is none.
    package func name(at path: UnsafeRawBufferPointer, index: Int) throws(AccessError) -> UnsafeRawBufferPointer? {
        try withDocument { document throws(AccessError) in
            guard let node = try find(path, in: document), document.kind(of: node) == .object else { return nil }
            var left = index
            var found: UnsafeRawBufferPointer?
            forEachVisible(of: node, in: document) { name in
                if left == 0 { found = name }
                left -= 1
                return found == nil
            }
            return found
        }
    }

    /// The masked text, by the numbers of `vh_mask`; nil for a mask that there is not.
    package func masked(_ kind: UInt32, _ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        guard kind <= VH_MASK_TEXT.rawValue else { return nil }
        return replaced(vh_mask(kind), text)
    }

    /// The text's pseudonym, as `host.hash` gives it.
    package func hashed(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        replaced(VH_HASH, text)
    }

    private func replaced(_ kind: vh_mask, _ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var value = vh_value()
        value.text = text.baseAddress?.assumingMemoryBound(to: CChar.self)
        value.length = text.count
        mask(kind, &value)
        return UnsafeRawBufferPointer(start: value.text, count: value.length)
    }

    // MARK: Walking

    private func withDocument<R>(_ body: (EventDocument) throws(AccessError) -> R) throws(AccessError) -> R {
        try body(document.takeUnretainedValue())
    }

    private func find(_ path: UnsafeRawBufferPointer, in document: EventDocument) throws(AccessError) -> UInt32? {
        var names = DottedPath(path)
        var node = document.root
        while let name = names.next(&part) {
            node = try step(from: node, to: name, in: document)
            if node == 0 { return nil }
        }
        return node
    }

    private func step(
        from node: UInt32, to name: UnsafeRawBufferPointer, in document: EventDocument
    ) throws(AccessError) -> UInt32 {
        switch document.kind(of: node) {
        case .object:
            let child = document.child(of: node, named: name)
            if child == 0 || isVisible(child, in: node, of: document, name: name) { return child }
            throw AccessError(message: refusal("read", name, document.category(of: child)))
        case .array:
            guard let index = DottedPath.position(name) else { return 0 }
            let place = document.place(in: node, at: index)
            return place == 0 ? 0 : document.value(at: place)
        default: return 0
        }
    }

    private func set(_ path: UnsafeRawBufferPointer, _ value: inout vh_value) throws(AccessError) {
        try withDocument { document throws(AccessError) in
            var names = DottedPath(path)
            guard var name = names.next(&part) else {
                throw AccessError(message: "the event cannot be set as a whole: set its fields")
            }
            var node = document.root
            while !names.isAtEnd {
                node = try step(from: node, to: name, in: document)
                guard let next = names.next(&part), node != 0 else { break }
                name = next
            }
            let kind = node == 0 ? .null : document.kind(of: node)
            let failed: Int32
            switch kind {
            case .object: failed = set(node, name, of: document, &value)
            case .array:
                guard let index = DottedPath.position(name) else {
                    throw AccessError(message: "'\(shown(name))' is no position in an array: they count from 0")
                }
                failed = set(node, at: Int64(index) + 1, of: document, &value)
            default:
                // What is not there need not be taken out.
                if value.kind == VH_NIL { return }
                throw AccessError(
                    message: "cannot set '\(shown(path))': what it lies in is neither an object nor an array")
            }
            if failed != 0 {
                let text = UnsafeRawBufferPointer(start: value.text, count: value.length)
                throw AccessError(message: String(decoding: text, as: UTF8.self))
            }
        }
    }

    private func forEachVisible(
        of node: UInt32, in document: EventDocument, _ body: (UnsafeRawBufferPointer) -> Bool
    ) {
        var place = document.firstChild(of: node)
        while place != 0 {
            let child = document.value(at: place)
            let name = document.key(of: child)
            if isVisible(child, in: node, of: document, name: name), !body(name) { return }
            place = document.nextSibling(of: place)
        }
    }

    private func shown(_ bytes: UnsafeRawBufferPointer) -> String {
        String(decoding: bytes.prefix(100), as: UTF8.self)
    }
}

/// White space around a JSON text.
private enum JSONSpace {
    static func trim(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var (start, end) = (0, text.count)
        while start < end, isSpace(text[start]) { start += 1 }
        while end > start, isSpace(text[end - 1]) { end -= 1 }
        return UnsafeRawBufferPointer(rebasing: text[start..<end])
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }
}
