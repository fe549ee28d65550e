import Testing
import TransitModel

@testable import Ingestion

/// The same rows must mean the same however they are written and whatever path reads them.
@Suite struct ReadingPathsTests {
    private static let timesHeader =
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence,timepoint"
    private static let shapesHeader =
        "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence,shape_dist_traveled"

    /// What a load comes to: its trips, shapes and notices without lines.
    private struct Outcome: Equatable {
        var trips: [String] = []
        var shapes: [Shape] = []
        var notices: [Notice] = []

        init(_ load: NetworkLoad?, _ notices: [Notice]) {
            for trip in load.map({ Array($0.network.trips.indices) }) ?? [] {
                guard let network = load?.network else { continue }
                let pattern = network.pattern(of: trip)
                let times = pattern.stops.indices.map { network.stopTime(of: trip, at: $0) }
                trips.append(
                    "\(network.trips[trip].id) \(pattern.stops) \(pattern.sequences) "
                        + "\(pattern.distances) \(times)")
            }
            shapes = load?.network.shapes.elements ?? []
            self.notices = notices.map {
                Notice(
                    severity: $0.severity, code: $0.code, file: $0.file, column: $0.column,
                    value: $0.value, message: $0.message)
            }
        }
    }

    private func outcome(_ times: String, _ shapes: String) -> Outcome {
        var files = MiniFeed.files
        files["trips.txt"] = """
            route_id,service_id,trip_id,shape_id,block_id
            r,daily,t,g,b
            r,daily,u,h,b
            r,daily,v,,
            r,never,w,,
            """
        files["stop_times.txt"] = times
        files["shapes.txt"] = shapes
        do throws(ScheduleError) {
            let load = try ScheduleLoader.load(files: files)
            return Outcome(load, load.notices)
        } catch {
            return Outcome(nil, error.notices)
        }
    }

    /// Rows of `stop_times.txt`, most of them plain and some odd.
    private func times(_ generator: inout SeededGenerator) -> [[String]] {
        (0..<24).map { number in
            func pick(_ usual: String, _ odd: String...) -> String {
                Int.random(in: 0..<8, using: &generator) > 0
                    ? usual : odd.randomElement(using: &generator) ?? usual
            }
            let minute = number < 10 ? "0\(number)" : "\(number)"
            return [
                pick(["t", "u", "v", "w"][number / 6], "x", "", "t"),
                pick("08:\(minute):00", "", "8:\(minute):30", "25:61:00", "7:00", "100:00:00"),
                pick("08:\(minute):10", "", "08:00:00", "soon", "8:\(minute):40"),
                pick("s\(number % 3 + 1)", "s9", ""),
                pick("\(number)", "3", "-1", "+\(number)", "2x", "", "99999999999"),
                pick("1", "", "0", "7"),
            ]
        }
    }

    /// Rows of `shapes.txt`, most of them plain and some odd.
    private func shapes(_ generator: inout SeededGenerator) -> [[String]] {
        (0..<16).map { number in
            func pick(_ usual: String, _ odd: String...) -> String {
                Int.random(in: 0..<8, using: &generator) > 0
                    ? usual : odd.randomElement(using: &generator) ?? usual
            }
            return [
                pick(number < 8 ? "g" : "h", "g", ""),
                pick("0.00\(number % 3)", "91", "north", "1e-3", ""),
                pick("100.00\(number % 8)", "200", "0.5", "+100.001"),
                pick("\(number)", "3", "-4", "x"),
                pick("\(number * 100)", "", "0", "-1", "far"),
            ]
        }
    }

    private func text(_ header: String, _ rows: [[String]], end: String = "\n") -> String {
        ([header] + rows.map { $0.joined(separator: ",") }).joined(separator: end)
    }

    @Test(arguments: 0..<80)
    func `rows mean the same however they are written`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let times = times(&generator)
        let shapes = shapes(&generator)
        let plain = outcome(text(Self.timesHeader, times), text(Self.shapesHeader, shapes))
        func written(_ end: String = "\n", _ form: (String) -> String) -> Outcome {
            outcome(
                text(Self.timesHeader, times.map { $0.map(form) }, end: end),
                text(Self.shapesHeader, shapes.map { $0.map(form) }, end: end))
        }
        #expect(written { "\"\($0)\"" } == plain, "quoted, seed \(seed)")
        #expect(written { " \($0)\t" } == plain, "spaces, seed \(seed)")
        #expect(written { " \"\($0)\" " } == plain, "both, seed \(seed)")
        #expect(written("\r\n") { $0 } == plain, "CRLF, seed \(seed)")
        #expect(written("\r") { $0 } == plain, "CR, seed \(seed)")
        #expect(written("\n\n") { $0 } == plain, "blank lines, seed \(seed)")
        let mixed = times.enumerated().map { number, row in
            number % 2 == 0 ? row : row.map { "\"\($0)\"" }
        }
        #expect(
            outcome(text(Self.timesHeader, mixed), text(Self.shapesHeader, shapes)) == plain,
            "every other row quoted, seed \(seed)")
    }

    @Test(arguments: 0..<80)
    func `rows in disorder mean what they mean in order`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let times = times(&generator)
        let shapes = shapes(&generator)
        let ordered = outcome(
            text(Self.timesHeader, grouped(times)), text(Self.shapesHeader, grouped(shapes)))
        let mixed = outcome(
            text(Self.timesHeader, interleaved(times, &generator)),
            text(Self.shapesHeader, interleaved(shapes, &generator)))
        #expect(mixed.trips == ordered.trips, "seed \(seed)")
        #expect(
            mixed.shapes.sorted { $0.id < $1.id } == ordered.shapes.sorted { $0.id < $1.id },
            "seed \(seed)")
        // Only the order itself is told of one and not of the other.
        func told(_ outcome: Outcome) -> [String] {
            outcome.notices.filter { $0.code != "unsorted_stop_times" }.map(\.description).sorted()
        }
        #expect(told(mixed) == told(ordered), "seed \(seed)")
    }

    /// Rows with equal first cells side by side, in order of the file otherwise.
    private func grouped(_ rows: [[String]]) -> [[String]] {
        let names = rows.map { $0[0] }
        let order = names.enumerated().filter { names.firstIndex(of: $0.element) == $0.offset }
        return order.flatMap { name in rows.filter { $0[0] == name.element } }
    }

    /// Rows of different first cells mixed, those of equal ones in the order they had.
    private func interleaved(
        _ rows: [[String]], _ generator: inout SeededGenerator
    ) -> [[String]] {
        var queues = Dictionary(grouping: rows) { $0[0] }
        let turns = rows.map { $0[0] }.shuffled(using: &generator)
        return turns.compactMap { queues[$0]?.removeFirst() }
    }
}
