import GRDB

extension Database {
    /// Every change to the tables since the first release, in order; none is ever edited.
    static var migrations: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 first tables") { db in
            try db.execute(sql: pingTables + stopEventTables + learnedTables + dispatchTables)
        }
        return migrator
    }

    private static let pingTables = """
        CREATE TABLE pings (
            id INTEGER PRIMARY KEY,
            vehicle_id TEXT NOT NULL,
            fix_time REAL NOT NULL,
            received_at REAL NOT NULL,
            latitude REAL NOT NULL,
            longitude REAL NOT NULL,
            speed REAL,
            bearing REAL,
            accuracy REAL,
            route_id TEXT,
            direction_id INTEGER,
            direction_text TEXT,
            trip_id TEXT,
            occupancy INTEGER,
            UNIQUE (vehicle_id, fix_time)
        ) STRICT;
        CREATE INDEX pings_by_receipt ON pings (received_at);

        """

    private static let stopEventTables = """
        CREATE TABLE stop_events (
            id INTEGER PRIMARY KEY,
            vehicle_id TEXT NOT NULL,
            trip_id TEXT NOT NULL,
            service_date TEXT NOT NULL,
            start_time TEXT NOT NULL,
            route_id TEXT NOT NULL,
            direction_id INTEGER,
            stop_id TEXT NOT NULL,
            stop_sequence INTEGER NOT NULL,
            happened_at REAL NOT NULL,
            arrival REAL,
            departure REAL,
            bracket REAL NOT NULL,
            UNIQUE (service_date, trip_id, start_time, vehicle_id, stop_sequence)
        ) STRICT;
        CREATE INDEX stop_events_by_time ON stop_events (happened_at);

        """

    private static let learnedTables = """
        CREATE TABLE link_statistics (
            from_stop_id TEXT NOT NULL,
            to_stop_id TEXT NOT NULL,
            period INTEGER NOT NULL,
            count REAL NOT NULL,
            mean REAL NOT NULL,
            variance REAL NOT NULL,
            PRIMARY KEY (from_stop_id, to_stop_id, period)
        ) STRICT, WITHOUT ROWID;

        """

    private static let dispatchTables = """
        CREATE TABLE devices (
            id TEXT PRIMARY KEY,
            vehicle_id TEXT NOT NULL,
            token_hash BLOB NOT NULL UNIQUE,
            added_at REAL NOT NULL,
            revoked_at REAL
        ) STRICT;
        CREATE TABLE alerts (
            id TEXT PRIMARY KEY,
            starts_at REAL,
            ends_at REAL,
            cause INTEGER NOT NULL,
            effect INTEGER NOT NULL,
            severity INTEGER NOT NULL,
            texts TEXT NOT NULL
        ) STRICT;
        """
}
