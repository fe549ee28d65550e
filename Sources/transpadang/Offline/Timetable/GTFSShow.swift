import ArgumentParser
import Ingestion
import TransitModel

/// `transpadang gtfs show PATH`.
struct GTFSShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Answer what people ask of a GTFS.",
        usage: """
            transpadang gtfs show PATH
            transpadang gtfs show PATH --route ROUTE
            transpadang gtfs show PATH --stop STOP ... [--date DATE ...]
            transpadang gtfs show PATH --trip TRIP
            transpadang gtfs show PATH --date DATE ...
            """,
        discussion: """
            Without an option: an overview and the routes. Times are HH:MM:SS of the service day \
            and pass 24:00:00 after midnight, periods of a headway HH:MM; distances are metres along the line from its start. \
            Without --date, today in the agency's zone.

            JSON has one list: `routes` (of which each has `patterns` with `stops`), `boards` (one \
            for each stop and date, with `departures` and `headways`), `trips` or `days` (with \
            `services`); the overview has `feed` and `routes`. Dates are YYYYMMDD. Keys without a \
            value are left out.
            """)

    @Argument(help: "Folder or zip.")
    var path: String

    @Option(help: "Patterns of a route, by its id or short name.")
    var route: String?

    @Option(help: "Departures at a stop or station, by its id; may be given several times.")
    var stop: [String] = []

    @Option(help: "A trip, by its id.")
    var trip: String?

    @Option(
        help: "Service date, YYYY-MM-DD or YYYYMMDD; may be given several times.",
        transform: ServiceDate.argument)
    var date: [ServiceDate] = []

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        let subjects = [route != nil, !stop.isEmpty, trip != nil].count { $0 }
        guard subjects <= 1 else {
            throw ValidationError("ask for one of --route, --stop and --trip")
        }
        guard date.isEmpty || (route == nil && trip == nil) else {
            throw ValidationError("--date goes with --stop or alone")
        }
    }

    func run() async throws {
        let network: Network
        do throws(ScheduleError) {
            network = try ScheduleLoader.load(path: path).network
        } catch {
            throw CommandFault.refusal(of: path, error.notices)
        }
        let view: any TimetableView
        do throws(UnknownID) {
            view = try self.view(of: network)
        } catch {
            throw CommandFault(.findings, "\(path): \(error)")
        }
        print(json ? try view.timetableJSON() : view.text)
    }
}
