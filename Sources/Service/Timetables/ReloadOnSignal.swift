import Logging
import ServiceLifecycle
import UnixSignals

/// Reads the timetable anew when the operator sends SIGHUP.
struct ReloadOnSignal: ServiceLifecycle.Service {
    let live: LiveService

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        let bell = Doorbell()
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                group.addTask {
                    for await _ in signals { bell.ring() }
                    bell.fallSilent()
                }
                await bell.answer(reload)
            }
        }
    }

    private func reload() async {
        do {
            try await live.reload()
        } catch {
            live.logger.error("the old timetable stays in force: \(error)")
        }
    }
}
