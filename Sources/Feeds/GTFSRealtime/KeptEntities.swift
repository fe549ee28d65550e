/// Entities as bytes, each for as long as what it says stays the same.
struct KeptEntities<Key: Hashable & Sendable, Content: Hashable & Sendable>: Sendable {
    private struct Entry {
        var content: Content
        var bytes: [UInt8]
        /// Timestamps of headers under which the bytes are right.
        var moments: ClosedRange<Int64>
        /// Number of the message that they last stood in.
        var message: Int
    }

    private var entries: [Key: Entry] = [:]
    private var message = 0
    private var used = 0

    /// The bytes of an entity in a message of a moment; packed anew only where the content is another
    /// or the bytes were for other moments.
    mutating func bytes(
        of content: Content, key: Key, at now: Int64, lasting moments: ClosedRange<Int64>,
        pack: () -> [UInt8]
    ) -> [UInt8] {
        used += 1
        if let place = entries.index(forKey: key), entries.values[place].moments.contains(now),
            entries.values[place].content == content
        {
            entries.values[place].message = message
            return entries.values[place].bytes
        }
        let bytes = pack()
        let moments = moments.contains(now) ? moments : now...now
        entries[key] = Entry(content: content, bytes: bytes, moments: moments, message: message)
        return bytes
    }

    /// Ends a message; what has not been in one for a while is let go.
    mutating func endMessage() {
        if entries.count > 2 * used + 64 {
            entries = entries.filter { [message] in $0.value.message == message }
        }
        message += 1
        used = 0
    }

    /// Lets go of all.
    mutating func removeAll() { entries.removeAll() }
}
