import TransitModel

/// An id that is not in the feed, and those that it may have meant.
struct UnknownID: Error, CustomStringConvertible {
    /// Something of the feed with an id and a name.
    struct Candidate {
        let id: String
        var name = ""
    }

    let description: String

    /// Compares an id with those that there are, called `noun` each.
    init(_ noun: String, _ id: String, among candidates: some Sequence<Candidate>) {
        let near = Self.nearest(id, candidates).map {
            $0.name.isEmpty ? $0.id : "\($0.id) (\($0.name))"
        }
        description =
            "no \(noun) \(id.debugDescription)"
            + (near.isEmpty ? "" : "; near are \(near.joined(separator: ", "))")
    }

    private static func nearest(
        _ id: String, _ candidates: some Sequence<Candidate>
    ) -> [Candidate] {
        let sought = id.lowercased()
        let ranked = candidates.compactMap { candidate in
            [candidate.id, candidate.name].compactMap { rank($0.lowercased(), sought) }.min()
                .map { (rank: $0, candidate: candidate) }
        }
        return ranked.sorted { ($0.rank, $0.candidate.id) < ($1.rank, $1.candidate.id) }
            .prefix(5).map(\.candidate)
    }

    /// 0 for a text that differs in case only; nil for one that is not alike.
    private static func rank(_ text: String, _ sought: String) -> Int? {
        if text.isEmpty || sought.isEmpty { return nil }
        if text == sought { return 0 }
        let edits = editDistance(Array(text.utf8), Array(sought.utf8))
        if edits == 1 { return 1 }
        if text.hasPrefix(sought) { return 2 }
        if text.contains(sought) { return 3 }
        return edits == 2 && sought.utf8.count > 3 ? 4 : nil
    }

    /// Changes of one byte that make one text the other; 3 stands for three and more.
    private static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        guard abs(left.count - right.count) <= 2 else { return 3 }
        var previous = Array(0...right.count)
        for (row, byte) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                let change = previous[column] + (byte == other ? 0 : 1)
                current.append(min(change, previous[column + 1] + 1, current[column] + 1))
            }
            previous = current
        }
        return min(previous[right.count], 3)
    }
}
