import Foundation

/// The bundled GTFS after its office has given every stop, route, trip, service and shape a new id.
enum RenamedFeed {
    static let version = "renamed-1"

    private static let columns: Set = [
        "stop_id", "parent_station", "route_id", "trip_id", "service_id", "shape_id",
    ]

    /// What an id has become; doing it again gives the old one back.
    static func renamed(_ id: String) -> String {
        id.hasPrefix("~") ? String(id.dropFirst().reversed()) : "~" + String(id.reversed())
    }

    /// Writes the feed to a folder and returns its path.
    static func write(to folder: String) throws -> String {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let bundled = Executable.repository.appendingPathComponent("GTFS/trans-padang")
        for name in try FileManager.default.contentsOfDirectory(atPath: bundled.path)
        where name.hasSuffix(".txt") {
            let text = try String(
                contentsOf: bundled.appendingPathComponent(name), encoding: .utf8)
            try rename(text).write(
                toFile: folder + "/" + name, atomically: true, encoding: .utf8)
        }
        return folder
    }

    private static func rename(_ text: String) -> String {
        let lines = text.split(whereSeparator: \.isNewline).map { cells(of: $0) }
        let header = lines[0]
        let rows = lines.dropFirst().map { row in
            zip(header, row).map { column, cell in
                if column == "feed_version" { return version }
                return columns.contains(column) && !cell.isEmpty ? renamed(cell) : cell
            }
        }
        return ([header] + rows).map { $0.joined(separator: ",") + "\n" }.joined()
    }

    /// The cells of a line; those in quotation marks keep them.
    private static func cells(of line: Substring) -> [String] {
        var cells = [""]
        var isQuoted = false
        for character in line {
            if character == "\"" { isQuoted.toggle() }
            if character == ",", !isQuoted {
                cells.append("")
            } else {
                cells[cells.count - 1].append(character)
            }
        }
        return cells
    }
}
