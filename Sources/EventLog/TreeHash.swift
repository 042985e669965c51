internal import CLibCrypto

/// A SHA-256 value: 32 bytes held in four words, so that it needs no memory of its own.
package struct TreeHash: Hashable, Sendable, CustomStringConvertible {
    /// Bytes of a hash.
    package static let length = 32

    private var words: (UInt64, UInt64, UInt64, UInt64)

    /// 32 zero bytes.
    init() { words = (0, 0, 0, 0) }

    /// The hash whose 32 bytes are `bytes`, or nil for any other number of them.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.length else { return nil }
        self.init()
        withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
    }

    /// The 32 bytes at the start of `memory`.
    init(memory: UnsafeRawBufferPointer) {
        precondition(memory.count >= Self.length)
        words = memory.loadUnaligned(as: (UInt64, UInt64, UInt64, UInt64).self)
    }

    /// SHA-256 of `bytes`.
    init(hashing bytes: UnsafeRawBufferPointer) {
        words = (0, 0, 0, 0)
        trainledger_sha256(bytes.baseAddress, bytes.count, &words)
    }

    /// The 32 bytes.
    package var bytes: [UInt8] { withUnsafeBytes { [UInt8]($0) } }

    /// Lends the 32 bytes.
    func withUnsafeBytes<Answer>(_ body: (UnsafeRawBufferPointer) -> Answer) -> Answer {
        Swift.withUnsafeBytes(of: words, body)
    }

    package var description: String { hexadecimal(bytes) }

    package static func == (left: TreeHash, right: TreeHash) -> Bool { left.words == right.words }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
        hasher.combine(words.2)
        hasher.combine(words.3)
    }
}
