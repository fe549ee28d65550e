import CZlib

/// Gzip over the system's zlib.
public enum Gzip {
    /// Why bytes cannot be inflated.
    public enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
        /// They end too early or are damaged.
        case damaged
        /// They come to more than the limit.
        case tooLarge(limit: Int)
        /// There is no memory for it.
        case noMemory

        /// One line for a person.
        public var description: String {
            switch self {
            case .damaged: "the gzip is damaged or cut short: send it again"
            case .tooLarge(let limit): "the gzip holds more than \(limit) bytes: split it"
            case .noMemory: "there is not enough memory for gzip: free some"
            }
        }
    }

    /// Whether bytes begin as a gzip does.
    public static func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

    /// What a gzip holds, all its members one after the other; what is no gzip comes back as it is.
    ///
    /// Never makes more than `limit` bytes, however small the gzip.
    public static func inflate(
        _ bytes: [UInt8],
        limit: Int = 1 << 30
    ) throws(Fault) -> [UInt8] {
        guard isGzip(bytes) else {
            guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
            return bytes
        }
        var stream = z_stream()
        guard inflateInit2_(&stream, windowAndGzip, ZLIB_VERSION, streamSize) == Z_OK else {
            throw .noMemory
        }
        defer { inflateEnd(&stream) }
        return try run(&stream, over: bytes, limit: limit, step: inflateMembers)
    }

    /// A gzip of bytes, always the same for the same bytes; levels go from 1, fast, to 9, small.
    public static func deflate(_ bytes: [UInt8], level: Int = 6) throws(Fault) -> [UInt8] {
        var stream = z_stream()
        let opened = deflateInit2_(
            &stream,
            Int32(level),
            Z_DEFLATED,
            windowAndGzip,
            8,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            streamSize
        )
        guard opened == Z_OK else { throw .noMemory }
        defer { deflateEnd(&stream) }
        return try run(&stream, over: bytes, limit: .max) { CZlib.deflate(&$0, Z_FINISH) }
    }

    /// The widest window, 15 bits, plus 16 for zlib's gzip form.
    private static let windowAndGzip: Int32 = 31
    private static let streamSize = Int32(MemoryLayout<z_stream>.size)
    private static let chunk = 1 << 16

    /// Inflates on; begins the next member where one ends and more bytes follow.
    private static func inflateMembers(_ stream: inout z_stream) -> Int32 {
        let status = CZlib.inflate(&stream, Z_NO_FLUSH)
        guard status == Z_STREAM_END, stream.avail_in > 0, stream.next_in?.pointee == 0x1F else {
            return status
        }
        return inflateReset(&stream)
    }

    /// Steps a stream over all of `bytes` until it ends.
    private static func run(
        _ stream: inout z_stream,
        over bytes: [UInt8],
        limit: Int,
        step: (inout z_stream) -> Int32
    ) throws(Fault) -> [UInt8] {
        var bytes = bytes
        var output: [UInt8] = []
        var status = Z_OK
        var fed = 0
        while status == Z_OK {
            let piece = min(bytes.count - fed, Int(Int32.max))
            let made = bytes.withUnsafeMutableBufferPointer { input in
                stream.next_in = input.baseAddress.map { $0 + fed }
                stream.avail_in = UInt32(piece)
                return [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
                    stream.next_out = buffer.baseAddress
                    stream.avail_out = UInt32(chunk)
                    status = step(&stream)
                    count = chunk - Int(stream.avail_out)
                }
            }
            fed += piece - Int(stream.avail_in)
            guard output.count + made.count <= limit else { throw .tooLarge(limit: limit) }
            output += made
        }
        guard status == Z_STREAM_END else { throw .damaged }
        return output
    }
}
