extension AudienceTaxonomy {
    /// Why an audience needs more protection than others.
    public enum Sensitivity: CaseIterable, Sendable {
        case health
        case children
        case parenthood
        case ethnicity
        case belief
        case politics
        case gender
        case hardship
        case grief
        case offence

        /// What membership may tell of a viewer.
        public var reason: String {
            switch self {
            case .health: "health, disability or addiction (GDPR Art. 9)"
            case .children: "children, or who lives with them (GDPR Recital 38, Digital Services Act Art. 28)"
            case .parenthood: "a family: relationships, pregnancy, births, parents"
            case .ethnicity: "ethnic origin (GDPR Art. 9)"
            case .belief: "religion or philosophical belief (GDPR Art. 9)"
            case .politics: "political opinions, trade unions, causes (GDPR Art. 9)"
            case .gender: "gender identity, sexual orientation (GDPR Art. 9)"
            case .hardship: "income, wealth and hardship"
            case .grief: "a death in the family"
            case .offence: "criminal offences (GDPR Art. 10)"
            }
        }
    }

    /// By id, the nodes that are sensitive with all below them.
    static let sensitiveRoots: [Int: Sensitivity] = Dictionary(
        uniqueKeysWithValues: rootsByReason.flatMap { reason, ids in ids.map { ($0, reason) } })

    /// The nodes that are sensitive for this reason with all below them, by id. `docs/segments.md` lists them.
    public static func roots(of reason: Sensitivity) -> [Node] {
        nodes.filter { sensitiveRoots[$0.id] == reason }
    }

    private static let rootsByReason: [(Sensitivity, [Int])] = [
        // Allergies, disabled sports and gambling, health services and apps, conditions, medical insurance.
        (.health, [374, 381, 406, 466, 550, 627, 654, 762, 765, 1393, 1448, 1555]),
        // Their books, films, music, television, clothes, toys, schools and proms; households with children.
        (.children, [98, 99, 100, 125, 261, 474, 488, 679, 708, 921, 1267, 1345, 1362, 1504]),
        // Relationships and parenting, maternity clothing, all for babies, births.
        (.parenthood, [348, 925, 1034, 1037, 1346, 1377, 1408, 1498, 1501]),
        // Ancestry, ethnic food and holidays.
        (.ethnicity, [449, 1095, 1381, 1426]),
        // Vegan and vegetarian diets, gospel, inspirational and religious music, religious items.
        (.belief, [378, 379, 496, 498, 503, 1344]),
        // Politics in the news; charities, civic organizations, unions and other associations.
        (.politics, [529, 1538]),
        (.gender, [51]),
        // Unemployment, incomes and wealth, housing payments, bankruptcy, debt, pawn shops, loans and financial aid.
        (.hardship, [37, 46, 47, 60, 114, 163, 281, 537, 906, 1387, 1395, 1398]),
        (.grief, [1502]),
        // Bail bonds.
        (.offence, [1495]),
    ]
}
