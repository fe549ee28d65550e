import Dispatch
import Foundation
import Synchronization

/// Reads another stream on a thread of its own, a few pieces ahead of whoever takes them, so that
/// one core inflates while another parses.
final class ReadAhead: ByteStream {
    private static let pieceSize = 256 << 10
    private static let pieceCount = 3

    private let shelf: Shelf
    let size: Int
    private(set) var checksum: UInt32 = 0
    private var piece = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    private var isHolding = false
    private var isAtEnd = false

    init(_ stream: sending any ByteStream) {
        size = stream.size
        let shelf = Shelf(pieceCount: Self.pieceCount, pieceSize: Self.pieceSize)
        self.shelf = shelf
        shelf.fill(from: stream)
    }

    deinit { shelf.close() }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FeedFailure) -> Int {
        if piece.isEmpty { try takePiece() }
        let count = min(piece.count, buffer.count)
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: piece[..<count]))
        piece = UnsafeMutableRawBufferPointer(rebasing: piece[count...])
        return count
    }

    private func takePiece() throws(FeedFailure) {
        guard !isAtEnd else { return }
        if isHolding { shelf.giveBack() }
        isHolding = true
        let taken = shelf.take()
        checksum = taken.checksum
        piece = taken.bytes
        isAtEnd = piece.isEmpty
        if let failure = taken.failure { throw failure }
    }
}

/// Pieces that go round between the thread that fills them and the one that empties them.
///
/// Each piece, and what is known of it, belongs to one of the two at a time, and the semaphores say
/// to which.
private final class Shelf: @unchecked Sendable {
    struct Taken {
        var bytes: UnsafeMutableRawBufferPointer
        var checksum: UInt32 = 0
        var failure: FeedFailure?
    }

    private let pieces: [UnsafeMutableRawBufferPointer]
    /// In memory of its own: both threads would change the one header of an array.
    private let filled: UnsafeMutablePointer<Taken>
    private let free: DispatchSemaphore
    private let full = DispatchSemaphore(value: 0)
    private let isClosed = Atomic(false)
    private var next = 0

    init(pieceCount: Int, pieceSize: Int) {
        pieces = (0..<pieceCount).map { _ in
            .allocate(byteCount: pieceSize, alignment: 64)
        }
        filled = .allocate(capacity: pieceCount)
        for (index, piece) in pieces.enumerated() {
            (filled + index).initialize(to: Taken(bytes: piece))
        }
        // A semaphore must not be let go below the value it began with.
        free = DispatchSemaphore(value: 0)
        for _ in pieces { free.signal() }
    }

    deinit {
        filled.deinitialize(count: pieces.count)
        filled.deallocate()
        for piece in pieces { piece.deallocate() }
    }

    func close() {
        isClosed.store(true, ordering: .releasing)
        free.signal()
    }

    func take() -> Taken {
        full.wait()
        defer { next = (next + 1) % pieces.count }
        return filled[next]
    }

    func giveBack() { free.signal() }

    func fill(from stream: sending any ByteStream) {
        nonisolated(unsafe) let stream = stream
        Thread.detachNewThread { [self] in
            var index = 0
            while fillOne(index, from: stream) { index = (index + 1) % pieces.count }
        }
    }

    /// Fills a piece when it is free; false when there is no more to fill.
    private func fillOne(_ index: Int, from stream: any ByteStream) -> Bool {
        free.wait()
        guard !isClosed.load(ordering: .acquiring) else { return false }
        var taken = Taken(bytes: UnsafeMutableRawBufferPointer(start: nil, count: 0))
        do throws(FeedFailure) {
            let count = try stream.read(into: pieces[index])
            taken.bytes = UnsafeMutableRawBufferPointer(rebasing: pieces[index][..<count])
        } catch {
            taken.failure = error
        }
        taken.checksum = stream.checksum
        filled[index] = taken
        full.signal()
        return !taken.bytes.isEmpty
    }
}
