import Geometry
import Ingestion
import Testing
import TransitModel

@Suite struct `Native pings` {
    private let place = #""latitude":-0.934401,"longitude":100.398153"#

    private func decode(_ text: String, of vehicle: String? = "46") throws -> PingBatch {
        try NativePingDecoder.decode(bytes(text), vehicleID: vehicle, receivedAt: arrival)
    }

    private func reason(_ fields: String) throws -> String {
        try #require(try decode("{\(fields)}").rejections.first).reason.description
    }

    @Test func `a full ping has every field`() throws {
        let batch = try decode(
            """
            {"vehicle_id":"46","timestamp":1782087271.5,\(place),"speed_mps":7.5,"bearing":212,
             "accuracy_m":4.2,"route_id":"K6","direction_id":1,"trip_id":"K6-0600",
             "occupancy":"FEW_SEATS_AVAILABLE","battery":81}
            """
        )
        #expect(
            batch.pings == [
                Ping(
                    vehicleID: "46",
                    timestamp: Timestamp(1_782_087_271.5),
                    receivedAt: arrival,
                    coordinate: Coordinate(latitude: -0.934401, longitude: 100.398153),
                    speed: 7.5,
                    bearing: 212,
                    accuracy: 4.2,
                    routeID: "K6",
                    directionID: 1,
                    tripID: "K6-0600",
                    occupancy: .fewSeatsAvailable
                )
            ]
        )
        #expect(batch.rejections == [])
    }

    @Test func `an array gives a ping or a rejection for each place`() throws {
        let batch = try decode(
            """
            [{"timestamp":1782087271,\(place)}, 5, {"timestamp":1782087272},
             {"timestamp":1782087273,\(place)}]
            """
        )
        #expect(batch.pings.map(\.timestamp.unix) == [1_782_087_271, 1_782_087_273])
        #expect(batch.rejections.map(\.index) == [1, 2])
        #expect(batch.rejections.map(\.reason.kind) == [.unreadable, .missing])
    }

    @Test(arguments: ["\n", "\r\n", "\n\n \n"])
    func `one object a line gives a ping or a rejection for each line`(end: String) throws {
        let lines = [
            #"{"timestamp":1782087271,\#(place)}"#, "nonsense",
            #"{"timestamp":1782087272,\#(place)}"#,
        ]
        let batch = try decode(lines.joined(separator: end) + end)
        #expect(batch.pings.map(\.timestamp.unix) == [1_782_087_271, 1_782_087_272])
        #expect(batch.rejections.map(\.index) == [1])
    }

    @Test func `an object over many lines is one ping`() throws {
        let batch = try decode("{\n\"timestamp\": 1782087271,\n\(place)\n}\n")
        #expect(batch.pings.count == 1)
        #expect(batch.rejections.isEmpty)
    }

    @Test(arguments: ["", " ", "hello", "5", "\"a\"", "{", "a\nb\nc", "{\"a\":1}}", "[1,2", "null"])
    func `a body that is no JSON of ours is an error`(body: String) throws {
        let fault = #expect(throws: PingFault.self) { try decode(body) }
        #expect(fault?.kind == .unreadable)
        #expect(fault?.description.contains("send an object") == true)
    }

    @Test func `JSON a thousand deep is an error, not a crash`() {
        let deep = String(repeating: "[", count: 1000) + String(repeating: "]", count: 1000)
        #expect(throws: PingFault.self) { try decode(deep) }
        #expect(throws: PingFault.self) { try decode(String(repeating: "{\"a\":", count: 5000)) }
    }

    @Test func `an empty array is an empty batch`() throws {
        #expect(try decode("[]") == PingBatch())
    }

    @Test(arguments: [
        ("2026-06-22T07:14:31+07:00", 1_782_087_271.0), ("2026-06-22T00:14:31Z", 1_782_087_271),
        ("2026-06-22T00:14:31.250Z", 1_782_087_271.25), ("2026-06-22 07:14:31+0700", 1_782_087_271),
        ("2026-06-21T18:44:31-05:30", 1_782_087_271), ("1782087271.5", 1_782_087_271.5),
    ])
    func `time may be ISO 8601 with an offset, or seconds in a text`(
        text: String,
        seconds: Double
    ) throws {
        let batch = try decode(#"{"timestamp":"\#(text)",\#(place)}"#)
        #expect(batch.pings.first?.timestamp == Timestamp(seconds))
    }

    @Test(arguments: [
        ("1782087271000", "milliseconds"), ("12", "1970-01-01T00:00:12Z: send unix seconds"),
        ("1782260081", "2026-06-24T00:14:41Z, more than a day ahead"),
        (#""2026-06-22T07:14:31""#, "add Z or an offset"), (#""yesterday""#, "ISO 8601"),
        ("true", "ISO 8601"), ("null", "timestamp is missing"), ("-5", "send unix seconds"),
        ("1e300", "milliseconds"), (#""2026-13-45T07:14:31Z""#, "ISO 8601"),
    ])
    func `a time that cannot be is a rejection that says why`(value: String, why: String) throws {
        let reason = try reason(#""timestamp":\#(value),\#(place)"#)
        #expect(reason.contains("timestamp"))
        #expect(reason.contains(why), "\(reason)")
    }

    @Test(arguments: [
        (#""latitude":95,"longitude":100"#, "latitude 95"),
        (#""latitude":-0.9,"longitude":181.5"#, "longitude 181.5"),
        (#""latitude":0,"longitude":0"#, "latitude and longitude are 0"),
        (#""latitude":"south","longitude":100"#, #"latitude "south""#),
        (#""longitude":100"#, "latitude is missing"),
        (#""latitude":-0.9,"longitude":null"#, "longitude is missing"),
        (#""latitude":[1],"longitude":100"#, "latitude […]"),
    ])
    func `a place that cannot be is a rejection that says why`(
        fields: String,
        why: String
    ) throws {
        let reason = try reason(#""timestamp":1782087271,\#(fields)"#)
        #expect(reason.contains(why), "\(reason)")
    }

    @Test(arguments: [
        (#""speed_mps":"fast""#, #"speed_mps "fast""#), (#""direction_id":7"#, "send 0 or 1"),
        (#""occupancy":"HALF""#, "OccupancyStatus"), (#""route_id":{}"#, "send a text"),
        (#""trip_id":"a\nb""#, "visible"), (#""bearing":true"#, "send a number"),
    ])
    func `a field of the wrong kind is a rejection that names it`(
        field: String,
        why: String
    ) throws {
        let reason = try reason(#""timestamp":1782087271,\#(place),\#(field)"#)
        #expect(reason.contains(why), "\(reason)")
    }

    @Test func `a reason is one short line whatever was sent`() throws {
        let long = String(repeating: "x\\n\\u0007", count: 5000)
        let reason = try reason(#""timestamp":"\#(long)",\#(place)"#)
        #expect(reason.count < 200)
        #expect(!reason.unicodeScalars.contains { $0.value < 0x20 })
    }

    @Test func `an element or a message beyond the limits is refused as too large`() throws {
        let long = String(repeating: " ", count: NativePingDecoder.longestElement)
        let short = #"{"timestamp":1782087271,\#(place)}"#
        let many = Array(repeating: short, count: NativePingDecoder.mostElements + 1)
        for body in [
            #"{"x":"\#(long)"}"#, #"[{"x":"\#(long)"}]"#,
            #"{\#(long)"timestamp":1782087271,\#(place)}"#, "[\(many.joined(separator: ","))]",
            many.joined(separator: "\n"),
        ] {
            let fault = #expect(throws: PingFault.self) { try decode(body, of: "46") }
            #expect(fault?.kind == .tooLarge)
        }
    }

    @Test(arguments: [40, 1000, 100_000])
    func `brackets within brackets without end are no JSON`(depth: Int) throws {
        let nest = String(repeating: #"{"a":["#, count: depth / 2)
        let whole = nest + String(repeating: "]}", count: depth / 2)
        for body in [nest, whole, "[\(whole)]"] {
            let fault = #expect(throws: PingFault.self) { try decode(body, of: "46") }
            #expect(fault?.kind == .unreadable || fault?.kind == .tooLarge)
        }
    }

    @Test func `short names mean the same, and full ones count before them`() throws {
        let full = try decode(
            #"{"vehicle_id":"46","timestamp":1782087271,"latitude":-0.9,"longitude":100.3,"#
                + #""speed_mps":3,"accuracy_m":4}"#, of: nil)
        let short = try decode(
            #"{"vehicle":"46","ts":1782087271,"lat":-0.9,"lon":100.3,"speed":3,"accuracy":4}"#,
            of: nil)
        #expect(full == short)
        let both = try decode(
            #"{"ts":1,"timestamp":1782087271,"lat":5,"latitude":-0.9,"longitude":100.3,"lon":7,"#
                + #""vehicle_id":"46","speed_mps":3,"accuracy_m":4}"#, of: nil)
        #expect(both == full)
    }

    /// What is odd goes another way, which must come to the same.
    @Test(arguments: 0..<300)
    func `the quick way and the careful one agree`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let fields = [
            ("vehicle_id", ["\"46\"", "\"7\"", "46", "null", "\" 46\""]),
            ("timestamp", ["1782087271", "1782087271.5", "1782087271000", "12", "\"x\"", "1e9"]),
            ("latitude", ["-0.9", "0", "-91", "\"-0.9\"", "-9e-1"]),
            ("longitude", ["100.3", "0", "181", "true"]),
            ("speed_mps", ["8.5", "-1", "1000", "\"3\"", "null"]),
            ("bearing", ["0", "360", "361", "-1"]), ("accuracy_m", ["4", "0", "-1"]),
            ("route_id", ["\"K1\"", "7", "\"\""]), ("direction_id", ["0", "1", "2", "0.5"]),
            ("trip_id", ["\"t\"", "\"t t\"", "null"]), ("occupancy", ["\"FULL\"", "3"]),
            ("battery", ["0.5", "\"low\"", "[1]"]),
        ]
        var parts: [String] = []
        for (name, values) in fields where Int.random(in: 0..<4, using: &generator) > 0 {
            // Mostly the usual value, so that both ways are taken.
            let usual = Int.random(in: 0..<3, using: &generator) > 0
            let value = usual ? values[0] : values.randomElement(using: &generator) ?? values[0]
            parts.append("\"\(name)\":\(value)")
        }
        parts.shuffle(using: &generator)
        let quick = try decode("{\(parts.joined(separator: ","))}", of: "46")
        // A nested value that nobody reads makes an element odd.
        let careful = try decode("{\((parts + ["\"x\":{}"]).joined(separator: ","))}", of: "46")
        #expect(quick == careful, "\(parts)")
    }

    @Test func `a name that is no UTF-8 spoils its element, be it quick or careful to read`() {
        for value in ["1", "{}"] {
            let text = #"{"timestamp":1782087271,\#(place),"x?":\#(value)}"#
            let body = bytes(text).map { $0 == UInt8(ascii: "?") ? 0x9B : $0 }
            let fault = #expect(throws: PingFault.self) {
                try NativePingDecoder.decode(body, vehicleID: "46", receivedAt: arrival)
            }
            #expect(fault?.kind == .unreadable)
        }
    }

    @Test func `an id beyond 128 bytes is a rejection`() throws {
        let long = String(repeating: "7", count: 129)
        let batch = try decode(
            #"{"vehicle_id":"\#(long)","timestamp":1782087271,\#(place)}"#,
            of: nil
        )
        #expect(batch.pings.isEmpty)
        #expect(batch.rejections.count == 1)
    }

    @Test func `negative and absurd speed, bearing and accuracy are unknown`() throws {
        let ping = try decode(
            #"{"timestamp":1782087271,\#(place),"speed_mps":-1,"bearing":-1,"accuracy_m":0}"#
        ).pings.first
        #expect(ping != nil)
        #expect(ping?.speed == nil && ping?.bearing == nil && ping?.accuracy == nil)
        let north = try decode(#"{"timestamp":1782087271,\#(place),"bearing":360,"speed_mps":900}"#)
        #expect(north.pings.first?.bearing == 0)
        #expect(north.pings.first?.speed == nil)
    }

    @Test func `numbers may come as texts and the other way round`() throws {
        let text =
            #"{"vehicle_id":46,"timestamp":"1782087271","latitude":"-0.93","#
            + #""longitude":" 100.39 ","speed_mps":"7.5","occupancy":3,"route_id":6}"#
        let ping = try #require(try decode(text).pings.first)
        #expect(ping.coordinate == Coordinate(latitude: -0.93, longitude: 100.39))
        #expect(ping.speed == 7.5)
        #expect(ping.occupancy == .standingRoomOnly)
        #expect(ping.routeID == "6")
    }

    @Test func `the token says which vehicle may be reported`() throws {
        let other = try decode(#"{"vehicle_id":"7","timestamp":1782087271,\#(place)}"#)
        #expect(other.rejections.map(\.reason.kind) == [.otherVehicle])
        #expect(try decode(#"{"timestamp":1782087271,\#(place)}"#).pings.first?.vehicleID == "46")
    }

    @Test func `without a token's vehicle each ping must name one`() throws {
        let named = try decode(#"{"vehicle_id":"7","timestamp":1782087271,\#(place)}"#, of: nil)
        #expect(named.pings.first?.vehicleID == "7")
        let unnamed = try decode(#"{"timestamp":1782087271,\#(place)}"#, of: nil)
        #expect(unnamed.rejections.first?.reason.description.contains("vehicle_id") == true)
    }

    @Test(arguments: 0..<400)
    func `whatever is broken in a message, no unsound ping comes out`(seed: UInt64) {
        let message = bytes(
            #"[{"timestamp":1782087271,\#(place),"speed_mps":7.5,"occupancy":"FULL"},"#
                + #"{"timestamp":"2026-06-22T00:14:31Z",\#(place),"bearing":90}]"#
        )
        let batch = try? NativePingDecoder.decode(
            mangled(message, seed: seed),
            vehicleID: "46",
            receivedAt: arrival
        )
        #expect(batch?.pings.allSatisfy(isSound) ?? true, "seed \(seed)")
    }
}
