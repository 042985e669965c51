import Access
import EventLog
import TrainingEvents

/// What a process that answers many questions about one ledger keeps between them: open readers, where the events stand
/// that no index covers yet, and everyone's facts as they were last. A question then costs what it asks for, not what
/// opening the ledger does.
///
/// Answers are those of a ledger that is opened anew for each (`Tests/LedgerTests/Memory`): readers move on to what is
/// durable before each question, whoever wrote it, and what turns out damaged is let go of.
package final class LedgerMemory: Sendable {
    private let directory: String
    private let factsLimit: UInt64
    private let state = Mutexed(State())
    /// Readers that are kept at most: each has files open, and blocks unpacked.
    private static let limit = 8

    private struct State {
        var knowledge: LedgerKnowledge?
        var idle: [KeptLog] = []
    }

    /// - Parameters:
    ///   - directory: of the ledger.
    ///   - factsUpTo: everyone's facts are kept for ledgers of at most this many events; they take some 70 bytes each.
    package init(of directory: String, keepingFactsUpTo factsUpTo: UInt64) {
        self.directory = directory
        factsLimit = factsUpTo
    }

    /// Answers one question.
    ///
    /// - Parameters:
    ///   - keyUse: where the ledger's keys are; `nil` to do without them.
    ///   - request: who asks for what; written down before `body` runs, if the ledger is under access control.
    ///   - body: asks the reader, which is of no use after it.
    /// - Throws: as ``LedgerReader/init(opening:keys:for:)``, and what `body` throws.
    package func answer<Answer: Sendable>(
        _ request: AccessRequest?, keys keyUse: KeyUse?, _ body: (LedgerReader) throws(LedgerError) -> Answer
    ) throws(LedgerError) -> Answer {
        let kept = try take()
        do throws(LedgerError) {
            let answer = try body(try LedgerReader(on: kept, keys: keyUse, for: request))
            putBack(kept)
            return answer
        } catch {
            // What could not be read is read from the files the next time.
            switch error {
            case .log, .derived, .record: break
            default: putBack(kept)
            }
            throw error
        }
    }

    private func take() throws(LedgerError) -> KeptLog {
        while let kept = state.update({ $0.idle.popLast() }) {
            // What cannot be moved on is opened anew, which says what is wrong if anything is.
            if (try? kept.refresh()) == true { return kept }
            state.update { $0 = State() }
        }
        return try KeptLog(opening: directory, knowing: knowledge())
    }

    /// What is known of the files that stand there now.
    private func knowledge() -> LedgerKnowledge {
        let place = KeptLog.place(directory)
        return state.update { state in
            if let known = state.knowledge, let place, known.place?.isOfSameFiles(as: place) == true { return known }
            let begun = LedgerKnowledge(of: place, keepingFactsUpTo: factsLimit)
            state = State(knowledge: begun)
            return begun
        }
    }

    private func putBack(_ kept: KeptLog) {
        kept.closeFiles()
        state.update { state in
            // Others may have seen meanwhile that something else stands there now.
            guard kept.knowledge === state.knowledge, state.idle.count < Self.limit else { return }
            state.idle.append(kept)
        }
    }
}

/// What is known of one ledger, whoever reads it: it goes with the files that it was read from.
final class LedgerKnowledge: Sendable {
    /// The files.
    let place: FilesLook?
    /// The end of the log that no index covers.
    let tail = TailMemory()
    /// Everyone's facts.
    let facts: FactsMemory

    init(of place: FilesLook?, keepingFactsUpTo factsUpTo: UInt64) {
        self.place = place
        facts = FactsMemory(upTo: factsUpTo)
    }
}
