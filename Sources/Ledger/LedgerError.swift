package import EventLog
package import Histories
package import PersonalData
package import TrainingEvents
package import Transparency

/// What went wrong with a command on a ledger, as data.
package enum LedgerError: Error, Sendable {
    /// The log below: files, locks, damage.
    case log(LogError)
    /// A stored record is not an event of this vocabulary, at this position.
    case record(EventError, position: UInt64)
    /// There is no trainee, class or rulebook of that name at that position.
    case unknown(noun: String, id: String, suggestion: String?)
    /// The text is no position, date or instant, or lies beyond the head.
    case asOf(String)
    /// A rulebook could not be read.
    case rulebook(String)
    /// An input file could not be read.
    case input(path: String, reason: String)
    /// An output file could not be made or written.
    case output(path: String)
    /// No ledger can be made in this place.
    case notCreated(String)
    /// A rulebook file that is not there.
    case noRulebook(String)
    /// A rulebook that the ledger keeps is not as it was stored. The file is relative to the ledger.
    case damagedRulebook(file: String, reason: String)
    /// An event that the program made itself was refused at the door.
    case refused(EventError)
    /// A derived file that was good a moment ago is not any more. The writer makes it anew by itself.
    case derived(DerivedFileAbsence)
    /// Personal data: keys, sealing, erasure.
    case personalData(PersonalDataError)
    /// The request is not granted, or could not be written down.
    case access(AccessError)
    /// The ledger is at another position than the caller expected.
    case unexpectedSequence(expected: UInt64, head: UInt64)
    /// Recorded here up to a position, but not by as many copies as were asked for.
    case unconfirmed(position: UInt64, copies: Int)
    /// A checkpoint, a proof or a key is not accepted; the file, where there is one.
    case proof(TransparencyError, file: String?)
    /// The ledger is not what was signed.
    case contradiction(String)
    /// No checkpoint was ever signed.
    case noCheckpoint
    /// The books do not stand; whose they are, by their IDs.
    case books(BooksError, of: BooksOwner)
    /// A plan, or a result of divided work, is not taken.
    case shard(ShardError)

    /// One sentence in English for people.
    package var message: String {
        switch self {
        case .log(let error): return error.description
        case .record(let error, let position): return "record \(position): \(error.message)"
        case .unknown(let noun, let id, let suggestion):
            let hint = suggestion.map { "; did you mean \"\($0)\"?" } ?? ""
            return "no \(noun) \(shown(id)) is known at this point of the ledger\(hint)"
        case .asOf(let reason): return reason
        case .rulebook(let reason): return reason
        case .input(let path, let reason): return "\(path): \(reason)"
        case .output(let path): return "\(path): it cannot be written"
        case .notCreated(let reason): return reason
        case .noRulebook(let reason): return reason
        case .damagedRulebook(let file, let reason): return "\(file): \(reason)"
        case .refused(let error): return error.field.isEmpty ? error.message : "\(error.field): \(error.message)"
        case .derived(let absence): return "\(absence); run the command again, or remove derived/: it is made anew"
        case .personalData(let error): return error.reason
        case .access(let error): return error.reason
        case .unexpectedSequence(let expected, let head):
            return "the ledger has \(head) events, not \(expected): somebody has appended since"
        case .unconfirmed(let position, let copies):
            return "recorded here up to \(position), but not yet by \(copies) copies; send the same again – it is not "
                + "recorded twice"
        case .proof(let error, let file): return file.map { "\($0): \(error)" } ?? error.description
        case .contradiction(let reason): return reason
        case .noCheckpoint:
            return "no checkpoint was signed yet; sign one with trainledger checkpoint LEDGER --key FILE"
        case .books(let error, let owner): return owner.message(error)
        case .shard(let error): return error.message
        }
    }

    /// The exit status of a command that ends with this error (sysexits).
    package var exitStatus: Int32 {
        switch self {
        case .log(let error): error.exitStatus
        case .record: 65
        case .unknown: 66
        case .asOf: 64
        case .rulebook: 65
        case .input: 66
        case .output, .notCreated: 73
        case .noRulebook: 66
        case .damagedRulebook, .refused: 65
        case .derived: 74
        case .unexpectedSequence, .contradiction, .books: 1
        case .proof(let error, _): error.isAboutForm ? 65 : 1
        case .noCheckpoint: 66
        case .unconfirmed: 75
        case .personalData(let error): error.exitStatus
        case .access(let error): error.exitStatus
        case .shard(let error): error.exitStatus
        }
    }
}

/// Runs what throws errors of the log, and passes them on as errors of the ledger.
func fromLog<Value>(_ work: () throws(LogError) -> Value) throws(LedgerError) -> Value {
    do throws(LogError) { return try work() } catch { throw .log(error) }
}

/// Runs what reads derived files, and passes their absence on as an error of the ledger.
func fromDerived<Value>(_ work: () throws(DerivedFileAbsence) -> Value) throws(LedgerError) -> Value {
    do throws(DerivedFileAbsence) { return try work() } catch { throw .derived(error) }
}

/// Runs a walk over the log whose body throws errors of the ledger.
func fromWalk(_ work: () throws -> Void) throws(LedgerError) {
    do {
        try work()
    } catch let error as LedgerError {
        throw error
    } catch let error as LogError {
        throw .log(error)
    } catch {
        preconditionFailure("a walk throws errors of the log and of the ledger only")
    }
}
