import Ingestion
import Storage
import TransitModel

extension LiveService {
    /// The whole way of a tracker's pings into the live state.
    ///
    /// Authorise, decode, journal, move the engine, acknowledge. The next publication shows what
    /// they changed.
    @concurrent
    nonisolated func ingest(_ body: [UInt8], token: String?) async throws -> PingReceipt {
        guard let token, let vehicleID = try stores.devices.vehicleID(forToken: token) else {
            throw PingRefusal.unknownToken
        }
        let batch = try NativePingDecoder.decode(
            body, vehicleID: vehicleID, receivedAt: await moment())
        let isNew = try await take(batch.pings)
        return PingReceipt(batch, isNew: isNew)
    }

    /// From the journal into the engine; the pings survive a crash once this returns.
    ///
    /// Answers for each whether it is new. When it throws, none has been kept.
    nonisolated func take(_ pings: [Ping]) async throws -> [Bool] {
        guard showcase.published != nil else { throw PingRefusal.notReady }
        let begun = ContinuousClock.now
        let isNew = try await stores.writer.append(pings)
        await advance(
            with: zip(pings, isNew).filter { $0.1 }.map { $0.0 },
            journaledIn: ContinuousClock.now - begun)
        return isNew
    }
}

/// Why pings were not even looked at.
enum PingRefusal: Error {
    /// No token, or none that is in force.
    case unknownToken
    /// The service is still starting.
    case notReady
}

/// What became of the pings of one request.
public struct PingReceipt: Codable, Hashable, Sendable {
    /// An element that was not taken.
    public struct Rejection: Codable, Hashable, Sendable {
        /// Its place in the request, from 0.
        public var index: Int
        /// Why, in one line.
        public var reason: String
    }

    /// How many are now in the journal that were not there before.
    public var accepted: Int
    /// How many were in the journal already.
    public var duplicate: Int
    /// The elements that were not taken.
    public var rejected: [Rejection]

    init(_ batch: PingBatch, isNew: [Bool]) {
        accepted = isNew.count { $0 }
        duplicate = isNew.count - accepted
        rejected = batch.rejections.map {
            Rejection(index: $0.index, reason: $0.reason.description)
        }
        speaksForOthersOnly =
            batch.pings.isEmpty && !batch.rejections.isEmpty
            && batch.rejections.allSatisfy { $0.reason.kind == .otherVehicle }
    }

    /// Whether every element named a vehicle that the token may not speak for.
    let speaksForOthersOnly: Bool

    enum CodingKeys: String, CodingKey {
        case accepted, duplicate, rejected
    }

    /// Reads an answer of the service.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        accepted = try container.decode(Int.self, forKey: .accepted)
        duplicate = try container.decode(Int.self, forKey: .duplicate)
        rejected = try container.decode([Rejection].self, forKey: .rejected)
        speaksForOthersOnly = false
    }
}
