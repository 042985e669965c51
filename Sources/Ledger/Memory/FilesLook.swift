import EventLog
import Glibc

/// What files look like from outside: enough to see that somebody wrote to one of them since.
///
/// Appending makes a file longer, any other writing leaves a later time of change, and a file that takes another's place
/// has a number of its own.
struct FilesLook: Hashable {
    private struct One: Hashable {
        let name: String
        let device: UInt
        let inode: UInt
        let size: Int
        /// Of the last change of content or attributes, in nanoseconds.
        let changed: Int64
    }

    private let files: [One]
    /// Times of change are as coarse as the system's clock: files that changed a moment ago may change once more
    /// without showing it. In nanoseconds.
    private static let moment: Int64 = 200_000_000

    /// - Parameter names: relative to `directory`.
    /// - Returns: `nil` if one of them cannot be looked at; reading it then says why.
    init?(at names: [String], in directory: String) {
        var files: [One] = []
        for name in names {
            var found = stat()
            guard stat("\(directory)/\(name)", &found) == 0 else { return nil }
            files.append(
                One(
                    name: name, device: found.st_dev, inode: found.st_ino, size: found.st_size,
                    changed: Int64(found.st_ctim.tv_sec) * 1_000_000_000 + Int64(found.st_ctim.tv_nsec)))
        }
        self.files = files
    }

    /// The files of a log that change when it does: the newest segment is the one that grows, and what is made, sealed or
    /// removed beside it changes the directory.
    static func ofLog(in directory: String) -> FilesLook? {
        guard let newest = try? RealFileSystem().list("\(directory)/segments").max() else { return nil }
        return FilesLook(at: ["ledger.json", "durable", "segments", "segments/\(newest)"], in: directory)
    }

    /// Whether nothing changed so lately that it could change again and look the same.
    var isSettled: Bool {
        var now = timespec()
        guard clock_gettime(CLOCK_REALTIME, &now) == 0 else { return false }
        let time = Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
        return files.allSatisfy { $0.changed < time - Self.moment }
    }

    /// Whether these are the same files, whatever was written to them.
    func isOfSameFiles(as other: FilesLook) -> Bool {
        files.map { [$0.device, $0.inode] } == other.files.map { [$0.device, $0.inode] }
    }
}
