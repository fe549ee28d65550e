import Ingestion
import TransitModel

/// What comes out of Dishub's socket when a fleet's pings go in.
///
/// As the transport office does, it shows the newest fix of every bus in a frame every two seconds;
/// each frame is written and read again in the true form, so that whatever that form loses is lost:
/// bearing, fractions, older fixes, places outside the area.
struct DishubPassage {
    private static let interval: Int64 = 2

    private let encoder = DishubEncoder()
    private var decoder: DishubDecoder
    private var shown: [String: Ping] = [:]
    private var isNew = false
    private var nextFrame: Int64?

    init(network: Network) {
        decoder = DishubDecoder(area: BoundingBox(around: network) ?? .padang)
    }

    /// Takes pings in order of receipt, and returns those of all frames up to a moment.
    mutating func pass(_ pings: [Ping], until now: Timestamp) -> [Ping] {
        var received: [Ping] = []
        for ping in pings {
            received += frames(before: ping.receivedAt)
            show(ping)
        }
        return received + frames(before: now + 0.001)
    }

    private mutating func show(_ ping: Ping) {
        if let newer = shown[ping.vehicleID], newer.timestamp > ping.timestamp { return }
        shown[ping.vehicleID] = ping
        isNew = true
        let seconds = Int64(ping.receivedAt.seconds.rounded(.up))
        nextFrame = nextFrame ?? seconds + (seconds % Self.interval)
    }

    /// The pings of the frame that is due, if anything new is shown: the decoder passes over the rest.
    private mutating func frames(before moment: Timestamp) -> [Ping] {
        guard let due = nextFrame, Double(due) < moment.seconds else { return [] }
        nextFrame = nil
        guard isNew else { return [] }
        isNew = false
        let fleet = shown.values.sorted { $0.vehicleID < $1.vehicleID }
        return decoder.decode(encoder.encode(fleet), receivedAt: Timestamp(unix: due)).pings
    }
}
