internal import Plugins
internal import Store

/// The checkpoint that a run keeps in its store for each source: how many of its events were seen. It goes when the
/// source is read to its end, so one that is left tells of a run that was cut off.
///
/// A run does not skip what an earlier one has seen: plugins may remember events, and take part in what becomes of later
/// ones.
enum SourceProgress {
    private static let prefix = "source:"

    static func checkpoint(of source: String, events: Int, _ manifests: [Manifest]) -> Checkpoint {
        let plugins = manifests.map { "\($0.name) \($0.version)" }.joined(separator: ", ")
        return Checkpoint(name: name(of: source), position: Int64(events), detail: plugins)
    }

    static func name(of source: String) -> String {
        prefix + source
    }

    static func source(of checkpoint: Checkpoint) -> String? {
        checkpoint.name.hasPrefix(prefix) ? String(checkpoint.name.dropFirst(prefix.count)) : nil
    }
}
