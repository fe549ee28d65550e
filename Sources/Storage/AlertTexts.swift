import ETAEngine
import Foundation
import Geometry
import TransitModel

/// The lists of an alert as they lie in its JSON column.
struct AlertTexts: Codable {
    /// What is touched; an older version wrote the three ids alone.
    struct Entity: Codable {
        var agency: String?
        var agencyName: String?
        var route: String?
        var routeShortName: String?
        var routeLongName: String?
        var stop: String?
        var stopName: String?
        var stopKind: Int?
        var latitude: Double?
        var longitude: Double?
    }

    struct Text: Codable {
        var language: String
        var text: String

        init(_ translation: Alert.Translation) {
            language = translation.language
            text = translation.text
        }
    }

    var informed: [Entity]
    var header: [Text]
    var description: [Text]

    init(_ kept: KeptAlert) {
        informed = kept.informed.map(Entity.init)
        header = kept.alert.header.map(Text.init)
        description = kept.alert.description.map(Text.init)
    }

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}

extension AlertTexts.Entity {
    init(_ place: InformedPlace) {
        agency = place.agencyID
        agencyName = place.agencyName
        route = place.route?.id
        routeShortName = place.route?.shortName
        routeLongName = place.route?.longName
        stop = place.stop?.id
        stopName = place.stop?.name
        stopKind = place.stop?.kind.rawValue
        latitude = place.stop?.coordinate?.latitude
        longitude = place.stop?.coordinate?.longitude
    }

    var place: InformedPlace {
        InformedPlace(
            agencyID: agency,
            agencyName: agencyName,
            route: route.map {
                RouteSign(id: $0, shortName: routeShortName ?? "", longName: routeLongName ?? "")
            },
            stop: stop.map { stopPlace(id: $0) }
        )
    }

    private func stopPlace(id: String) -> StopPlace {
        var place = StopPlace(id: id, name: stopName ?? "")
        place.kind = stopKind.flatMap(Stop.Kind.init(rawValue:)) ?? .stop
        if let latitude, let longitude {
            place.coordinate = Coordinate(latitude: latitude, longitude: longitude)
        }
        return place
    }
}

extension Alert.Translation {
    init(text: AlertTexts.Text) { self.init(language: text.language, text: text.text) }
}
