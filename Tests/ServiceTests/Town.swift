import ETAEngine
import Foundation
import GRDB
import Geometry
import Hummingbird
import HummingbirdTesting
import Synchronization
import TransitModel

@testable import Service
@testable import Storage

/// A town of one street, three stops and a bus every half hour, served from a folder of its own.
final class Town: Sendable {
    var folder: String { scratch.path }
    private let scratch: Scratch
    let time: TownTime
    let live: LiveService

    /// Monday, 8:00:20 in Padang: the bus of 8:00 is under way.
    static let morning = Timestamp(unix: 1_794_790_820)

    /// What the service has said.
    let log = LogBook()

    /// A town in a folder; its timetable is written there unless one is there already.
    init(
        in scratch: Scratch = Scratch(), time: TownTime = TownTime(Town.morning),
        limits: IngestLimits = IngestLimits()
    ) throws {
        self.scratch = scratch
        self.time = time
        if !FileManager.default.fileExists(atPath: scratch.path) {
            try Self.writeTimetable(to: scratch.path + "/gtfs")
        }
        let database = try Database(directory: scratch.path + "/data")
        live = LiveService(
            gtfsPath: scratch.path + "/gtfs", stores: Stores(database),
            logger: log.logger, limits: limits,
            clock: { time.now })
    }

    /// A town whose service is up.
    static func open(time: TownTime = TownTime(Town.morning)) async throws -> Town {
        let town = try Town(time: time)
        try await town.live.start()
        return town
    }

    /// Starts the service again on what the disk holds, as after a crash.
    func reopened() async throws -> Town {
        let town = try Town(in: scratch, time: time)
        try await town.live.start()
        return town
    }

    /// What boards and apps see.
    var app: some ApplicationProtocol {
        let configuration = ServiceConfiguration(gtfsPath: folder + "/gtfs")
        return Application(router: PublicRoutes.router(live: live, configuration: configuration))
    }

    /// What the command line sees.
    var control: some ApplicationProtocol {
        Application(router: ControlRoutes.router(live: live))
    }

    /// The token of a tracker in a bus.
    func token(for vehicleID: String) throws -> String {
        try live.stores.devices.add(
            Device(id: "tracker-\(vehicleID)", vehicleID: vehicleID, addedAt: time.now))
    }

    /// The bus of 8:00 drives from the first stop, a ping every ten seconds, and is published; with
    /// more than twenty pings it passes the second stop.
    func drive(_ vehicleID: String = "TP-1", pings: Int = 7) async throws {
        let token = try token(for: vehicleID)
        for step in 0..<pings {
            time.advance(by: 10)
            let body = Self.ping(at: time.now, longitude: 100.360 + Double(step) * 0.0005)
            _ = await post(body, token: token)
        }
        time.advance(by: 2)
        await live.publish()
    }

    /// Posts to the address of our own form.
    func post(_ body: String, token: String?) async -> IngestAnswer {
        await live.intake.take(
            IngestRequest(
                form: .native, method: "POST", target: IngestRequest.Form.native.rawValue,
                body: Array(body.utf8),
                credentials: token.map { .token(Array($0.utf8)) } ?? .none))
    }

    static func ping(at moment: Timestamp, longitude: Double, vehicle: String? = nil) -> String {
        let name = vehicle.map { #""vehicle_id":"\#($0)","# } ?? ""
        return #"{\#(name)"timestamp":\#(moment.unix),"latitude":-0.95,"#
            + #""longitude":\#(longitude),"route_id":"K1","trip_id":"T0800"}"#
    }

    /// Lets the database grow to so many pages of 4 KiB, as a full disk would.
    func setPages(_ count: Int) throws {
        _ = try live.stores.database.write {
            try Int.fetchOne($0, sql: "PRAGMA max_page_count = \(count)")
        }
    }

    /// The version in force, as readers see it.
    var version: String? { live.showcase.published?.snapshot.network.version }

    /// Exchanges what `--gtfs` names.
    func write(_ timetable: [String: String]) throws {
        try Self.writeTimetable(to: folder + "/gtfs", timetable)
    }

    static func writeTimetable(
        to folder: String, _ timetable: [String: String] = Town.timetable
    ) throws {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        for (name, text) in timetable {
            try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
        }
    }

    /// Writes the same timetable with every id changed, as version `town-2`; returns its path.
    func writeRenumbered(to name: String = "renumbered") throws -> String {
        try Self.writeTimetable(to: folder + "/" + name, Self.renumbered)
        return folder + "/" + name
    }

    /// Writes a timetable under another version; returns its path.
    func writeVersion(_ version: String) throws -> String {
        let path = folder + "/" + version
        try Self.writeTimetable(to: path, Self.version(version, of: Self.timetable))
        return path
    }

    /// The same timetable under another version.
    static func version(_ version: String, of timetable: [String: String]) -> [String: String] {
        var timetable = timetable
        timetable["feed_info.txt"] = timetable["feed_info.txt"]?
            .replacingOccurrences(of: "town-[0-9]", with: version, options: .regularExpression)
        return timetable
    }

    /// Looks at the files until whatever has changed has settled.
    func look() async {
        await live.followFiles()
        time.advance(by: FeedFileWatch.folderSettling)
        await live.followFiles()
    }

    /// The timetable with every id changed; stops swap the ids of others.
    static let renumbered: [String: String] = timetable.mapValues { text in
        let changes = [
            ("daily", "harian"), ("T08", "X08"), ("\nK1,town", "\nR9,kota"), ("\nK1,", "\nR9,"),
            ("\ntown,", "\nkota,"), ("town-1", "town-2"), ("\na,", "\n#,"), ("\nb,", "\na,"),
            ("\n#,", "\nb,"), (",a,", ",#,"), (",b,", ",a,"), (",#,", ",b,"), ("\nc,", "\nz,"),
            (",c,", ",z,"),
        ]
        return changes.reduce("\n" + text) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
            .replacingOccurrences(of: "^\n", with: "", options: .regularExpression)
    }

    static let timetable = [
        "agency.txt": """
        agency_id,agency_name,agency_url,agency_timezone,agency_lang
        town,Kota <Kecil>,https://example.org,Asia/Jakarta,id
        """,
        "stops.txt": """
        stop_id,stop_name,stop_lat,stop_lon
        a,Pasar Raya,-0.95,100.36
        b,Simpang Haru,-0.95,100.37
        c,Pantai,-0.95,100.38
        """,
        "routes.txt": """
        route_id,agency_id,route_short_name,route_long_name,route_type,route_color
        K1,town,K1,Pasar - Pantai,3,E31E24
        """,
        "calendar.txt": """
        service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
        daily,1,1,1,1,1,1,1,20260101,20271231
        """,
        "trips.txt": """
        route_id,service_id,trip_id,trip_headsign,direction_id
        K1,daily,T0800,Pantai,0
        K1,daily,T0830,Pantai,0
        """,
        "stop_times.txt": """
        trip_id,arrival_time,departure_time,stop_id,stop_sequence
        T0800,08:00:00,08:00:00,a,1
        T0800,08:05:00,08:05:00,b,2
        T0800,08:10:00,08:10:00,c,3
        T0830,08:30:00,08:30:00,a,1
        T0830,08:35:00,08:35:00,b,2
        T0830,08:40:00,08:40:00,c,3
        """,
        "feed_info.txt": """
        feed_publisher_name,feed_publisher_url,feed_lang,feed_version
        Kota,https://example.org,id,town-1
        """,
    ]
}

/// A folder that goes with the last who uses it.
final class Scratch: Sendable {
    let path = NSTemporaryDirectory() + "town-\(UUID().uuidString)"

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// The clock of a town, which only its test moves.
final class TownTime: Sendable {
    private let moment: Mutex<Timestamp>

    init(_ moment: Timestamp) { self.moment = Mutex(moment) }

    var now: Timestamp { moment.withLock { $0 } }

    func advance(by seconds: Double) { moment.withLock { $0 = $0 + seconds } }
}
