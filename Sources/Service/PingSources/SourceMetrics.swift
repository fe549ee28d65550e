import Feeds
import TransitModel

extension MetricsText {
    /// Adds what each source has met; nothing when there is none.
    mutating func add(_ sources: [(name: String, figures: SourceFigures)], at now: Timestamp) {
        guard !sources.isEmpty else { return }
        func each(_ value: (SourceFigures) -> Int) -> [(String, Double)] {
            sources.map { ($0.name, Double(value($0.figures))) }
        }
        add(
            "source_connected", "gauge", "Whether a source is connected.", by: "source",
            each { $0.isConnected ? 1 : 0 })
        add(
            "source_connections_total", "counter", "Connections that stood.", by: "source",
            each(\.connections))
        add(
            "source_messages_total", "counter", "Messages received.", by: "source",
            each(\.messages))
        add("source_pings_total", "counter", "Pings kept.", by: "source", each(\.pings))
        add(
            "source_lost_pings_total", "counter", "Pings that could not be kept.", by: "source",
            each(\.lostPings))
        add(
            "source_last_message_age_seconds", "gauge", "Seconds since a message.", by: "source",
            sources.compactMap { source in
                source.figures.lastMessageAt.map { (source.name, now - $0) }
            })
        add(
            "source_notices_total", "counter", "What was odd in messages.",
            by: ("source", "notice"), Self.pairs(sources, \.notices))
        add(
            "source_faults_total", "counter", "Ends of connections and failed attempts.",
            by: ("source", "fault"), Self.pairs(sources, \.faults))
    }

    private static func pairs(
        _ sources: [(name: String, figures: SourceFigures)],
        _ counts: KeyPath<SourceFigures, [String: Int]>
    ) -> [(String, String, Double)] {
        sources.flatMap { source in
            source.figures[keyPath: counts].sorted { $0.key < $1.key }
                .map { (source.name, $0.key, Double($0.value)) }
        }
    }
}

extension SourceBoard {
    /// What `transpadang status` shows of the sources.
    func status(at now: Timestamp) -> [StatusResponse.Source] {
        figures.map { name, figures in
            StatusResponse.Source(
                name: name, isConnected: figures.isConnected, messages: figures.messages,
                pings: figures.pings,
                lastMessageAgeS: figures.lastMessageAt.map { max(0, Int(now - $0)) },
                notices: figures.notices, faults: figures.faults)
        }
    }
}
