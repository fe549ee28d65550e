import Geometry
import Ingestion
import Testing
import TransitModel

@Suite struct `High-frequency positioning` {
    /// The example of HSL's description.
    private static let topic =
        "/hfp/v2/journey/ongoing/vp/bus/0055/01216/1069/1/Malmi/07:20/1130106/2/60;24/19/73/44"

    /// A payload with every field that the description lists for a regular position.
    private static let payload = """
        {"VP":{"desi":"69","dir":"1","oper":22,"veh":1216,
        "tst":"2026-06-22T00:14:31.250Z","tsi":1782087271,"spd":6.25,"hdg":354,"lat":60.174436,"long":24.934122,"acc":-0.4,"dl":-120,
        "odo":2819,"drst":0,"oday":"2026-06-22","jrn":60,"line":264,"start":"07:20","loc":"GPS",
        "stop":1130106,"route":"1069","occu":0}}
        """

    private func decode(
        topic: String = Self.topic, _ changes: (String, String)...,
        settings: WireSettings = WireSettings()
    ) throws -> Ping? {
        let payload = changes.reduce(Self.payload) { $0.replacing($1.0, with: $1.1) }
        return try HFPDecoder.decode(
            topic: topic, payload: bytes(payload), settings: settings, receivedAt: arrival)
    }

    @Test func `the documented example is a ping in our units`() throws {
        let ping = try #require(try decode())
        #expect(ping.vehicleID == "0055/01216")
        #expect(ping.timestamp == Timestamp(1_782_087_271.25))
        #expect(ping.receivedAt == arrival)
        #expect(ping.coordinate == Coordinate(latitude: 60.174436, longitude: 24.934122))
        #expect(ping.speed == 6.25)
        #expect(ping.bearing == 354)
        #expect(ping.accuracy == nil)
        #expect(ping.routeID == "1069")
        #expect(ping.directionID == 0)
        #expect(ping.tripID == nil)
        #expect(ping.occupancy == nil)
    }

    @Test func `direction 2 is 1 in GTFS`() throws {
        #expect(try decode((#""dir":"1""#, #""dir":"2""#))?.directionID == 1)
        #expect(try decode((#""dir":"1""#, #""dir":2"#))?.directionID == 1)
    }

    @Test func `route and direction of the topic stand in for those of the payload`() throws {
        let ping = try decode(
            topic: Self.topic.replacing("/1069/1/", with: "/1070/2/"),
            (#""dir":"1","#, ""), (#""route":"1069""#, #""route":null"#))
        #expect(ping?.routeID == "1070")
        #expect(ping?.directionID == 1)
    }

    @Test func `a bus on its way to the depot has neither`() throws {
        let ping = try decode(
            topic: "/hfp/v2/deadrun/ongoing/vp/bus/0055/01216/////////",
            (#""dir":"1","#, ""), (#""route":"1069","#, ""))
        #expect(ping?.vehicleID == "0055/01216")
        #expect(ping?.routeID == nil)
        #expect(ping?.directionID == nil)
    }

    @Test(arguments: ["due", "arr", "dep", "ars", "pde", "pas", "wait", "doo", "doc"])
    func `what happens at stops carries a position too`(event: String) throws {
        let ping = try decode(
            topic: Self.topic.replacing("/vp/", with: "/\(event)/"),
            (#""VP""#, "\"\(event.uppercased())\""))
        #expect(ping?.coordinate.latitude == 60.174436)
    }

    @Test(arguments: ["tlr", "tla", "da", "dout", "ba", "bout", "vja", "vjout"])
    func `other events give no ping`(event: String) throws {
        let topic = Self.topic.replacing("/vp/", with: "/\(event)/")
        #expect(try decode(topic: topic, (#""VP""#, "\"\(event.uppercased())\"")) == nil)
    }

    @Test func `seconds stand in for the written time`() throws {
        let ping = try decode((#""tst":"2026-06-22T00:14:31.250Z","#, ""))
        #expect(ping?.timestamp == Timestamp(unix: 1_782_087_271))
    }

    @Test(arguments: [
        (#""lat":60.174436"#, #""lat":null"#, "lat is missing"),
        (#""long":24.934122"#, #""long":"east""#, "long \"east\""),
        (#""lat":60.174436,"long":24.934122"#, #""lat":0,"long":0"#, "are 0"),
        (#""tst":"2026-06-22T00:14:31.250Z","tsi":1782087271,"#, "", "tst is missing"),
        (#""tst":"2026-06-22T00:14:31.250Z""#, #""tst":"noon""#, "tst \"noon\""),
        (#"{"VP":"#, #"{"DUE":"#, "VP"), (#"{"VP":{"#, #"{"VP":{,"#, "VP"),
    ])
    func `what cannot be used is an error that says why`(
        good: String, bad: String, why: String
    ) throws {
        let fault = #expect(throws: PingFault.self) { try decode((good, bad)) }
        #expect(fault?.description.contains(why) == true, "\(fault?.description ?? "")")
    }

    @Test(arguments: [
        "", "/", "buses/46", "/hfp/v1/journey/ongoing/bus/0055/01216", "/hfp/v2/journey/ongoing/vp",
        "/hfp/v2/journey/ongoing/vp/bus//01216/1069", "/hfp/v2/journey/ongoing/vp/bus/0055//1069",
    ])
    func `a topic that names no vehicle is an error`(topic: String) {
        let fault = #expect(throws: PingFault.self) { try decode(topic: topic) }
        #expect(fault?.kind == .unreadable)
    }

    @Test func `a bridge may put levels before the topic`() throws {
        #expect(try decode(topic: "helsinki" + Self.topic)?.vehicleID == "0055/01216")
    }

    @Test func `only 100 says how full a bus is`() throws {
        #expect(try decode((#""occu":0"#, #""occu":100"#))?.occupancy == .full)
        #expect(try decode((#""occu":0"#, #""occu":55"#))?.occupancy == nil)
    }

    @Test func `numbers that are no numbers leave a position standing`() throws {
        let ping = try decode((#""spd":6.25"#, #""spd":"fast""#), (#""hdg":354"#, #""hdg":null"#))
        #expect(ping != nil)
        #expect(ping?.speed == nil && ping?.bearing == nil)
    }

    @Test func `the unit of speed is a setting of the source`() throws {
        let ping = try decode(settings: WireSettings(speedUnit: .kilometresPerHour))
        #expect(abs((ping?.speed ?? 0) - 6.25 / 3.6) < 1e-9)
    }

    @Test(arguments: 0..<300)
    func `whatever is broken in a message, no unsound ping comes out`(seed: UInt64) {
        let ping = try? HFPDecoder.decode(
            topic: String(decoding: mangled(bytes(Self.topic), seed: seed), as: UTF8.self),
            payload: mangled(bytes(Self.payload), seed: seed), receivedAt: arrival)
        #expect(ping.map(isSound) ?? true, "seed \(seed)")
    }
}
