import Foundation
import Hummingbird

/// `/leaflet/…`: the map library from where Debian installs it; never a copy of ours.
struct LeafletRoutes {
    /// Where Debian's `libjs-leaflet` puts its files.
    var folder = "/usr/share/javascript/leaflet"

    func add(to router: some RouterMethods<BasicRequestContext>) {
        router.on("leaflet/:name", method: .get) { request, context in
            try file([Query(request, context).pathPart("name")], request)
        }
        router.on("leaflet/images/:name", method: .get) { request, context in
            try file(["images", Query(request, context).pathPart("name")], request)
        }
    }

    private func file(_ parts: [String], _ request: Request) throws -> Response {
        let name = parts.joined(separator: "/")
        guard let kind = Self.kind(of: name), parts.allSatisfy(Self.isPlain) else {
            throw Refusal.notFound("Leaflet has no \(name)")
        }
        guard let content = FileManager.default.contents(atPath: folder + "/" + name) else {
            throw missing(name)
        }
        return Payload([UInt8](content), kind, for: request).response(to: request, maxAge: 86_400)
    }

    private func missing(_ name: String) -> Refusal {
        FileManager.default.fileExists(atPath: folder)
            ? .notFound("Leaflet has no \(name)")
            : .notFound("Leaflet is not installed on the server: apt-get install libjs-leaflet")
    }

    private static func kind(of name: String) -> Payload.Kind? {
        switch name.split(separator: ".").last {
        case "js": .javaScript
        case "css": .css
        case "png": .png
        case "map": .json
        default: nil
        }
    }

    /// Letters, digits, `-`, `_` and dots, none at the start: nothing that leads elsewhere.
    private static func isPlain(_ part: String) -> Bool {
        !part.hasPrefix(".")
            && part.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                    UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }
}
