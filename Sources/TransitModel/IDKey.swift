#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A GTFS id to look things up by: equal only to one of the same bytes.
///
/// Two strings are equal, too, when they show the same letters; ids that differ in how an accent is
/// written are two ids.
struct IDKey: Hashable {
    private let id: String

    init(_ id: String) { self.id = id }

    // Ids of the same bytes are equal strings, so the hash of the string will do.
    func hash(into hasher: inout Hasher) { hasher.combine(id) }

    static func == (left: IDKey, right: IDKey) -> Bool {
        guard left.id.utf8.count == right.id.utf8.count else { return false }
        let isSame = left.id.utf8.withContiguousStorageIfAvailable { one in
            right.id.utf8.withContiguousStorageIfAvailable { other in
                guard let one = one.baseAddress, let start = other.baseAddress else { return true }
                return memcmp(one, start, other.count) == 0
            }
        }
        return isSame.flatMap { $0 } ?? left.id.utf8.elementsEqual(right.id.utf8)
    }
}
