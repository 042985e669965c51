import EventLog
import Foundation
import LedgerTestKit
import Testing
import TrainingEvents

@testable import Ledger

/// A ledger of a small population in short segments, with its derived files.
struct DerivedLedger {
    let path: String
    let lines: [[UInt8]]

    /// Events of a segment.
    static let segmentLength = 250

    /// Makes the ledger: every so often a segment ends, and derived files are written.
    init(_ path: String, trainees: Int = 12, seed: UInt64 = 7) throws {
        self.path = path
        lines = Self.lines(trainees: trainees, seed: seed)
        try LedgerWriter.create(path)
        try append(lines[...])
    }

    /// A ledger that is there, or will be.
    init(continuing path: String, lines: [[UInt8]]) {
        self.path = path
        self.lines = lines
    }

    static func lines(trainees: Int, seed: UInt64) -> [[UInt8]] {
        var population = PopulationGenerator(trainees: trainees, seed: seed)
        var lines: [[UInt8]] = []
        while let line = population.next() { lines.append(line) }
        return lines
    }

    /// Appends lines, each of which must be taken.
    func append(_ lines: ArraySlice<[UInt8]>) throws {
        let writer = try LedgerFixture.writer(path)
        for line in lines {
            let admission = try writer.admit(LedgerFixture.draft(line), keepsRecordedTime: true)
            #expect(admission == .admitted(position: writer.head - 1))
            if writer.head % UInt64(Self.segmentLength) == 0 { try writer.beginSegment() }
        }
        try writer.commit()
        try writer.close()
    }

    /// The paths of the derived files, ascending.
    var files: [String] {
        get throws {
            guard FileManager.default.fileExists(atPath: path + "/derived") else { return [] }
            return try FileManager.default.contentsOfDirectory(atPath: path + "/derived").sorted()
                .map { path + "/derived/" + $0 }
        }
    }

    func removeDerived() throws { try FileManager.default.removeItem(atPath: path + "/derived") }

    /// All that the door knows, as text: what it knows must not depend on how it came to know it.
    ///
    /// A derived file that is damaged is left out as at an admission, and everything asked once more.
    func knowledge(_ writer: LedgerWriter) throws -> [String] {
        do {
            return try Self.statements(writer, lines)
        } catch {
            guard let failedFile = writer.failedFile else { throw error }
            try writer.reload(without: failedFile)
            return try knowledge(writer)
        }
    }

    private static func statements(_ writer: LedgerWriter, _ lines: [[UInt8]]) throws -> [String] {
        let registry = writer.state.registry
        var known = [
            "head \(writer.head)", "recorded \(String(describing: writer.lastRecordedTime))",
            "adoptions \(writer.adoptionPositions)", "retracted \(writer.retracted.sorted())",
            "registrations retracted \(registry.trainees.retractedNumbers.map(\.value)) "
                + "\(registry.classes.retractedNumbers.map(\.value)) \(registry.units.retractedNumbers.map(\.value))",
            "trainees \(registry.trainees.ids)", "classes \(registry.classes.ids)", "units \(registry.units.ids)",
        ]
        let owners =
            (0..<UInt32(registry.trainees.count)).map { StepsOwner.trainee($0) }
            + (0..<UInt32(registry.classes.count)).map { StepsOwner.class($0) }
        for owner in owners {
            let positions = try writer.reading { () throws(DerivedFileAbsence) in
                try writer.indexes.positions(of: owner)
            }
            known.append("\(owner): \(try writer.steps(of: owner)) \(positions)")
        }
        for line in lines {
            let draft = try LedgerFixture.draft(line)
            known.append(
                "\(draft.source) \(draft.id): \(String(describing: try writer.existing(draft.source, draft.id)))")
        }
        return known
    }

    /// What a newly opened writer knows.
    func knowledge() throws -> [String] {
        let writer = try LedgerFixture.writer(path)
        defer { try? writer.close() }
        return try knowledge(writer)
    }
}
