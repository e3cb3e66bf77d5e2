internal import Events

/// What the viewer did with a title. Times are in seconds since 1970.
public struct HistoryEntry {
    public var title = ""
    /// Of a series, the episode that was watched last.
    public var episode = ""
    public var plays = 0
    /// Seconds watched, in all.
    public var seconds: Int64 = 0
    /// Where it was left last, in seconds.
    public var position: Int64 = 0
    /// How far it was watched, from 0 to 1.
    public var completion: Double?
    public var rating: Double?
    /// The rating's: `stars`, `thumbs` or `interest`.
    public var scale = ""
    /// Whether the viewer said that it is not wanted.
    public var isDisliked = false
    /// The latest event, and what stands for it.
    public var time: Int64 = 0
    public var reference: Int64 = 0

    public init() {}

    func write(into writer: inout StateWriter) {
        writer.beginMap(
            6 + (episode.isEmpty ? 0 : 1) + (completion == nil ? 0 : 1) + (rating == nil ? 0 : 2) + (isDisliked ? 1 : 0)
        )
        writer.put("title" as StaticString)
        writer.put(title)
        writer.put("plays" as StaticString)
        writer.put(Int64(plays))
        writer.put("seconds" as StaticString)
        writer.put(seconds)
        writer.put("position" as StaticString)
        writer.put(position)
        writer.put("at" as StaticString)
        writer.put(time)
        writer.put("ref" as StaticString)
        writer.put(reference)
        if !episode.isEmpty {
            writer.put("episode" as StaticString)
            writer.put(episode)
        }
        if let completion {
            writer.put("completion" as StaticString)
            writer.put(completion)
        }
        if let rating {
            writer.put("rating" as StaticString)
            writer.put(rating)
            writer.put("scale" as StaticString)
            writer.put(scale)
        }
        if isDisliked {
            writer.put("disliked" as StaticString)
            writer.put(true)
        }
    }
}

/// A title that was recommended, how often, when last, and how often that was followed.
public struct ShownTitle {
    public var title: String
    public var count: Int
    public var chosen: Int
    /// In seconds since 1970.
    public var time: Int64

    public init(title: String, count: Int, chosen: Int, time: Int64) {
        self.title = title
        self.count = count
        self.chosen = chosen
        self.time = time
    }

    func write(into writer: inout StateWriter) {
        writer.put(title)
        writer.beginMap(3)
        writer.put("at" as StaticString)
        writer.put(time)
        writer.put("chosen" as StaticString)
        writer.put(Int64(chosen))
        writer.put("count" as StaticString)
        writer.put(Int64(count))
    }
}
