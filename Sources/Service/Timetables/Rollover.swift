import Ingestion
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
        for path in await timetables.watches.keys.sorted() {
            guard let files = await look(at: path) else { continue }
            try? await turnstile.pass { await self.follow(files) }
        }
    }

    /// What lies at a path if it is to be read now.
    @concurrent
    private nonisolated func look(at path: String) async -> FeedFiles? {
        let files = FeedFiles(path: path)
        return await shouldRead(files, at: path) ? files : nil
    }

    private func shouldRead(_ files: FeedFiles?, at path: String) -> Bool {
        timetables.watches[path]?.look(files, at: moment()) ?? false
    }

    private func follow(_ files: FeedFiles) async {
        var fingerprint: String?
        do {
            let found = try await LongWork.run { try files.fingerprint() }
            fingerprint = found
            guard timetables.watches[files.path]?.isNews(found) ?? false else {
                timetables.watches[files.path]?.settle(files)
                if found == timetable?.fingerprint { timetables.refusal = nil }
                return
            }
            try await putInForce(whole(at: files.path), because: "it has changed")
        } catch {
            if error.condemnsFeed, let fingerprint {
                refuse(files, fingerprint, error)
            } else if timetables.watches[files.path]?.failed("\(error)", at: moment()) ?? false {
                logger.error("\(files.path) has changed and will be tried again: \(error)")
            }
        }
    }

    /// Reads a feed that nobody has ordered; refuses what looks like half of the one in force.
    private func whole(at path: String) async throws -> ServedTimetable {
        let next = try await ServedTimetable.load(
            path: path, origin: path == gtfsPath ? .argument : .order)
        if let shortfall = timetable.flatMap({ size(of: next).shortfall(against: size(of: $0)) }) {
            throw Shortfall(path: path, reason: shortfall)
        }
        return next
    }

    private func refuse(_ files: FeedFiles, _ fingerprint: String, _ error: any Error) {
        let refusal = "\(files.path) has changed and is refused, the old GTFS stays: \(error)"
        logger.error("\(refusal)")
        timetables.watches[files.path]?.refuse(files, fingerprint)
        timetables.refusal = refusal
        guard files.path == gtfsPath else { return }
        do {
            try stores.timetables.refuseArgument(fingerprint)
        } catch {
            logger.error("a restart would try \(files.path) again: \(error)")
        }
    }

    // MARK: - What waits for its date

    /// Puts the last timetable in force whose time has come, if one's has.
    nonisolated func beginStaged() async {
        guard let due = await dueTimetable() else { return }
        try? await turnstile.pass { await self.begin(due) }
    }

    private func dueTimetable() -> KeptTimetable? {
        guard let serviceDay = timetable?.network.serviceDay else { return nil }
        let snapshot = showcase.published?.snapshot
        let now = moment()
        return timetables.due(at: now) { date in
            RolloverRule.isDue(
                date, at: now, in: serviceDay, isQuiet: snapshot?.isQuiet(before: date) ?? false)
        }
    }

    private func begin(_ kept: KeptTimetable) async {
        // It may have been cancelled meanwhile.
        guard timetables.staged.contains(kept), let date = kept.startsOn else { return }
        do {
            let copy = stores.timetables.copy(of: kept)
            try await putInForce(
                ServedTimetable.load(kept, copy: copy), because: "as ordered for \(date.dashed)")
        } catch let error as ScheduleError {
            giveUp(kept, error, at: moment())
        } catch {
            if timetables.failed(kept, "\(error)", at: moment()) {
                logger.error("\(kept.version), due now, will be tried again: \(error)")
            }
        }
    }

    /// Notes that an order cannot be carried out, and what is to be done about it.
    func giveUp(_ kept: KeptTimetable, _ error: ScheduleError, at now: Timestamp) {
        guard let date = kept.startsOn else { return }
        let isOver = timetable.map { $0.network.serviceDay.date(at: now) > date } ?? false
        let order = "gtfs use \(kept.source)" + (isOver ? "" : " --from \(date.dashed)")
        let reason = "its copy is damaged (\(error)); order it again with `\(order)`"
        timetables.refuse(kept, because: reason)
        logger.error(
            "\(kept.version), ordered for \(date.dashed), is refused, the old stays: \(reason)")
    }
}
