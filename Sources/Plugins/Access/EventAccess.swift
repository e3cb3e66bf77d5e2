internal import CBridge
package import Events

/// What one plugin sees of the event at hand: the one place where grants are checked.
package final class EventAccess {
    /// Kept alive by the caller of ``begin(_:)`` while Lua runs. Its references are not counted: that would cost more
    /// than most reads.
    private(set) var document: Unmanaged<EventDocument>
    var grants: Grants
    let hash: KeyedHash
    /// What the plugin logged in this call.
    package var log: [UInt8] = []
    /// Whether the plugin wrote more than it may.
    package var outputExceeded = false
    /// Whether the plugin may look at the event alone.
    var isReadOnly = false
    /// What the catalogue has of titles, for plugins that fold.
    var titles: TitleTable?
    /// Whether the plugin put members or elements in, so that the event may have outgrown ``JSONLimits``.
    private(set) var hasInserted = false

    /// What answers the questions of a plugin that recommends, while it runs.
    var answers: QuestionAnswers?

    var scratch = ByteBuffer()
    /// Text that a C caller is about to copy: masked values, decoded strings, messages.
    var outgoing = ByteBuffer()
    /// A name of a path, where it is not spelled as it is.
    var part = ByteBuffer()
    private var masked: [UInt8] = []

    /// What there is before the first event.
    nonisolated(unsafe) private static let none = EventDocument()

    /// Bytes that one call may log.
    package static let logLimit = 64 << 10

    init(grants: Grants, hash: KeyedHash) {
        document = Unmanaged.passUnretained(Self.none)
        self.grants = grants
        self.hash = hash
    }

    /// Points this value at `document` and forgets what the last call logged.
    package func begin(_ document: EventDocument) {
        self.document = Unmanaged.passUnretained(document)
        outputExceeded = false
        hasInserted = false
        if !log.isEmpty { log.removeAll(keepingCapacity: true) }
    }

    /// Leaves no event at hand.
    func end() {
        document = Unmanaged.passUnretained(Self.none)
        answers = nil
    }

    /// Has no event at hand, and has questions answered by `answers`.
    func begin(asking answers: QuestionAnswers) {
        begin(Self.none)
        self.answers = answers
    }

    /// What `math.random` begins with.
    func seed(_ document: EventDocument) -> UInt64 {
        document.identityHash
    }

    /// Whether the plugin may see `node`, which lies in the container `parent` under `name`.
    @inline(__always)
    func isVisible(
        _ node: UInt32, in parent: UInt32, of document: EventDocument, name: UnsafeRawBufferPointer
    ) -> Bool {
        if parent == document.root, node == document.data, document.kind(of: node) == .object { return true }
        if grants.allow(rawCategory: document.rawCategory(of: node)) { return true }
        return isNamed(name, in: parent, of: document)
    }

    private func isNamed(
        _ name: UnsafeRawBufferPointer, in parent: UInt32, of document: EventDocument
    ) -> Bool {
        // What lies inside a visible container is visible: the container could not have been reached otherwise.
        parent != document.root && (parent != document.data || grants.allow(field: name))
    }

    func get(
        _ node: UInt32, _ name: UnsafeRawBufferPointer, of document: EventDocument,
        _ result: UnsafeMutablePointer<vh_value>
    ) -> Int32 {
        guard document.kind(of: node) == .object else { return 0 }
        let child = document.child(of: node, named: name)
        if child == 0 { return 0 }
        guard isVisible(child, in: node, of: document, name: name) else {
            return refuse("read", name, document.category(of: child), result)
        }
        describe(child, of: document, result)
        return 0
    }

    func get(
        _ node: UInt32, at index: Int64, of document: EventDocument, _ result: UnsafeMutablePointer<vh_value>
    ) -> Int32 {
        guard document.kind(of: node) == .array, index >= 1, index <= Int64(Int32.max) else { return 0 }
        let place = document.place(in: node, at: Int(index) - 1)
        if place != 0 { describe(document.value(at: place), of: document, result) }
        return 0
    }

    func set(
        _ node: UInt32, _ name: UnsafeRawBufferPointer, of document: EventDocument,
        _ value: UnsafeMutablePointer<vh_value>
    ) -> Int32 {
        if isReadOnly { return fail("an event cannot be changed here", value) }
        guard document.kind(of: node) == .object else {
            return fail("the elements of an array are set by position", value)
        }
        // Fields that the plugin may not see would go, and new ones have no category of their own.
        if node == document.root, name.elementsEqual("data".utf8) {
            return fail("set the fields of 'data', not 'data'", value)
        }
        let child = document.child(of: node, named: name)
        if child == 0 || value.pointee.kind == VH_WRITTEN { hasInserted = true }
        if child == 0 {
            if value.pointee.kind == VH_NIL { return 0 }
            let category = document.category(ofNew: name, in: node)
            guard grants.allow(category) || isNamed(name, in: node, of: document) else {
                return refuse("write", name, category, value)
            }
        } else if !isVisible(child, in: node, of: document, name: name) {
            return refuse("write", name, document.category(of: child), value)
        }
        do throws(EditError) {
            if value.pointee.kind == VH_NIL {
                try document.remove(child)
            } else if child != 0 {
                try document.replace(child, with: edit(value.pointee))
            } else {
                try document.insert(edit(value.pointee), named: name, into: node)
            }
            return 0
        } catch {
            return explain(error, name, value)
        }
    }

    func set(
        _ node: UInt32, at index: Int64, of document: EventDocument, _ value: UnsafeMutablePointer<vh_value>
    ) -> Int32 {
        if isReadOnly { return fail("an event cannot be changed here", value) }
        guard document.kind(of: node) == .array else { return fail("an object's members are named by strings", value) }
        let count = Int64(document.childCount(of: node))
        if value.pointee.kind == VH_WRITTEN { hasInserted = true }
        do throws(EditError) {
            if index == count + 1 {
                if value.pointee.kind != VH_NIL { try document.append(edit(value.pointee), to: node) }
                return 0
            }
            guard index >= 1, index <= count, value.pointee.kind != VH_NIL || index == count else { throw .badIndex }
            let element = document.value(at: document.place(in: node, at: Int(index) - 1))
            if value.pointee.kind == VH_NIL {
                try document.remove(element)
            } else {
                try document.replace(element, with: edit(value.pointee))
            }
            return 0
        } catch {
            return explain(error, UnsafeRawBufferPointer(start: nil, count: 0), value)
        }
    }

    func next(
        _ node: UInt32,
        after place: UInt32,
        of document: EventDocument,
        _ key: UnsafeMutablePointer<vh_value>,
        _ value: UnsafeMutablePointer<vh_value>
    ) -> UInt32 {
        var place = place == 0 ? document.firstChild(of: node) : document.nextSibling(of: place)
        if document.kind(of: node) == .array {
            if place == 0 { return 0 }
            describe(document.value(at: place), of: document, value)
            return place
        }
        while place != 0 {
            let child = document.value(at: place)
            let name = document.key(of: child)
            if isVisible(child, in: node, of: document, name: name) {
                key.pointee.kind = VH_STRING
                key.pointee.text = name.baseAddress?.assumingMemoryBound(to: CChar.self)
                key.pointee.length = name.count
                describe(child, of: document, value)
                return place
            }
            place = document.nextSibling(of: place)
        }
        return 0
    }

    func count(_ node: UInt32, of document: EventDocument) -> Int64 {
        document.kind(of: node) == .array ? Int64(document.childCount(of: node)) : 0
    }

    @inline(__always)
    private func describe(
        _ node: UInt32, of document: EventDocument, _ result: UnsafeMutablePointer<vh_value>
    ) {
        result.pointee.node = node
        switch document.kind(of: node) {
        case .null: result.pointee.kind = VH_NULL
        case .false: result.pointee.kind = VH_FALSE
        case .true: result.pointee.kind = VH_TRUE
        case .object: result.pointee.kind = VH_OBJECT
        case .array: result.pointee.kind = VH_ARRAY
        case .number:
            switch JSONNumber(document.text(of: node)) {
            case .integer(let integer):
                result.pointee.kind = VH_INTEGER
                result.pointee.integer = integer
            case .float(let number):
                result.pointee.kind = VH_NUMBER
                result.pointee.number = number
            }
        case .string:
            result.pointee.kind = VH_STRING
            let text = document.string(of: node, decodedInto: &outgoing)
            result.pointee.text = text.baseAddress?.assumingMemoryBound(to: CChar.self)
            result.pointee.length = text.count
        }
    }

    // MARK: Writing tables

    func writeBegin() {
        scratch.removeAll()
    }

    func writeRaw(_ text: UnsafeRawBufferPointer) {
        scratch.append(text)
    }

    func writeValue(_ value: UnsafeMutablePointer<vh_value>, of document: EventDocument) -> Int32 {
        if scratch.count > JSONLimits.bytes {
            outputExceeded = true
            return fail("the value is larger than an event may be", value)
        }
        if value.pointee.kind == VH_OBJECT || value.pointee.kind == VH_ARRAY {
            writeVisible(value.pointee.node, of: document)
            return 0
        }
        do throws(EditError) {
            try scratch.append(edit(value.pointee))
            return 0
        } catch {
            return fail(error == .notFinite ? "JSON has no infinity and no NaN" : "the string is not UTF-8", value)
        }
    }

    /// Writes what the plugin sees of a container: a copy that had more would show it.
    func writeVisible(_ node: UInt32, of document: EventDocument) {
        guard node == document.root || node == document.data, document.kind(of: node) == .object else {
            return document.write(node, into: &scratch)
        }
        scratch.append(UInt8(ascii: "{"))
        var isFirst = true
        var place = document.firstChild(of: node)
        while place != 0 {
            let child = document.value(at: place)
            let name = document.key(of: child)
            if isVisible(child, in: node, of: document, name: name) {
                if !isFirst { scratch.append(UInt8(ascii: ",")) }
                isFirst = false
                _ = scratch.append(quoted: name)
                scratch.append(UInt8(ascii: ":"))
                writeVisible(child, of: document)
            }
            place = document.nextSibling(of: place)
        }
        scratch.append(UInt8(ascii: "}"))
    }

    private func edit(_ value: vh_value) -> EditValue {
        switch value.kind {
        case VH_FALSE: .boolean(false)
        case VH_TRUE: .boolean(true)
        case VH_INTEGER: .integer(value.integer)
        case VH_NUMBER: .number(value.number)
        case VH_STRING: .string(UnsafeRawBufferPointer(start: value.text, count: value.length))
        case VH_WRITTEN: .json(scratch.rawBytes)
        default: .null
        }
    }

    // MARK: Masks and log

    func mask(_ mask: vh_mask, _ value: UnsafeMutablePointer<vh_value>) {
        let text = UnsafeRawBufferPointer(start: value.pointee.text, count: value.pointee.length)
        masked.removeAll(keepingCapacity: true)
        switch mask {
        case VH_MASK_IP: _ = Mask.ip(text, into: &masked)
        case VH_MASK_EMAIL: _ = Mask.email(text, into: &masked)
        case VH_MASK_PHONE: _ = Mask.phone(text, into: &masked)
        case VH_MASK_CARD: _ = Mask.card(text, into: &masked)
        case VH_MASK_NAME: _ = Mask.name(text, into: &masked)
        case VH_MASK_TEXT: _ = Mask.text(text, into: &masked)
        default: hash.hex(text, into: &masked)
        }
        point(value, to: masked)
    }

    package func append(log text: UnsafeRawBufferPointer) {
        if log.count + text.count > Self.logLimit {
            outputExceeded = true
            return
        }
        log.append(contentsOf: text)
        log.append(UInt8(ascii: "\n"))
    }

    // MARK: Messages

    private func refuse(
        _ verb: String,
        _ name: UnsafeRawBufferPointer,
        _ category: DataCategory,
        _ result: UnsafeMutablePointer<vh_value>
    ) -> Int32 {
        fail(refusal(verb, name, category), result)
    }

    func refusal(_ verb: String, _ name: UnsafeRawBufferPointer, _ category: DataCategory) -> String {
        let field = String(decoding: name, as: UTF8.self)
        return "may not \(verb) '\(field)': add \"\(category.key)\" to the manifest's reads"
    }

    private func explain(
        _ error: EditError,
        _ name: UnsafeRawBufferPointer,
        _ result: UnsafeMutablePointer<vh_value>
    ) -> Int32 {
        let field = String(decoding: name, as: UTF8.self)
        switch error {
        case .invalidUTF8: return fail("'\(field)': the string is not UTF-8", result)
        case .wrongKind(let expected): return fail("'\(field)' must be \(expected.text)", result)
        case .identity: return fail("'\(field)' identifies the event and cannot be changed", result)
        case .badIndex:
            return fail("an array has no holes: use table.remove, or json.null for an empty place", result)
        case .notFinite: return fail("'\(field)': JSON has no infinity and no NaN", result)
        case .notJSON(let error): return fail("'\(field)': \(error.message) at byte \(error.offset + 1)", result)
        case .tooLarge:
            outputExceeded = true
            return fail("the event has grown larger than an event may be", result)
        }
    }

    private func fail(_ text: String, _ result: UnsafeMutablePointer<vh_value>) -> Int32 {
        point(result, to: Array(text.utf8))
        return 1
    }

    private func point(_ value: UnsafeMutablePointer<vh_value>, to bytes: [UInt8]) {
        outgoing.removeAll()
        bytes.withUnsafeBufferPointer { source in
            if let start = source.baseAddress { outgoing.append(start, count: source.count) }
        }
        value.pointee.text = UnsafeRawPointer(outgoing.base).assumingMemoryBound(to: CChar.self)
        value.pointee.length = outgoing.count
    }
}
