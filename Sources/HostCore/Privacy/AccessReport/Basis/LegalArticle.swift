public import Plugins

/// An article of the GDPR that processing rests on.
public enum LegalArticle: String, Equatable, Sendable {
    case consent = "6(1)(a)"
    case contract = "6(1)(b)"
    case duty = "6(1)(c)"
    case interest = "6(1)(f)"
    /// For special categories of data, besides one of Art. 6.
    case explicitConsent = "9(2)(a)"
    /// For what is about offences, besides one of Art. 6.
    case offences = "10"

    /// The article that a purpose's rule stands for.
    public init(of basis: GateRules.Basis) {
        switch basis {
        case .consent: self = .consent
        case .objection: self = .interest
        case .contract: self = .contract
        }
    }

    /// As a record of processing activities has it.
    public var text: String {
        switch self {
        case .consent: "GDPR Art. 6(1)(a), consent"
        case .contract: "GDPR Art. 6(1)(b), performance of a contract"
        case .duty: "GDPR Art. 6(1)(c), a legal obligation"
        case .interest: "GDPR Art. 6(1)(f), legitimate interests, until the viewer objects (Art. 21)"
        case .explicitConsent: "GDPR Art. 9(2)(a), explicit consent"
        case .offences: "GDPR Art. 10, offences"
        }
    }

    /// As it is said to the viewer.
    var wordsToViewer: String {
        switch self {
        case .consent: "your consent (Art. 6(1)(a))"
        case .contract: "our contract with you (Art. 6(1)(b))"
        case .duty: "a legal duty (Art. 6(1)(c))"
        case .interest: "our legitimate interest, until you object (Art. 6(1)(f))"
        case .explicitConsent: "your explicit consent, for it is sensitive (Art. 9(2)(a))"
        case .offences: "Art. 10"
        }
    }
}

extension [LegalArticle] {
    /// As they are said to the viewer.
    var wordsToViewer: String {
        map { $0.wordsToViewer }.joined(separator: "; ")
    }
}
