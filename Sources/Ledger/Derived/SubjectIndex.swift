import EventLog
import TrainingEvents

/// Finds the events about a trainee, a class or a unit without reading the log.
///
/// Files cover the log from its beginning up to ``covered``, one after the other; what they say beyond the point that is
/// asked about is left out by the caller.
final class SubjectIndex<Files: FileSystem> {
    private let files: [SubjectIndexFile<Files>]
    /// Why the file that should come next is not used, unless there is none.
    let absence: DerivedFileAbsence?

    /// Opens the files that stand, as far as they follow on without a gap.
    init(of log: LogReader<Files>, in directory: DerivedDirectory<Files>) {
        var files: [SubjectIndexFile<Files>] = []
        var absence: DerivedFileAbsence?
        let ranges = (try? directory.positions(of: SubjectIndexLayout.kind)) ?? []
        var covered: UInt64 = 0
        var isFollowed = true
        while isFollowed {
            isFollowed = false
            // Of several that begin here, as after an interrupted clean-up, the one that reaches furthest.
            for range in ranges.filter({ $0.lowerBound == covered }).sorted(by: { $0.upperBound > $1.upperBound }) {
                do throws(DerivedFileAbsence) {
                    files.append(try SubjectIndexFile(positions: range, in: directory, log: log))
                    covered = range.upperBound
                    isFollowed = true
                    break
                } catch {
                    absence = error
                }
            }
        }
        self.files = files
        self.absence = absence
    }

    /// The positions that each file covers, ascending.
    var ranges: [Range<UInt64>] { files.map(\.positions) }

    /// All events before this position are covered.
    var covered: UInt64 { files.last?.positions.upperBound ?? 0 }

    /// How many subjects of each kind were introduced before ``covered``.
    var counts: [UInt64] { SubjectKind.allCases.map { files.last?.count($0) ?? 0 } }

    /// The positions of the events about a subject, ascending.
    func positions(of number: UInt32, _ kind: SubjectKind) throws(DerivedFileAbsence) -> [UInt64] {
        var found: [UInt64] = []
        for file in files { found += try file.positions(of: number, kind) }
        return found
    }

    /// The numbers that were given to an ID, or to one with the same fingerprint.
    func numbers(of id: String, _ kind: SubjectKind) throws(DerivedFileAbsence) -> [UInt32] {
        let fingerprint = SubjectIndexLayout.fingerprint(id)
        var found: [UInt32] = []
        for file in files { found += try file.numbers(fingerprint: fingerprint, kind) }
        return found
    }

    /// The positions of the events about rulebooks, ascending.
    var rulebookPositions: [UInt64] { files.flatMap(\.rulebookPositions) }
}
