import Foundation
import Geometry
import Ingestion
import Testing
import TransitModel

@Suite struct `Replay pings` {
    private let header = "vehicle_id,timestamp,latitude,longitude"

    private func decode(_ text: String) throws -> PingBatch {
        try ReplayPingReader.decode(bytes(text))
    }

    @Test func `the four columns that must be there are enough`() throws {
        let batch = try decode("\(header)\n046,1782087271,-0.934401,100.398153\n")
        let moment = Timestamp(unix: 1_782_087_271)
        #expect(
            batch.pings == [
                Ping(
                    vehicleID: "046",
                    timestamp: moment,
                    receivedAt: moment,
                    coordinate: Coordinate(latitude: -0.934401, longitude: 100.398153)
                )
            ]
        )
    }

    @Test func `columns are found by name, unknown ones ignored, empty fields absent`() throws {
        let batch = try decode(
            """
            colour,bearing,longitude,latitude,timestamp,feed_timestamp,vehicle_id,trip_id,route_id,\
            direction_id,speed_mps,direction_text
            blue,212.5,100.39,-0.93,1782087271.5,1782087280,46,K6-0600,K6,1,7.5,"Pasar Raya, RTH"
            ,,100.39,-0.93,1782087272,,46,,,,,
            """
        )
        let full = try #require(batch.pings.last)
        #expect(full.timestamp == Timestamp(1_782_087_271.5))
        #expect(full.receivedAt == arrival)
        #expect(full.tripID == "K6-0600" && full.routeID == "K6" && full.directionID == 1)
        #expect(full.speed == 7.5 && full.bearing == 212.5)
        #expect(full.directionText == "Pasar Raya, RTH")
        let bare = try #require(batch.pings.first)
        #expect(bare.receivedAt == bare.timestamp)
        #expect(bare.tripID == nil && bare.routeID == nil && bare.directionID == nil)
        #expect(bare.speed == nil && bare.bearing == nil && bare.directionText == nil)
    }

    @Test func `labels are trips only on demand, and only where there are no trip ids`() throws {
        let rows = "\(header),label_trip_id\na,1782087200,-0.9,100.4,K6-0600\n"
        #expect(try decode(rows).pings.map(\.tripID) == [nil])
        let labelled = try ReplayPingReader.decode(bytes(rows), usingLabels: true)
        #expect(labelled.pings.map(\.tripID) == ["K6-0600"])
        let both = "\(header),label_trip_id,trip_id\na,1782087200,-0.9,100.4,K6-0600,\n"
        let claimed = try ReplayPingReader.decode(bytes(both), usingLabels: true)
        #expect(claimed.pings.map(\.tripID) == [nil])
    }

    @Test func `pings come as they were received, those at once as in the file`() throws {
        let batch = try decode(
            """
            \(header),feed_timestamp
            c,1782087200,-0.9,100.4,1782087300
            a,1782087250,-0.9,100.4,1782087260
            d,1782087100,-0.9,100.4,1782087300
            b,1782087100,-0.9,100.4,1782087260
            """
        )
        #expect(batch.pings.map(\.vehicleID) == ["a", "b", "c", "d"])
    }

    @Test func `what cannot be read is named with its line`() throws {
        let batch = try decode(
            """
            \(header),speed_mps
            46,1782087271,-0.9,100.4,
            ,1782087271,-0.9,100.4,

            46,soon,-0.9,100.4,
            46,1782087272,south,100.4,
            46,1782087273
            46,1782087274,-0.9,nan,
            46,1782087275,-0.9,100.4,quick
            46,1782087276,-0.9,100.4,1
            """
        )
        #expect(batch.pings.count == 2)
        #expect(batch.rejections.map(\.index) == [3, 5, 6, 7, 8, 9])
        #expect(
            batch.rejections.map(\.reason.description) == [
                "vehicle_id is missing: fill it in",
                "timestamp \"soon\" is unusable: write unix seconds",
                "latitude \"south\" is unusable: write a number",
                "latitude is missing: fill it in", "longitude \"nan\" is unusable: write a number",
                "speed_mps \"quick\" is unusable: write a number",
            ]
        )
    }

    @Test func `what can be read but not be true is left to the engine`() throws {
        let batch = try decode("\(header)\n46,1782087271,0,0\n46,1782087272,95,200\n")
        #expect(batch.pings.count == 2)
        #expect(batch.rejections.isEmpty)
    }

    @Test(arguments: ["", "\n", "vehicle_id,timestamp,latitude\n", "a;b;c\n1;2;3\n"])
    func `a file without the columns is an error that names one`(text: String) {
        let fault = #expect(throws: PingFault.self) { try decode(text) }
        #expect(fault?.description.hasPrefix("column ") == true)
    }

    @Test func `quotes, a byte order mark and any line ends are understood`() throws {
        let batch = try decode(
            "\u{FEFF}\"vehicle_id\",timestamp,latitude,longitude,note\r\n"
                + "\"bus \"\"46\"\", red\",1782087271,\"-0.9\",100.4,\"two\r\nlines\"\r\n"
                + "7,oops,-0.9,100.4,\r\n"
        )
        #expect(batch.pings.map(\.vehicleID) == ["bus \"46\", red"])
        #expect(batch.pings.first?.coordinate.latitude == -0.9)
        #expect(batch.rejections.map(\.index) == [4])
    }

    @Test func `a gzip is inflated and a damaged one is an error`() throws {
        let packed = try Gzip.deflate(bytes("\(header)\n46,1782087271,-0.9,100.4\n"))
        #expect(try ReplayPingReader.decode(packed).pings.count == 1)
        #expect(throws: PingFault.self) {
            try ReplayPingReader.decode(Array(packed.dropLast(9)))
        }
    }

    @Test func `a file is read by its path, and a missing one is an error`() throws {
        let path = NSTemporaryDirectory() + "replay-\(UUID().uuidString).csv.gz"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let packed = try Gzip.deflate(bytes("\(header)\n46,1782087271,-0.9,100.4\n"))
        try Data(packed).write(to: URL(filePath: path))
        #expect(try ReplayPingReader.read(path: path).pings.count == 1)
        let fault = #expect(throws: PingFault.self) {
            try ReplayPingReader.read(path: path + ".none")
        }
        #expect(fault?.description.contains(path) == true)
    }

    @Test(arguments: 0..<100)
    func `numbers are read as the standard library reads them`(seed: UInt64) throws {
        var numbers = SeededNumbers(seed: seed)
        let written = (0..<100).map { _ in
            let scale = Double.random(in: -8...12, using: &numbers)
            let value = Double.random(in: -1...1, using: &numbers) * pow(10, scale)
            let digits = Int.random(in: 0...14, using: &numbers)
            return seed % 3 == 0 ? "\(value)" : String(format: "%.\(digits)f", value)
        }
        let rows = written.map { "46,1782087271,-0.9,\($0)" }
        let batch = try decode("\(header)\n" + rows.joined(separator: "\n"))
        #expect(batch.pings.map(\.coordinate.longitude) == written.compactMap { Double($0) })
    }

    @Test(arguments: 0..<300)
    func `whatever is broken in a file, it is read or refused, never a crash`(seed: UInt64) {
        let file = bytes(
            "\(header),feed_timestamp\n\"4\"\"6\",1782087271,-0.9,100.4,\r\n7,1,2,3,4\n"
        )
        let batch = try? ReplayPingReader.decode(mangled(file, seed: seed))
        let pings = batch?.pings ?? []
        #expect(pings.allSatisfy { $0.coordinate.latitude.isFinite && !$0.vehicleID.isEmpty })
        #expect(pings == pings.sorted { $0.receivedAt < $1.receivedAt }, "seed \(seed)")
    }

    @Test(arguments: ["1e300", "0", "1782087271000", "-5"])
    func `a time that cannot be true is refused with its line`(time: String) throws {
        let batch = try decode("\(header)\n046,\(time),-0.934401,100.398153\n")
        #expect(batch.pings.isEmpty)
        #expect(batch.rejections.map(\.index) == [2])
    }
}
