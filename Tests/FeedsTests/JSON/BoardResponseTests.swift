import ETAEngine
import Testing
import TransitModel

@testable import Feeds

struct BoardResponseTests {
    @Test func `a board has short keys and minutes`() throws {
        var scene = Scene()
        scene.addBus("7", on: Town.run("H", start: "07:52:00"))
        let bytes = try BoardResponse.encode(
            snapshot: scene.snapshot, stop: Town.stop("S4"), alerts: [.detour], language: "en")
        #expect(
            String(decoding: bytes, as: UTF8.self) == """
                {"a":[{"h":"Timur","m":3,"r":"K1","s":"l","u":1}],"id":"S4","n":"Halte 4",\
                "t":1795223100,"w":["Detour"]}
                """
        )
    }

    @Test func `a board never has more rows than it may`() {
        var scene = Scene()
        for number in 0..<20 {
            scene.addBus(
                "\(number)", on: Town.run("H", start: "07:3\(number % 10):0\(number / 10)"))
        }
        func rows(_ limit: Int?) -> Int {
            BoardResponse(snapshot: scene.snapshot, stop: Town.stop("S4"), limit: limit).a.count
        }
        #expect(rows(nil) == BoardResponse.maximumRows)
        #expect(rows(100) == BoardResponse.maximumRows)
        #expect(rows(3) == 3)
        #expect(rows(-1) == 0)
    }

    @Test(arguments: 0..<120)
    func `a board stays under its limit whatever things are called`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        func name() -> String {
            let alphabet = Array("\"\\\u{0}\n\u{7f}\u{2028}aé–バ👩‍👩‍👧‍👦🇮🇩\u{301}/<")
            let length = Int.random(in: 0...400, using: &random)
            let one = random.next() % 3 == 0 ? alphabet.randomElement(using: &random) : nil
            return String(
                (0..<length).map { _ in one ?? alphabet.randomElement(using: &random) ?? "x" })
        }
        var scene = Scene()
        scene.network = Town.network { parts in
            for index in parts.routes.elements.indices {
                parts.routes.elements[index].shortName = name()
            }
            for index in parts.stops.elements.indices {
                parts.stops.elements[index].name = name()
                parts.stops.elements[index].id = name() + "\(index)"
            }
            for index in parts.trips.elements.indices {
                parts.trips.elements[index].headsign = name()
            }
        }
        for number in 0..<30 {
            scene.addBus(
                "\(number)", on: Town.run("H", start: "07:3\(number % 10):0\(number / 10)"))
            scene.trips[number].stops[0].uncertainty = .infinity
        }
        var alert = Alert.detour
        alert.informed = [Alert.InformedEntity(agencyID: "psm")]
        alert.header = [Alert.Translation(language: "id", text: name())]
        let bytes = try BoardResponse.encode(
            snapshot: scene.snapshot, stop: StopIndex(3), alerts: [alert, alert, alert])
        #expect(bytes.count < BoardResponse.byteLimit)
        #expect(try WireJSON.decode(BoardResponse.self, from: bytes).a.count == 12)
    }

    @Test func `names are cut between characters`() {
        #expect("Halte".shortened(to: 3) == "Hal")
        #expect("Café".shortened(to: 4) == "Caf")
        #expect("a👩‍👩‍👧‍👦b".shortened(to: 20) == "a")
        #expect("a\nb".shortened(to: 9) == "a b")
        #expect("".shortened(to: 0).isEmpty)
    }
}
