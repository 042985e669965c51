import EventLog
import Glibc
import Ledger
import Transparency

// Cases for several verifiers to agree on:
//
//   ProofWorkload cases LEDGER KEYFILE OUTPUT PROOFS MUTANTS SEED
//       writes so many inclusion proofs and so many consistency proofs of a signed ledger, then mutants of them, and
//       prints how many of each
//   ProofWorkload judge CASES
//       prints a line of verdicts, a (accepted) or r (rejected) for each case
//
// A case is a line of fields with tabs between them: inclusion and a .tlog-proof file, or consistency, an old checkpoint
// and a witness request; files in base64. The first line is key and the ledger's public key.

let arguments = CommandLine.arguments

func usage() -> Never {
    print("usage: ProofWorkload cases LEDGER KEYFILE OUTPUT PROOFS MUTANTS SEED | judge CASES")
    exit(64)
}

func complain(_ line: String) {
    _ = Array((line + "\n").utf8).withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
}

do {
    switch arguments.count > 1 ? arguments[1] : "" {
    case "cases":
        guard arguments.count == 8, let proofs = Int(arguments[5]), let mutants = Int(arguments[6]),
            let seed = UInt64(arguments[7])
        else { usage() }
        var making = try CaseMaking(ledger: arguments[2], key: KeyFile.read(arguments[3]), seed: seed)
        var file = CaseFile()
        file.add("key\t\(making.key.verifier(.note))")
        let cases = try making.genuine(proofs)
        for one in cases { file.add(one.line) }
        var mutator = Mutator(cases, key: making.key, seed: seed)
        for _ in 0..<mutants { file.add(try mutator.next().line) }
        try file.write(to: arguments[4])
        print("\(cases.count) \(mutants)")
        for (name, count) in mutator.counts.sorted(by: { $0.key < $1.key }) {
            complain("\(count) mutants: \(name)")
        }
    case "judge":
        guard arguments.count == 3 else { usage() }
        print(try judge(RealFileSystem().content(arguments[2], limit: 1 << 31)))
    default: usage()
    }
} catch {
    complain("ProofWorkload: \(error)")
    exit(1)
}
