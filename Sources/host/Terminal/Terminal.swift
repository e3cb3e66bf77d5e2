internal import Foundation
internal import HostCore

/// Standard error, for people, and standard output.
enum Terminal {
    static let isInteractive = isatty(STDERR_FILENO) == 1

    /// Prints a line. Control characters, which may come from an event or from a plugin, are shown and not obeyed.
    static func message(_ text: String) {
        raw(shown(text) + "\n")
    }

    private static func shown(_ text: String) -> String {
        // Most texts have none. Those above ASCII begin with the byte C2.
        let isHarmless = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != 0xC2 || $0 == 0x0A || $0 == 0x09 }
        if isHarmless { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { Self.isHarmless($0) ? $0 : "\u{FFFD}" }))
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\n" || scalar == "\t" || scalar.properties.generalCategory != .control
    }

    /// Prints a line to standard output at once, so that it stands before what standard error says next. Control
    /// characters are shown, as in ``message(_:)``.
    static func output(_ text: String) {
        FileHandle.standardOutput.write(Data((shown(text) + "\n").utf8))
    }

    static func raw(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}

/// Progress, rate and time left on one line of a terminal; nothing where standard error is none.
final class ProgressBar {
    private static let width = 24

    private let isShown: Bool
    private let started = Date()
    private var drawn = Date.distantPast

    init(isShown: Bool) {
        self.isShown = isShown && Terminal.isInteractive
    }

    func update(bytes: Int, of total: Int?, events: Int) {
        let now = Date()
        guard isShown, now.timeIntervalSince(drawn) > 0.1 else { return }
        drawn = now
        let seconds = max(now.timeIntervalSince(started), 0.001)
        let rate = "\(Int(Double(events) / seconds).grouped) events/s"
        guard let total, total > 0 else {
            Terminal.raw("\r\u{1B}[K\(events.grouped) events, \(rate)")
            return
        }
        let share = min(1, Double(bytes) / Double(total))
        let filled = Int(share * Double(Self.width))
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.width - filled)
        let left = Int((seconds / max(share, 0.001) * (1 - share)).rounded(.up))
        Terminal.raw("\r\u{1B}[K\(bar) \(Int(share * 100)) %  \(rate)  \(left) s left")
    }

    /// Prints a line above the bar.
    func message(_ text: String) {
        if isShown { Terminal.raw("\r\u{1B}[K") }
        Terminal.message(text)
    }

    func end() {
        if isShown { Terminal.raw("\r\u{1B}[K") }
    }
}
