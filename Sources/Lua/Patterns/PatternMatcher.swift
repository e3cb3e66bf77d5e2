internal import CBridge

/// Lua 5.4 patterns (manual §6.4.1) with a bound on the work of one match.
///
/// The answers and the messages are those of liblua's own matcher; only the steps are counted, because a pattern such
/// as `.-.-.-.-x` can take time that grows with a high power of the subject's length, and no hook of Lua's fires there.
struct PatternMatcher {
    enum Stop: Error {
        case malformed(StaticString)
        case outOfSteps
    }

    /// The C entry point.
    static let entry: vh_search_function = {
        subject, subjectLength, pattern, patternLength, start, isAnchored, lastEnd, steps, match in
        guard let subject, let pattern, let steps, let match else { return Int32(VH_MATCH_NONE.rawValue) }
        var matcher = PatternMatcher(
            subject: UnsafeRawPointer(subject).assumingMemoryBound(to: UInt8.self),
            subjectLength: subjectLength,
            pattern: UnsafeRawPointer(pattern).assumingMemoryBound(to: UInt8.self),
            patternLength: patternLength,
            steps: steps.pointee,
            match: match
        )
        do throws(Stop) {
            let found = try matcher.search(from: start, isAnchored: isAnchored != 0, lastEnd: lastEnd)
            steps.pointee = matcher.steps
            return Int32((found ? VH_MATCH_FOUND : VH_MATCH_NONE).rawValue)
        } catch {
            steps.pointee = matcher.steps
            switch error {
            case .outOfSteps: return Int32(VH_MATCH_OUT_OF_STEPS.rawValue)
            case .malformed(let message):
                match.pointee.message = UnsafeRawPointer(message.utf8Start).assumingMemoryBound(to: CChar.self)
                return Int32(VH_MATCH_ERROR.rawValue)
            }
        }
    }

    private let subject: UnsafePointer<UInt8>
    private let subjectLength: Int
    private let pattern: UnsafePointer<UInt8>
    private let patternLength: Int
    private var steps: Int64
    private let result: UnsafeMutablePointer<vh_match>
    /// Like liblua's MAXCCALLS.
    private var depthLeft = 200

    private static let open = Int(VH_CAPTURE_OPEN)
    private static let escape = UInt8(ascii: "%")

    private init(
        subject: UnsafePointer<UInt8>,
        subjectLength: Int,
        pattern: UnsafePointer<UInt8>,
        patternLength: Int,
        steps: Int64,
        match: UnsafeMutablePointer<vh_match>
    ) {
        self.subject = subject
        self.subjectLength = subjectLength
        self.pattern = pattern
        self.patternLength = patternLength
        self.steps = steps
        result = match
    }

    // MARK: Searching

    /// Finds the first match at `start` or later that does not end at `lastEnd`.
    @inline(__always)
    private mutating func search(from start: Int, isAnchored: Bool, lastEnd: Int) throws(Stop) -> Bool {
        let firstEnd = isAnchored ? nil : try neededFirstItemEnd()
        if let firstEnd, firstEnd + 2 == patternLength, pattern[firstEnd] == UInt8(ascii: "+"), endsWithDollar {
            return try searchRunAtEnd(from: start, firstEnd, lastEnd: lastEnd)
        }
        var s = start
        while s <= subjectLength {
            if let firstEnd {
                let tried = s
                while s < subjectLength, !matchesOne(s, 0, firstEnd) { s += 1 }
                try spend(Int64(s - tried))
                if s == subjectLength { return false }
            }
            result.pointee.captures = 0
            if let end = try match(s, 0), end != lastEnd {
                result.pointee.start = s
                result.pointee.end = end
                result.pointee.is_last = 0
                return true
            }
            if isAnchored { return false }
            s += 1
        }
        return false
    }

    /// Where the pattern's first item ends, if it is one character that every match begins with.
    @inline(__always)
    private func neededFirstItemEnd() throws(Stop) -> Int? {
        guard patternLength > 0 else { return nil }
        switch pattern[0] {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "$"): return nil
        case Self.escape where patternLength > 1:
            let name = pattern[1]
            if name == UInt8(ascii: "b") || name == UInt8(ascii: "f") || Self.isDigit(name) { return nil }
        default: break
        }
        let end = try classEnd(0)
        if end == patternLength { return end }
        let suffix = pattern[end]
        return suffix == UInt8(ascii: "*") || suffix == UInt8(ascii: "-") || suffix == UInt8(ascii: "?") ? nil : end
    }

    /// `X+$`, which trims: the run of X at the subject's end, looked for from there. From the front, it would take a time
    /// that grows with the square of the runs' lengths.
    private mutating func searchRunAtEnd(from start: Int, _ itemEnd: Int, lastEnd: Int) throws(Stop) -> Bool {
        var s = subjectLength
        while s > start, matchesOne(s - 1, 0, itemEnd) { s -= 1 }
        try spend(Int64(subjectLength - s + 1))
        if s == subjectLength || subjectLength == lastEnd { return false }
        result.pointee.captures = 0
        result.pointee.start = s
        result.pointee.end = subjectLength
        result.pointee.is_last = 1
        return true
    }

    private var endsWithDollar: Bool {
        pattern[patternLength - 1] == UInt8(ascii: "$")
    }

    // MARK: Matching

    /// Matches the pattern from `item` on at `position`; the end of the match, or nil.
    private mutating func match(_ position: Int, _ item: Int) throws(Stop) -> Int? {
        if depthLeft == 0 { throw .malformed("pattern too complex") }
        depthLeft -= 1
        defer { depthLeft += 1 }
        var s = position
        var p = item
        while true {
            try spend(1)
            if p == patternLength { return s }
            switch pattern[p] {
            case UInt8(ascii: "("):
                let isPosition = p + 1 < patternLength && pattern[p + 1] == UInt8(ascii: ")")
                return try startCapture(s, p + (isPosition ? 2 : 1), isPosition ? -1 : Self.open)
            case UInt8(ascii: ")"):
                return try endCapture(s, p + 1)
            case UInt8(ascii: "$") where p + 1 == patternLength:
                return s == subjectLength ? s : nil
            case Self.escape where p + 1 < patternLength && pattern[p + 1] == UInt8(ascii: "b"):
                guard let end = try matchBalance(s, p + 2) else { return nil }
                s = end
                p += 4
                continue
            case Self.escape where p + 1 < patternLength && pattern[p + 1] == UInt8(ascii: "f"):
                p += 2
                guard p < patternLength, pattern[p] == UInt8(ascii: "[") else {
                    throw .malformed("missing '[' after '%f' in pattern")
                }
                let end = try classEnd(p)
                let previous = s == 0 ? 0 : subject[s - 1]
                let current = s < subjectLength ? subject[s] : 0
                guard !matchSet(previous, p, end - 1), matchSet(current, p, end - 1) else { return nil }
                p = end
                continue
            case Self.escape where p + 1 < patternLength && Self.isDigit(pattern[p + 1]):
                guard let end = try matchBackReference(s, pattern[p + 1]) else { return nil }
                s = end
                p += 2
                continue
            default: break
            }
            let end = try classEnd(p)
            let suffix = end < patternLength ? pattern[end] : 0
            if suffix == UInt8(ascii: "*") || suffix == UInt8(ascii: "-") || suffix == UInt8(ascii: "+") {
                if suffix == UInt8(ascii: "-") { return try expandLeast(s, p, end) }
                if suffix == UInt8(ascii: "*") { return try expandMost(s, p, end) }
                return matchesOne(s, p, end) ? try expandMost(s + 1, p, end) : nil
            }
            let matchesHere = matchesOne(s, p, end)
            if suffix == UInt8(ascii: "?") {
                if matchesHere, let found = try match(s + 1, end + 1) { return found }
                p = end + 1
                continue
            }
            if !matchesHere { return nil }
            s += 1
            p = end
        }
    }

    @inline(__always)
    private mutating func spend(_ count: Int64) throws(Stop) {
        steps -= count
        if steps < 0 { throw .outOfSteps }
    }

    private mutating func expandMost(_ s: Int, _ p: Int, _ end: Int) throws(Stop) -> Int? {
        var count = 0
        while matchesOne(s + count, p, end) {
            count += 1
            try spend(1)
        }
        // `$` matches behind all of them or nowhere.
        if end + 2 == patternLength, endsWithDollar, s + count < subjectLength, depthLeft > 0 { return nil }
        while count >= 0 {
            if let found = try match(s + count, end + 1) { return found }
            count -= 1
        }
        return nil
    }

    private mutating func expandLeast(_ start: Int, _ p: Int, _ end: Int) throws(Stop) -> Int? {
        var s = start
        while true {
            if let found = try match(s, end + 1) { return found }
            guard matchesOne(s, p, end) else { return nil }
            s += 1
        }
    }

    // MARK: Captures

    private mutating func startCapture(_ s: Int, _ p: Int, _ length: Int) throws(Stop) -> Int? {
        let index = Int(result.pointee.captures)
        if index >= Int(VH_MAX_CAPTURES) { throw .malformed("too many captures") }
        vh_set_capture(result, Int32(index), s, length)
        result.pointee.captures += 1
        if let found = try match(s, p) { return found }
        result.pointee.captures -= 1
        return nil
    }

    private mutating func endCapture(_ s: Int, _ p: Int) throws(Stop) -> Int? {
        var index = Int(result.pointee.captures) - 1
        while index >= 0, length(of: index) != Self.open { index -= 1 }
        if index < 0 { throw .malformed("invalid pattern capture") }
        let start = start(of: index)
        vh_set_capture(result, Int32(index), start, s - start)
        if let found = try match(s, p) { return found }
        vh_set_capture(result, Int32(index), start, Self.open)
        return nil
    }

    private mutating func matchBackReference(_ s: Int, _ digit: UInt8) throws(Stop) -> Int? {
        let index = Int(digit) - Int(UInt8(ascii: "1"))
        guard index >= 0, index < Int(result.pointee.captures), length(of: index) != Self.open else {
            throw .malformed(Self.invalidIndexMessages[max(0, index + 1)])
        }
        // A position capture has no text; liblua compares its huge length and never matches.
        let length = length(of: index)
        if length < 0 || subjectLength - s < length { return nil }
        try spend(Int64(length / 16))
        let start = start(of: index)
        for offset in 0..<length where subject[start + offset] != subject[s + offset] { return nil }
        return s + length
    }

    private static let invalidIndexMessages: [StaticString] = [
        "invalid capture index %0", "invalid capture index %1",
        "invalid capture index %2", "invalid capture index %3",
        "invalid capture index %4", "invalid capture index %5",
        "invalid capture index %6", "invalid capture index %7",
        "invalid capture index %8", "invalid capture index %9",
    ]

    private func start(of index: Int) -> Int {
        vh_capture_start(result, Int32(index))
    }

    private func length(of index: Int) -> Int {
        vh_capture_length(result, Int32(index))
    }

    // MARK: Single items

    private mutating func matchBalance(_ s: Int, _ p: Int) throws(Stop) -> Int? {
        if p + 1 >= patternLength { throw .malformed("malformed pattern (missing arguments to '%b')") }
        guard s < subjectLength, subject[s] == pattern[p] else { return nil }
        let opening = pattern[p]
        let closing = pattern[p + 1]
        var depth = 1
        var position = s + 1
        while position < subjectLength {
            try spend(1)
            if subject[position] == closing {
                depth -= 1
                if depth == 0 { return position + 1 }
            } else if subject[position] == opening {
                depth += 1
            }
            position += 1
        }
        return nil
    }

    /// Where the single item that starts at `start` ends.
    private func classEnd(_ start: Int) throws(Stop) -> Int {
        var p = start + 1
        if pattern[start] == Self.escape {
            if p == patternLength { throw .malformed("malformed pattern (ends with '%')") }
            return p + 1
        }
        guard pattern[start] == UInt8(ascii: "[") else { return p }
        if p < patternLength, pattern[p] == UInt8(ascii: "^") { p += 1 }
        repeat {
            if p == patternLength { throw .malformed("malformed pattern (missing ']')") }
            let byte = pattern[p]
            p += 1
            if byte == Self.escape, p < patternLength { p += 1 }
        } while p >= patternLength || pattern[p] != UInt8(ascii: "]")
        return p + 1
    }

    @inline(__always)
    private func matchesOne(_ s: Int, _ p: Int, _ end: Int) -> Bool {
        guard s < subjectLength else { return false }
        let byte = subject[s]
        switch pattern[p] {
        case UInt8(ascii: "."): return true
        case Self.escape: return Self.matchesClass(byte, pattern[p + 1])
        case UInt8(ascii: "["): return matchSet(byte, p, end - 1)
        default: return pattern[p] == byte
        }
    }

    /// Whether `byte` is in the set between the brackets at `start` and `last`.
    private func matchSet(_ byte: UInt8, _ start: Int, _ last: Int) -> Bool {
        var p = start + 1
        let isNegated = pattern[p] == UInt8(ascii: "^")
        if isNegated { p += 1 }
        while p < last {
            if pattern[p] == Self.escape {
                if Self.matchesClass(byte, pattern[p + 1]) { return !isNegated }
                p += 2
            } else if p + 2 < last, pattern[p + 1] == UInt8(ascii: "-") {
                if pattern[p] <= byte, byte <= pattern[p + 2] { return !isNegated }
                p += 3
            } else {
                if pattern[p] == byte { return !isNegated }
                p += 1
            }
        }
        return isNegated
    }

    private static func matchesClass(_ byte: UInt8, _ name: UInt8) -> Bool {
        let belongs: Bool
        switch name | 0x20 {
        case UInt8(ascii: "a"): belongs = isLetter(byte)
        case UInt8(ascii: "c"): belongs = byte < 0x20 || byte == 0x7F
        case UInt8(ascii: "d"): belongs = isDigit(byte)
        case UInt8(ascii: "g"): belongs = byte > 0x20 && byte < 0x7F
        case UInt8(ascii: "l"): belongs = isLetter(byte) && byte & 0x20 != 0
        case UInt8(ascii: "p"): belongs = byte > 0x20 && byte < 0x7F && !isLetter(byte) && !isDigit(byte)
        case UInt8(ascii: "s"): belongs = byte == 0x20 || byte >= 0x09 && byte <= 0x0D
        case UInt8(ascii: "u"): belongs = isLetter(byte) && byte & 0x20 == 0
        case UInt8(ascii: "w"): belongs = isLetter(byte) || isDigit(byte)
        case UInt8(ascii: "x"):
            belongs = isDigit(byte) || byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "f")
        default: return name == byte
        }
        if !isLetter(name) { return name == byte }
        return name & 0x20 != 0 ? belongs : !belongs
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10
    }
}
