extension Database {
    /// Sums have no direction, stop or hour where these are -1 and ''.
    static let accuracyTables = """
        CREATE TABLE accuracy (
            service_date TEXT NOT NULL,
            route_id TEXT NOT NULL,
            direction_id INTEGER NOT NULL,
            stop_id TEXT NOT NULL,
            hour INTEGER NOT NULL,
            phase TEXT NOT NULL,
            horizon INTEGER NOT NULL,
            asked INTEGER NOT NULL,
            answered INTEGER NOT NULL,
            accurate INTEGER NOT NULL,
            within_interval INTEGER NOT NULL,
            absolute_error REAL NOT NULL,
            error REAL NOT NULL,
            missed_terminal INTEGER NOT NULL,
            missed_silence INTEGER NOT NULL,
            missed_no_fix INTEGER NOT NULL,
            missed_congestion INTEGER NOT NULL,
            missed_ran_ahead INTEGER NOT NULL,
            PRIMARY KEY (service_date, route_id, direction_id, stop_id, hour, phase, horizon)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE accuracy_misses (
            id INTEGER PRIMARY KEY,
            arrival REAL NOT NULL,
            weight REAL NOT NULL,
            vehicle_id TEXT NOT NULL,
            trip_id TEXT NOT NULL,
            service_date TEXT NOT NULL,
            route_id TEXT NOT NULL,
            direction_id INTEGER,
            stop_id TEXT NOT NULL,
            stop_name TEXT NOT NULL,
            phase TEXT NOT NULL,
            cause TEXT NOT NULL,
            made_at REAL,
            predicted REAL,
            source TEXT,
            fix_age REAL,
            last_made_at REAL,
            last_predicted REAL,
            last_source TEXT,
            last_fix_age REAL
        ) STRICT;
        """
}
