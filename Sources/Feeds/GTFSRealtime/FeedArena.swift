/// Memory for the C structures of one entity: taken in large pieces, given back all at once.
///
/// Pointers into it are valid until it is cleared or ends.
struct FeedArena: ~Copyable {
    private static let pieceSize = 1 << 16

    private var pieces: [UnsafeMutableRawPointer]
    private var next: UnsafeMutableRawPointer
    private var left = pieceSize

    init() {
        next = UnsafeMutableRawPointer.allocate(byteCount: Self.pieceSize, alignment: 16)
        pieces = [next]
    }

    /// Takes back all that was given out, for the next entity.
    mutating func clear() {
        for piece in pieces.dropFirst() { piece.deallocate() }
        pieces.removeSubrange(1...)
        next = pieces[0]
        left = Self.pieceSize
    }

    deinit {
        for piece in pieces { piece.deallocate() }
    }

    /// A structure that protobuf-c's own initialiser has filled.
    mutating func make<Structure>(
        _ initialise: (UnsafeMutablePointer<Structure>?) -> Void
    ) -> UnsafeMutablePointer<Structure> {
        let structure = allocate(Structure.self, count: 1)
        initialise(structure)
        return structure
    }

    /// A copy of an array's elements; nil for none.
    mutating func copy<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element>? {
        guard !elements.isEmpty else { return nil }
        let copy = allocate(Element.self, count: elements.count)
        copy.initialize(from: elements, count: elements.count)
        return copy
    }

    /// A copy of a text as C writes it, cut at the first NUL if it has any.
    mutating func text(_ text: String) -> UnsafeMutablePointer<CChar> {
        var text = text
        return text.withUTF8 { bytes in
            let copy = allocate(CChar.self, count: bytes.count + 1)
            bytes.withMemoryRebound(to: CChar.self) { source in
                if let start = source.baseAddress {
                    copy.initialize(from: start, count: source.count)
                }
            }
            (copy + bytes.count).initialize(to: 0)
            return copy
        }
    }

    private mutating func allocate<Element>(
        _ type: Element.Type, count: Int
    ) -> UnsafeMutablePointer<Element> {
        let size = (count * MemoryLayout<Element>.stride + 7) & ~7
        if size > left { takePiece(of: max(size, Self.pieceSize)) }
        let memory = next.bindMemory(to: type, capacity: count)
        next += size
        left -= size
        return memory
    }

    private mutating func takePiece(of size: Int) {
        next = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        pieces.append(next)
        left = size
    }
}
