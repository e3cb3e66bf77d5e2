/// An amount of privacy loss, kept as a whole number of a small unit: sums are exact, and noise can be drawn for exactly what is
/// accounted.
public protocol PrivacyAmount: Comparable, Sendable, CustomStringConvertible {
    /// The unit is `10^-places`.
    static var places: Int { get }
    /// How many units; not negative.
    var units: Int { get }

    init(units: Int)
}

extension PrivacyAmount {
    public static var zero: Self { Self(units: 0) }

    /// Reads a decimal number such as `0.25` or `1e-6`; nil where the text is none, is negative, or has more digits than the unit.
    public init?(_ text: String) {
        guard let units = DecimalText.units(of: text, places: Self.places) else { return nil }
        self.init(units: units)
    }

    /// The amount in full units, as near as a binary fraction comes.
    public var value: Double {
        Double(units) / Self.unitsOfOne
    }

    static var unitsOfOne: Double {
        (0..<places).reduce(1.0) { power, _ in power * 10 }
    }

    /// As it is read and written.
    public var description: String {
        DecimalText.text(of: units, places: Self.places)
    }

    public static func < (left: Self, right: Self) -> Bool {
        left.units < right.units
    }

    /// The sum; what is more than can be counted stays the most that can be.
    public static func + (left: Self, right: Self) -> Self {
        let (sum, isTooMuch) = left.units.addingReportingOverflow(right.units)
        return Self(units: isTooMuch ? .max : sum)
    }

    /// The difference, or zero where there is nothing left.
    public static func - (left: Self, right: Self) -> Self {
        Self(units: max(0, left.units - right.units))
    }

    /// A share of it, rounded down.
    func divided(by parts: Int) -> Self {
        Self(units: units / parts)
    }
}

/// The loss of pure differential privacy (Dwork, McSherry, Nissim, Smith 2006), in millionths: whatever is released is at most
/// `exp(epsilon)` times as likely with a viewer's data as without.
public struct Epsilon: PrivacyAmount {
    public static let places = 6
    public let units: Int

    public init(units: Int) {
        self.units = max(0, units)
    }
}

/// The probability of a loss beyond epsilon, in `10^-18`.
public struct Delta: PrivacyAmount {
    public static let places = 18
    public let units: Int

    public init(units: Int) {
        self.units = max(0, units)
    }
}

/// The loss of zero-concentrated differential privacy (Bun and Steinke 2016, definition 1.1), in billionths.
public struct Rho: PrivacyAmount {
    public static let places = 9
    public let units: Int

    public init(units: Int) {
        self.units = max(0, units)
    }

    /// The loss of a release that is `epsilon`-differentially private: `epsilon^2 / 2` (Bun and Steinke 2016, proposition 1.4).
    public init(pure epsilon: Epsilon) {
        // In units of 10^-12, and rounded up to those of 10^-9.
        let (square, isTooMuch) = epsilon.units.multipliedReportingOverflow(by: epsilon.units)
        self.init(units: isTooMuch ? .max : (square / 2 + square % 2 + 999) / 1000)
    }
}
