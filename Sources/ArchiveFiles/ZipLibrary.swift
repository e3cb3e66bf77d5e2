internal import CZip

/// The library that reads zips.
public enum ZipLibrary {
    /// Its version, such as `1.7.3`.
    public static var version: String {
        zip_libzip_version().map { String(cString: $0) } ?? "unknown"
    }
}
