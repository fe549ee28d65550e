import ETAEngine
import Foundation
import TransitModel

/// Figures in the text format of Prometheus.
struct MetricsText {
    private(set) var text = ""

    /// Adds a figure, with one line for each value of its label.
    mutating func add(
        _ name: String, _ kind: String, _ help: String, by label: String? = nil,
        _ values: [(String, Double)]
    ) {
        text += "# HELP transpadang_\(name) \(help)\n# TYPE transpadang_\(name) \(kind)\n"
        for (value, number) in values {
            let labels = label.map { "{\($0)=\"\(value)\"}" } ?? ""
            text += "transpadang_\(name)\(labels) \(number)\n"
        }
    }

    /// Adds a figure with one line for each pair of values of its labels.
    mutating func add(
        _ name: String, _ kind: String, _ help: String, by labels: (String, String),
        _ values: [(String, String, Double)]
    ) {
        let lines = values.map { first, second, number in
            ("\(first)\",\(labels.1)=\"\(second)", number)
        }
        add(name, kind, help, by: labels.0, lines)
    }

    mutating func add(_ name: String, _ kind: String, _ help: String, _ number: Double) {
        add(name, kind, help, [("", number)])
    }
}

extension LiveService {
    /// What `/metrics` says.
    func metrics() -> String {
        var text = MetricsText()
        let now = moment()
        text.add("uptime_seconds", "gauge", "Seconds since the start.", now - startedAt)
        addIntake(to: &text)
        text.add(
            "healings_total", "counter", "Times that late pings were lived through in their turn.",
            Double(healing.count))
        text.add(sources.figures, at: now)
        text.add(gradebook.counts)
        if let published = showcase.published { add(published, to: &text, at: now) }
        if let memory = residentBytes() {
            text.add("resident_memory_bytes", "gauge", "Memory in use.", memory)
        }
        return text.text
    }

    private func addIntake(to text: inout MetricsText) {
        let intake = intake.account.figures
        text.add(
            "journal_commits_total", "counter", "Waits of requests for the disk.",
            Double(intake.commits))
        text.add(
            "journal_commit_seconds_total", "counter", "Seconds of those waits.",
            intake.commitSeconds)
        text.add(
            "ingest_duplicates_total", "counter", "Pings that were in the journal already.",
            Double(intake.duplicates))
        text.add(
            "ingest_rejected_total", "counter", "Elements of requests that were unusable.",
            Double(intake.rejectedElements))
        text.add(
            "ingest_refused_total", "counter", "Requests refused as a whole, by status.",
            by: "status", intake.refusals.sorted { $0.key < $1.key }.map { ($0, Double($1)) })
    }

    private func add(_ published: Published, to text: inout MetricsText, at now: Timestamp) {
        let (snapshot, counts) = (published.snapshot, published.counts)
        text.add(
            "pings_received_total", "counter", "Pings given to the engine.",
            Double(counts.received))
        text.add(
            "pings_accepted_total", "counter", "Pings that moved a vehicle.",
            Double(counts.accepted))
        text.add(
            "pings_matched_total", "counter", "Accepted pings of a vehicle on a run.",
            Double(counts.matched))
        text.add(
            "pings_doubted_total", "counter",
            "Accepted pings that are believed with a reservation.",
            by: "reason", PingDoubt.allCases.map { ($0.rawValue, Double(counts.doubted[$0] ?? 0)) })
        text.add(
            "pings_rejected_total", "counter", "Pings that were not acted on.", by: "reason",
            PingRejection.allCases.map { ($0.rawValue, Double(counts.rejected[$0] ?? 0)) })
        text.add(
            "vehicles", "gauge", "Vehicles by what they do.", by: "state",
            VehicleState.allCases.map { state in
                (state.rawValue, Double(snapshot.vehicles.count { $0.state == state }))
            })
        text.add("runs_predicted", "gauge", "Runs foretold.", Double(snapshot.trips.count))
        text.add(
            "feed_timestamp_seconds", "gauge", "Header timestamp of the feeds.",
            Double(published.timestamp))
        text.add("feed_age_seconds", "gauge", "Age of the feeds.", now - snapshot.madeAt)
        if let last = snapshot.lastReceivedAt {
            text.add("last_ping_age_seconds", "gauge", "Seconds since a ping came in.", now - last)
        }
    }

    /// What the kernel says this process holds in memory.
    private func residentBytes() -> Double? {
        guard let statm = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
            let pages = statm.split(separator: " ").dropFirst().first.flatMap({ Double($0) })
        else { return nil }
        return pages * Double(sysconf(Int32(_SC_PAGESIZE)))
    }
}
