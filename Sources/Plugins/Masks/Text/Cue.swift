/// A phrase that says what the words or digits behind it are.
struct Cue {
    enum Kind: UInt8 {
        /// "My name is": any word that follows is a name.
        case statement
        /// "This is": a capitalised word that follows is a name.
        case presentation
        /// "Dear": likewise.
        case greeting
        /// "Mrs": likewise, after an optional full stop.
        case honorific
        /// "My": likewise, if a word for a relation such as "sister" stands between.
        case possessive
        /// "Regards,": the next line is a name.
        case closing
        /// "Name:": what follows the colon is a name.
        case label
        /// "Phone": the next number is one.
        case phone
        /// "Card": the next number is one.
        case card
        /// "ZIP": the next number is a postal code.
        case postal
        /// "I live at": a name and a number are an address, whatever the street is called.
        case residence
        /// "P.O. box": a number that follows is an address.
        case box
    }

    /// Small letters; a blank stands for blanks, an apostrophe for any apostrophe.
    let phrase: StaticString
    let kind: Kind

    /// Where the phrase ends if it stands at `start` and ends with a word.
    func end(in text: MaskedBytes, at start: Int) -> Int? {
        let length = phrase.utf8CodeUnitCount
        let bytes = phrase.utf8Start
        var index = start
        var offset = 0
        while offset < length {
            switch bytes[offset] {
            case 0x20:
                var blanks = 0
                while blanks < 3, text.blankLength(at: index) > 0 {
                    index += text.blankLength(at: index)
                    blanks += 1
                }
                guard blanks > 0 else { return nil }
            case 0x27:
                let apostrophe = text.apostropheLength(at: index)
                guard apostrophe > 0 else { return nil }
                index += apostrophe
            default:
                guard text.folded(at: index) == bytes[offset] else { return nil }
                index += 1
            }
            offset += 1
        }
        return text.wordLength(at: index) == 0 ? index : nil
    }
}

/// All cues, found by their first two bytes.
struct CueIndex {
    static let shared = CueIndex()

    private let cues: [Cue]
    private let starts: [UInt16]

    private init() {
        var sorted: [Cue] = []
        var starts: [UInt16] = []
        let all = CueIndex.all
        for place in 0..<Self.places {
            starts.append(UInt16(sorted.count))
            for cue in all where Self.place(cue.phrase.utf8Start[0], cue.phrase.utf8Start[1]) == place {
                sorted.append(cue)
            }
        }
        starts.append(UInt16(sorted.count))
        cues = sorted
        self.starts = starts
    }

    /// The cues that may stand at `index`, in the order in which they are to be tried.
    @inline(__always)
    func candidates(in text: MaskedBytes, at index: Int) -> ArraySlice<Cue> {
        let place = Self.place(text.folded(at: index), text.folded(at: index + 1))
        return cues[Int(starts[place])..<Int(starts[place + 1])]
    }

    private static let places = 1024

    /// The apostrophe may be a typographic one: all that is no letter is one place.
    @inline(__always)
    private static func place(_ first: UInt8, _ second: UInt8) -> Int {
        let isLetter = second.isLetter || second == 0xc3
        return Int(first & 0x1f) << 5 | Int(isLetter ? second & 0x1f : 0)
    }
}
