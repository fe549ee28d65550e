import Storage

/// All that the service keeps on disk, opened once.
struct Stores: Sendable {
    let database: Database
    let journal: PingJournal
    let writer: JournalWriter
    let devices: DeviceStore
    let alerts: AlertStore
    let stopEvents: StopEventLog
    let experience: ExperienceStore
    let detours: DetourStore
    let accuracy: AccuracyStore
    let timetables: TimetableStore
    let ids: IDRegister

    init(_ database: Database) {
        self.database = database
        journal = PingJournal(database)
        writer = JournalWriter(journal)
        devices = DeviceStore(database)
        alerts = AlertStore(database)
        stopEvents = StopEventLog(database)
        experience = ExperienceStore(database)
        detours = DetourStore(database)
        accuracy = AccuracyStore(database)
        timetables = TimetableStore(database)
        ids = IDRegister(database)
    }
}
