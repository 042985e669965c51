internal import Crypto
import Foundation
import TrainingEvents

/// One key of an owner as it stands in the file `keys`: wrapped, or destroyed.
struct KeyRow {
    /// Bytes of a row.
    static let length = 128

    enum State: UInt8 {
        case active = 1
        case destroyed
    }

    let state: State
    let generation: UInt8
    let retention: RetentionClass
    let version: UInt8
    let owner: OwnerDigest
    /// Nonce, ciphertext and tag; zeros when destroyed.
    let wrapped: [UInt8]
    /// The first 8 bytes of SHA-256 over a prefix and the key: names it after it was destroyed.
    let fingerprint: [UInt8]

    private static let fingerprintLength = 8

    /// A new key, wrapped.
    static func make(
        _ key: SymmetricKey, for owner: OwnerDigest, _ retention: RetentionClass, version: UInt8, ledger: [UInt8],
        under kek: KeyEncryptionKey
    ) throws(PersonalDataError) -> KeyRow {
        let purpose = purpose(owner, retention, version, ledger)
        let hash = SHA256.hash(data: Array("trainledger/fingerprint".utf8) + key.withUnsafeBytes { Array($0) })
        return KeyRow(
            state: .active, generation: 1, retention: retention, version: version, owner: owner,
            wrapped: try kek.wrap(key, for: purpose), fingerprint: Array(hash.prefix(fingerprintLength)))
    }

    /// The key.
    ///
    /// - Throws: `wrongKey`.
    func key(ledger: [UInt8], under kek: KeyEncryptionKey) throws(PersonalDataError) -> SymmetricKey {
        try kek.unwrap(wrapped, for: Self.purpose(owner, retention, version, ledger))
    }

    private static func purpose(
        _ owner: OwnerDigest, _ retention: RetentionClass, _ version: UInt8, _ ledger: [UInt8]
    ) -> [UInt8] {
        framed(Array("trainledger/key".utf8), ledger, owner.bytes, [retention.rawValue, version])
    }

    /// This row without its key.
    var destroyed: KeyRow {
        KeyRow(
            state: .destroyed, generation: generation &+ 1, retention: retention, version: version, owner: owner,
            wrapped: [UInt8](repeating: 0, count: KeyEncryptionKey.wrappedLength), fingerprint: fingerprint)
    }

    /// State, generation, class, version (1 byte each), owner (32), wrapped key (60), fingerprint (8), zeros, and room
    /// for the checksum (4).
    var encoded: [UInt8] {
        let bytes = [state.rawValue, generation, retention.rawValue, version] + owner.bytes + wrapped + fingerprint
        return bytes + [UInt8](repeating: 0, count: Self.length - bytes.count)
    }

    init?(_ row: ArraySlice<UInt8>) {
        var rest = row
        func take(_ count: Int) -> ArraySlice<UInt8> {
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }
        let head = Array(take(4))
        guard head.count == 4, let state = State(rawValue: head[0]), let retention = RetentionClass(rawValue: head[2]),
            let owner = OwnerDigest(take(OwnerDigest.length))
        else { return nil }
        self.state = state
        generation = head[1]
        self.retention = retention
        version = head[3]
        self.owner = owner
        wrapped = Array(take(KeyEncryptionKey.wrappedLength))
        fingerprint = Array(take(Self.fingerprintLength))
    }

    private init(
        state: State, generation: UInt8, retention: RetentionClass, version: UInt8, owner: OwnerDigest,
        wrapped: [UInt8], fingerprint: [UInt8]
    ) {
        self.state = state
        self.generation = generation
        self.retention = retention
        self.version = version
        self.owner = owner
        self.wrapped = wrapped
        self.fingerprint = fingerprint
    }
}

/// The first row of the file `keys`: which ledger they belong to, and the secret that the other secrets of the store
/// follow from, wrapped.
struct KeyStoreHeader {
    private static let mark = Array("TLKEYS01".utf8)
    private static let state: UInt8 = 0xF0

    let ledger: [UInt8]
    let wrapped: [UInt8]

    static func make(_ ledger: [UInt8], under kek: KeyEncryptionKey) throws(PersonalDataError) -> KeyStoreHeader {
        KeyStoreHeader(
            ledger: ledger, wrapped: try kek.wrap(SymmetricKey(size: .bits256), for: purpose(ledger)))
    }

    /// The secrets.
    ///
    /// - Throws: `wrongKey`.
    func secrets(under kek: KeyEncryptionKey) throws(PersonalDataError) -> StoreSecrets {
        StoreSecrets(try kek.unwrap(wrapped, for: Self.purpose(ledger)))
    }

    private static func purpose(_ ledger: [UInt8]) -> [UInt8] { framed(Array("trainledger/store".utf8), ledger) }

    var encoded: [UInt8] {
        let bytes = [Self.state, 1, 0, 0] + Self.mark + ledger + wrapped
        return bytes + [UInt8](repeating: 0, count: KeyRow.length - bytes.count)
    }

    init?(_ row: ArraySlice<UInt8>) {
        let bytes = Array(row)
        guard bytes[0] == Self.state, Array(bytes[4..<12]) == Self.mark else { return nil }
        ledger = Array(bytes[12..<28])
        wrapped = Array(bytes[28..<28 + KeyEncryptionKey.wrappedLength])
    }

    private init(ledger: [UInt8], wrapped: [UInt8]) {
        self.ledger = ledger
        self.wrapped = wrapped
    }
}

/// Secrets of a key store that are no text's key.
struct StoreSecrets {
    /// Names owners in the keys and the register.
    let owners: SymmetricKey
    /// Names national IDs in the look-up table.
    let nationalIDs: SymmetricKey
    /// Seals the events in the register of erasures.
    let register: SymmetricKey

    fileprivate init(_ root: SymmetricKey) {
        func derived(_ use: String) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: root, info: Array("trainledger/store/v1/\(use)".utf8), outputByteCount: 32)
        }
        owners = derived("owners")
        nationalIDs = derived("national-ids")
        register = derived("register")
    }
}
