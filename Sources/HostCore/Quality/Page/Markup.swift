internal import Foundation

/// Text that is both HTML and XML. What is put into a literal is escaped, but for other markup: what an event holds can
/// become no element and no attribute.
struct Markup: ExpressibleByStringInterpolation {
    let text: String

    init(stringLiteral text: String) {
        self.text = text
    }

    init(stringInterpolation: StringInterpolation) {
        text = stringInterpolation.text
    }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity)
        }

        mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        mutating func appendInterpolation(_ value: String) {
            for scalar in value.unicodeScalars {
                switch scalar {
                case "&": text += "&amp;"
                case "<": text += "&lt;"
                case ">": text += "&gt;"
                case "\"": text += "&quot;"
                case "'": text += "&#39;"
                // Controls and what is no character; XML has no way to write most of them.
                case "\0"..<" ", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": text += "\u{FFFD}"
                default: text.unicodeScalars.append(scalar)
                }
            }
        }

        mutating func appendInterpolation(_ number: Int) {
            text += String(number)
        }

        /// A coordinate, to the hundredth.
        mutating func appendInterpolation(_ number: Double) {
            text += String(format: "%.2f", number)
        }

        mutating func appendInterpolation(_ markup: Markup) {
            text += markup.text
        }

        /// One after another, each on a line of its own.
        mutating func appendInterpolation(_ markup: [Markup]) {
            text += markup.map(\.text).joined(separator: "\n")
        }
    }
}
