public import Feeds

/// `POST /control/devices`: a tracker to be let in.
public struct NewDevice: Codable, Hashable, Sendable {
    /// The operator's name for it.
    public var id: String
    /// The vehicle it may report; nil for a gateway, which speaks for all other devices.
    public var vehicle: String?
    /// How it writes what its wire format leaves open, such as `speed=kmh`.
    public var wire: String?
    /// Whether it signs its messages instead of sending a token.
    public var isSigning: Bool?

    enum CodingKeys: String, CodingKey {
        case id, vehicle, wire
        case isSigning = "signing"
    }

    /// Names a tracker and its vehicle.
    public init(id: String, vehicle: String?, wire: String? = nil, isSigning: Bool? = nil) {
        self.id = id
        self.vehicle = vehicle
        self.wire = wire
        self.isSigning = isSigning
    }
}

/// The answer to ``NewDevice``: the only time that the token can be read.
public struct DeviceToken: Codable, Hashable, Sendable {
    /// The device.
    public var id: String
    /// What it sends as `Authorization: Bearer TOKEN`, or signs with.
    public var token: String
}

/// `GET /control/devices`.
public struct DevicesResponse: Codable, Hashable, Sendable {
    /// A tracker.
    public struct Row: Codable, Hashable, Sendable {
        /// The operator's name for it.
        public var id: String
        /// The vehicle it may report; null for a gateway.
        @Nullable public var vehicle: String?
        /// How it writes what its wire format leaves open; empty for nothing unusual.
        public var wire: String
        /// Whether it signs its messages instead of sending a token.
        public var isSigning: Bool
        /// When it was let in, in seconds since 1970.
        public var addedAt: Int64
        /// When it was shut out; null while it may speak.
        @Nullable public var revokedAt: Int64?

        enum CodingKeys: String, CodingKey {
            case id, vehicle, wire
            case isSigning = "signing"
            case addedAt = "added_at"
            case revokedAt = "revoked_at"
        }
    }

    /// Trackers by id, revoked ones too.
    public var devices: [Row]
}

/// `POST /control/gtfs`: a GTFS to be put in force; the present one is read again without a path.
public struct TimetableOrder: Codable, Hashable, Sendable {
    /// A folder or a zip.
    public var path: String?
    /// The service date from which it is to hold, as `2026-12-01`; at once without one.
    public var from: String?

    /// Orders a GTFS.
    public init(path: String? = nil, from: String? = nil) {
        self.path = path
        self.from = from
    }
}

/// `POST /control/detours/{id}/alert`: riders shall be told of a suspected detour.
public struct DetourOrder: Codable, Hashable, Sendable {
    /// First second in which it no longer holds; until it is ended when absent.
    public var end: Int64?
    /// Why, by the name in GTFS-Realtime, such as `CONSTRUCTION`.
    public var cause: String?

    /// Orders an alert.
    public init(end: Int64? = nil, cause: String? = nil) {
        self.end = end
        self.cause = cause
    }
}

/// What came of something asked for on the control socket.
public struct ControlReceipt: Codable, Hashable, Sendable {
    /// One line for a person.
    public var done: String
}

/// `POST /control/alerts`: what riders shall be told.
public struct NewAlert: Codable, Hashable, Sendable {
    /// A text in one language.
    public struct Text: Codable, Hashable, Sendable {
        /// BCP 47 language.
        public var language: String
        /// The text.
        public var text: String

        /// Makes a text.
        public init(language: String, text: String) {
            self.language = language
            self.text = text
        }
    }

    /// What is touched, by ids of the GTFS in force; all that are given must hold together.
    public struct Entity: Codable, Hashable, Sendable {
        /// GTFS agency id.
        public var agencyID: String?
        /// GTFS route id.
        public var routeID: String?
        /// GTFS stop id.
        public var stopID: String?

        /// Names what is touched.
        public init(agencyID: String? = nil, routeID: String? = nil, stopID: String? = nil) {
            self.agencyID = agencyID
            self.routeID = routeID
            self.stopID = stopID
        }

        enum CodingKeys: String, CodingKey {
            case agencyID = "agency_id"
            case routeID = "route_id"
            case stopID = "stop_id"
        }
    }

    /// Stable id; one is made from the time when absent.
    public var id: String?
    /// First second in which it holds; now when absent.
    public var start: Int64?
    /// First second in which it no longer holds; open when absent.
    public var end: Int64?
    /// Why, by the name in GTFS-Realtime, such as `ACCIDENT`.
    public var cause: String?
    /// What it does to riders, by the name in GTFS-Realtime, such as `DETOUR`.
    public var effect: String?
    /// How grave, by the name in GTFS-Realtime, such as `WARNING`.
    public var severity: String?
    /// What is touched; the whole agency when empty.
    public var informed: [Entity]
    /// Headline, one text per language, at least one.
    public var header: [Text]
    /// The whole story, one text per language; the headline again when empty.
    public var description: [Text]

    /// Makes an alert that holds from now on for the whole agency.
    public init(header: [Text], description: [Text] = [], informed: [Entity] = []) {
        self.header = header
        self.description = description
        self.informed = informed
    }
}
