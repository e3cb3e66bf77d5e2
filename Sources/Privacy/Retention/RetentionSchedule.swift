public import Events
internal import Foundation

/// How long data may be kept, by data category: a JSON file.
///
/// ```json
/// {
///   "default": null,
///   "categories": { "user.behavior.search_history": 180, "user.device": 365, "user.device.ip_address": 30 }
/// }
/// ```
///
/// A number is of days from the event's time on; null sets no limit. A category takes the period of the nearest one that it
/// lies within (Fideslang), and `default` where none is named.
public struct RetentionSchedule: Equatable, Sendable {
    private static let secondsOfDay: Int64 = 86_400
    /// A hundred years.
    private static let mostDays = 36_525

    /// By the category's raw value; nil where there is no limit.
    private var days: [Int?]

    /// One that limits nothing.
    public init() {
        days = Array(repeating: nil, count: 256)
    }

    /// Reads the text of a schedule; `name` is what errors call it.
    public init(json text: [UInt8], named name: String) throws(RetentionError) {
        let parsed: Any
        do {
            parsed = try JSONSerialization.jsonObject(with: Data(text))
        } catch {
            let reason = (error as NSError).userInfo[NSDebugDescriptionErrorKey].map { "\($0)" } ?? "\(error)"
            throw RetentionError("\(name): no JSON: \(reason)")
        }
        guard let object = parsed as? [String: Any] else {
            throw RetentionError(#"\#(name): a schedule is an object with "default" and "categories""#)
        }
        if let other = object.keys.sorted().first(where: { $0 != "default" && $0 != "categories" }) {
            throw RetentionError(#"\#(name): "\#(other)" is unknown: there are "default" and "categories""#)
        }
        let standard = try Self.period(object["default"] ?? NSNull(), of: "default", name)
        guard let categories = (object["categories"] ?? [String: Any]()) as? [String: Any] else {
            throw RetentionError(#"\#(name): "categories" is an object with days by data category"#)
        }
        days = Array(repeating: standard, count: 256)
        // A category's ancestors are shorter, and come first.
        for key in categories.keys.sorted(by: { ($0.utf8.count, $0) < ($1.utf8.count, $1) }) {
            guard let category = Array(key.utf8).withUnsafeBytes({ DataCategory(key: $0) }) else {
                throw RetentionError(#"\#(name): "\#(key)" is no data category of Fideslang: `host events` lists them"#)
            }
            let period = try Self.period(categories[key] ?? NSNull(), of: key, name)
            for other in DataCategory.allCases where other == category || other.isWithin(category) {
                days[Int(other.rawValue)] = period
            }
        }
    }

    /// How many days data of a category are kept; nil where there is no limit.
    public func days(of category: DataCategory) -> Int? {
        days[Int(category.rawValue)]
    }

    /// Until when data of a category are kept that are of this time; both in seconds since 1970. Nil where there is no limit.
    public func end(of category: DataCategory, from time: Int64) -> Int64? {
        days(of: category).map { time + Int64($0) * Self.secondsOfDay }
    }

    /// Whether data of a category that are of `time` may not be kept any more at `now`.
    public func isOver(_ category: DataCategory, from time: Int64, at now: Int64) -> Bool {
        end(of: category, from: time).map { $0 <= now } ?? false
    }

    private static func period(_ value: Any, of key: String, _ name: String) throws(RetentionError) -> Int? {
        if value is NSNull { return nil }
        guard let number = value as? NSNumber, !isBoolean(number), let days = Int(exactly: number.doubleValue),
            (0...mostDays).contains(days)
        else {
            throw RetentionError(
                #"\#(name): "\#(key)" must be a whole number of days from 0 to \#(mostDays), or null for no limit"#)
        }
        return days
    }

    /// JSON's true and false come as numbers too.
    private static func isBoolean(_ number: NSNumber) -> Bool {
        String(cString: number.objCType) == "c" || String(cString: number.objCType) == "B"
    }
}

/// Why a schedule cannot be used: the file, and what is wrong in it.
public struct RetentionError: Error, Equatable, Sendable {
    public let message: String

    init(_ message: String) {
        self.message = message
    }
}
