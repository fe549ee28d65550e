import Foundation
import NIOSSL

/// A certificate for `localhost` that vouches for itself, made by the `openssl` command.
struct Certificate {
    private static let command = "/usr/bin/openssl"

    /// Whether the command is there.
    static let canBeMade = FileManager.default.isExecutableFile(atPath: command)

    let root: NIOSSLCertificate
    let server: NIOSSLContext

    init() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("certificate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (key, certificate) = try Self.make(in: folder)
        root = try NIOSSLCertificate(file: certificate, format: .pem)
        server = try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: [.certificate(root)],
                privateKey: .privateKey(NIOSSLPrivateKey(file: key, format: .pem))))
    }

    /// Makes the files and says their paths.
    static func make(in folder: URL) throws -> (key: String, certificate: String) {
        let key = folder.appendingPathComponent("key.pem").path
        let certificate = folder.appendingPathComponent("certificate.pem").path
        let process = Process()
        process.executableURL = URL(fileURLWithPath: command)
        process.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
            "-keyout", key, "-out", certificate,
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return (key, certificate)
    }
}
