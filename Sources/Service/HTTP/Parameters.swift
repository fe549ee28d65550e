import Foundation
import Geometry
import Hummingbird
import TransitModel

/// What a request asks for, read by the names and bounds of the contract.
///
/// Whatever cannot be read is a ``Refusal`` that names the parameter.
struct Query {
    private let request: Request
    private let path: Parameters

    init(_ request: Request, _ context: some RequestContext) {
        self.request = request
        path = context.parameters
    }

    /// A part of the path, such as a stop's id.
    func pathPart(_ name: String) throws -> String {
        guard let raw = path.get(name), let text = raw.removingPercentEncoding, !text.isEmpty else {
            throw Refusal.badParameter(name, "percent-encode it as UTF-8")
        }
        return text
    }

    /// A parameter, which may come but once; nil when it is absent or empty.
    func text(_ name: String) throws -> String? {
        let values = request.uri.queryParameters.getAll(name)
        guard values.count < 2 else { throw Refusal.badParameter(name, "send it once") }
        return values.first.flatMap { $0.isEmpty ? nil : String($0) }
    }

    /// A whole number within bounds.
    func number(_ name: String, in bounds: ClosedRange<Int>) throws -> Int? {
        guard let text = try text(name) else { return nil }
        guard let number = Int(text), bounds.contains(number) else {
            throw Refusal.badParameter(
                name, "send a whole number from \(bounds.lowerBound) to \(bounds.upperBound)")
        }
        return number
    }

    /// A route of the timetable in force.
    func route(in published: Published) throws -> RouteIndex? {
        guard let id = try text("route") else { return nil }
        guard let route = published.route(id: id) else {
            throw Refusal.badParameter("route", "there is no route \(id)")
        }
        return route
    }

    /// `near=lat,lon`.
    func place() throws -> Coordinate {
        let parts = (try text("near") ?? "").split(separator: ",").map { Double($0) }
        guard parts.count == 2, let latitude = parts[0], let longitude = parts[1],
            abs(latitude) <= 90, abs(longitude) <= 180
        else { throw Refusal.badParameter("near", "send latitude,longitude in degrees") }
        return Coordinate(latitude: latitude, longitude: longitude)
    }
}
