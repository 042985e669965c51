internal import Glibc

/// What went wrong, why, and where: two errors are equal when their codes are.
package struct LogError: Error, Hashable, CustomStringConvertible {
    /// The kinds of failure that a caller can tell apart.
    package enum Code: Hashable, Sendable {
        /// The directory holds no ledger, or not the whole of one.
        case notALedger
        /// A ledger stands where one was to be created.
        case alreadyExists
        /// Another writer holds the lock.
        case inUse
        /// Somebody else has the right to write: the ledger follows another one's log, or is written under a lease.
        case notTheWriter
        /// A copy and the log that it is to follow have different records at the same positions.
        case diverged
        /// Stored bytes are not what was written: rot. Nothing was cut.
        case damaged
        /// The writer met a failed write or sync before and takes nothing more; open the ledger anew.
        case poisoned
        /// The system refused an operation with this errno.
        case inputOutput(Int32)
        /// The disk, the quota or the file-size limit is full. What was acknowledged is safe.
        case noSpace
        /// The file system or the permissions forbid writing.
        case readOnly
        /// A record is longer than 65,535 bytes.
        case recordTooLarge
        /// A batch has more than 65,536 records.
        case batchTooLarge
        /// A record is not the canonical bytes of its three fields.
        case malformedRecord
        /// A position at or beyond the head, or a range that runs backwards.
        case outOfRange
        /// A format version that this program does not know yet.
        case formatTooNew
        /// The writer was closed.
        case closed
    }

    /// Where it went wrong, as far as it is known.
    package struct Place: Hashable, Sendable, CustomStringConvertible {
        /// The file, relative to the ledger's directory.
        package var file: String?
        /// The chunk of a segment: 1 is its header, 2 its first commit.
        package var chunk: UInt32?
        /// Bytes of the file.
        package var bytes: Range<UInt64>?
        /// Positions of the records concerned.
        package var positions: Range<UInt64>?

        package init(
            file: String? = nil, chunk: UInt32? = nil, bytes: Range<UInt64>? = nil, positions: Range<UInt64>? = nil
        ) {
            self.file = file
            self.chunk = chunk
            self.bytes = bytes
            self.positions = positions
        }

        package var description: String {
            var parts: [String] = []
            if let file { parts.append(file) }
            if let chunk { parts.append(chunk == Format.headerChunk ? "header" : "commit \(chunk)") }
            if let bytes { parts.append("bytes \(bytes.lowerBound)..<\(bytes.upperBound)") }
            if let positions { parts.append("positions \(positions.lowerBound)..<\(positions.upperBound)") }
            return parts.joined(separator: ", ")
        }
    }

    /// What kind of failure it is; all that equality looks at.
    package var code: Code
    /// One sentence for a person.
    package var reason: String
    /// Where.
    package var place: Place

    /// An error from its parts.
    package init(_ code: Code, _ reason: String, _ place: Place = Place()) {
        self.code = code
        self.reason = reason
        self.place = place
    }

    package static func == (left: LogError, right: LogError) -> Bool { left.code == right.code }

    package func hash(into hasher: inout Hasher) { hasher.combine(code) }

    package var description: String {
        let place = place.description
        return place.isEmpty ? reason : "\(reason) (\(place))"
    }

    /// The exit status for a command that ends on this error (sysexits.h): 75 try again later, 65 bad data,
    /// 74 input or output, 73 cannot create, 66 no input.
    package var exitStatus: Int32 {
        switch code {
        case .inUse: 75
        case .damaged, .diverged, .recordTooLarge, .batchTooLarge, .malformedRecord, .outOfRange, .formatTooNew: 65
        case .alreadyExists, .readOnly, .notTheWriter: 73
        case .notALedger: 66
        case .poisoned, .inputOutput, .noSpace, .closed: 74
        }
    }

    /// The error for a system call that failed with `errno` in `operation` on `path`.
    package static func system(_ errno: Int32, _ operation: String, _ path: String) -> LogError {
        let code: Code =
            switch errno {
            case ENOSPC, EDQUOT, EFBIG: .noSpace
            case EROFS, EACCES, EPERM: .readOnly
            default: .inputOutput(errno)
            }
        return LogError(code, "cannot \(operation) \(path): \(String(cString: strerror(errno)))")
    }

    /// Whether this says that a file or directory is not there.
    package var isNotFound: Bool { code == .inputOutput(ENOENT) }
}
