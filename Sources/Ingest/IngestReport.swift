package import Ledger
package import TrainingEvents

/// What an ingest came to.
package struct IngestReport: Hashable, Sendable {
    /// Messages that were settled; one that was delivered again counts again.
    package var messages = 0
    /// Events that are in the ledger since.
    package var appended = 0
    /// Events that were in the ledger already.
    package var duplicates = 0
    /// Messages that were refused; their events are not in the ledger.
    package var refused = 0

    package var json: JSONValue {
        .members([
            "messages": .number(messages), "appended": .number(appended), "duplicates": .number(duplicates),
            "refused": .number(refused),
        ])
    }
}

/// What ends an ingest, or makes it try again.
package enum IngestError: Error, Sendable {
    case feed(FeedError)
    case ledger(LedgerError)

    /// Whether it may be over in a moment: somebody else writes to the ledger, the disk is full, the server restarts.
    var isPassing: Bool {
        switch self {
        case .feed(let error): error.code == .unreachable
        case .ledger(let error): error.exitStatus == 74 || error.exitStatus == 75
        }
    }

    /// One sentence in English.
    package var message: String {
        switch self {
        case .feed(let error): error.reason
        case .ledger(let error): error.message
        }
    }

    /// The exit status of a program that ends on this error (sysexits).
    package var exitStatus: Int32 {
        switch self {
        case .feed(let error): error.exitStatus
        case .ledger(let error): error.exitStatus
        }
    }
}
