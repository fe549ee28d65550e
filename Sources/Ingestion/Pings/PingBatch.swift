public import TransitModel

/// What one message of a tracker comes to.
public struct PingBatch: Hashable, Sendable {
    /// The pings that can be used, in the order of the message.
    public var pings: [Ping] = []
    /// The elements that cannot, with the reason.
    public var rejections: [RejectedPing] = []

    /// Makes a batch.
    public init(pings: [Ping] = [], rejections: [RejectedPing] = []) {
        self.pings = pings
        self.rejections = rejections
    }

    /// Adds the ping that `read` makes of the element at `index`, or the reason why it cannot.
    mutating func add(at index: Int, _ read: () throws(PingFault) -> Ping) {
        do throws(PingFault) {
            pings.append(try read())
        } catch {
            rejections.append(RejectedPing(index: index, reason: error))
        }
    }
}

/// An element of a message that cannot be used.
public struct RejectedPing: Hashable, Sendable {
    /// Its place in the message, from 0; in a CSV file its line, from 1.
    public var index: Int
    /// Why.
    public var reason: PingFault

    /// Makes a rejection.
    public init(index: Int, reason: PingFault) {
        self.index = index
        self.reason = reason
    }
}

/// What a tracker that names itself in its message has reported.
public struct DeviceReport: Hashable, Sendable {
    /// The name that the device gives itself.
    public var deviceID: String
    /// Its pings, under the device's name until ``batch(of:)`` gives them to a vehicle.
    public var batch: PingBatch

    /// The batch as the reports of a vehicle.
    public func batch(of vehicleID: String) -> PingBatch {
        var batch = batch
        for index in batch.pings.indices { batch.pings[index].vehicleID = vehicleID }
        return batch
    }
}

/// Why a message or one element of it cannot be used: the field, its value and what to do.
public struct PingFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of fault it is, for those who must answer differently to each.
    public enum Kind: Hashable, Sendable {
        /// The message is not in the format at all.
        case unreadable
        /// A field that must be there is not.
        case missing
        /// A field holds what it must not.
        case unusable
        /// The message has more or longer elements than are taken.
        case tooLarge
        /// The element speaks for another vehicle than the sender may.
        case otherVehicle
    }

    /// What kind of fault it is.
    public var kind: Kind
    /// One line for a person.
    public var description: String

    /// Makes a fault.
    public init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}
