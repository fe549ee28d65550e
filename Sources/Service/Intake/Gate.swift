import Storage
import Synchronization
import TransitModel

/// Lets in whoever may speak, as often as they may.
///
/// Who somebody is follows from token or signature alone, never from what a message says. Nothing is
/// remembered of those who cannot prove themselves but how often their address has tried.
final class Gate: Sendable {
    /// Seconds by which the clock of a device that signs may be off.
    static let clockTolerance = 300

    private let devices: DeviceStore
    private let clock: @Sendable () -> Timestamp
    private let byDevice: Mutex<Allowances<String>>
    private let strangers: Mutex<Allowances<String>>

    /// - Parameters:
    ///   - devices: Who may speak.
    ///   - limits: How often.
    ///   - clock: What signatures' times are held against.
    init(_ devices: DeviceStore, limits: IngestLimits, clock: @escaping @Sendable () -> Timestamp) {
        self.devices = devices
        self.clock = clock
        byDevice = Mutex(Allowances(limits.perDevice))
        strangers = Mutex(Allowances(limits.perStranger))
    }

    /// The device that sends a request.
    ///
    /// - Throws: ``IngestRefusal``, or a ``StorageFault`` when nobody can be known.
    func admit(_ request: IngestRequest) throws -> DeviceInForce {
        let device: DeviceInForce
        do {
            device = try identify(request)
        } catch let refusal as IngestRefusal {
            guard strangers.withLock({ $0.take(request.address ?? "", at: Self.seconds()) }) else {
                throw IngestRefusal.tooMany(retryAfter: 10)
            }
            throw refusal
        }
        guard byDevice.withLock({ $0.take(device.device.id, at: Self.seconds()) }) else {
            throw IngestRefusal.tooMany(retryAfter: 1)
        }
        return device
    }

    private func identify(_ request: IngestRequest) throws -> DeviceInForce {
        switch request.credentials {
        case .none: throw IngestRefusal.unknownSender
        case .token(let token):
            guard let device = try devices.device(token: token) else {
                throw IngestRefusal.unknownSender
            }
            return device
        case .signature(let signature): return try verify(signature, of: request)
        }
    }

    /// An unknown device takes as long as a wrong signature.
    private func verify(
        _ signature: MessageSignature, of request: IngestRequest
    ) throws -> DeviceInForce {
        let device = try devices.device(id: signature.deviceID)
        let key = device?.signingKey ?? SigningKey.ofNobody
        guard key.verifies(signature.code, of: request.signedBytes(signature)),
            let device, device.signingKey != nil
        else { throw IngestRefusal.unknownSender }
        guard abs(clock() - Timestamp(unix: signature.time)) <= Double(Self.clockTolerance) else {
            throw IngestRefusal.wrongClock
        }
        return device
    }

    private static func seconds() -> Double {
        (ContinuousClock.now - epoch) / .seconds(1)
    }

    private static let epoch = ContinuousClock.now
}

/// How often trackers and strangers may ask.
public struct IngestLimits: Hashable, Sendable {
    /// A device that has proved itself.
    public var perDevice = RequestRate(perSecond: 20)
    /// An address from which somebody could not prove themselves.
    public var perStranger = RequestRate(perSecond: 5, seconds: 20)

    /// Makes the usual limits.
    public init() {}
}

extension SigningKey {
    /// A key that nobody has.
    fileprivate static let ofNobody = SigningKey.random()
}
