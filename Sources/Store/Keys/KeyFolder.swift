internal import Glibc

/// Where the files with the keys of stores' viewers are.
public enum KeyFolder {
    /// The folder that `VIEWERHOST_KEYS` names, or `keys` in ``configuration``.
    public static var path: String {
        variable("VIEWERHOST_KEYS") ?? configuration + "/keys"
    }

    /// This program's folder below `XDG_CONFIG_HOME`, or below `~/.config`.
    public static var configuration: String {
        (variable("XDG_CONFIG_HOME") ?? (variable("HOME") ?? ".") + "/.config") + "/viewerhost"
    }

    /// The XDG specification has an empty variable mean what an unset one does.
    private static func variable(_ name: String) -> String? {
        guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty else { return nil }
        return value
    }
}
