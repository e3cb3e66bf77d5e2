public import Events

// A history as a store keeps it: the format's number, the profile, and the titles. Numbers are LEB128, texts have their length
// in front of them.

extension ViewerHistory {
    /// The format's number: another one when anything of it changes.
    public static let format: UInt8 = 1

    /// Reads what ``write(into:)`` wrote; no bytes are an empty history. Nil where they are damaged.
    public init?(_ bytes: UnsafeRawBufferPointer) {
        if bytes.isEmpty { return }
        let isWhole = Self.read(bytes) {
            profile = $0
        } title: { key, use in
            append(String(decoding: key, as: UTF8.self), use)
        }
        if !isWhole { return nil }
    }

    /// Calls the bodies with what is in a history's bytes; false where they are damaged. The keys are good until `title` returns.
    @inline(__always)
    static func read(
        _ bytes: UnsafeRawBufferPointer, profile: (Profile) -> Void, title: (UnsafeRawBufferPointer, TitleUse) -> Void
    ) -> Bool {
        guard bytes.first == format else { return false }
        var place = 1
        guard let found = Profile(bytes, at: &place) else { return false }
        profile(found)
        while place < bytes.count {
            guard let length = bytes.number(at: &place), let key = bytes.bytes(length, at: &place),
                let use = TitleUse(bytes, at: &place)
            else { return false }
            title(key, use)
        }
        return true
    }

    /// Appends the history.
    public func write(into output: inout ByteBuffer) {
        output.append(Self.format)
        profile.write(into: &output)
        for title in titles {
            output.append(counted: title.key)
            title.use.write(into: &output)
        }
    }
}

extension ViewerHistory.Profile {
    fileprivate init?(_ bytes: UnsafeRawBufferPointer, at place: inout Int) {
        guard let flags = bytes.number(at: &place), let maturityLevel = bytes.text(at: &place),
            let language = bytes.text(at: &place), let country = bytes.text(at: &place),
            let device = bytes.text(at: &place), let offset = bytes.signedNumber(at: &place),
            let time = bytes.signedNumber(at: &place)
        else { return nil }
        isKids = flags == 1
        self.maturityLevel = maturityLevel
        self.language = language
        self.country = country
        self.device = device
        self.offset = offset
        self.time = time
    }

    fileprivate func write(into output: inout ByteBuffer) {
        output.append(isKids ? 1 : 0)
        for text in [maturityLevel, language, country, device] { output.append(counted: text) }
        output.append(signed: offset)
        output.append(signed: time)
    }
}

extension TitleUse {
    private static let hasPlays: UInt8 = 1
    private static let hasWatch: UInt8 = 2
    private static let hasRating: UInt8 = 4
    private static let hasShown: UInt8 = 8
    private static let hasEpisode: UInt8 = 16
    private static let scales: UInt8 = 32

    @inline(__always)
    fileprivate init?(_ bytes: UnsafeRawBufferPointer, at place: inout Int) {
        guard place < bytes.count else { return nil }
        let flags = bytes[place]
        place += 1
        guard let time = bytes.signedNumber(at: &place), let reference = bytes.signedNumber(at: &place) else {
            return nil
        }
        self.time = time
        self.reference = reference
        if flags & Self.hasPlays != 0 {
            guard let plays = bytes.count(at: &place), let chosen = bytes.count(at: &place) else { return nil }
            self.plays = plays
            self.chosen = chosen
        }
        if flags & Self.hasWatch != 0 {
            guard let stops = bytes.count(at: &place), let seconds = bytes.count(at: &place),
                let position = bytes.count(at: &place), let furthest = bytes.count(at: &place)
            else { return nil }
            self.stops = stops
            self.seconds = Int64(seconds)
            self.position = Int64(position)
            self.furthest = Int64(furthest)
        }
        if flags & Self.hasRating != 0 {
            guard let bits = bytes.number(at: &place), let time = bytes.signedNumber(at: &place),
                let scale = Scale(rawValue: flags / Self.scales & 3), bits <= UInt32.max
            else { return nil }
            rating = Rating(value: Float(bitPattern: UInt32(bits)), scale: scale, time: time)
        }
        if flags & Self.hasShown != 0 {
            guard let shown = bytes.count(at: &place), let time = bytes.signedNumber(at: &place) else { return nil }
            self.shown = shown
            shownAt = time
        }
        if flags & Self.hasEpisode != 0 {
            guard let episode = bytes.text(at: &place) else { return nil }
            self.episode = episode
        }
    }

    fileprivate func write(into output: inout ByteBuffer) {
        var flags: UInt8 = 0
        if plays > 0 || chosen > 0 { flags |= Self.hasPlays }
        if stops > 0 || furthest > 0 || position > 0 { flags |= Self.hasWatch }
        if let rating { flags |= Self.hasRating | rating.scale.rawValue * Self.scales }
        if shown > 0 { flags |= Self.hasShown }
        if !episode.isEmpty { flags |= Self.hasEpisode }
        output.append(flags)
        output.append(signed: time)
        output.append(signed: reference)
        if flags & Self.hasPlays != 0 {
            output.append(number: UInt64(plays))
            output.append(number: UInt64(chosen))
        }
        if flags & Self.hasWatch != 0 {
            for number in [Int64(stops), seconds, position, furthest] { output.append(number: UInt64(number)) }
        }
        if let rating {
            output.append(number: UInt64(rating.value.bitPattern))
            output.append(signed: rating.time)
        }
        if flags & Self.hasShown != 0 {
            output.append(number: UInt64(shown))
            output.append(signed: shownAt)
        }
        if flags & Self.hasEpisode != 0 { output.append(counted: episode) }
    }
}

extension ByteBuffer {
    fileprivate mutating func append(counted text: String) {
        var text = text
        text.withUTF8 { bytes in
            append(number: UInt64(bytes.count))
            append(UnsafeRawBufferPointer(bytes))
        }
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func text(at place: inout Int) -> String? {
        guard let length = number(at: &place) else { return nil }
        return bytes(length, at: &place).map { String(decoding: $0, as: UTF8.self) }
    }

    /// A number that fits where numbers are added.
    @inline(__always)
    fileprivate func count(at place: inout Int) -> Int? {
        number(at: &place).flatMap { $0 <= 1 << 62 ? Int($0) : nil }
    }
}
