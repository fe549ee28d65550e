/// What `serve` is told.
public struct ServiceConfiguration: Sendable {
    /// The GTFS to serve: a folder or a zip.
    public var gtfsPath: String
    /// Where the database lies; made when missing.
    public var dataDirectory: String
    /// Where boards and apps connect.
    public var listen: ListenAddress
    /// Path of the unix socket for the command line; in the data directory unless given.
    public var controlSocketPath: String
    /// Background tiles of the live map; it does without when nil.
    public var tiles: MapTiles?
    /// Outside sources of pings to connect to.
    public var sources: [SourceAddress]
    /// How many virtual buses to drive.
    public var simulatedBuses: Int
    /// For how long what came in is kept.
    public var retention = Retention()
    /// How often trackers may ask.
    public var limits = IngestLimits()

    /// Makes a configuration with the defaults of `serve`.
    public init(gtfsPath: String, dataDirectory: String = "data") {
        self.gtfsPath = gtfsPath
        self.dataDirectory = dataDirectory
        listen = ListenAddress(host: "127.0.0.1", port: 8080)
        controlSocketPath = dataDirectory + "/control.sock"
        sources = []
        simulatedBuses = 0
    }
}

/// A host and a port to listen at.
public struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
    /// Name or address of an interface, without brackets.
    public var host: String
    /// Port; 0 lets the system choose a free one.
    public var port: Int

    /// Makes an address.
    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads `HOST:PORT`, with an IPv6 address in brackets; nil for anything else.
    public init?(text: String) {
        guard let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...])
        else { return nil }
        let host = text[..<colon]
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        guard !host.isEmpty, isBracketed || !host.contains(":") else { return nil }
        self.init(host: String(isBracketed ? host.dropFirst().dropLast() : host), port: Int(port))
    }

    /// `HOST:PORT`.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

/// Where the live map gets its background.
public struct MapTiles: Hashable, Sendable {
    /// Leaflet's template of a tile's address, such as `https://example.org/{z}/{x}/{y}.png`.
    public var url: String
    /// What the tiles' owners want to be said.
    public var attribution: String

    /// Names a tile server.
    public init(url: String, attribution: String) {
        self.url = url
        self.attribution = attribution
    }
}

/// An outside source of pings: which kind, and where.
public struct SourceAddress: Hashable, Sendable {
    /// The kind, such as `dishub`; or the kind, `-` and whatever tells it from others of the kind.
    public var name: String
    /// Its address, such as `wss://example.org/live`; settings stand behind `#`.
    public var url: String

    /// Names a source.
    public init(name: String, url: String) {
        self.name = name
        self.url = url
    }

    /// Reads `NAME=URL`; nil for anything else.
    public init?(text: String) {
        let parts = text.split(separator: "=", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        self.init(name: String(parts[0]), url: String(parts[1]))
    }
}
