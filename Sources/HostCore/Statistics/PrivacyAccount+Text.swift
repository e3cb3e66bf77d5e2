internal import Events
internal import Privacy

extension PrivacyAccount {
    /// The budget, what is spent of it and for what, as lines for a terminal.
    public var lines: [String] {
        guard let accountant else { return ["no privacy budget is stated: nothing is released"] }
        let budget = accountant.budget
        var lines = [
            "every viewer's budget: epsilon \(budget.epsilon), delta \(budget.delta), by \(budget.accounting.rawValue)",
            "spent: \(accountant.spent)",
            "left:  \(accountant.left)",
        ]
        if budget.accounting == .zcdp {
            lines.append("so far, epsilon \(Self.shown(accountant.epsilon)) with delta \(budget.delta)")
        }
        if statements > 1 { lines.append("the budget was stated \(statements) times, this is the last") }
        if !releases.isEmpty { lines.append("") }
        return lines + releases.map(\.line)
    }

    /// The same as JSON, on one line.
    public var json: String {
        var writer = EventWriter()
        writer.bytes.append("{")
        if let accountant {
            let budget = accountant.budget
            writer.amounts("budget", budget.epsilon.description, budget.delta.description, nil)
            writer.string("accounting", Array(budget.accounting.rawValue.utf8))
            writer.amounts("spent", "\(accountant.epsilon)", accountant.total.delta.description, accountant.total.rho)
        }
        writer.number("statements", statements)
        writer.beginArray("releases")
        for release in releases {
            writer.beginObject()
            writer.number("release", Int(release.number))
            writer.string("at", Array(release.at.timeText.utf8))
            writer.string("name", Array(release.name.utf8))
            writer.string("columns", Array(release.columns.utf8))
            writer.string("mechanism", Array(release.mechanism.utf8))
            writer.amounts("cost", release.cost.epsilon.description, release.cost.delta.description, release.cost.rho)
            writer.endObject()
        }
        writer.endArray()
        writer.bytes.append("}")
        return String(decoding: writer.bytes.rawBytes, as: UTF8.self)
    }

    private static func shown(_ epsilon: Double) -> String {
        let thousandths = Int((epsilon * 1000).rounded(.up))
        return "\(Double(thousandths) / 1000)"
    }
}

extension PrivacyAccount.Release {
    fileprivate var line: String {
        let cost = "epsilon \(cost.epsilon), delta \(cost.delta), rho \(cost.rho)"
        return "\(number)  \(at.timeText)  \(name): \(columns), \(mechanism), \(cost)".shown(atMost: 400)
    }
}

extension EventWriter {
    fileprivate mutating func amounts(_ name: StaticString, _ epsilon: String, _ delta: String, _ rho: Rho?) {
        beginObject(UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        for (key, text) in [("epsilon" as StaticString, epsilon), ("delta", delta)] {
            Array(text.utf8).withUnsafeBytes { number(key, text: $0) }
        }
        if let rho { Array(rho.description.utf8).withUnsafeBytes { number("rho", text: $0) } }
        endObject()
    }
}
