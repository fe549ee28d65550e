import Testing

@testable import Feeds

struct FeedTextTests {
    @Test func `a feed reads as protobuf text`() throws {
        var scene = Scene()
        scene.addBus("7", on: Town.run("H", start: "07:52:00"), before: 5)
        let bytes = scene.feeds(version: "a\"b\\ –").tripUpdates
        #expect(
            try FeedText.text(of: bytes) == #"""
                header {
                  gtfs_realtime_version: "2.0"
                  incrementality: FULL_DATASET
                  timestamp: 1795223100
                  feed_version: "a\"b\\ –"
                }
                entity {
                  id: "trip:H:20261121:07:52:00"
                  trip_update {
                    trip {
                      trip_id: "H"
                      start_time: "07:52:00"
                      start_date: "20261121"
                      schedule_relationship: UNSCHEDULED
                      route_id: "K1"
                      direction_id: 0
                    }
                    stop_time_update {
                      stop_sequence: 9
                      arrival {
                        time: 1795223160
                        uncertainty: 20
                      }
                      departure {
                        time: 1795223175
                        uncertainty: 20
                      }
                      stop_id: "S6"
                      schedule_relationship: UNSCHEDULED
                    }
                    vehicle {
                      id: "7"
                      label: "7"
                    }
                    timestamp: 1795223090
                  }
                }

                """#
        )
    }

    @Test func `line ends and other controls are escaped`() throws {
        let bytes = Scene().feeds(version: "a\nb\tc\u{1}d\r").tripUpdates
        #expect(try FeedText.text(of: bytes).contains(#"feed_version: "a\nb\tc\001d\r""#))
    }

    @Test func `bytes that are no feed are refused`() {
        #expect(throws: FeedDecodingError.self) { try FeedText.text(of: [1, 2, 3]) }
    }
}
