import Feeds
import Hummingbird

/// `/gtfs-rt/…` and `/gtfs.zip`.
struct FeedRoutes {
    let showcase: Showcase

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.on("gtfs-rt/:feed", method: .get, use: feed)
        router.on("gtfs.zip", method: .get, use: archive)
    }

    private func feed(_ request: Request, _ context: BasicRequestContext) throws -> Response {
        let name = try Query(request, context).pathPart("feed")
        guard let address = FeedAddress(name) else {
            throw Refusal.notFound("there is no feed \(name)")
        }
        let published = try showcase.required
        return try address.payload(of: published)
            .response(to: request, maxAge: LiveService.cadenceSeconds)
    }

    private func archive(_ request: Request, _ context: BasicRequestContext) throws -> Response {
        try showcase.required.timetable.archive.response(to: request, maxAge: 60)
    }
}

/// A feed and the form it is asked for in: `trip-updates`, `trip-updates.json`.
struct FeedAddress {
    enum Form: String {
        case protobuf = "pb"
        case json
        case text = "pbtext"
    }

    let feed: FeedName
    let form: Form

    init?(_ name: String) {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard let feed = FeedName(rawValue: String(parts[0])), parts.count <= 2,
            let form = parts.count == 1 ? .protobuf : Form(rawValue: String(parts[1]))
        else { return nil }
        self.feed = feed
        self.form = form
    }

    /// The bytes; the forms for people are made when asked for.
    func payload(of published: Published) throws -> Payload {
        let message = published.feed(feed)
        switch form {
        case .protobuf: return message
        case .json:
            let json = try FeedJSON.json(of: Array(message.plain.readableBytesView))
            return Payload(json, .json, timestamp: published.timestamp)
        case .text:
            let text = try FeedText.text(of: Array(message.plain.readableBytesView))
            return Payload(Array(text.utf8), .text, timestamp: published.timestamp)
        }
    }
}

extension Showcase {
    /// The newest, or 503 while there is none.
    var required: Published {
        get throws {
            guard let published else { throw Refusal.notReady }
            return published
        }
    }
}
