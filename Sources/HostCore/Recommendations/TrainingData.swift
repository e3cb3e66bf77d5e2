public import Models
internal import Store

/// What models are trained with: what each viewer took up, and how strongly.
///
/// ```swift
/// let data = try TrainingData(store: "viewers.sqlite")
/// let model = try EaseModel(data.interactions, ...)
/// ```
///
/// Viewers stand in the order of their numbers in the store and have no names here; those who refuse personalization are not
/// in it, and those who took up nothing have no row. A row has its titles in the order in which the viewer came upon them.
public struct TrainingData: Sendable {
    public let interactions: Interactions
    /// What the numbers of titles and genres stand for.
    public let catalogue: TitleCatalogue
    /// The time of the latest event, in seconds since 1970.
    public let time: Int64
    /// The place of the store's log up to which it goes.
    public let position: Int64

    /// Reads it from the store at `path`, which must be there, by `jobs` threads. `progress` is told how many events are done, and
    /// of how many.
    public init(
        store path: String, jobs: Int = 1, _ progress: (Int, Int) -> Void = { _, _ in }
    ) throws(HostError) {
        let histories = try Histories(store: path, jobs: jobs)
        try histories.update(progress)
        try self.init(histories)
        try histories.close()
    }

    init(_ histories: Histories) throws(HostError) {
        var rows = InteractionRows(histories.catalogue)
        try histories.forEach { viewer, bytes in
            guard rows.add(bytes, of: viewer) else { throw StoreError.damagedRow(viewer: viewer) }
        }
        interactions = rows.interactions
        catalogue = rows.catalogue
        time = histories.clock
        position = histories.position
    }
}
