import Foundation

/// A disk that fails one kind of system call of a process that already runs, as long as strace
/// stays with it.
final class FailingCalls {
    struct NotAttached: Error {
        var output: String
    }

    private let tracer = Process()

    /// Attaches to a process; `injection` is strace's, such as `fdatasync:error=EIO:when=1`.
    init(_ injection: String, of pid: Int32, in scratch: Scratch) async throws {
        let log = try scratch.write("", to: "strace-\(UUID().uuidString)")
        let call = String(injection.prefix { $0 != ":" })
        tracer.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        tracer.arguments = [
            "strace", "-f", "-o", "/dev/null", "-p", String(pid), "-e", "trace=\(call)",
            "-e", "inject=\(injection)",
        ]
        tracer.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
        try tracer.run()
        let isAttached = try await eventually { [tracer] in
            let text = try String(contentsOfFile: log, encoding: .utf8)
            return text.contains("attached") || !tracer.isRunning
        }
        guard isAttached, tracer.isRunning else {
            throw NotAttached(output: try String(contentsOfFile: log, encoding: .utf8))
        }
    }

    deinit { lift() }

    /// Ends the fault; calls succeed again from then on.
    func lift() {
        // strace inherits that threads of this process block what would end it politely; the kernel
        // lets go of the traced process either way.
        if tracer.isRunning { kill(tracer.processIdentifier, SIGKILL) }
        tracer.waitUntilExit()
    }
}

/// A small file system of its own in memory under a scratch folder's `data`, which can be filled.
final class SmallDisk {
    struct NotMounted: Error {
        var path: String
    }

    /// Whether this process may mount at all; in CI it is root and may.
    static let canBeMounted: Bool = {
        guard let scratch = try? Scratch() else { return false }
        return (try? SmallDisk(in: scratch)) != nil
    }()

    private let scratch: Scratch
    private let path: String
    private let filler: String

    /// Mounts 24 MiB, enough for the bundled timetable and some thousand pings.
    init(in scratch: Scratch) throws {
        self.scratch = scratch
        path = scratch.path("data")
        filler = path + "/filler"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard Self.run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", path) == 0 else {
            throw NotMounted(path: path)
        }
    }

    // Lazily, for a service that is being killed may still have files open.
    deinit { _ = Self.run("umount", "-l", path) }

    /// Takes what space is left.
    func fill() throws {
        FileManager.default.createFile(atPath: filler, contents: nil)
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: filler))
        while (try? file.write(contentsOf: Data(count: 4096))) != nil {}
        try file.close()
    }

    /// Gives the space back.
    func empty() throws { try FileManager.default.removeItem(atPath: filler) }

    private static func run(_ arguments: String...) -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return -1 }
        process.waitUntilExit()
        return process.terminationStatus
    }
}
