import Glibc
import Ledger

/// A whole file, or standard input, in memory.
enum InputBytes {
    /// - Parameters:
    ///   - path: a file, or `-` for standard input.
    ///   - limit: of what is longer only one byte more is read.
    /// - Throws: `input` with what the system says.
    static func read(_ path: String, limit: Int) throws(LedgerError) -> [UInt8] {
        let descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .input(path: path, reason: String(cString: strerror(errno))) }
        defer { if descriptor != 0 { close(descriptor) } }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= limit {
            let count = piece.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .input(path: path, reason: String(cString: strerror(errno))) }
            if count == 0 { break }
            bytes += piece[..<min(count, limit + 1 - bytes.count)]
        }
        return bytes
    }
}
