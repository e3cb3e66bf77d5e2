extension TextScan {
    /// The name of who says the line that begins at `start`: `Anna Novak: hello`, `[14:02] Anna: hello`.
    func speakerMatch(at start: Int) -> TextMatch? {
        guard let speaker = Transcript.speaker(text, lineStart: start) else { return nil }
        let wordEnd = text.wordEnd(from: speaker.start)
        let isRole = text.isOne(of: Vocabulary.roles, from: speaker.start, to: wordEnd)
        let name = isRole ? wordEnd + text.blankLength(at: wordEnd) : speaker.start
        guard name < speaker.end, let end = nameEnd(from: skipHonorifics(from: name), looseWords: 0) else { return nil }
        return end == speaker.end ? TextMatch(skipHonorifics(from: name), end, "[name]") : nil
    }
}

/// Lines of a conversation.
enum Transcript {
    /// Whether a line says that somebody in a role speaks ("Agent:"), or at what time somebody does.
    static func hasSpeakers(_ text: MaskedBytes) -> Bool {
        var start = 0
        while start < text.count {
            if let speaker = speaker(text, lineStart: start) {
                let wordEnd = text.wordEnd(from: speaker.start)
                if speaker.isTimed || text.isOne(of: Vocabulary.roles, from: speaker.start, to: wordEnd) { return true }
            }
            while start < text.count, text[start] != 0x0a { start += 1 }
            start += 1
        }
        return false
    }

    /// The words before the colon with which a line begins, behind a time in brackets, if there are up to four of them.
    static func speaker(_ text: MaskedBytes, lineStart: Int) -> (start: Int, end: Int, isTimed: Bool)? {
        let start = timeEnd(text, from: lineStart)
        var index = start
        for _ in 0..<5 {
            let end = nameEnd(text, from: index)
            guard end > index else { return nil }
            let colon = end + text.blankLength(at: end)
            if text[colon] == 0x3a {
                let isFollowed = text[colon + 1].isSpace || colon + 1 == text.count
                return isFollowed ? (start, end, start > lineStart) : nil
            }
            index = end + text.blankLength(at: end)
            guard index > end else { return nil }
        }
        return nil
    }

    /// Behind a time such as `[14:02:11]` and blanks; `start` where there is none.
    private static func timeEnd(_ text: MaskedBytes, from start: Int) -> Int {
        guard text[start] == 0x5b || text[start] == 0x28 else { return start }
        var index = start + 1
        while index - start < 24, text[index].isDigit || isTimeMark(text[index]) { index += 1 }
        guard index > start + 4, text[index] == 0x5d || text[index] == 0x29 else { return start }
        index += 1
        return index + text.blankLength(at: index)
    }

    private static func isTimeMark(_ byte: UInt8) -> Bool {
        byte == 0x3a || byte == 0x2e || byte == 0x2d || byte == 0x2f || byte == 0x20 || byte == 0x2c
    }

    /// A word with hyphens, apostrophes or a full stop behind it.
    private static func nameEnd(_ text: MaskedBytes, from start: Int) -> Int {
        var end = text.wordEnd(from: start)
        while end > start, end - start < 40 {
            let joint = max(text.apostropheLength(at: end), text[end] == 0x2d ? 1 : 0)
            let next = text.wordEnd(from: end + joint)
            guard joint > 0, next > end + joint else { break }
            end = next
        }
        return end > start && text[end] == 0x2e ? end + 1 : end
    }
}
