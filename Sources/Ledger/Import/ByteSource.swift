import Glibc

/// Bytes of a file or of standard input, a block at a time.
struct ByteSource: ~Copyable {
    private let descriptor: Int32
    private let isOwned: Bool
    private var buffer = [UInt8](repeating: 0, count: 1 << 18)

    /// - Parameter path: a file, or `-` for standard input.
    /// - Throws: `input` with what the system says.
    init(path: String) throws(LedgerError) {
        if path == "-" {
            descriptor = 0
            isOwned = false
            return
        }
        let opened = open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { throw .input(path: path, reason: String(cString: strerror(errno))) }
        var status = stat()
        guard fstat(opened, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
            Glibc.close(opened)
            throw .input(path: path, reason: "this is a directory")
        }
        descriptor = opened
        isOwned = true
    }

    deinit {
        if isOwned { Glibc.close(descriptor) }
    }

    /// Lends the next bytes; none at the end.
    mutating func next<Answer>(
        path: String, _ body: (UnsafeBufferPointer<UInt8>) -> Answer
    ) throws(LedgerError) -> Answer {
        while true {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                return buffer.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[..<count])) }
            }
            if errno != EINTR { throw .input(path: path, reason: String(cString: strerror(errno))) }
        }
    }
}
