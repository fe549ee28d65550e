import Foundation
import NIOCore
import NIOPosix

/// Why a connection did not come about, in the system's words.
func networkReason(_ error: any Error) -> String {
    guard let failure = error as? NIOConnectionError else { return "\(error)" }
    guard let attempt = failure.connectionErrors.first?.error else {
        return "no address is known for \(failure.host)"
    }
    return (attempt as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(attempt)"
}
