import Access
import Testing
import TrainingEvents

/// A few principals, by hand.
struct Staff {
    var grants = Grants()
    var credentials: [String: Credential] = [:]

    /// Two key officers, as every ledger under access control has.
    static func founded() -> Staff {
        var staff = Staff()
        for name in ["lin", "wang"] {
            staff.add(name)
            staff.take(.roleGranted, name) { $0.role = .keyOfficer }
        }
        return staff
    }

    mutating func add(_ name: String) {
        let credential = Credential(newFor: name)
        credentials[name] = credential
        take(.principalAdded, name) { $0.credential = credential.fingerprint }
    }

    mutating func take(_ change: GrantChange, _ name: String, _ fill: (inout GrantEntry) -> Void = { _ in }) {
        grants.take(Self.entry(change, name, fill))
    }

    func objection(
        to change: GrantChange, _ name: String, _ fill: (inout GrantEntry) -> Void = { _ in }
    ) -> GrantObjection? {
        grants.objection(to: Self.entry(change, name, fill))
    }

    static func entry(
        _ change: GrantChange, _ name: String, _ fill: (inout GrantEntry) -> Void = { _ in }
    ) -> GrantEntry {
        var entry = GrantEntry(change, name)
        fill(&entry)
        return entry
    }

    func caller(_ name: String, second: String? = nil, role: Role? = nil, purpose: String? = "case 1") -> Caller {
        Caller(
            credential: credentials[name], second: second.flatMap { credentials[$0] }, role: role, purpose: purpose)
    }

    /// The scopes of what a caller may do, or why not.
    func asked(_ caller: Caller, _ operation: Access.Operation) -> Result<[Authorisation], Refusal> {
        do throws(Refusal) {
            return .success(try grants.authorisations(of: caller, for: operation))
        } catch {
            return .failure(error)
        }
    }
}

@Suite("Grants")
struct GrantsTests {
    @Test("a name is given once, even after its owner was removed")
    func names() {
        var staff = Staff.founded()
        staff.add("chen")
        #expect(staff.objection(to: .principalAdded, "chen") { $0.credential = "x" } == .nameTaken)
        staff.take(.principalRemoved, "chen")
        #expect(staff.objection(to: .principalAdded, "chen") { $0.credential = "x" } == .nameTaken)
        #expect(staff.objection(to: .roleGranted, "chen") { $0.role = .auditor } == .unknownPrincipal)
    }

    @Test("there are never fewer than two key officers")
    func lastPair() {
        var staff = Staff.founded()
        #expect(staff.objection(to: .principalRemoved, "lin") == .tooFewKeyOfficers)
        #expect(staff.objection(to: .roleRevoked, "lin") { $0.role = .keyOfficer } == .tooFewKeyOfficers)
        staff.add("tsai")
        staff.take(.roleGranted, "tsai") { $0.role = .keyOfficer }
        #expect(staff.objection(to: .principalRemoved, "lin") == nil)
    }

    @Test("a change that changes nothing is not taken")
    func nothing() {
        var staff = Staff.founded()
        staff.add("huang")
        #expect(staff.objection(to: .roleRevoked, "huang") { $0.role = .reviewer } == .nothingChanges)
        #expect(staff.objection(to: .caseAssigned, "huang") { $0.trainee = "T-1" } == .noReviewer)
        staff.take(.roleGranted, "huang") { $0.role = .reviewer }
        #expect(staff.objection(to: .roleGranted, "huang") { $0.role = .reviewer } == .nothingChanges)
        staff.take(.caseAssigned, "huang") { $0.trainee = "T-1" }
        #expect(staff.objection(to: .caseAssigned, "huang") { $0.trainee = "T-1" } == .nothingChanges)
        #expect(staff.objection(to: .caseClosed, "huang") { $0.trainee = "T-2" } == .nothingChanges)
    }

    @Test("a clerk keeps the role until the last unit is taken away")
    func units() {
        var staff = Staff.founded()
        staff.add("chen")
        for unit in ["U-1", "U-2"] {
            staff.take(.roleGranted, "chen") { ($0.role, $0.unit) = (.clerk, unit) }
        }
        staff.take(.roleRevoked, "chen") { ($0.role, $0.unit) = (.clerk, "U-1") }
        #expect(staff.grants["chen"]?.roles == [.clerk])
        #expect(staff.grants["chen"]?.units == ["U-2"])
        staff.take(.roleRevoked, "chen") { ($0.role, $0.unit) = (.clerk, "U-2") }
        #expect(staff.grants["chen"]?.roles == [])
    }

    @Test("an entry has the fields of its change and no others, and survives its bytes")
    func fields() throws {
        var entry = Staff.entry(.roleGranted, "chen") { ($0.role, $0.unit) = (.clerk, "U-1") }
        entry.by = ["lin", "wang"]
        try entry.validate()
        let bytes = try entry.fieldBytes()
        #expect(try bytes.withUnsafeBytes { try GrantEntry(fieldBytes: $0) } == entry)
        let wrong = [
            Staff.entry(.roleGranted, "chen"), Staff.entry(.principalAdded, "chen"), Staff.entry(.caseAssigned, "chen"),
            Staff.entry(.principalRemoved, "chen") { $0.trainee = "T-1" },
            Staff.entry(.roleGranted, "chen") { ($0.role, $0.unit) = (.auditor, "U-1") },
            Staff.entry(.caseAssigned, "chen") { $0.trainee = "A123456789" },
            Staff.entry(.principalRemoved, "0912345678"), Staff.entry(.principalRemoved, ""),
        ]
        for entry in wrong { #expect(throws: EventError.self) { try entry.validate() } }
        for other in [bytes + [0], bytes + bytes, [0x08, 0x04] + bytes, Array(bytes.dropLast())] {
            #expect(throws: EventError.self) { try other.withUnsafeBytes { try GrantEntry(fieldBytes: $0) } }
        }
    }
}

@Suite("What a caller may do")
struct AuthorisationTests {
    private static func staff() -> Staff {
        var staff = Staff.founded()
        for name in ["chen", "huang", "both"] { staff.add(name) }
        staff.take(.roleGranted, "chen") { ($0.role, $0.unit) = (.clerk, "U-1") }
        staff.take(.roleGranted, "huang") { $0.role = .reviewer }
        staff.take(.caseAssigned, "huang") { $0.trainee = "T-1" }
        staff.take(.roleGranted, "both") { $0.role = .auditor }
        staff.take(.roleGranted, "both") { $0.role = .operator }
        return staff
    }

    @Test("nobody may do anything, and a credential that is not the present one is nobody's")
    func unknown() {
        var staff = Self.staff()
        #expect(staff.asked(.nobody, .verify) == .failure(.noCredential))
        let old = staff.caller("both")
        let stranger = Caller(credential: Credential(newFor: "both"), purpose: "case 1")
        #expect(staff.asked(stranger, .verify) == .failure(.unknownPrincipal))
        let new = Credential(newFor: "both")
        staff.take(.credentialReplaced, "both") { $0.credential = new.fingerprint }
        #expect(staff.asked(old, .verify) == .failure(.unknownPrincipal))
        staff.credentials["both"] = new
        #expect(throws: Never.self) { try staff.asked(staff.caller("both"), .verify).get() }
        staff.take(.principalRemoved, "both")
        #expect(staff.asked(staff.caller("both"), .verify) == .failure(.unknownPrincipal))
    }

    @Test("a role has to be held, and to permit it")
    func roles() throws {
        let staff = Self.staff()
        #expect(staff.asked(staff.caller("chen", role: .auditor), .readEvents) == .failure(.roleNotHeld))
        #expect(staff.asked(staff.caller("chen"), .verify) == .failure(.notPermitted))
        #expect(staff.asked(staff.caller("both", role: .operator), .readEvents) == .failure(.notPermitted))
        #expect(try staff.asked(staff.caller("both"), .verify).get().map(\.role) == [.auditor, .operator])
        #expect(try staff.asked(staff.caller("both", role: .operator), .verify).get().map(\.role) == [.operator])
    }

    @Test("reading trainees needs a purpose; verifying does not")
    func purpose() {
        let staff = Self.staff()
        for purpose in [nil, ""] {
            #expect(staff.asked(staff.caller("both", purpose: purpose), .readEvents) == .failure(.purposeMissing))
            #expect(throws: Never.self) { try staff.asked(staff.caller("both", purpose: purpose), .verify).get() }
        }
    }

    @Test("two persons are two, and both key officers")
    func second() throws {
        let staff = Self.staff()
        let refused: [(String?, Refusal)] = [
            (nil, .secondPersonMissing), ("lin", .secondPersonNotPermitted), ("chen", .secondPersonNotPermitted),
        ]
        for (second, refusal) in refused {
            #expect(staff.asked(staff.caller("lin", second: second), .erase) == .failure(refusal))
        }
        let agreed = try staff.asked(staff.caller("lin", second: "wang"), .erase).get()
        #expect(agreed.map(\.second) == ["wang"])
        #expect(staff.asked(staff.caller("chen", second: "wang"), .erase) == .failure(.notPermitted))
    }

    @Test("a reviewer reaches their own cases, and nothing about everyone")
    func cases() throws {
        let staff = Self.staff()
        let own = try #require(try staff.asked(staff.caller("huang"), .decide).get().first)
        #expect(own.objection(to: .trainee("T-1"), SubjectFacts()) == nil)
        #expect(own.objection(to: .enrolment(trainee: "T-1", class: "C-1"), SubjectFacts()) == nil)
        let others: [AccessSubject] = [
            .trainee("T-2"), .enrolment(trainee: "T-2", class: "C-1"), .class("C-1"), .unit("U-1"), .everyone,
            .named("T-1"),
        ]
        for subject in others {
            #expect(own.objection(to: subject, SubjectFacts(units: ["U-1"])) == .caseNotAssigned, "\(subject)")
        }
    }

    @Test("a clerk reaches what has to do with their own units")
    func units() throws {
        let staff = Self.staff()
        let own = try #require(try staff.asked(staff.caller("chen"), .decide).get().first)
        #expect(own.objection(to: .trainee("T-1"), SubjectFacts(units: ["U-1", "U-2"])) == nil)
        #expect(own.objection(to: .trainee("T-1"), SubjectFacts(units: ["U-2"])) == .otherUnit)
        #expect(own.objection(to: .trainee("T-1"), SubjectFacts()) == .otherUnit)
        #expect(own.objection(to: .class("C-1"), SubjectFacts(units: ["U-1"])) == nil)
        #expect(own.objection(to: .unit("U-1"), SubjectFacts()) == nil)
        for subject in [AccessSubject.unit("U-2"), .everyone, .named("C-1")] {
            #expect(own.objection(to: subject, SubjectFacts(units: ["U-1"])) == .otherUnit)
        }
    }
}

@Suite("Credentials")
struct CredentialTests {
    @Test("a credential is read from its text, and no other text is one")
    func text() throws {
        let credential = Credential(newFor: "lin chia-hui")
        let read = try #require(Credential(text: credential.text))
        #expect(read.principal == "lin chia-hui")
        #expect(read.fingerprint == credential.fingerprint)
        let text = credential.text
        let others = [
            "", "\n", String(text.dropLast()), text + "\n", text + "x\n", " " + text, text.uppercased(),
            text.replacing("trainledger-credential", with: "trainledger"),
            text.replacing(" lin chia-hui", with: ""), text.replacing(" lin chia-hui", with: " "),
        ]
        for other in others { #expect(Credential(text: other) == nil, "\(other.count) characters") }
    }

    @Test("the fingerprint depends on every bit of the secret and on the name")
    func fingerprint() {
        let credential = Credential(newFor: "lin")
        let text = credential.text
        let renamed = Credential(text: text.replacing(" lin\n", with: " wang\n"))
        #expect(renamed?.fingerprint != credential.fingerprint)
        let start = text.index(text.startIndex, offsetBy: "trainledger-credential ".count)
        for offset in 0..<64 {
            var other = text
            let place = text.index(start, offsetBy: offset)
            other.replaceSubrange(place...place, with: text[place] == "0" ? "1" : "0")
            #expect(Credential(text: other)?.fingerprint != credential.fingerprint)
        }
    }
}
