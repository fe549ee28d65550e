import FuzzedFeeds
import TransitModel

@testable import Ingestion

/// When every message of an input is received.
let now = Timestamp(1_780_000_000)

/// Reads a message of a tracker: the first byte says in which wire format.
@_cdecl("LLVMFuzzerTestOneInput")
public func readMessage(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 0, let wire = Wire(rawValue: start[0] % UInt8(Wire.allCases.count)) else {
        return 0
    }
    wire.read(Array(UnsafeBufferPointer(start: start + 1, count: count - 1)))
    return 0
}

/// The formats, in the order of the first byte.
private enum Wire: UInt8, CaseIterable {
    case native, gzip, osmAnd, traccar, dishub, vehiclePositions, hfp, json

    func read(_ bytes: [UInt8]) {
        switch self {
        case .native: NativeMessage(bytes).requirePromises()
        case .gzip: readGzip(bytes)
        case .osmAnd: readOsmAnd(bytes)
        case .traccar:
            (try? TraccarDecoder.decode(bytes, receivedAt: now))?.requirePromises()
        case .dishub: readFrames(bytes)
        case .vehiclePositions: readVehiclePositions(bytes)
        case .hfp: readHFP(bytes)
        case .json: requireSameAgain(bytes)
        }
    }

    /// A body as it is sent, whatever it claims to be, and packed by ourselves.
    private func readGzip(_ bytes: [UInt8]) {
        let limit = 1 << 16
        if let body = try? Gzip.inflate(bytes, limit: limit) {
            require(body.count <= limit, "no gzip comes to more than its limit")
            _ = try? NativePingDecoder.decode(body, vehicleID: nil, receivedAt: now)
        }
        let packed = try? Gzip.deflate(bytes, level: 1)
        require(packed.map(Gzip.isGzip) == true, "anything can be packed")
        require((try? Gzip.inflate(packed ?? [])) == bytes, "what was packed comes back")
    }

    /// Query and body stand on both sides of the first separator.
    private func readOsmAnd(_ bytes: [UInt8]) {
        let parts = bytes.split(
            separator: FeedText.separator, maxSplits: 1, omittingEmptySubsequences: false)
        let query = String(decoding: parts[0], as: UTF8.self)
        let body = parts.count > 1 ? Array(parts[1]) : []
        (try? OsmAndDecoder.decode(query: query, body: body, receivedAt: now))?.requirePromises()
        guard body.isEmpty, parts[0].first(where: { $0 > 0x20 }) != UInt8(ascii: "{") else {
            return
        }
        require(
            (try? OsmAndDecoder.decode(query: query, receivedAt: now))
                == (try? OsmAndDecoder.decode(query: "", body: bytes, receivedAt: now)),
            "a form says what a query says")
    }

    /// Frames stand between separators and come one a second.
    private func readFrames(_ bytes: [UInt8]) {
        var decoder = DishubDecoder()
        for (second, frame) in bytes.split(separator: FeedText.separator).prefix(16).enumerated() {
            let text = String(decoding: frame, as: UTF8.self)
            let read = decoder.decode(text, receivedAt: now + Double(second))
            let seen = Set(read.vehiclesSeen)
            for ping in read.pings {
                ping.requirePromises()
                require(decoder.area.contains(ping.coordinate), "buses are in the area")
                require(seen.contains(ping.vehicleID), "a bus with a fix has been seen")
            }
        }
    }

    private func readVehiclePositions(_ bytes: [UInt8]) {
        guard let feed = try? VehiclePositionsDecoder.decode(bytes, receivedAt: now) else { return }
        feed.batch.requirePromises()
        require(feed.batch.pings.map(\.timestamp).neverFalls, "the oldest comes first")
        require(
            Set(feed.batch.pings.map { PingKey($0) }).count == feed.batch.pings.count,
            "a vehicle is in one place at a time")
    }

    /// Topic and payload stand on both sides of the first separator.
    private func readHFP(_ bytes: [UInt8]) {
        let parts = bytes.split(
            separator: FeedText.separator, maxSplits: 1, omittingEmptySubsequences: false)
        let ping = try? HFPDecoder.decode(
            topic: String(decoding: parts[0], as: UTF8.self),
            payload: parts.count > 1 ? Array(parts[1]) : [], receivedAt: now)
        ping?.requirePromises()
    }
}
