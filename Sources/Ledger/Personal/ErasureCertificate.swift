import Access
package import CivilTime
import EventLog
import Histories
package import PersonalData
package import TrainingEvents

/// What was destroyed of a trainee, by whose word, and what stays until when.
package struct ErasureCertificate: Sendable {
    /// What stays of the events of one type.
    package struct Kept: Sendable {
        package let type: EventType
        package let eventCount: Int
        package let fields: [String]
    }

    package let trainee: String
    /// Where the erasure stands in the log.
    package let position: UInt64
    package let recordedTime: Instant
    package let on: CivilDate
    /// Absent where the ledger's own key is not here.
    package let legalBasis: String?
    package let approvedBy: [String?]
    package let destroyed: [DestroyedKey]
    package let kept: [Kept]
    /// The last day on which what stays is needed.
    package let keptUntil: CivilDate
    /// Other IDs of the same person, which the erasure did not reach.
    package let otherIDs: [String]

    /// Years for which claims for money can be made against the agency: Administrative Procedure Act art. 131
    /// (行政程序法第 131 條). Counted from the trainee's last event but the erasure: a reading.
    package static let yearsOfClaims = 10

    /// The JSON answer.
    package var json: JSONValue {
        .members([
            "trainee": .string(trainee), "state": .string("erased"), "sequence": .number(position),
            "recordedTime": .string("\(recordedTime)"), "on": .string("\(on)"),
            "legalBasis": legalBasis.map { .string($0) } ?? .members(["sealed": .bool(true)]),
            "approvedBy": .array(approvedBy.map { $0.map { .string($0) } ?? .members(["sealed": .bool(true)]) }),
            "destroyedKeys": .array(
                destroyed.map {
                    .members([
                        "class": .string($0.retention.name), "version": .number($0.version),
                        "fingerprint": .string($0.name),
                    ])
                }),
            "kept": .array(
                kept.map {
                    .members([
                        "type": .string($0.type.name), "events": .number($0.eventCount),
                        "fields": .array($0.fields.map { .string($0) }),
                    ])
                }),
            "keptUntil": .string("\(keptUntil)"), "otherIds": .array(otherIDs.map { .string($0) }),
        ])
    }
}

extension DestroyedKey {
    /// The fingerprint in hexadecimal digits.
    package var name: String {
        fingerprint.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension LedgerReader {
    /// The certificate of a trainee's erasure.
    ///
    /// - Throws: `unknown` if no such trainee is known, or they were not erased; `personalData`.
    package func erasureCertificate(of traineeID: String) throws(LedgerError) -> ErasureCertificate {
        try warrant.require(.erase)
        let point = try resolve(.head)
        let bearing = try events(bearingOn: traineeID, at: point)
        let histories = bearing.histories(at: point)
        let registry = histories.registry
        guard let number = registry.includingRetracted.trainees[traineeID] else {
            throw .unknown(noun: "trainee", id: traineeID, suggestion: nil)
        }
        let own = bearing.events.filter { $0.event.isAboutTrainee && $0.number == number.value }
        guard let placed = own.last(where: { $0.event.type == .traineeErased }),
            case .traineeErased(let erased) = try opened(placed.event, registry).body
        else { throw .unknown(noun: "erasure of the trainee", id: traineeID, suggestion: nil) }
        let destroyed = try fromKeys { () throws(PersonalDataError) in
            try keys?.destroyedKeys(of: traineeID) ?? []
        }
        let counts = Dictionary(grouping: own, by: \.event.type).mapValues(\.count)
        let kept = EventType.allCases.compactMap { type -> ErasureCertificate.Kept? in
            let fields = FieldCatalogue.kept(of: type)
            guard let count = counts[type], !fields.isEmpty else { return nil }
            return ErasureCertificate.Kept(type: type, eventCount: count, fields: fields)
        }
        let lastDay =
            own.filter { $0.event.type != .traineeErased }.map(\.event.envelope.time.taipeiDate).max() ?? erased.on
        let others = histories.trainee(number) == nil ? [] : histories.linkedTrainees(number).filter { $0 != number }
        return ErasureCertificate(
            trainee: traineeID, position: placed.position, recordedTime: placed.event.envelope.recordedTime,
            on: erased.on, legalBasis: erased.legalBasis?.text, approvedBy: (erased.approvedBy ?? []).map(\.text),
            destroyed: destroyed, kept: kept,
            keptUntil: lastDay.endOfPeriod(years: ErasureCertificate.yearsOfClaims),
            otherIDs: others.map { $0.id(in: registry) })
    }
}

extension LedgerWriter {
    /// Erases the personal data of a trainee: records it by this program's own event, destroys the keys, and is done when
    /// it returns.
    ///
    /// - Returns: whether it was recorded now; not if the trainee was erased before.
    /// - Throws: `unknown` if no such trainee stands; `refused` if the door does not take it, as while a hold stands;
    ///   `personalData`, `log`.
    package func erase(
        _ traineeID: String, legalBasis: String, approvedBy: [String], on day: CivilDate?
    ) throws(LedgerError) -> Bool {
        guard let keys else { throw .personalData(PersonalDataError(.noKeys, "the ledger has no keys to destroy")) }
        guard state.registry.trainees[traineeID] != nil else {
            throw .unknown(noun: "trainee", id: traineeID, suggestion: nil)
        }
        if try fromKeys({ () throws(PersonalDataError) in try keys.isErased(trainee: traineeID) }) { return false }
        let time = now()
        // Under access control it is known who agreed; what somebody typed does not count.
        let approvers = [warrant.principal, warrant.second].compactMap(\.self)
        _ = try admitOwn(
            .members([
                "specversion": .string("1.0"), "id": .string(Self.erasureID(traineeID)),
                "source": .string(Self.erasureSource), "type": .string(EventType.traineeErased.name),
                "subject": .string(traineeID), "time": .string(time.description),
                "data": .members([
                    "on": .string((day ?? time.taipeiDate).description), "legalBasis": .string(legalBasis),
                    "approvedBy": .array((approvers.isEmpty ? approvedBy : approvers).map { .string($0) }),
                ]),
            ]))
        return true
    }

    /// `erased/TRAINEE`; where that would be too long, letters that follow from it.
    private static func erasureID(_ traineeID: String) -> String {
        let plain = "erased/\(traineeID)"
        if plain.utf8.count <= Limits.identifierBytes { return plain }
        let letters = "\(MerkleTree.leafHash(Array(traineeID.utf8)))".utf8
            .map { $0 <= UInt8(ascii: "9") ? $0 - UInt8(ascii: "0") + UInt8(ascii: "g") : $0 }
        return "erased/\(String(decoding: letters, as: UTF8.self))"
    }
}
