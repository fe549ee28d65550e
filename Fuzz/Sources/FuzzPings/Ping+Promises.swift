import FuzzedFeeds
import Geometry
import TransitModel

@testable import Ingestion

extension PingBatch {
    /// Stops the fuzzer at a ping that nobody should have to doubt.
    func requirePromises() {
        for ping in pings { ping.requirePromises() }
        require(rejections.map(\.index).strictlyRises, "rejections come in order, one an element")
        for rejection in rejections { rejection.reason.requirePromises() }
    }
}

extension DeviceReport {
    /// The same for what a device that names itself has sent.
    func requirePromises() {
        batch.requirePromises()
        requireShort(deviceID, "device")
        let given = self.batch(of: "bus")
        require(given.pings.allSatisfy { $0.vehicleID == "bus" }, "pings go to the vehicle")
        require(given.rejections == batch.rejections, "rejections stay")
    }
}

extension PingFault {
    func requirePromises() {
        require(!description.isEmpty, "a fault has words")
        require(!description.utf8.contains { $0 < 0x20 }, "the words are one line")
    }
}

extension Ping {
    func requirePromises() {
        requireShort(vehicleID, "vehicle")
        for text in [routeID, tripID].compactMap({ $0 }) { requireShort(text, "id") }
        require(
            coordinate.isPlausible || coordinate.swapped.isPlausible,
            "a place is on the earth, at least the other way round")
        require((1_262_304_000...now.seconds + 90_000).contains(timestamp.seconds), "time is sane")
        require(speed.map { (0..<100).contains($0) } ?? true, "speed is sane")
        require(bearing.map { (0..<360).contains($0) } ?? true, "bearing is sane")
        require(accuracy.map { $0 > 0 && $0.isFinite } ?? true, "accuracy is sane")
        require(directionID.map { $0 == 0 || $0 == 1 } ?? true, "a direction is 0 or 1")
    }
}

private func requireShort(_ id: String, _ what: String) {
    require(1...PingFields.longestText ~= id.utf8.count, "the \(what) has a short name")
    require(!id.utf8.contains { $0 < 0x20 || $0 == 0x7F }, "the name of the \(what) is visible")
}
