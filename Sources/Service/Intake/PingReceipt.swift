import Feeds
import Ingestion

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

extension PingReceipt {
    /// The receipt as JSON; by hand where nothing was rejected, as nearly always.
    var json: [UInt8] {
        guard rejected.isEmpty else { return (try? WireJSON.encode(self)) ?? [] }
        return Array(#"{"accepted":\#(accepted),"duplicate":\#(duplicate),"rejected":[]}"#.utf8)
    }
}
