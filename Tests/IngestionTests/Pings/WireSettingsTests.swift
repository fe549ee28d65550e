import Geometry
import Ingestion
import Testing
import TransitModel

@Suite struct `Wire settings` {
    @Test(arguments: [
        ("", WireSettings()),
        ("speed=mps", WireSettings(speedUnit: .metresPerSecond)),
        ("swapped", WireSettings(isSwapped: true)),
        ("zone=+07:00", WireSettings(zoneOffset: 25_200)),
        ("zone=-03:30", WireSettings(zoneOffset: -12_600)),
        ("zone=+00:00", WireSettings(zoneOffset: 0)),
        (
            "speed=kmh,swapped,zone=+07:00",
            WireSettings(speedUnit: .kilometresPerHour, isSwapped: true, zoneOffset: 25_200)
        ),
    ])
    func `are read from a text and written back`(text: String, settings: WireSettings) throws {
        #expect(try WireSettings(text) == settings)
        #expect(settings.text == text)
    }

    @Test(arguments: [
        ("zone=Z,speed=kn", "speed=kn,zone=+00:00"), ("zone=+0730,swapped", "swapped,zone=+07:30"),
    ])
    func `other forms of the same are written in one form`(text: String, same: String) throws {
        #expect(try WireSettings(text).text == same)
    }

    @Test(arguments: [
        ("speed=fast", "speed=mps, kmh, mph or kn"), ("speed", "speed=UNIT"),
        ("zone=Asia/Jakarta", "zone=+07:00"), ("zone=", "zone=+07:00"), ("zone=+99:00", "zone="),
        ("swapped=yes", "swapped"), ("swapped,swapped", "once"), ("colour=red", "speed=UNIT"),
        ("SPEED=kmh", "speed=UNIT"), ("=", "speed=UNIT"),
    ])
    func `what is no setting is refused in a line that says what is`(text: String, advice: String) {
        let fault = #expect(throws: PingFault.self) { try WireSettings(text) }
        #expect(fault?.kind == .unusable)
        #expect(fault?.description.contains(advice) == true, "\(fault?.description ?? "")")
        #expect(fault?.description.contains("\n") == false)
    }

    @Test func `an OsmAnd sender may speak otherwise in all three`() throws {
        let report = try OsmAndDecoder.decode(
            query: "id=1&lat=100.4&lon=-0.9&speed=36&timestamp=2026-06-22+07:14:31",
            settings: try WireSettings("speed=kmh,swapped,zone=+07:00"),
            receivedAt: arrival)
        let ping = try #require(report.batch.pings.first)
        #expect(ping.coordinate == Coordinate(latitude: -0.9, longitude: 100.4))
        #expect(abs((ping.speed ?? 0) - 10) < 1e-9)
        #expect(ping.timestamp == Timestamp(unix: 1_782_087_271))
    }

    @Test func `the JSON of OsmAnd obeys them too`() throws {
        let body =
            #"{"device_id":"1","location":{"timestamp":"2026-06-22T07:14:31","coords":"#
            + #"{"latitude":100.4,"longitude":-0.9,"speed":36}}}"#
        let report = try OsmAndDecoder.decode(
            query: "", body: bytes(body), settings: try WireSettings("speed=kmh,swapped,zone=+07"),
            receivedAt: arrival)
        let ping = try #require(report.batch.pings.first)
        #expect(ping.coordinate == Coordinate(latitude: -0.9, longitude: 100.4))
        #expect(abs((ping.speed ?? 0) - 10) < 1e-9)
        #expect(ping.timestamp == Timestamp(unix: 1_782_087_271))
    }

    @Test func `so does what Traccar forwards`() throws {
        let body =
            #"{"device":{"uniqueId":"1"},"position":{"fixTime":"2026-06-22T07:14:31","#
            + #""latitude":100.4,"longitude":-0.9,"speed":36}}"#
        let report = try TraccarDecoder.decode(
            bytes(body), settings: try WireSettings("speed=kmh,swapped,zone=+07:00"),
            receivedAt: arrival)
        let ping = try #require(report.batch.pings.first)
        #expect(ping.coordinate == Coordinate(latitude: -0.9, longitude: 100.4))
        #expect(abs((ping.speed ?? 0) - 10) < 1e-9)
        #expect(ping.timestamp == Timestamp(unix: 1_782_087_271))
    }

    @Test func `a time that says its zone is not moved`() throws {
        let report = try OsmAndDecoder.decode(
            query: "id=1&lat=-0.9&lon=100.4&timestamp=2026-06-22T00:14:31Z",
            settings: WireSettings(zoneOffset: 25_200), receivedAt: arrival)
        #expect(report.batch.pings.first?.timestamp == Timestamp(unix: 1_782_087_271))
    }

    @Test func `a Dishub decoder starts from them`() throws {
        var decoder = DishubDecoder(settings: try WireSettings("speed=mps,swapped,zone=+08:00"))
        #expect(!decoder.isSwapped)
        #expect(decoder.zoneOffset == 28_800)
        let frame = decoder.decode(
            #"{"type":"allBusLocation","data":[{"bus":"46","latitude":"-0.934401","longitude":"#
                + #""100.398153","speed":"5","last_update":"2026-06-22 08:14:31"}]}"#,
            receivedAt: arrival)
        let ping = try #require(frame.pings.first)
        #expect(ping.coordinate == Coordinate(latitude: -0.934401, longitude: 100.398153))
        #expect(ping.speed == 5)
        #expect(ping.timestamp == Timestamp(unix: 1_782_087_271))
        #expect(frame.notices == [:])
    }
}
