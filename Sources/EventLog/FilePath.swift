import Glibc

/// What paths of files and directories say without opening them.
package enum FilePath {
    /// The path without slashes at its end.
    package static func withoutSlash(_ path: String) -> String {
        var path = path
        while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }

    /// The directory in which the last part of a path stands.
    package static func parent(of path: String) -> String {
        let path = withoutSlash(path)
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : withoutSlash(String(path[..<slash]))
    }

    /// The path without links and dots as far as it exists, and its rest as it stands.
    package static func real(_ path: String) -> String {
        if let resolved = realpath(path, nil) {
            defer { free(resolved) }
            return String(cString: resolved)
        }
        let path = withoutSlash(path)
        guard let slash = path.lastIndex(of: "/") else { return real(".") + "/" + path }
        guard slash != path.startIndex else { return path }
        return real(String(path[..<slash])) + path[slash...]
    }

    /// Whether a directory above the path is a ledger's.
    package static func isInLedger(_ path: String) -> Bool {
        var directory = parent(of: real(path))
        while true {
            if access(directory + "/" + Format.descriptionFile, F_OK) == 0 { return true }
            if directory == "/" || directory == "." { return false }
            directory = parent(of: directory)
        }
    }
}
