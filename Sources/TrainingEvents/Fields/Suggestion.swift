/// "Did you mean": the known name nearest to a misspelt one.
package enum Suggestion {
    /// The candidate within two edits (one for names of up to four bytes), the first of the nearest; `nil` if
    /// none is that near. O(length² × candidates); names longer than 64 bytes get no suggestion.
    package static func nearest(to name: String, among candidates: [String]) -> String? {
        let target = Array(name.utf8)
        guard target.count <= 64 else { return nil }
        let most = target.count <= 4 ? 1 : 2
        var best: (name: String, distance: Int)?
        for candidate in candidates where candidate != name {
            let distance = distance(target, Array(candidate.utf8))
            if distance <= most, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.name
    }

    /// Optimal string alignment distance, case differences counting as half-hearted edits of zero.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        if abs(left.count - right.count) > 2 { return 3 }
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for (row, leftByte) in left.enumerated() {
            var current = [row + 1]
            for (column, rightByte) in right.enumerated() {
                let same = folded(leftByte) == folded(rightByte)
                var cost = min(previous[column] + (same ? 0 : 1), previous[column + 1] + 1, current[column] + 1)
                let isSwap = row > 0 && column > 0 && leftByte == right[column - 1] && left[row - 1] == rightByte
                if isSwap { cost = min(cost, beforePrevious[column - 1] + 1) }
                current.append(cost)
            }
            beforePrevious = previous
            previous = current
        }
        return previous[right.count]
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }
}
