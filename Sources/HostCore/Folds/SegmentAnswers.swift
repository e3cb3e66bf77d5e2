internal import Plugins
internal import Store

/// A segment as everybody may know it.
public struct SegmentSummary: Sendable {
    public let name: String
    public let version: String
    /// The id of its node in the IAB Audience Taxonomy.
    public let taxonomy: String?
    public let isSensitive: Bool
    public let isExclusion: Bool
    /// How many viewers are in the published audience; 0 where they are too few.
    public let audience: Int
    /// When that was published, in seconds since 1970.
    public let publishedAt: Int64?
    public let calls: Int
    public let failures: Int
    /// The first failure.
    public let failure: String?
    public let isTakenOut: Bool

    init(_ manifest: Manifest, _ segment: SegmentManifest, _ fold: StoredFold) {
        name = manifest.name
        version = manifest.version
        taxonomy = segment.taxonomy
        isSensitive = segment.isSensitive
        isExclusion = segment.isExclusion
        audience = fold.audience
        publishedAt = fold.publishedAt
        calls = fold.calls
        failures = fold.failures
        failure = fold.failure
        isTakenOut = fold.isTakenOut
    }
}

/// Why a viewer is in a segment, or is not.
public struct SegmentExplanation: Sendable {
    public let segment: String
    public let version: String
    public let viewer: String
    /// The time that was asked about, in seconds since 1970.
    public let time: Int64
    public let isMember: Bool
    /// In words; the plugin's own where it was asked.
    public let reason: String
    /// Until when the answer holds if nothing new happens, in seconds since 1970.
    public let expires: Int64?
    /// The events behind the answer, as they are stored.
    public internal(set) var events: [[UInt8]] = []
    /// Whether the viewer is in the published audience.
    public internal(set) var isPublished = false
    /// Whether the segment keeps ads away: such a one has no audience.
    public let isExclusion: Bool
    /// Why the segment is taken out, where it is.
    public internal(set) var suspension: String?

    init(
        _ manifest: Manifest, viewer: String, at time: Int64, _ answer: Result<SegmentReader.Answer, PluginFailure>
    ) {
        segment = manifest.name
        isExclusion = if case .segment(let segment) = manifest.kind { segment.isExclusion } else { false }
        version = manifest.version
        self.viewer = viewer
        self.time = time
        switch answer {
        case .success(.known(let membership)):
            isMember = membership.isMember
            reason = membership.reason
            expires = manifest.expiry(of: membership, at: time)
        case .success(.refused(let refusal)):
            isMember = false
            reason = refusal.text(purpose: "advertising")
            expires = nil
        case .failure(let failure):
            isMember = false
            reason = "the plugin failed (\(failure.code): \(failure.message))"
            expires = nil
        }
    }
}

/// What a viewer may be shown ads for now, and what keeps ads away.
public struct ViewerAnswer: Sendable {
    public struct Segment: Sendable {
        public let name: String
        public let version: String
        /// The id of its node in the IAB Audience Taxonomy.
        public let taxonomy: String?
        /// In words.
        public let reason: String
        /// Until when it holds if nothing new happens, in seconds since 1970.
        public let expires: Int64
    }

    public let viewer: String
    /// The time that was asked about, in seconds since 1970.
    public let time: Int64
    public private(set) var segments: [Segment] = []
    /// Those that keep ads away.
    public private(set) var exclusions: [Segment] = []

    init(viewer: String, at time: Int64) {
        self.viewer = viewer
        self.time = time
    }

    mutating func add(_ manifest: Manifest, _ segment: SegmentManifest, _ membership: Membership) {
        let entry = Segment(
            name: manifest.name, version: manifest.version, taxonomy: segment.taxonomy, reason: membership.reason,
            expires: manifest.expiry(of: membership, at: time))
        if segment.isExclusion { exclusions.append(entry) } else { segments.append(entry) }
    }
}

extension Manifest {
    /// Until when an answer of the segment holds.
    fileprivate func expiry(of membership: Membership, at time: Int64) -> Int64 {
        guard case .segment(let segment) = kind else { return time }
        let latest = time + Int64(segment.lifetimeDays) * 86400
        return min(max(membership.until ?? latest, time), latest)
    }
}

extension GateRefusal {
    /// In words.
    func text(purpose: String) -> String {
        switch self {
        case .child: "the profile is a child's: such profiles are in no ad segment"
        case .refused(let time, .privacyControl):
            "\(purpose) is refused since \(time.timeText), by the browser's Global Privacy Control"
        case .refused(let time, _): "the viewer has refused \(purpose) since \(time.timeText)"
        case .noConsent: "the viewer has not consented to \(purpose)"
        case .nothingKnown: "nothing that may be used is known of the viewer"
        }
    }
}
