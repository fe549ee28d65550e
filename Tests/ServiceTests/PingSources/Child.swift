import Foundation

/// A process that tests start and end.
///
/// Not Foundation's, whose waiting hangs while any other child lives that was started at the same
/// time, and whose children cannot be told to stop because SIGTERM is blocked in them.
final class Child {
    private let id: pid_t
    private var status: Int32?

    /// Starts a command with an input, by default none, and without any output.
    init(_ path: String, _ arguments: [String], input: String = "/dev/null") throws {
        var attributes = posix_spawnattr_t()
        var actions = posix_spawn_file_actions_t()
        var signals = sigset_t()
        posix_spawnattr_init(&attributes)
        posix_spawn_file_actions_init(&actions)
        defer {
            posix_spawnattr_destroy(&attributes)
            posix_spawn_file_actions_destroy(&actions)
        }
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        for output in [Int32(1), 2] {
            posix_spawn_file_actions_addopen(&actions, output, "/dev/null", O_WRONLY, 0)
        }
        // A port that a test has closed must not go on in here.
        for other in Int32(3)..<1024 { posix_spawn_file_actions_addclose(&actions, other) }
        let texts = ([path] + arguments).map { strdup($0) } + [nil]
        defer { texts.forEach { free($0) } }
        var id = pid_t()
        guard posix_spawn(&id, path, &actions, &attributes, texts, environ) == 0 else {
            throw CocoaError(.executableNotLoadable)
        }
        self.id = id
    }

    /// Asks it to stop until it has.
    ///
    /// More than once, because Mosquitto forgets a signal that comes while it starts.
    func stop() {
        while status == nil {
            kill(id, SIGTERM)
            for _ in 0..<100 where status == nil {
                if waitpid(id, nil, WNOHANG) != 0 { status = SIGTERM }
                usleep(10_000)
            }
        }
    }

    /// Waits for its end; 0 when all went well.
    func wait() -> Int32 {
        if let status { return status }
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        self.status = status
        return status
    }

    deinit { stop() }
}
