import ETAEngine
import Logging
import Storage
import TransitModel

extension KeptAlert {
    /// The alert by the ids of a timetable, without what is not in it any more: a feed must not name
    /// what its timetable does not know.
    func alert(in recognition: Recognition, loggingTo logger: Logger? = nil) -> Alert {
        var alert = alert
        alert.informed = informed.compactMap { place in
            let entity = place.entity(in: recognition)
            if entity == nil {
                logger?.warning(
                    """
                    alert \(alert.id): \(place.name) is not in \(recognition.network.version), so \
                    nobody is told there
                    """)
            }
            return entity
        }
        return alert
    }
}

extension InformedPlace {
    /// What an operator calls it.
    fileprivate var name: String {
        let parts = [
            agencyID.map { "agency \(agencyName ?? $0)" },
            route.map { "route \($0.shortName.isEmpty ? $0.id : $0.shortName)" },
            stop.map { "stop \($0.id) \($0.name)" },
        ]
        return parts.compactMap { $0 }.joined(separator: ", ")
    }
}
