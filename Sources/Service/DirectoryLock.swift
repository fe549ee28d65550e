import Foundation

/// Keeps a second service off a data directory; the kernel lets go when the process ends, however.
final class DirectoryLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock, or says who is in the way.
    init(directory: String) throws(ServiceFault) {
        let path = directory + "/serve.lock"
        descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw ServiceFault("\(path) cannot be written: check the owner of \(directory)")
        }
        // From here on the end of this object closes the file, also when it never came to be used.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw ServiceFault(
                "another service works in \(directory): stop it, or choose another --data")
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }
}
