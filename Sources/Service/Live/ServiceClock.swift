import Foundation
import TransitModel

/// What the system's clock says: the only place where time comes in.
@Sendable func systemClock() -> Timestamp { Timestamp(Date().timeIntervalSince1970) }
