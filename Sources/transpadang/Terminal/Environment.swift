import Foundation

/// Options from the environment: `TRANSPADANG_` and the option's name in capitals.
enum Environment {
    static subscript(name: String) -> String? {
        guard let value = ProcessInfo.processInfo.environment["TRANSPADANG_" + name],
            !value.isEmpty
        else { return nil }
        return value
    }
}

/// Where the Trans Padang GTFS lies that comes with the executable.
enum BundledTimetable {
    private static let folder = "GTFS/trans-padang"

    /// Beside the working directory, or above the executable; nil when it is in neither place.
    static func path() -> String? {
        let working = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        var places = [working]
        if var above = Bundle.main.executableURL?.resolvingSymlinksInPath() {
            while above.path != "/" {
                above.deleteLastPathComponent()
                places.append(above)
            }
        }
        return places.map { $0.appendingPathComponent(folder).path }
            .first { FileManager.default.fileExists(atPath: $0 + "/stops.txt") }
    }
}
