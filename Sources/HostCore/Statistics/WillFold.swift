internal import Plugins

/// Keeps what viewers want of the purpose of quality, for those who count: of their events it keeps nothing.
final class WillFold: Fold {
    init() {
        // No plugin can have this name.
        super.init(
            Manifest(
                kind: .quality(QualityManifest(title: "", dimensions: [], columns: [], chart: 0)),
                name: "host:statistics", version: "1", reads: [], events: ["consent.changed"]),
            observes: true)
    }
}
