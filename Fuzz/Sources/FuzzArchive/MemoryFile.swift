import Glibc

/// A file that has a path and no place on a disk.
struct MemoryFile {
    static let shared = MemoryFile()

    private let descriptor: CInt

    private init() {
        var name = Array("/dev/shm/feed-XXXXXX".utf8CString)
        descriptor = mkstemp(&name)
        guard descriptor >= 0 else { fatalError("no file in memory can be had") }
        // Nothing is left behind, however the fuzzer ends; the descriptor has a path of its own.
        unlink(name)
    }

    /// Fills the file anew, and returns its path.
    func path(holding bytes: [UInt8]) -> String {
        guard ftruncate(descriptor, 0) == 0,
            pwrite(descriptor, bytes, bytes.count, 0) == bytes.count
        else { fatalError("the file in memory cannot be written") }
        return "/proc/self/fd/\(descriptor)"
    }
}
