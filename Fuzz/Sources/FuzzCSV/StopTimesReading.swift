import TransitModel

@testable import Ingestion

/// What any bytes mean as rows of `stop_times.txt`, and what is said of them.
struct StopTimesReading {
    /// Columns in the usual order, and in another.
    static let headers = [
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence",
        "stop_id,timepoint,stop_sequence,departure_time,trip_id,arrival_time",
    ]

    /// Each row in words, and then what is said of them.
    var all: [String] { rows.map(\.description) + findings }

    private var rows: [[Int?]] = []
    private var findings: [String] = []

    /// Reads the rows, straight from their bytes wherever that can be if so wished.
    init(_ header: String, _ bytes: [UInt8], isPlain: Bool) {
        let trips = Self.table(of: ["t", "10", "a b"])
        let stops = Self.table(of: ["s", "1", "12", "1234567", "12345678"])
        let log = NoticeLog()
        let window = RowWindow(Array((header + "\n").utf8) + bytes)
        guard var table = try? TableReader.open(.stopTimes, window, log: log) else { return }
        let plain = isPlain ? PlainStopTimes(table.columns, trips: trips, stops: stops) : nil
        while table.next() {
            guard let trip = trips.index(of: table.cell(.tripID), in: table.bytes),
                let row = table.stopTime(of: trip, stops: stops, isIncomplete: false)
            else { continue }
            rows.append(Self.values(row))
            table.takeRows { bytes, start, line in
                let likely = StopIndex(line % stops.count)
                let read = plain?.row(
                    bytes, at: .init(trip: trip, likely: likely, start: start, line: line))
                if let read { rows.append(Self.values(read.row)) }
                return read?.end
            }
        }
        findings = log.notices.map(\.description)
    }

    private static func table(of ids: [String]) -> IDTable {
        var table = IDTable()
        for id in ids {
            let bytes = Array(id.utf8)
            _ = table.insert(Cell(start: 0, end: bytes.count), in: bytes)
        }
        return table
    }

    private static func values(_ row: StopTimeRow) -> [Int?] {
        [
            Int(row.trip), row.stop.position, Int(row.sequence), Int(row.line),
            (row.arrival?.seconds).map(Int.init), (row.departure?.seconds).map(Int.init),
        ]
    }
}
