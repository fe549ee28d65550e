import Feeds
import Hummingbird
import Ingestion
import Storage

extension Refusal {
    /// Words an error for the operator, who may read all of it.
    init(operating error: any Error) {
        switch error {
        case let fault as StorageFault:
            self.init(fault.kind == .refused ? .conflict : .internalServerError, fault.description)
        case let fault as ServiceFault: self.init(.badRequest, fault.description)
        case let fault as ScheduleError: self.init(.unprocessableContent, fault.description)
        default: self.init(error)
        }
    }
}
