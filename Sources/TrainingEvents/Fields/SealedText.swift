/// A personal text that was sealed: nobody can read it without its key.
///
/// The bytes as they stand in a record: `FE`, the retention class (1 byte), the version of the key (1 byte, from 1), where
/// the key is likely to be found (4 bytes, little-endian), a nonce of 12 bytes, the ciphertext in one of the lengths ``bodyLengths``, and a tag of 16 bytes. No UTF-8 text has the
/// byte `FE`, so that a field holds a text or a sealed one and never leaves open which.
package struct SealedText: Hashable, Sendable {
    /// The first byte of a sealed text.
    static let mark: UInt8 = 0xFE
    /// The bytes of a nonce.
    package static let nonceLength = 12
    /// The bytes of an authentication tag.
    package static let tagLength = 16
    /// The lengths that a ciphertext may have: a longer text is filled up to the next, so that its length tells little.
    package static let bodyLengths = [16, 32, 48, 64, 128, 256, 512, 1_024, 2_048, 4_096, 8_192]

    /// Class, version, place of the key and nonce.
    private static let headerLength = 6 + nonceLength

    /// Everything after the mark; empty where JSON said that a text is sealed, without the text.
    let bytes: [UInt8]

    /// A sealed text of which only is known that it is one, as JSON shows it to whoever has no key.
    static let unknown = SealedText(bytes: [])

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// A sealed text from its parts, of the lengths that they have.
    package init(
        _ retention: RetentionClass, keyVersion: UInt8, keyPlace: UInt32, nonce: some Sequence<UInt8>,
        ciphertext: some Sequence<UInt8>, tag: some Sequence<UInt8>
    ) {
        let place = withUnsafeBytes(of: keyPlace.littleEndian) { Array($0) }
        bytes = [retention.rawValue, keyVersion] + place + nonce + ciphertext + tag
    }

    /// The parts, for whoever opens it; `nil` where only is known that it is sealed.
    package var parts: Parts? {
        guard let first = bytes.first, let retention = RetentionClass(rawValue: first) else { return nil }
        let start = Self.headerLength
        let end = bytes.count - Self.tagLength
        return Parts(
            retention: retention, keyVersion: bytes[1],
            keyPlace: bytes[2..<6].reversed().reduce(0) { $0 << 8 | UInt32($1) }, nonce: bytes[6..<start],
            ciphertext: bytes[start..<end],
            tag: bytes[end...])
    }

    /// What a sealed text is made of.
    package struct Parts {
        package let retention: RetentionClass
        package let keyVersion: UInt8
        /// A hint, and no more: the key's owner has the last word.
        package let keyPlace: UInt32
        package let nonce: ArraySlice<UInt8>
        package let ciphertext: ArraySlice<UInt8>
        package let tag: ArraySlice<UInt8>
    }

    /// The sealed text behind the mark; `nil` if the bytes are none.
    init?(stored: some Collection<UInt8>) {
        let bytes = Array(stored)
        guard bytes.withUnsafeBytes(Self.isStored) else { return nil }
        self.init(bytes: bytes)
    }

    /// Whether the bytes behind the mark are a sealed text.
    static func isStored(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let body = bytes.count - headerLength - tagLength
        return bodyLengths.contains(body) && RetentionClass(rawValue: bytes[0]) != nil && bytes[1] > 0
    }
}
