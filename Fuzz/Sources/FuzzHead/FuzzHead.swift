import FuzzedFeeds
import Hummingbird

@testable import Intake

/// Reads the head of a request: whatever follows it, and however it comes in parts, it says the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func readHead(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard case .head(let head) = reading(bytes) else { return 0 }
    requirePromises(of: head, in: bytes)
    let alone = Array(bytes.prefix(head.length))
    requireSame(reading(alone), head, "the head ends where it says")
    let next = Array("POST / HTTP/1.1\r\n\r\n".utf8)
    requireSame(reading(alone + next), head, "the next changes nothing")
    for part in [1, head.length / 2, head.length - 1] {
        guard case .incomplete = reading(Array(alone.prefix(part))) else {
            fatalError("\(part) bytes of a head are not all of it")
        }
    }
    return 0
}

private func reading(_ bytes: [UInt8]) -> LaneHead.Reading {
    bytes.withUnsafeBytes(LaneHead.read)
}

private func requirePromises(of head: LaneHead, in bytes: [UInt8]) {
    require(head.length <= min(bytes.count, LaneHead.longest), "a head is not too long")
    require(bytes[..<head.length].suffix(4).elementsEqual("\r\n\r\n".utf8), "a blank line ends it")
    require(0...head.form.mostBytes ~= head.bodyLength, "a body is not too long")
    require(head.form.methods.contains { $0.rawValue == head.method }, "the form has the method")
    require(head.target.hasPrefix(head.form.rawValue), "the target is the form's")
    let text = String(decoding: bytes[..<head.length], as: UTF8.self).lowercased()
    let line = "\(head.method) \(head.target) HTTP/1.1\r\n".lowercased()
    require(text.utf8.starts(with: line.utf8), "the first line is as it was sent")
    let ends = bytes[..<head.length].indices.filter { bytes[$0] == UInt8(ascii: "\n") }
    require(ends.allSatisfy { bytes[$0 - 1] == UInt8(ascii: "\r") }, "lines end in both bytes")
    let names = text.utf8.split(separator: UInt8(ascii: "\n")).map { line in
        String(decoding: line.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
    }
    require(!names.contains("transfer-encoding"), "a body in chunks is the framework's")
    let lengths = names.count { $0 == "content-length" }
    require(lengths == 1 || lengths == 0 && head.bodyLength == 0, "a body has one length")
}

private func requireSame(_ reading: LaneHead.Reading, _ head: LaneHead, _ promise: String) {
    guard case .head(let other) = reading else { fatalError(promise) }
    require(
        other.length == head.length && other.bodyLength == head.bodyLength
            && other.isLast == head.isLast && other.target == head.target
            && "\(other.credentials)" == "\(head.credentials)", promise)
}
