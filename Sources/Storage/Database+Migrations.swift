import GRDB

extension Database {
    /// Every change to the tables since the first release, in order; none is ever edited.
    static var migrations: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 first tables") { db in
            try db.execute(sql: pingTables + stopEventTables + learnedTables + dispatchTables)
        }
        migrator.registerMigration("2 places beside ids") { db in
            try db.execute(sql: placedLearnedTables + placedStopEvents + timetableTables)
        }
        migrator.registerMigration("3 last good timetable") { db in
            try db.execute(sql: argumentTable + formerTripTable)
        }
        migrator.registerMigration("4 pings by time, devices that sign") { db in
            try db.execute(sql: pingsByTime + devicesThatSign)
        }
        migrator.registerMigration("5 calls and their errors, detours") { db in
            try db.execute(sql: callsAndErrors + dismissedDetours)
        }
        migrator.registerMigration("6 lessons beside links") { db in
            try db.execute(sql: lessons)
        }
        migrator.registerMigration("7 grades of predictions") { db in
            try db.execute(sql: accuracyTables)
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

    /// Rows of before keep their ids and get a place when they are next saved.
    private static let placedLearnedTables = """
        ALTER TABLE link_statistics RENAME TO old_link_statistics;
        CREATE TABLE link_statistics (
            id INTEGER PRIMARY KEY,
            from_stop_id TEXT NOT NULL,
            from_name TEXT NOT NULL,
            from_latitude REAL,
            from_longitude REAL,
            to_stop_id TEXT NOT NULL,
            to_name TEXT NOT NULL,
            to_latitude REAL,
            to_longitude REAL,
            period INTEGER NOT NULL,
            count REAL NOT NULL,
            mean REAL NOT NULL,
            variance REAL NOT NULL
        ) STRICT;
        INSERT INTO link_statistics
            (from_stop_id, from_name, to_stop_id, to_name, period, count, mean, variance)
            SELECT from_stop_id, '', to_stop_id, '', period, count, mean, variance
            FROM old_link_statistics;
        DROP TABLE old_link_statistics;

        """

    /// A call is known by vehicle, place and time, since another timetable may give any run's id to
    /// another run.
    private static let placedStopEvents = """
        ALTER TABLE stop_events RENAME TO old_stop_events;
        DROP INDEX stop_events_by_time;
        CREATE TABLE stop_events (
            id INTEGER PRIMARY KEY,
            vehicle_id TEXT NOT NULL,
            trip_id TEXT NOT NULL,
            service_date TEXT NOT NULL,
            start_time TEXT NOT NULL,
            route_id TEXT NOT NULL,
            route_short_name TEXT NOT NULL,
            route_long_name TEXT NOT NULL,
            direction_id INTEGER,
            stop_id TEXT NOT NULL,
            stop_name TEXT NOT NULL,
            stop_latitude REAL,
            stop_longitude REAL,
            stop_sequence INTEGER NOT NULL,
            happened_at REAL NOT NULL,
            arrival REAL,
            departure REAL,
            bracket REAL NOT NULL
        ) STRICT;
        INSERT INTO stop_events
            SELECT id, vehicle_id, trip_id, service_date, start_time, route_id, '', '',
            direction_id, stop_id, '', NULL, NULL, stop_sequence, happened_at, arrival, departure,
            bracket FROM old_stop_events;
        DROP TABLE old_stop_events;
        CREATE INDEX stop_events_by_time ON stop_events (happened_at);
        CREATE INDEX stop_events_by_vehicle ON stop_events (vehicle_id, happened_at);

        """

    private static let timetableTables = """
        CREATE TABLE former_stops (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            latitude REAL,
            longitude REAL,
            kind INTEGER NOT NULL,
            seen_at REAL NOT NULL
        ) STRICT;
        CREATE TABLE former_routes (
            id TEXT PRIMARY KEY,
            short_name TEXT NOT NULL,
            long_name TEXT NOT NULL,
            seen_at REAL NOT NULL
        ) STRICT;
        CREATE TABLE timetables (
            id INTEGER PRIMARY KEY,
            starts_on TEXT,
            source TEXT NOT NULL,
            version TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            argument TEXT NOT NULL,
            argument_fingerprint TEXT,
            ordered_at REAL NOT NULL,
            is_in_force INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX timetable_in_force ON timetables (is_in_force) WHERE is_in_force = 1;
        CREATE UNIQUE INDEX staged_timetables ON timetables (starts_on) WHERE is_in_force = 0;
        """

    private static let argumentTable = """
        CREATE TABLE argument (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            source TEXT NOT NULL,
            version TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            refused_fingerprint TEXT
        ) STRICT;

        """

    /// Only for the timetable in force, which each row names by its content.
    private static let formerTripTable = """
        CREATE TABLE former_trips (
            id TEXT PRIMARY KEY,
            trip_id TEXT NOT NULL,
            fingerprint TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    /// Told apart by time first: what is sent now lies together, so that a commit of many vehicles
    /// touches few pages, and a restart reads the last hours in the order they happened.
    private static let pingsByTime = """
        ALTER TABLE pings RENAME TO old_pings;
        DROP INDEX pings_by_receipt;
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
            UNIQUE (fix_time, vehicle_id)
        ) STRICT;
        INSERT INTO pings SELECT * FROM old_pings;
        DROP TABLE old_pings;

        """

    /// A gateway has no vehicle of its own.
    private static let devicesThatSign = """
        ALTER TABLE devices RENAME TO old_devices;
        CREATE TABLE devices (
            id TEXT PRIMARY KEY,
            vehicle_id TEXT,
            token_hash BLOB NOT NULL UNIQUE,
            signing_key BLOB,
            last_sequence INTEGER NOT NULL DEFAULT -1,
            wire TEXT NOT NULL DEFAULT '',
            added_at REAL NOT NULL,
            revoked_at REAL
        ) STRICT;
        INSERT INTO devices (id, vehicle_id, token_hash, added_at, revoked_at)
            SELECT id, vehicle_id, token_hash, added_at, revoked_at FROM old_devices;
        DROP TABLE old_devices;
        """

    /// Of calls from before nobody can tell any more what the vehicle did.
    private static let callsAndErrors = """
        ALTER TABLE stop_events ADD COLUMN call TEXT NOT NULL DEFAULT 'unknown';
        ALTER TABLE stop_events ADD COLUMN arrival_error REAL;
        ALTER TABLE stop_events ADD COLUMN departure_error REAL;
        ALTER TABLE stop_events ADD COLUMN dwell REAL;
        ALTER TABLE stop_events ADD COLUMN skipped_at REAL;

        """

    private static let dismissedDetours = """
        CREATE TABLE dismissed_detours (
            id TEXT PRIMARY KEY,
            dismissed_at REAL NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    /// Values are numbers of four bytes, the lowest first.
    private static let lessons = """
        CREATE TABLE lessons (
            id INTEGER PRIMARY KEY,
            subject TEXT NOT NULL,
            number INTEGER NOT NULL,
            "values" BLOB NOT NULL,
            stop_id TEXT,
            name TEXT,
            latitude REAL,
            longitude REAL
        ) STRICT;
        """
}
