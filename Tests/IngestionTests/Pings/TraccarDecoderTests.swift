import Geometry
import Ingestion
import Testing
import TransitModel

@Suite struct `Traccar forwarding` {
    private func message(_ changes: [(String, String)] = []) -> String {
        let message = """
            {"position":{"id":84120,"deviceId":7,"protocol":"gt06",
            "serverTime":"2026-06-22T00:14:33.120+00:00","deviceTime":"2026-06-22T00:14:31.000+00:00",
            "fixTime":"2026-06-22T00:14:31.000+00:00","valid":true,"latitude":-0.934401,
            "longitude":100.398153,"altitude":12.0,"speed":16.1987,"course":212.0,"address":null,
            "accuracy":0.0,"network":null,"geofenceIds":null,
            "attributes":{"sat":11,"ignition":true,"distance":14.2,"motion":true}},
            "device":{"id":7,"attributes":{},"groupId":0,"name":"TP-046",
            "uniqueId":"353861053849681","status":"online","lastUpdate":null,"positionId":0,
            "phone":null,"model":null,"contact":null,"category":"bus","disabled":false}}
            """
        return changes.reduce(message) { $0.replacing($1.0, with: $1.1) }
    }

    private func decode(_ text: String) throws -> DeviceReport {
        try TraccarDecoder.decode(bytes(text), receivedAt: arrival)
    }

    @Test func `a forwarded position is a ping in our units`() throws {
        let report = try decode(message())
        #expect(report.deviceID == "353861053849681")
        let ping = try #require(report.batch.pings.first)
        #expect(ping.timestamp == Timestamp(unix: 1_782_087_271))
        #expect(ping.coordinate == Coordinate(latitude: -0.934401, longitude: 100.398153))
        #expect(abs((ping.speed ?? 0) - 8.3333) < 0.001)
        #expect(ping.bearing == 212)
        #expect(ping.accuracy == nil)
    }

    @Test func `dates may be numbers, as a Traccar set otherwise writes them`() throws {
        let report = try decode(
            message([(#""fixTime":"2026-06-22T00:14:31.000+00:00""#, #""fixTime":1782087271000"#)])
        )
        #expect(report.batch.pings.first?.timestamp == Timestamp(unix: 1_782_087_271))
    }

    @Test func `an invalid fix is a rejection`() throws {
        let report = try decode(message([(#""valid":true"#, #""valid":false"#)]))
        #expect(report.batch.pings.isEmpty)
        #expect(report.batch.rejections.count == 1)
    }

    @Test func `null island is a rejection`() throws {
        let report = try decode(message([("-0.934401", "0.0"), ("100.398153", "0.0")]))
        #expect(report.batch.rejections.first?.reason.description.contains("are 0") == true)
    }

    @Test func `an event without a position gives no ping`() throws {
        let text = #"{"event":{"type":"deviceOnline"},"device":{"uniqueId":"35"}}"#
        #expect(try decode(text).batch == PingBatch())
    }

    @Test(arguments: ["", "[]", #"{"position":{}}"#, #"{"device":{"id":7}}"#])
    func `a body that names no device is an error with advice`(body: String) {
        let fault = #expect(throws: PingFault.self) { try decode(body) }
        #expect(fault?.description.contains("forward.type") == true)
    }

    @Test(arguments: 0..<300)
    func `whatever is broken in a message, no unsound ping comes out`(seed: UInt64) {
        let report = try? TraccarDecoder.decode(
            mangled(bytes(message()), seed: seed),
            receivedAt: arrival
        )
        #expect(report?.batch.pings.allSatisfy(isSound) ?? true, "seed \(seed)")
    }
}
