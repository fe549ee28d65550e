import Logging
import ServiceLifecycle
import Storage
import TransitModel

/// Looks every few seconds whether the GTFS on the disk has changed, and whether the day has come
/// for one that waits.
struct Rollover: ServiceLifecycle.Service {
    let live: LiveService

    private static let pause = Duration.seconds(3)

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: Self.pause)
                await live.followFiles()
                await live.beginStaged()
            }
        }
    }
}

extension LiveService {
    /// Puts in force what has changed on the disk and is whole.
    ///
    /// What cannot be used is refused with one line in the log; a file that is gone changes nothing.
    nonisolated func followFiles() async {
        for path in await watches.keys.sorted() {
            guard let files = await look(at: path) else { continue }
            do {
                guard let next = try await turnstile.pass({ try await self.follow(files) }) else {
                    continue
                }
                logger.notice("\(path) has changed: \(next.network.version) is in force")
            } catch {
                logger.error("\(path) has changed and is refused, the old GTFS stays: \(error)")
            }
        }
    }

    /// What lies at a path if it is to be read now.
    @concurrent
    private nonisolated func look(at path: String) async -> FeedFiles? {
        let files = FeedFiles(path: path)
        return await shouldRead(files, at: path) ? files : nil
    }

    private func shouldRead(_ files: FeedFiles?, at path: String) -> Bool {
        watches[path]?.look(files) ?? false
    }

    /// Nil when nothing has changed but dates of files.
    private func follow(_ files: FeedFiles) async throws -> ServedTimetable? {
        let path = files.path
        let fingerprint = try await Self.fingerprint(of: files)
        guard watches[path]?.isNews(fingerprint) ?? false else { return nil }
        do {
            let origin = path == gtfsPath ? ServedTimetable.Origin.argument : .order
            return try await putInForce(ServedTimetable.load(path: path, origin: origin))
        } catch {
            watches[path]?.refuse(fingerprint)
            throw error
        }
    }

    @concurrent
    private static func fingerprint(of files: FeedFiles) async throws -> String {
        try files.fingerprint()
    }

    /// Puts the last timetable in force whose time has come, if one's has.
    nonisolated func beginStaged() async {
        guard let due = await dueTimetable() else { return }
        do {
            let next = try await turnstile.pass { try await self.begin(due) }
            guard let next else { return }
            logger.notice("\(next.network.version) is in force, as ordered for its date")
        } catch {
            await giveUp(due)
            logger.error("\(due.version), ordered for today, is refused, the old stays: \(error)")
        }
    }

    private func dueTimetable() -> KeptTimetable? {
        guard let serviceDay = timetable?.network.serviceDay else { return nil }
        let isQuiet = showcase.published?.snapshot.isQuiet ?? false
        let now = moment()
        return staged.last { kept in
            guard let date = kept.startsOn, !failedDates.contains(date) else { return false }
            return RolloverRule.isDue(date, at: now, in: serviceDay, isQuiet: isQuiet)
        }
    }

    /// Nil when it was cancelled meanwhile.
    private func begin(_ kept: KeptTimetable) async throws -> ServedTimetable? {
        guard staged.contains(kept) else { return nil }
        let copy = stores.timetables.copy(of: kept)
        return try await putInForce(ServedTimetable.load(kept, copy: copy))
    }

    private func giveUp(_ kept: KeptTimetable) {
        if let date = kept.startsOn { failedDates.insert(date) }
    }
}
