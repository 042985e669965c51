/// Who sends events: the place in the table of senders that counts their event IDs.
struct Sender {
    /// The place in ``table(units:)``.
    let index: Int

    /// The application system for trainees (報名網).
    static let portal = Sender(index: 0)
    /// The Bureau of Labour Insurance (勞保局).
    static let insurance = Sender(index: 1)
    /// The paying desk of the agency (撥款).
    static let payments = Sender(index: 2)
    /// The inspectors of the agency (查核).
    static let inspection = Sender(index: 3)

    /// The branch office for a county (分署).
    static func branch(ofCounty county: Int) -> Sender { Sender(index: 4 + Places.branchOfCounty[county]) }

    /// The employment centre of a county (就業中心).
    static func centre(ofCounty county: Int) -> Sender { Sender(index: 9 + county) }

    /// A training unit.
    static func unit(_ number: Int) -> Sender { Sender(index: 9 + Places.counties.count + number) }

    /// The `source` of every sender with the letter that its event IDs begin with.
    static func table(units: Int) -> [(letter: UInt8, path: [UInt8])] {
        var table: [(letter: UInt8, path: [UInt8])] = [
            (UInt8(ascii: "p"), Array("/portal/training".utf8)),
            (UInt8(ascii: "i"), Array("/bureau/insurance".utf8)),
            (UInt8(ascii: "m"), Array("/agency/payments".utf8)),
            (UInt8(ascii: "v"), Array("/agency/inspection".utf8)),
        ]
        for name in Places.branches { table.append((UInt8(ascii: "b"), Array("/branches/\(name)".utf8))) }
        for county in Places.counties { table.append((UInt8(ascii: "s"), Array("/centres/\(county.code)".utf8))) }
        for unit in 0..<units {
            var path = Array("/units/".utf8)
            RecordID.unit(unit).append(to: &path)
            table.append((UInt8(ascii: "a"), path))
        }
        return table
    }
}

/// An ID made of a letter and a number of fixed width: `T-0000123`.
///
/// The hyphen keeps letter and digits apart, and no width is ten: the door takes a letter with nine digits, or
/// ten digits that begin with 09, for a national ID or a phone number.
struct RecordID {
    /// The letter in front.
    let letter: UInt8
    /// The number of digits.
    let width: Int
    /// The number.
    let number: Int

    /// The ID of a trainee.
    static func trainee(_ number: Int) -> RecordID { RecordID(letter: UInt8(ascii: "T"), width: 7, number: number) }
    /// The ID of a class.
    static func `class`(_ number: Int) -> RecordID { RecordID(letter: UInt8(ascii: "C"), width: 6, number: number) }
    /// The ID of a unit.
    static func unit(_ number: Int) -> RecordID { RecordID(letter: UInt8(ascii: "U"), width: 4, number: number) }
    /// The ID of a leave request.
    static func leave(_ number: Int) -> RecordID { RecordID(letter: UInt8(ascii: "L"), width: 8, number: number) }
    /// The ID of a payout.
    static func payout(_ number: Int) -> RecordID { RecordID(letter: UInt8(ascii: "P"), width: 8, number: number) }
    /// The ID of an appeal.
    static func appeal(_ number: Int) -> RecordID { RecordID(letter: UInt8(ascii: "R"), width: 6, number: number) }
    /// The ID of a hold.
    static func hold(_ number: Int) -> RecordID { RecordID(letter: UInt8(ascii: "H"), width: 6, number: number) }
    /// The ID of a complaint.
    static func complaint(_ number: Int) -> RecordID { RecordID(letter: UInt8(ascii: "K"), width: 6, number: number) }

    /// Appends letter, hyphen and digits.
    func append(to bytes: inout [UInt8]) {
        bytes.append(letter)
        bytes.append(UInt8(ascii: "-"))
        appendDigits(number, width: width, to: &bytes)
    }
}

/// Appends a number with leading zeros, of at most 16 digits.
func appendDigits(_ number: Int, width: Int, to bytes: inout [UInt8]) {
    // Filled from the right as the bytes of two words, and appended at once.
    var digits: (UInt64, UInt64) = (0, 0)
    withUnsafeMutableBytes(of: &digits) { raw in
        let buffer = raw.bindMemory(to: UInt8.self)
        putDigits(number, width: width, at: 0, in: buffer)
        bytes.append(contentsOf: buffer[..<width])
    }
}

/// Writes a number with leading zeros over the bytes from `start` on.
@inline(__always)
func putDigits(_ number: Int, width: Int, at start: Int, in buffer: UnsafeMutableBufferPointer<UInt8>) {
    var rest = UInt(number)
    var index = start + width - 1
    while index >= start {
        buffer[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
        index -= 1
    }
    precondition(rest == 0, "a number that does not fit its width")
}

/// Appends a number without leading zeros.
func appendNumber(_ number: Int, to bytes: inout [UInt8]) {
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    let magnitude = Int(number.magnitude)
    var width = 1
    var power = 10
    while magnitude >= power {
        width += 1
        power *= 10
    }
    appendDigits(magnitude, width: width, to: &bytes)
}
