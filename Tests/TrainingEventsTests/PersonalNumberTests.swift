import Testing

@testable import TrainingEvents

@Suite("National IDs, residence numbers and phone numbers")
struct PersonalNumberTests {
    /// One number for each area letter, computed apart from this program.
    static let valid = [
        "A123456789", "B123456780", "C123456781", "D123456782", "E123456783", "F123456784", "G123456785", "H123456786",
        "J123456787", "K123456788", "L123456788", "M123456789", "N123456780", "P123456781", "Q123456782", "R123456783",
        "S123456784", "T123456785", "U123456786", "V123456787", "X123456787", "Y123456788", "W123456789", "Z123456780",
        "I123456781", "O123456782",
        // A woman's, new residence numbers (second digit 8 or 9), old ones (second letter A to D).
        "F227348516", "F812345676", "A912345673", "AB12345677", "AD12345671",
    ]

    @Test("every area letter has its value in the check digit", arguments: valid)
    func checkDigits(number: String) {
        #expect(PersonalPatterns.isNationalID(number))
        for digit in 0...9 where !number.hasSuffix("\(digit)") {
            #expect(!PersonalPatterns.isNationalID(number.dropLast() + "\(digit)"))
        }
    }

    @Test("a number with two neighbouring digits swapped is found out, unless they are equal", arguments: valid)
    func swaps(number: String) {
        let characters = Array(number)
        for index in 2..<8 where characters[index] != characters[index + 1] {
            var swapped = characters
            swapped.swapAt(index, index + 1)
            #expect(!PersonalPatterns.isNationalID(String(swapped)))
        }
    }

    @Test(
        "what has not the form is no national ID",
        arguments: [
            "", "A12345678", "A1234567890", "a123456789", "1123456789", "A323456789", "A023456789", "AE12345678",
            "Ａ123456789", "A12345678九", "A123456789 ", "A-23456789", "甲123456",
        ])
    func malformed(text: String) {
        #expect(!PersonalPatterns.isNationalID(text))
    }

    @Test(
        "nationalId takes valid check digits and refuses others without showing them",
        arguments: [("A123456789", true), ("A123456788", false), ("AB12345677", true), ("AB12345678", false)])
    func field(number: String, isTaken: Bool) throws {
        let data = #"{"nationalId":"\#(number)","reason":""}"#
        if isTaken {
            #expect(throws: Never.self) { try TestDoor.event(.of("trainee.amended"), data) }
        } else {
            let error = try TestDoor.refusal(of: "trainee.amended", data)
            #expect(error.code == .checkDigit)
            #expect(error.field == "data.nationalId")
            #expect(!"\(error)".contains(number))
        }
    }

    static let personal = [
        "A123456789", "A123456788", "a123456789", "F812345676", "AB12345677", "ab12345677", "T-A123456789",
        "x/A123456789/2",
        "id:A223456781;", "Ａ１２３４５６７８９", "王A123456789", "0912345678", "+886912345678", "886912345678", "tel:0912345678",
        "0912-345-678", "0912 345 678", "0912-345678", "0912.345.678", "+886 912 345 678", "+886-912-345678",
        "02-2808-1612", "(02)28081612", "(02) 2808-1612", "02-28081612", "03-4567890", "037-321456", "049-2332161",
        "+886 2 2808 1612", "０９１２３４５６７８", "０９１２－３４５－６７８", "0912‐345‐678", "T-0912-345-678",
    ]

    static let opaque = [
        "", "T-1001", "a-0001", "NTPC-115-COFFEE-2", "A12345678", "A1234567890", "XA123456789", "A323456789",
        "20260601", "2026-06-01", "20260601-0001", "2026-06-01T09:00:00", "115-0601-0001", "01-2026-0001",
        "02-20260601", "06-20260601", "09123456789", "091234567", "00000000-0000-0000-0000-000000000001", "8869",
        "550e8400-e29b-41d4-a716-446655440000", "urn:uuid:550e8400-e29b-41d4-a716-886912345678",
        "0912-345-67890", "02-00001234", "1234567890", "0000000000", "咖啡-2", "/units/ntpc/2026/06/01/000123",
        "99999999999999999999",
    ]

    @Test("are found however they are written", arguments: personal)
    func found(text: String) {
        #expect(PersonalPatterns.containsPersonalNumber(text))
    }

    @Test("are not seen in dates, running numbers and UUIDs", arguments: opaque)
    func notFound(text: String) {
        #expect(!PersonalPatterns.containsPersonalNumber(text))
    }

    @Test("are not seen in UUIDs whose last group looks like a mobile number, but are seen beside one")
    func uuids() {
        let uuid = "11111111-1111-4111-8111-886912345678"
        #expect(!PersonalPatterns.containsPersonalNumber(uuid))
        #expect(!PersonalPatterns.containsPersonalNumber("\(uuid)/\(uuid)"))
        #expect(PersonalPatterns.containsPersonalNumber("\(uuid)/0912345678"))
        #expect(PersonalPatterns.containsPersonalNumber("1-" + uuid + "-A123456789"))
        #expect(PersonalPatterns.containsPersonalNumber("11111111_1111-4111-8111-886912345678"))
    }

    /// Every place for an opaque ID, a label or a code.
    static let places: [(type: String, field: String)] = [
        ("leave.requested", "request"), ("leave.approved", "request"), ("payout.made", "payout"),
        ("payout.revoked", "payout"), ("hold.placed", "hold"), ("appeal.filed", "appeal"),
        ("complaint.filed", "complaint"),
        ("decision.issued", "rulebook"), ("event.retracted", "retractsSource"), ("event.retracted", "retractsId"),
        ("class.amended", "courseName"), ("class.amended", "county"), ("unit.amended", "name"),
        ("application.submitted", "employer"), ("affidavit.filed", "kind"),
    ]

    @Test("are refused in source, id and subject", arguments: ["source", "id", "subject"])
    func envelope(name: String) throws {
        for number in Self.personal {
            let line = try EnvelopeTests.line().with(name, .string(number))
            let error = try TestDoor.refusal(line.text)
            #expect(error.code == .personalData)
            #expect(error.field == name)
            #expect(!"\(error)".contains(number))
        }
    }

    @Test("are refused in every ID, label and code of the data", arguments: places)
    func data(place: (type: String, field: String)) throws {
        for number in Self.personal {
            let data = try JSONParser.parse(EventExample.of(place.type).full).with(place.field, .string(number))
            let error = try TestDoor.refusal(of: place.type, data.text)
            #expect(error.code == .personalData)
            #expect(error.field == "data.\(place.field)")
            #expect(!"\(error) \(error.message)".contains(number))
        }
    }

    @Test("stand in no error, wherever in an event they are put", arguments: EventExample.all)
    func neverShown(example: EventExample) throws {
        let number = "A123456789"
        let mobile = "886912345678"
        let full = try JSONParser.parse(example.full)
        var variants: [JSONValue] = [full.with(number, .null), full.with("x\(mobile)", .null).with(mobile, .null)]
        for key in full.keys {
            variants.append(full.without(key).with(number, .null))
            for value in [
                JSONValue.string(number), .integer(886_912_345_678), .array([.string(number)]),
                .array([.integer(886_912_345_678)]),
                .object([.init(number, .string(number))]), .array([.object([.init("code", .string(number))])]),
                .otherNumber("886912345678.0"),
            ] { variants.append(full.with(key, value)) }
        }
        for variant in variants {
            let line = TestDoor.line(example.type, example.subject, data: variant.text)
            do throws(EventError) {
                _ = try TestDoor.read(line)
            } catch {
                #expect(!"\(error) \(error.message)".contains(number))
                #expect(!"\(error) \(error.message)".contains(mobile))
            }
        }
    }

    @Test("names and free text stand in no error")
    func freeText() throws {
        for field in ["name", "phone", "bankAccount", "reason", "nationalId"] {
            for value in ["王小明\u{0}", "王小明\u{378}", "王小明" + String(repeating: "x", count: 8_000)] {
                let data = try JSONParser.parse(EventExample.of("trainee.amended").full).with(field, .string(value))
                let error = try TestDoor.refusal(of: "trainee.amended", data.text)
                #expect(error.field == "data.\(field)")
                #expect(!"\(error) \(error.message)".contains("王小明"))
            }
        }
    }
}
