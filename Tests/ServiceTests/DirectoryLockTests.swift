import Foundation
import Testing

@testable import Service

struct DirectoryLockTests {
    @Test func `a folder has one lock, which is free again when it is let go`() throws {
        let scratch = Scratch()
        try FileManager.default.createDirectory(
            atPath: scratch.path, withIntermediateDirectories: true)
        var first: DirectoryLock? = try DirectoryLock(directory: scratch.path)
        for _ in 0..<3 {
            let fault = #expect(throws: ServiceFault.self) {
                try DirectoryLock(directory: scratch.path)
            }
            #expect(fault?.description.contains("another service") == true)
        }
        withExtendedLifetime(first) {}
        first = nil
        #expect(throws: Never.self) { try DirectoryLock(directory: scratch.path) }
    }

    @Test func `a folder that is not there is named`() {
        let fault = #expect(throws: ServiceFault.self) {
            try DirectoryLock(directory: "/nowhere/at/all")
        }
        #expect(fault?.description.contains("/nowhere/at/all") == true)
    }
}
