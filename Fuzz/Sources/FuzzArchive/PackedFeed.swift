import FuzzedFeeds

/// A zip archive made of the parts of an input, the first byte of each of which says how it is
/// packed.
struct PackedFeed {
    /// How a file is packed, and which lies are told of it.
    private struct Packing {
        let byte: UInt8

        var isDeflated: Bool { byte & 1 != 0 }
        /// Sizes and checksum stand after the file and not before it, as streaming writers do.
        var hasDescriptor: Bool { byte & 2 != 0 }
        var isLargeForm: Bool { byte & 4 != 0 }
        var liesOfSize: Bool { byte & 8 != 0 }
        var liesOfChecksum: Bool { byte & 16 != 0 }
        var isCut: Bool { byte & 32 != 0 }
        var isEncrypted: Bool { byte & 64 != 0 }
        var isUnknownMethod: Bool { byte & 128 != 0 }
        var isHonest: Bool { byte & 0b1111_1000 == 0 }
    }

    private let files: [(name: String, packing: Packing, bytes: [UInt8])]

    init(_ bytes: ArraySlice<UInt8>, folder: String) {
        files = FeedText.files(bytes).compactMap { name, bytes in
            bytes.first.map { (folder + name, Packing(byte: $0), Array(bytes.dropFirst())) }
        }
    }

    /// Whether the archive is what it says.
    var isHonest: Bool { files.allSatisfy(\.packing.isHonest) }

    /// The files as text; nil when one is no UTF-8.
    var texts: [String: String]? {
        var texts: [String: String] = [:]
        for file in files {
            guard let text = String(validating: file.bytes, as: UTF8.self) else { return nil }
            texts[file.name] = text
        }
        return texts
    }

    /// The bytes of the archive.
    var archive: [UInt8] {
        var zip = ZipBytes()
        for (name, packing, bytes) in files {
            var entry = ZipBytes.Entry(name: name, bytes: bytes, isDeflated: packing.isDeflated)
            entry.hasDescriptor = packing.hasDescriptor
            entry.isLargeForm = packing.isLargeForm
            if packing.liesOfSize { entry.size += bytes.count % 3 == 0 ? -1 : bytes.count }
            if packing.liesOfChecksum { entry.checksum ^= 1 }
            if packing.isCut { entry.packed = entry.packed.dropLast() }
            if packing.isEncrypted { entry.flags |= 1 }
            if packing.isUnknownMethod { entry.method = 98 }
            zip.add(entry)
        }
        return zip.closed
    }
}
