import Testing
import TransitModel

@testable import Ingestion

/// What is read straight from a row's bytes must be what is read of it with all care.
@Suite struct PlainStopTimesTests {
    /// Rows of `stop_times.txt` as both ways of reading give them.
    private struct Reading {
        var rows: [[Int?]] = []
        /// How many of them were read straight from their bytes.
        var plainCount = 0
        var notices: [String] = []
    }

    private static let usual = "trip_id,arrival_time,departure_time,stop_id,stop_sequence"
    private static let headers = [
        usual, usual + ",timepoint,pickup_type",
        "stop_sequence,departure_time,stop_id,headsign,trip_id,arrival_time",
        "timepoint,stop_id,trip_id,stop_sequence,arrival_time,departure_time",
    ]
    private static let tripIDs = ["t", "t1", "trip number 2", "a-trip-of-a-rather-long-name"]
    private static let stopIDs = ["s", "s1", "1234567", "12345678", "1234567890123", "x y"]

    private func table(of ids: [String]) -> IDTable {
        var table = IDTable()
        for id in ids {
            let bytes = Array(id.utf8)
            _ = table.insert(Cell(start: 0, end: bytes.count), in: bytes)
        }
        return table
    }

    /// Reads a file; straight from its bytes wherever that can be, if so wished.
    private func read(_ text: String, isPlain: Bool, stopIDs: [String] = stopIDs) -> Reading {
        let log = NoticeLog()
        var reading = Reading()
        let (trips, stops) = (table(of: Self.tripIDs), table(of: stopIDs))
        let window = RowWindow(Array((text).utf8))
        guard var table = try? TableReader.open(.stopTimes, window, log: log) else {
            return reading
        }
        let plain = isPlain ? PlainStopTimes(table.columns, trips: trips, stops: stops) : nil
        while table.next() {
            guard let trip = trips.index(of: table.cell(.tripID), in: table.bytes),
                let row = table.stopTime(of: trip, stops: stops, isIncomplete: false)
            else { continue }
            reading.rows.append(values(row))
            table.takeRows { bytes, start, line in
                let place = PlainStopTimes.Place(
                    trip: trip, likely: StopIndex(line % stopIDs.count), start: start, line: line)
                guard let read = plain?.row(bytes, at: place) else { return nil }
                reading.rows.append(values(read.row))
                reading.plainCount += 1
                return read.end
            }
        }
        reading.notices = log.notices.map(\.description)
        return reading
    }

    private func values(_ row: StopTimeRow) -> [Int?] {
        [
            Int(row.trip), row.stop.position, Int(row.sequence), Int(row.line),
            (row.arrival?.seconds).map(Int.init), (row.departure?.seconds).map(Int.init),
        ]
    }

    /// A file of rows that are plain but for what chance does to them.
    private func text(_ header: String, _ generator: inout SeededGenerator) -> String {
        let trip = Self.tripIDs.randomElement(using: &generator) ?? "t"
        let rows = (0..<30).map { number in
            let minute = number < 10 ? "0\(number)" : "\(number)"
            let hour = ["8", "08", "23", "100"].randomElement(using: &generator) ?? ""
            let cells = header.split(separator: ",").map { column in
                switch column {
                case "trip_id": trip
                case "stop_id": Self.stopIDs.randomElement(using: &generator) ?? ""
                case "stop_sequence": "\(number)"
                case "arrival_time": "\(hour):\(minute):00"
                case "departure_time": "\(hour):\(minute):\(number % 2)0"
                default: ["", "0", "Town"].randomElement(using: &generator) ?? ""
                }
            }
            let isQuoted = Int.random(in: 0..<4, using: &generator) == 0
            return changed(
                cells.map { isQuoted ? "\"\($0)\"" : $0 }.joined(separator: ","), &generator)
        }
        return ([header] + rows).joined(separator: "\n") + "\n" + String(repeating: " ", count: 40)
    }

    /// The row, one in three with a character put in, taken out or set.
    private func changed(_ row: String, _ generator: inout SeededGenerator) -> String {
        guard Int.random(in: 0..<3, using: &generator) == 0 else { return row }
        var row = Array(row)
        let place = Int.random(in: 0..<row.count, using: &generator)
        let letter = Array(",\"\n\r 0123456789:-+sté\u{0}").randomElement(using: &generator) ?? "0"
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: row.insert(letter, at: place)
        case 1: row.remove(at: place)
        default: row[place] = letter
        }
        return String(row)
    }

    @Test(arguments: 0..<200)
    func `rows read from their bytes are as those read with care`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for header in Self.headers {
            let text = text(header, &generator)
            let plain = read(text, isPlain: true)
            let careful = read(text, isPlain: false)
            #expect(plain.rows == careful.rows, "seed \(seed), \(header)")
            #expect(plain.notices == careful.notices, "seed \(seed), \(header)")
        }
    }

    @Test(arguments: headers)
    func `all rows after the first are read from their bytes when nothing is odd`(header: String) {
        let cells = [
            "trip_id": "t1", "stop_id": "1234567890123", "arrival_time": "9:59:00",
            "departure_time": "10:00:00",
        ]
        for quote in ["", "\""] {
            let rows = (0..<8).map { number in
                header.split(separator: ",").map { column in
                    let sequence = column == "stop_sequence" ? "\(number)" : "1"
                    return quote + (cells[String(column)] ?? sequence) + quote
                }.joined(separator: ",")
            }
            for end in ["\n", "\r\n", "\r\r\n"] {
                let text = ([header] + rows + [""]).joined(separator: end)
                let reading = read(text + String(repeating: " ", count: 40), isPlain: true)
                #expect(reading.plainCount == 7, "\(quote) \(end.debugDescription)")
                #expect(reading.rows.map { $0[2] } == Array(0..<8))
            }
        }
    }

    @Test func `ids with commas or quotes are left to the careful reader`() {
        let stopIDs = ["a,b", "a"]
        let text = Self.usual + "\n" + "t,08:00:00,08:00:00,a,1\nt,08:01:00,08:01:00,a,b,2\n"
        let reading = read(text, isPlain: true, stopIDs: stopIDs)
        #expect(reading.plainCount == 0)
        #expect(reading.rows.count == 1)
    }
}
