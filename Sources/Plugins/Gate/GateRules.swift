/// On what each purpose rests: who decides, and what holds before anybody has.
public struct GateRules: Equatable, Sendable {
    /// The legal basis of a purpose.
    public enum Basis: UInt8, CaseIterable, Sendable {
        /// Only what the viewer has allowed (GDPR Art. 6(1)(a); opt-in).
        case consent
        /// Until the viewer objects (GDPR Art. 6(1)(f) and 21; opt-out, as the CCPA has it).
        case objection
        /// What was asked for cannot be done without it (GDPR Art. 6(1)(b)).
        case contract

        public var name: StaticString {
            switch self {
            case .consent: "consent"
            case .objection: "objection"
            case .contract: "contract"
            }
        }
    }

    private var bases: InlineArray<4, Basis> = [.objection, .consent, .objection, .contract]

    /// Advertising needs consent, personalization and quality go on until the viewer objects, and the service is what the
    /// viewer has asked for.
    public init() {}

    /// The basis of `purpose`.
    public subscript(purpose: Purpose) -> Basis {
        get { bases[Int(purpose.rawValue)] }
        set { bases[Int(purpose.rawValue)] = newValue }
    }

    public static func == (left: GateRules, right: GateRules) -> Bool {
        Purpose.allCases.allSatisfy { left[$0] == right[$0] }
    }
}
