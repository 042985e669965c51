import Access
import CivilTime
import Foundation
import PersonalData
import Testing
import TrainingEvents

@testable import Ledger

/// A ledger under access control, with somebody in every role.
struct AccessFixture {
    let directory: String
    let ledger: String
    /// By name: `lin` and `wang` are key officers, `audi` auditor, `huang` reviewer of T-COFFEE-01, `chen` clerk of
    /// U-NTPC-VTC, `op` operator, `none` without a role.
    private(set) var credentials: [String: Credential] = [:]

    static let trainee = "T-COFFEE-01"
    static let unit = "U-NTPC-VTC"
    static let classID = "NTPC-115-COFFEE-2"
    static let holders: [(Role, String)] = [
        (.auditor, "audi"), (.reviewer, "huang"), (.clerk, "chen"), (.operator, "op"), (.keyOfficer, "lin"),
    ]
    /// A trainee, class and unit that `chen` and `huang` have nothing to do with.
    static let others = [
        PersonalFixture.event(
            "o-1", "unit.registered", "U-OTHER",
            #"{"name":"另一單位","kind":"company","county":"臺北市","foundedOn":"2001-01-01"}"#),
        PersonalFixture.event(
            "o-2", "class.approved", "C-OTHER",
            """
            {"programme":"industryTalent","courseName":"other","unit":"U-OTHER","county":"臺北市","fee":1000,"seats":10,\
            "startsOn":"2026-06-10","endsOn":"2026-07-10","selection":"firstCome"}
            """),
        PersonalFixture.event(
            "o-3", "trainee.registered", "T-OTHER",
            #"{"birthDate":"1985-02-28","sex":"female","nationality":"national","name":"他單位之人"}"#),
        PersonalFixture.event(
            "o-4", "application.submitted", "T-OTHER", #"{"class":"C-OTHER","at":"2026-06-01T09:00:00+08:00"}"#),
        PersonalFixture.event(
            "o-5", "application.submitted", "T-9",
            #"{"class":"NTPC-115-COFFEE-2","at":"2026-06-01T09:00:00+08:00"}"#),
        PersonalFixture.event(
            "o-6", "application.submitted", "T-9", #"{"class":"C-OTHER","at":"2026-06-01T09:00:00+08:00"}"#),
    ]

    static func with(_ work: (AccessFixture) throws -> Void) throws {
        try PersonalFixture.withLedger { ledger in
            try LedgerFixture.append(others, to: ledger)
            var fixture = AccessFixture(directory: (ledger as NSString).deletingLastPathComponent, ledger: ledger)
            let officers = (Credential(newFor: "lin"), Credential(newFor: "wang"))
            try AccessAdministration.enable(ledger, officers: officers, now: LedgerFixture.now)
            fixture.credentials = ["lin": officers.0, "wang": officers.1]
            for (role, name) in holders.dropLast() {
                try fixture.add(name)
                try fixture.change(.roleGranted, name) {
                    $0.role = role
                    $0.unit = role == .clerk ? unit : nil
                }
            }
            try fixture.add("none")
            try fixture.change(.caseAssigned, "huang") { $0.trainee = trainee }
            try work(fixture)
        }
    }

    mutating func add(_ name: String) throws {
        let credential = Credential(newFor: name)
        credentials[name] = credential
        try change(.principalAdded, name) { $0.credential = credential.fingerprint }
    }

    func change(
        _ change: GrantChange, _ name: String, by first: String = "lin", and second: String? = "wang",
        _ fill: (inout GrantEntry) -> Void = { _ in }
    ) throws {
        var entry = GrantEntry(change, name)
        fill(&entry)
        try AccessAdministration(of: ledger).change(
            entry, by: caller(first, second: second), now: { LedgerFixture.now })
    }

    func caller(_ name: String?, second: String? = nil, purpose: String? = "case 1") -> Caller {
        Caller(
            credential: name.flatMap { credentials[$0] }, second: second.flatMap { credentials[$0] },
            purpose: purpose)
    }

    func request(
        _ operation: Access.Operation, of subject: AccessSubject = .nobody, by name: String?, second: String? = nil,
        purpose: String? = "case 1"
    ) -> AccessRequest {
        AccessRequest(
            operation, of: subject, by: caller(name, second: second, purpose: purpose), now: { LedgerFixture.now })
    }

    func reader(
        _ operation: Access.Operation, of subject: AccessSubject = .nobody, by name: String?
    ) throws -> LedgerReader {
        try LedgerReader(opening: ledger, for: request(operation, of: subject, by: name))
    }

    /// The log of reads.
    func reads() throws -> [AccessEntry] {
        let logs = try #require(try AccessLogs(of: ledger))
        var entries: [AccessEntry] = []
        try logs.reads.forEach(logs.mark.reads) { entries.append($0.entry) }
        return entries
    }

    /// Why work was denied; `nil` if it was not.
    static func denial(_ work: () throws -> Void) -> Refusal? {
        do {
            try work()
        } catch LedgerError.access(let error) {
            if case .denied(let refusal) = error.code { return refusal }
        } catch {
            return nil
        }
        return nil
    }

    /// Why the access failed otherwise.
    static func failure(_ work: () throws -> Void) -> AccessError.Code? {
        do {
            try work()
        } catch LedgerError.access(let error) {
            return error.code
        } catch {
            return nil
        }
        return nil
    }
}
