import Access
import Foundation
import Histories
import Testing
import TrainingEvents

@testable import Ledger

@Suite("Lists of a class")
struct ClassListTests {
    /// A reader that was opened for a list, with the facts at the head.
    private struct Opened {
        let reader: LedgerReader
        let point: LedgerPoint
        let histories: LedgerHistories

        init(
            _ fixture: AccessFixture, _ operation: Access.Operation, _ classID: String = AccessFixture.classID,
            by name: String
        ) throws {
            reader = try fixture.reader(operation, of: .class(classID), by: name)
            point = try reader.resolve(.head)
            histories = try reader.histories(at: point)
        }

        func fields(_ trainee: String, _ classID: String = AccessFixture.classID) throws -> TraineeFields {
            let number = try #require(histories.registry.trainees[trainee])
            return try reader.fields(of: number, inClass: classID, histories, at: point)
        }

        func matches() throws -> [ReportRow] {
            try InsuranceMatchList(of: AccessFixture.classID, reader, histories, at: point).rows
        }

        func payments(_ classID: String = AccessFixture.classID) throws -> PaymentList {
            try PaymentList(of: classID, reader, histories, at: point)
        }
    }

    /// The row of T-9, who applied to the class and has a name and a national ID.
    private static func row(_ fixture: AccessFixture, by name: String) throws -> JSONValue {
        let rows = try Opened(fixture, .matchInsurance, by: name).matches()
        return try #require(rows.map(\.json).first { $0["trainee"] == .string("T-9") })
    }

    @Test("show names to the clerk of the class's unit, and to an auditor that there are some")
    func names() throws {
        try AccessFixture.with { fixture throws in
            let open = try Self.row(fixture, by: "chen")
            #expect(open["name"] == .string("阮氏梅花"))
            #expect(open["nationalId"] == .string("A123456789"))
            let masked = try Self.row(fixture, by: "audi")
            #expect(masked["name"] == .members(["sealed": .bool(true)]))
            #expect(masked["nationalId"] == .members(["sealed": .bool(true)]))
            #expect(masked["day"] == .string("2026-06-01"))
        }
    }

    @Test("open an account for the bank only, and no phone for anybody")
    func accounts() throws {
        try AccessFixture.with { fixture throws in
            let bank = try Opened(fixture, .listPayments, by: "chen").fields("T-9")
            #expect(bank.bankAccount?.text == "700-0012345-0678901")
            #expect(bank.name?.text == "阮氏梅花")
            #expect(bank.phone?.text == nil)
            let insurer = try Opened(fixture, .matchInsurance, by: "chen").fields("T-9")
            #expect(insurer.bankAccount?.text == nil)
            // As amended since.
            #expect(insurer.sex == .male)
        }
    }

    @Test("are of the class that was asked for, and of nobody else")
    func reach() throws {
        try AccessFixture.with { fixture throws in
            let opened = try Opened(fixture, .listPayments, by: "chen")
            #expect(try opened.payments().rows.isEmpty == (try opened.payments().totalNTD == 0))
            #expect(
                AccessFixture.denial { _ = try Opened(fixture, .listPayments, "C-OTHER", by: "chen") } == .otherUnit)
            #expect(AccessFixture.denial { _ = try opened.fields("T-OTHER") } == .notPermitted)
            #expect(AccessFixture.denial { _ = try opened.fields("T-OTHER", "C-OTHER") } == .notPermitted)
            #expect(AccessFixture.denial { _ = try opened.payments("C-OTHER") } == .notPermitted)
        }
    }
}
