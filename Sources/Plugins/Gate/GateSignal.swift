public import Events

/// What an event says about its viewer's will.
public struct GateSignal: Sendable {
    /// What the event says about the profile; nil where it says nothing that counts.
    package let isChild: Bool?
    package let hasPrivacyControl: Bool
    package let decision: (purpose: Purpose, isGranted: Bool)?

    /// Nil where the event says nothing, as most do.
    @inline(__always)
    public init?(of event: EventDocument) {
        guard event.data != 0, event.kind(of: event.data) == .object else { return nil }
        var isChild = event.boolean("is_kids")
        // That one is no child's says only who may say it.
        if isChild == false, !Self.accountTypes.contains(event.typeIndex ?? -1) { isChild = nil }
        let hasPrivacyControl = event.boolean("gpc") == true
        let isConsent = event.typeIndex == Self.consentType
        if isChild == nil, !hasPrivacyControl, !isConsent { return nil }
        self.isChild = isChild
        self.hasPrivacyControl = hasPrivacyControl
        decision = isConsent ? Self.decision(of: event) : nil
    }

    /// Whether an event could say something; false is certain.
    @inline(__always)
    package static func mayBe(in glance: EventGlance) -> Bool {
        glance.type == consentType || glance.mayHaveKey(with: "gpc", or: "_ki")
    }

    /// What of it forbids something; nil where nothing does.
    package var restrictions: GateSignal? {
        let refusal = decision.flatMap { $0.isGranted ? nil : $0 }
        if isChild != true, !hasPrivacyControl, refusal == nil { return nil }
        return GateSignal(isChild: isChild == true ? true : nil, hasPrivacyControl, refusal)
    }

    private init(isChild: Bool?, _ hasPrivacyControl: Bool, _ decision: (purpose: Purpose, isGranted: Bool)?) {
        self.isChild = isChild
        self.hasPrivacyControl = hasPrivacyControl
        self.decision = decision
    }

    private static let consentType = Catalogue.index(of: "consent.changed")
    private static let accountTypes = [Catalogue.index(of: "account.opened"), Catalogue.index(of: "account.updated")]

    private static func decision(of event: EventDocument) -> (purpose: Purpose, isGranted: Bool)? {
        let node = event.child(of: event.data, named: StaticString("purpose").rawBytes)
        guard node != 0, event.kind(of: node) == .string, let isGranted = event.boolean("granted") else { return nil }
        var buffer = ByteBuffer()
        return Purpose(name: event.string(of: node, decodedInto: &buffer)).map { ($0, isGranted) }
    }
}

extension Catalogue {
    /// The position of a type that is there.
    fileprivate static func index(of name: StaticString) -> Int {
        index(ofType: name.rawBytes) ?? -1
    }
}

extension EventDocument {
    /// A field of the event's data, where it is a boolean.
    @inline(__always)
    fileprivate func boolean(_ name: StaticString) -> Bool? {
        let node = child(of: data, named: name.rawBytes)
        if node == 0 { return nil }
        switch kind(of: node) {
        case .true: return true
        case .false: return false
        default: return nil
        }
    }
}
