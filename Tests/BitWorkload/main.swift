import Foundation

// Flips single bits in every file of a small ledger, one at a time (see FlipTrial):
//
//   BitWorkload DIRECTORY STEP [PART PARTS]
//       every STEP-th bit, of which only those of part PART (from 0) of PARTS; works in DIRECTORY, which is made.
//       Prints a line for each file. Ends with status 1 at the first bit that is not found, named, kept from being served
//       and mended; the files then are as that trial left them.

let arguments = CommandLine.arguments
let numbers = arguments.dropFirst(2).compactMap { Int($0) }
guard [3, 5].contains(arguments.count), numbers.count == arguments.count - 2, numbers[0] > 0,
    numbers.count == 1 || (numbers[2] > 0 && (0..<numbers[2]).contains(numbers[1]))
else {
    print("usage: BitWorkload DIRECTORY STEP [PART PARTS]")
    exit(64)
}
let (step, part, parts) = (numbers[0], numbers.count == 1 ? 0 : numbers[1], numbers.count == 1 ? 1 : numbers[2])

try FileManager.default.createDirectory(atPath: arguments[1], withIntermediateDirectories: true)
let trial = try FlipTrial(in: arguments[1])
var (place, tried) = (0, 0)
for (path, length) in trial.files {
    var here = 0
    for bit in 0..<length * 8 {
        defer { place += 1 }
        guard place % step == 0, place / step % parts == part else { continue }
        here += 1
        do { try trial.run(bit, of: path) } catch {
            print("\(path) bit \(bit): \(error)")
            exit(1)
        }
    }
    tried += here
    print("\(here) of \(length * 8) bits: \(path.dropFirst(arguments[1].count + 1))")
}
print("\(tried) bits flipped: each found, named, not served, and mended")
