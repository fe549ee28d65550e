import Feeds
import Geometry
import TransitModel

/// `/pages/config.json`: what the pages cannot know by themselves.
struct PageConfiguration: Codable {
    struct Tiles: Codable, Hashable {
        var url: String
        var attribution: String
    }

    /// Background of the map; null when there is none.
    @Nullable var tiles: Tiles?
    /// Latitude and longitude of the middle of the network.
    var center: [Double]
    /// Who runs the service.
    var agency: String

    init(_ network: Network, tiles: MapTiles?) {
        self.tiles = tiles.map { Tiles(url: $0.url, attribution: $0.attribution) }
        agency = network.agencies.elements.first?.name ?? ""
        let places = network.stops.elements.compactMap(\.coordinate)
        center = [
            Self.middle(of: places.map(\.latitude)), Self.middle(of: places.map(\.longitude)),
        ]
    }

    private static func middle(of values: [Double]) -> Double {
        guard let least = values.min(), let most = values.max() else { return 0 }
        return ((least + most) / 2 * 1e6).rounded() / 1e6
    }
}
