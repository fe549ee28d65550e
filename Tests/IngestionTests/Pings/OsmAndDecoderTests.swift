import Geometry
import Ingestion
import Testing
import TransitModel

@Suite struct `OsmAnd protocol` {
    private func decode(
        query: String = "",
        body: String = "",
        unit: SpeedUnit? = nil
    ) throws -> DeviceReport {
        try OsmAndDecoder.decode(
            query: query,
            body: bytes(body),
            settings: WireSettings(speedUnit: unit),
            receivedAt: arrival
        )
    }

    @Test func `a query in milliseconds and knots is understood`() throws {
        let report = try decode(
            query: "id=902064&lat=-0.934401&lon=100.398153&timestamp=1782087271579&hdop=6.0"
                + "&altitude=224.0&speed=10.0&bearing=212.5&accuracy=4&batt=81"
        )
        #expect(report.deviceID == "902064")
        let ping = try #require(report.batch.pings.first)
        #expect(ping.timestamp == Timestamp(1_782_087_271.579))
        #expect(ping.receivedAt == arrival)
        #expect(ping.coordinate == Coordinate(latitude: -0.934401, longitude: 100.398153))
        #expect(abs((ping.speed ?? 0) - 5.1444) < 0.001)
        #expect(ping.bearing == 212.5)
        #expect(ping.accuracy == 4)
    }

    @Test(arguments: [
        ("timestamp=2014-06-04+09%3A10%3A11", 1_401_873_011.0),
        ("timestamp=2026-06-22T07%3A14%3A31%2B07%3A00", 1_782_087_271),
        ("timestamp=2026-06-22T07:14:31+07:00", 1_782_087_271),
        ("timestamp=2026-06-22T00:14:31.5Z", 1_782_087_271.5),
        ("timestamp=1782087271", 1_782_087_271),
        ("batt=5", 1_782_087_280),
    ])
    func `times come in all of Traccar's forms`(field: String, seconds: Double) throws {
        let report = try decode(query: "lat=49.60688&lon=6.15788&\(field)&id=353861053849681")
        #expect(report.batch.pings.first?.timestamp == Timestamp(seconds))
    }

    @Test(arguments: [
        (SpeedUnit.knots, 5.144444), (.metresPerSecond, 10), (.kilometresPerHour, 2.777777),
        (.milesPerHour, 4.4704),
    ])
    func `the unit of speed is a setting of the source`(unit: SpeedUnit, speed: Double) throws {
        let report = try decode(query: "id=1&lat=-0.9&lon=100.4&speed=10", unit: unit)
        #expect(abs(try #require(report.batch.pings.first?.speed) - speed) < 1e-5)
    }

    @Test func `the names deviceid, heading and location do as well`() throws {
        let report = try decode(query: "deviceid=x&location=-0.93,100.39&heading=90")
        #expect(report.deviceID == "x")
        #expect(
            report.batch.pings.first?.coordinate == Coordinate(latitude: -0.93, longitude: 100.39)
        )
        #expect(report.batch.pings.first?.bearing == 90)
    }

    @Test func `a form in the body is read when the query names no device`() throws {
        let form = "id=46&lat=-0.93&lon=100.39&timestamp=1782087271&valid=true"
        #expect(try decode(body: form).batch.pings.count == 1)
        #expect(try decode(query: "key=1", body: form + "\r\n").batch.pings.count == 1)
    }

    @Test func `negative speed, bearing and accuracy are unknown`() throws {
        let report = try decode(
            query: "id=1&lat=-0.9&lon=100.4&speed=-1.9&bearing=-1&accuracy=-1"
        )
        let ping = try #require(report.batch.pings.first)
        #expect(ping.speed == nil && ping.bearing == nil && ping.accuracy == nil)
    }

    @Test func `a message without a position gives neither ping nor rejection`() throws {
        #expect(try decode(query: "id=1&batt=80&alarm=sos").batch == PingBatch())
        let json = #"{"location":{"timestamp":"2026-06-22T00:14:31Z"},"device_id":"1"}"#
        #expect(try decode(body: json).batch == PingBatch())
    }

    @Test(arguments: ["valid=0", "valid=false"])
    func `an invalid fix is a rejection`(field: String) throws {
        let report = try decode(query: "id=1&lat=-0.9&lon=100.4&\(field)")
        #expect(report.batch.pings.isEmpty)
        #expect(report.batch.rejections.first?.reason.description.contains("valid") == true)
    }

    @Test(arguments: [
        ("id=1&lat=abc&lon=100.4", "lat \"abc\""), ("id=1&lat=-0.9", "lon is missing"),
        ("id=1&location=5", "lat is missing"), ("id=1&lat=0&lon=0", "lat and lon are 0"),
        ("id=1&lat=-0.9&lon=100.4&timestamp=soon", "timestamp \"soon\""),
        ("id=1&lat=-0.9&lon=100.4&timestamp=17", "1970-01-01"),
    ])
    func `what cannot be used is a rejection that says why`(query: String, why: String) throws {
        let reason = try #require(try decode(query: query).batch.rejections.first).reason
        #expect(reason.description.contains(why), "\(reason)")
    }

    @Test(arguments: ["", "lat=-0.9&lon=100.4", "id=&lat=-0.9&lon=100.4", "%%%=%zz&&&=", "\u{1}"])
    func `a request that names no device is an error`(query: String) throws {
        let fault = #expect(throws: PingFault.self) { try decode(query: query) }
        #expect(fault?.kind == .missing)
    }

    @Test func `the JSON of Traccar Client speaks metres a second`() throws {
        let report = try decode(
            body: """
                {"location":{"timestamp":"2026-06-22T00:14:31.862Z","coords":{"latitude":-6.1148,
                "longitude":106.6837,"accuracy":5,"speed":3.25,"heading":180,"altitude":5},
                "is_moving":false,"odometer":0,"event":"motionchange","uuid":"b7","age":12,
                "battery":{"level":1,"is_charging":false},"activity":{"type":"still"},
                "extras":{}},"device_id":"48241179"}
                """
        )
        #expect(report.deviceID == "48241179")
        let ping = try #require(report.batch.pings.first)
        #expect(ping.timestamp == Timestamp(1_782_087_271.862))
        #expect(ping.coordinate == Coordinate(latitude: -6.1148, longitude: 106.6837))
        #expect(ping.speed == 3.25)
        #expect(ping.bearing == 180)
        #expect(ping.accuracy == 5)
    }

    @Test func `minus one in JSON is unknown`() throws {
        let report = try decode(
            body: #"{"device_id":48241179,"location":{"timestamp":"2026-06-22T00:14:31Z","#
                + #""coords":{"latitude":-0.9,"longitude":100.4,"accuracy":-1,"speed":-1,"#
                + #""heading":-1}}}"#
        )
        let ping = try #require(report.batch.pings.first)
        #expect(ping.vehicleID == "48241179")
        #expect(ping.speed == nil && ping.bearing == nil && ping.accuracy == nil)
    }

    @Test func `several locations at once are several pings`() throws {
        let location =
            #"{"timestamp":"2026-06-22T00:14:3%Z","#
            + #""coords":{"latitude":-0.9,"longitude":100.4}}"#
        let locations = (0..<3).map { location.replacing("%", with: "\($0)") }
        let report = try decode(
            body: #"{"device_id":"1","location":[\#(locations.joined(separator: ","))]}"#
        )
        #expect(
            report.batch.pings.map(\.timestamp.unix) == (1_782_087_270...1_782_087_272).map(\.self)
        )
    }

    @Test(arguments: [#"{"location":{}}"#, "{", #"{"device_id":{}}"#])
    func `JSON that names no device is an error`(body: String) {
        #expect(throws: PingFault.self) { try decode(body: body) }
    }

    @Test func `the service gives the pings to the device's vehicle`() throws {
        let report = try decode(query: "id=phone-1&lat=-0.9&lon=100.4")
        #expect(report.batch(of: "46").pings.map(\.vehicleID) == ["46"])
    }

    @Test(arguments: 0..<300)
    func `whatever is broken in a message, no unsound ping comes out`(seed: UInt64) {
        let query = "id=902064&lat=-0.934401&lon=100.398153&timestamp=1782087271579&speed=10.0"
        let json =
            #"{"device_id":"1","location":{"timestamp":"2026-06-22T00:14:31Z","#
            + #""coords":{"latitude":-0.9,"longitude":100.4,"speed":3}}}"#
        let reports = [
            try? decode(query: String(decoding: mangled(bytes(query), seed: seed), as: UTF8.self)),
            try? decode(body: String(decoding: mangled(bytes(json), seed: seed), as: UTF8.self)),
        ]
        let pings = reports.compactMap(\.self).flatMap(\.batch.pings)
        #expect(pings.allSatisfy(isSound), "seed \(seed)")
    }
}
