import ETAEngine
import GRDB
import Geometry

extension StopPlace {
    /// Id, name, latitude and longitude, as every table of places has them side by side.
    var arguments: StatementArguments {
        [id, name, coordinate?.latitude, coordinate?.longitude]
    }

    /// Reads four columns from one on; half a place is none.
    init(_ row: Row, at column: Int) {
        self.init(id: row[column], name: row[column + 1])
        let latitude: Double? = row[column + 2]
        let longitude: Double? = row[column + 3]
        guard let latitude, let longitude else { return }
        coordinate = Coordinate(latitude: latitude, longitude: longitude)
    }
}
