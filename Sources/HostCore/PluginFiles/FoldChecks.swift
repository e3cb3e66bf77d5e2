internal import Plugins

/// Sees to it that a segment stands for what it says, and that its author knows when that is sensitive.
enum FoldChecks {
    static func check(_ manifest: Manifest, in file: String) throws(HostError) {
        guard case .segment(let segment) = manifest.kind, let id = segment.taxonomy else { return }
        guard let node = AudienceTaxonomy.node(id) else {
            throw .plugin(file: file, message: "'taxonomy': \(AudienceTaxonomy.advice(about: id))")
        }
        if let sensitivity = node.sensitivity, !segment.isSensitive {
            throw .plugin(
                file: file,
                message: "'\(node.path)' is sensitive (\(sensitivity.reason)): say `sensitive = true` in the manifest "
                    + "where such a segment is meant and allowed")
        }
    }
}
