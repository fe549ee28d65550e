import Geometry
import Testing
import TransitModel

@testable import Ingestion

@Suite struct `Ping batch` {
    private let ping = Ping(
        vehicleID: "phone-1",
        timestamp: arrival,
        receivedAt: arrival,
        coordinate: Coordinate(latitude: -0.9, longitude: 100.4)
    )

    @Test func `what cannot be read is kept with its place`() {
        var batch = PingBatch()
        let fault = PingFault(.missing, "latitude is missing: send it")
        batch.add(at: 0) { ping }
        batch.add(at: 1) { () throws(PingFault) in throw fault }
        #expect(batch.pings == [ping])
        #expect(batch.rejections == [RejectedPing(index: 1, reason: fault)])
    }

    @Test func `a report is given to a vehicle, rejections and all`() {
        let rejection = RejectedPing(index: 1, reason: PingFault(.missing, "lat is missing"))
        let report = DeviceReport(
            deviceID: "phone-1",
            batch: PingBatch(pings: [ping, ping], rejections: [rejection])
        )
        #expect(report.batch(of: "46").pings.map(\.vehicleID) == ["46", "46"])
        #expect(report.batch(of: "46").rejections == [rejection])
    }
}
