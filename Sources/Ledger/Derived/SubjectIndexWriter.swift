import EventLog
import TrainingEvents

// Writing index files; SubjectIndexLayout says what they hold.
extension SubjectPositions {
    /// Writes an index file that covers the runs.
    ///
    /// - Throws: `noSpace`, `readOnly`, `inputOutput`.
    func write<Files: FileSystem>(_ writer: consuming DerivedFileWriter<Files>) throws(LogError) {
        let groups = SubjectKind.allCases.map { groupCount($0) }
        let idBlocks = SubjectKind.allCases.map { introduced[$0.rawValue].count.blocks(SubjectIndexLayout.idsPerBlock) }
        var contents: [UInt8] = []
        for kind in SubjectKind.allCases.map(\.rawValue) {
            for value in [firstNumbers[kind], UInt64(introduced[kind].count), UInt64(groups[kind])] {
                SubjectIndexLayout.put(value, to: &contents)
            }
            SubjectIndexLayout.put(UInt64(idBlocks[kind]), to: &contents)
        }
        contents += distances(rulebookPositions)
        try writer.append(contents)
        for kind in SubjectKind.allCases {
            try writeGroups(kind, groups[kind.rawValue], to: &writer)
            for block in ids(kind, idBlocks[kind.rawValue]) { try writer.append(block) }
        }
        try writer.finish()
    }

    private func writeGroups<Files: FileSystem>(
        _ kind: SubjectKind, _ count: Int, to writer: inout DerivedFileWriter<Files>
    ) throws(LogError) {
        let groupSize = SubjectIndexLayout.groupSize
        let perPage = (1 << Int(FactsRun.groupShift)) / groupSize
        for page in 0..<count.blocks(perPage) {
            var lists = [[UInt64]](repeating: [], count: perPage * groupSize)
            if kind == .trainee { addTrainees(ofGroup: page, to: &lists) }
            let first = page * perPage * groupSize
            for local in lists.indices {
                guard let more = listed[kind.rawValue][UInt32(first + local)] else { continue }
                lists[local] = Set(lists[local] + more).sorted()
            }
            for group in 0..<min(perPage, count - page * perPage) {
                try writer.append(block(lists[group * groupSize..<(group + 1) * groupSize]))
            }
        }
    }

    private func addTrainees(ofGroup group: Int, to lists: inout [[UInt64]]) {
        let mask = UInt32(lists.count - 1)
        for run in runs {
            for entry in run.trainees(inGroup: group) {
                lists[Int(entry.subject & mask)].append(run.position(of: entry))
            }
        }
    }

    private func block(_ lists: ArraySlice<[UInt64]>) -> [UInt8] {
        guard lists.contains(where: { !$0.isEmpty }) else { return [] }
        var ends: [UInt8] = []
        var content: [UInt8] = []
        for list in lists {
            content += distances(list)
            withUnsafeBytes(of: UInt32(content.count).littleEndian) { ends += $0 }
        }
        return ends + content
    }

    private func distances(_ positions: [UInt64]) -> [UInt8] {
        var bytes: [UInt8] = []
        var last = start
        for position in positions {
            SubjectIndexLayout.put(position - last, to: &bytes)
            last = position
        }
        return bytes
    }

    private func ids(_ kind: SubjectKind, _ blockCount: Int) -> [[UInt8]] {
        var blocks = [[(UInt64, UInt32)]](repeating: [], count: blockCount)
        for (index, id) in introduced[kind.rawValue].enumerated() {
            let fingerprint = SubjectIndexLayout.fingerprint(id)
            let number = UInt32(clamping: firstNumbers[kind.rawValue] + UInt64(index))
            blocks[Int(fingerprint % UInt64(blockCount))].append((fingerprint, number))
        }
        return blocks.map { entries in
            var bytes: [UInt8] = []
            for (fingerprint, number) in entries.sorted(by: { $0 < $1 }) {
                withUnsafeBytes(of: fingerprint.littleEndian) { bytes += $0 }
                withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
            }
            return bytes
        }
    }

    private func groupCount(_ kind: SubjectKind) -> Int {
        let end = firstNumbers[kind.rawValue] + UInt64(introduced[kind.rawValue].count)
        return Int(end).blocks(SubjectIndexLayout.groupSize)
    }
}

extension Int {
    /// How many blocks of `size` hold so many.
    fileprivate func blocks(_ size: Int) -> Int { (self + size - 1) / size }
}
