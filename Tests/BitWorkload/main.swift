import Foundation

// Flips single bits in every file of a small ledger, one at a time (see FlipTrial):
//
//   BitWorkload DIRECTORY all|BITS [PART PARTS [NAME]]
//       all bits, or BITS of each file, evenly spread; of these part PART (from 0) of PARTS; only of files whose paths
//       contain NAME, where it is given. Works in DIRECTORY, which
//       is made. Prints a line for each file. Ends with status 1 at the first bit that is not found, named, kept from
//       being served and mended; the files then are as that trial left them.

let arguments = CommandLine.arguments

func say(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

func usage() -> Never {
    say("usage: BitWorkload DIRECTORY all|BITS [PART PARTS [NAME]]")
    exit(64)
}

guard [3, 5, 6].contains(arguments.count) else { usage() }
let bitsPerFile = arguments[2] == "all" ? Int.max : Int(arguments[2]) ?? 0
let (part, parts) = arguments.count == 3 ? (0, 1) : (Int(arguments[3]) ?? -1, Int(arguments[4]) ?? 0)
let name = arguments.count == 6 ? arguments[5] : ""
guard bitsPerFile > 0, parts > 0, (0..<parts).contains(part) else { usage() }

do {
    try FileManager.default.createDirectory(atPath: arguments[1], withIntermediateDirectories: true)
    let trial = try FlipTrial(in: arguments[1])
    var (place, tried) = (0, 0)
    for (path, length) in trial.files where name.isEmpty || path.contains(name) {
        let before = tried
        for bit in stride(from: 0, to: length * 8, by: max(1, length * 8 / bitsPerFile)) {
            defer { place += 1 }
            guard place % parts == part else { continue }
            do { try trial.run(bit, of: path) } catch { throw BitError("\(path) bit \(bit): \(error)") }
            tried += 1
        }
        say("\(tried - before) of \(length * 8) bits: \(path.dropFirst(arguments[1].count + 1))")
    }
    say("\(tried) bits flipped: each found, named, not served, and mended")
} catch {
    say("BitWorkload: \(error)")
    exit(1)
}
