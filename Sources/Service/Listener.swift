import Foundation
import Hummingbird
import ServiceLifecycle

/// A listening application that says in one line why it cannot listen.
struct Listener: ServiceLifecycle.Service {
    let app: any ApplicationProtocol
    /// What it listens at.
    let name: String
    /// What to do when that cannot be had.
    let hint: String
    var onEnd: @Sendable () -> Void = {}

    func run() async throws {
        defer { onEnd() }
        do {
            try await app.run()
        } catch let error as ServiceGroupError {
            throw error
        } catch {
            throw ServiceFault("cannot listen at \(name): \(error): \(hint)")
        }
    }
}

/// The file of the control socket: for its owner only, and gone when nobody listens.
struct ControlSocket: Sendable {
    let path: String

    /// The most bytes that the kernel takes for such a path.
    private static let mostBytes = 107

    init(path: String) throws(ServiceFault) {
        guard path.utf8.count <= Self.mostBytes else {
            throw ServiceFault(
                "\(path) is longer than \(Self.mostBytes) bytes: choose another --control")
        }
        self.path = path
    }

    func restrict() { chmod(path, 0o600) }

    func remove() { unlink(path) }
}
