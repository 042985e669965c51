import Testing

@testable import TrainingEvents

/// Records of this format version as they were first written. They never change: what stands here stands in
/// ledgers. A new field or code adds a line, a failure here is a break of the format.
struct GoldenRecord: Sendable, CustomTestStringConvertible {
    var type: String
    var isFull: Bool
    var hex: String

    var testDescription: String { "\(type)\(isFull ? "" : ", minimal")" }

    init(_ type: String, full isFull: Bool = true, _ hex: String) {
        self.type = type
        self.isFull = isFull
        self.hex = hex
    }

    var bytes: [UInt8] {
        let digits = Array(hex.utf8.map { Character(Unicode.Scalar($0)).hexDigitValue ?? 0 })
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}

@Suite("Golden records")
struct GoldenRecordTests {
    @Test("are what the events encode to, and decode to the events", arguments: table)
    func pinned(golden: GoldenRecord) throws {
        let event = try Self.event(golden)
        #expect(try Self.hex(event) == golden.hex)
        #expect(try Event(decoding: golden.bytes) == event)
    }

    @Test("of before a field was added are read as they are, and say the same", arguments: withoutAddedFields)
    func earlier(golden: GoldenRecord) throws {
        let decoded = try Event(decoding: golden.bytes)
        #expect(try Self.hex(decoded) == golden.hex)
        #expect(decoded.hasSameContent(as: try Self.event(golden)))
    }

    private static func event(_ golden: GoldenRecord) throws -> Event {
        let example = try EventExample.of(golden.type)
        return try TestDoor.event(example, golden.isFull ? example.full : example.minimal)
    }

    private static func hex(_ event: Event) throws -> String {
        try event.encoded().map { $0 < 16 ? "0\(String($0, radix: 16))" : String($0, radix: 16) }.joined()
    }

    /// Records without `certifiedAt` and without the number of what is introduced, which version 0 had at first.
    static let withoutAddedFields = [
        GoldenRecord(
            "unit.registered",
            """
            0a6d08011a03552d394215e887bae58c97e5b882e78398e78499e58d94e69c8348035209e887bae58c97e5b88258dca0\
            01621208021206e9809ae9818e18f2b90220feca02680170007a12e887bae58c97e5b882e4b8ade5b1b1e58d80820106\
            e78398e78499820106e59296e595a112250a0b2f756e6974732f6e7470631206612d3030303118a0e6e6a10d2880eff1\
            a10d30d78208
            """),
        GoldenRecord(
            "class.approved",
            """
            0a6d08031a03432d3940054a1ee59296e595a1e8aabfe9858de68a80e5b7a7e881b7e883bde5b088e78fad5201325801\
            6209e696b0e58c97e5b8826a06e9a490e9a3b2709c77781e8001fac1028801d0c2029001e2c102980180c102a00103a8\
            0102b00104b80101c201040804100a12250a0b2f756e6974732f6e7470631206612d3030303118a0e6e6a10d2880eff1\
            a10d30d78208
            """),
        GoldenRecord(
            "trainee.registered",
            """
            0a0e08081a03542d3940c2564801500212250a0b2f756e6974732f6e7470631206612d3030303118a0e6e6a10d2880ef\
            f1a10d30d782081a3a0a09e998aee6b08fe6a285120a413132333435363738391a0c303931322d3334352d3637382213\
            3730302d303031323334352d30363738393031
            """),
        GoldenRecord(
            "trainee.registered", full: false,
            """
            0a0d08081a03542d3940004802500112250a0b2f756e6974732f6e7470631206612d3030303118a0e6e6a10d2880eff1\
            a10d30d78208
            """),
        GoldenRecord(
            "identity.certified",
            """
            0a3e080f1001401948ccbf0250a4c5025a080a066964436172645a140a0e6c6f77496e636f6d6550726f6f6610d4bf02\
            5a0e0a0c6f75724f776e50617065723712250a0b2f756e6974732f6e7470631206612d3030303118a0e6e6a10d2880ef\
            f1a10d30d78208
            """),
    ]

    static let table = [
        GoldenRecord(
            "unit.registered",
            """
            0a6f08011a03552d3928024215e887bae58c97e5b882e78398e78499e58d94e69c8348035209e887bae58c97e5b88258\
            dca001621208021206e9809ae9818e18f2b90220feca02680170007a12e887bae58c97e5b882e4b8ade5b1b1e58d8082\
            0106e78398e78499820106e59296e595a112250a0b2f756e6974732f6e7470631206612d3030303118a0e6e6a10d2880\
            eff1a10d30d78208
            """),
        GoldenRecord(
            "class.approved",
            """
            0a6f08031a03432d39280240054a1ee59296e595a1e8aabfe9858de68a80e5b7a7e881b7e883bde5b088e78fad520132\
            58016209e696b0e58c97e5b8826a06e9a490e9a3b2709c77781e8001fac1028801d0c2029001e2c102980180c102a001\
            03a80102b00104b80101c201040804100a12250a0b2f756e6974732f6e7470631206612d3030303118a0e6e6a10d2880\
            eff1a10d30d78208
            """),
        GoldenRecord(
            "class.amended",
            """
            0a530804100140034a09e58d8ae5b08ee9ab9452013158006209e6a183e59c92e5b8826a06e99bbbe5ad907080d0dbc3\
            f40278a08d068001fcc1028801d2c202900100980101a00102a80101b00102b80100c2010012250a0b2f756e6974732f\
            6e7470631206612d3030303118a0e6e6a10d2880eff1a10d30d782081a0e0a0ce5bbb6e5be8ce4b880e697a5
            """),
        GoldenRecord(
            "class.scheduled",
            """
            0a2008051001420a08fac10210ba0418ee05420a08fac10210ee0518a00b4202180112250a0b2f756e6974732f6e7470\
            631206612d3030303118a0e6e6a10d2880eff1a10d30d78208
            """),
        GoldenRecord(
            "trainee.registered",
            """
            0a1008081a03542d39280340c2564801500212250a0b2f756e6974732f6e7470631206612d3030303118a0e6e6a10d28\
            80eff1a10d30d782081a3a0a09e998aee6b08fe6a285120a413132333435363738391a0c303931322d3334352d363738\
            22133730302d303031323334352d30363738393031
            """),
        GoldenRecord(
            "trainee.linked",
            """
            0a0a080a1001400248fac10212250a0b2f756e6974732f6e7470631206612d3030303118a0e6e6a10d2880eff1a10d30\
            d782081a0b0a09e5908ce4b880e4baba
            """),
        GoldenRecord(
            "identity.certified",
            """
            0a47080f1001401948ccbf0250a4c5025a080a066964436172645a140a0e6c6f77496e636f6d6550726f6f6610d4bf\
            025a0e0a0c6f75724f776e506170657237608090ecebd6c9a90612250a0b2f756e6974732f6e7470631206612d3030\
            303118a0e6e6a10d2880eff1a10d30d78208
            """),
        GoldenRecord(
            "insurance.verified",
            """
            0a320812100140fac1024802521e080110ac9d0218ac9d0220022a0ce5a4a7e5908ce585ace58fb830e8e50252060808\
            1088a30212250a0b2f756e6974732f6e7470631206612d3030303118a0e6e6a10d2880eff1a10d30d78208
            """),
        GoldenRecord(
            "application.submitted",
            """
            0a400817100140014882c09ed6b3aea806520ce5a4a7e5908ce585ace58fb8580360006a110a0f6170706c6963617469\
            6f6e466f726d6a0a0a06696443617264100012250a0b2f756e6974732f6e7470631206612d3030303118a0e6e6a10d28\
            80eff1a10d30d78208
            """),
        GoldenRecord(
            "selection.scored",
            """
            0a0e081a1001400148005064583c600f12250a0b2f756e6974732f6e7470631206612d3030303118a0e6e6a10d2880ef\
            f1a10d30d78208
            """),
        GoldenRecord(
            "enrolment.started",
            """
            0a0a081e1001400148fac10212250a0b2f756e6974732f6e7470631206612d3030303118a0e6e6a10d2880eff1a10d30\
            d78208
            """),
        GoldenRecord(
            "leave.requested",
            """
            0a1a0820100140014a034c2d31508ac202589c0460a00b68a00b700412250a0b2f756e6974732f6e7470631206612d30\
            30303118a0e6e6a10d2880eff1a10d30d78208
            """),
        GoldenRecord(
            "attendance.recorded",
            """
            0a0d082310014001488ac20250b40112250a0b2f756e6974732f6e7470631206612d3030303118a0e6e6a10d2880eff1\
            a10d30d78208
            """),
        GoldenRecord(
            "payout.made",
            """
            0a22082910014203502d31480250015880870160dcc202680270fac10278b4c20280010112250a0b2f756e6974732f6e\
            7470631206612d3030303118a0e6e6a10d2880eff1a10d30d78208
            """),
        GoldenRecord(
            "complaint.filed",
            """
            0a1d082e10012001420443502d314882c2025209e887bae4b8ade5b882580112250a0b2f756e6974732f6e7470631206\
            612d3030303118a0e6e6a10d2880eff1a10d30d782081a2b0a09e78e8be5b08fe6988e1209e999b3e7a791e995b71a13\
            e8ac9be5b8abe981b2e588b009e4b889e6aca1
            """),
        GoldenRecord(
            "rulebook.adopted",
            """
            0a5908321a086361702d3230323542477368613235363a30313233343536373839616263646566303132333435363738\
            39616263646566303132333435363738396162636465663031323334353637383961626364656648ccbf0212250a0b2f\
            756e6974732f6e7470631206612d3030303118a0e6e6a10d2880eff1a10d30d782081a080a06e585ace5918a
            """),
        GoldenRecord(
            "decision.issued",
            """
            0a1f083110014006480150b6c202580260006a046261736570808080808080801012250a0b2f756e6974732f6e747063\
            1206612d3030303118a0e6e6a10d2880eff1a10d30d78208
            """),
        GoldenRecord(
            "event.retracted",
            """
            0a1908331001420b2f756e6974732f6e7470634a046c617465504d12250a0b2f756e6974732f6e7470631206612d3030\
            303118a0e6e6a10d2880eff1a10d30d782081a0e0a0ce799bbe98c84e98cafe8aaa4
            """),
        GoldenRecord(
            "enrolment.started", full: false,
            """
            0a04081e100112250a0b2f756e6974732f6e7470631206612d3030303118a0e6e6a10d2880eff1a10d30d78208
            """),
        GoldenRecord(
            "trainee.registered", full: false,
            """
            0a0f08081a03542d39280340004802500112250a0b2f756e6974732f6e7470631206612d3030303118a0e6e6a10d2880\
            eff1a10d30d78208
            """),
        GoldenRecord(
            "event.retracted", full: false,
            """
            0a0e083310014201734a05666972737412250a0b2f756e6974732f6e7470631206612d3030303118a0e6e6a10d2880ef\
            f1a10d30d782081a020a00
            """),
    ]
}
