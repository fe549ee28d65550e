import CMosquitto
import Foundation

/// One MQTT connection over libmosquitto; all that is C about it stands in this file.
///
/// The owner drives it: ``read(waiting:most:)`` takes what has come in, ``write()`` sends what waits to
/// be sent. libmosquitto acknowledges a message by putting the acknowledgement among what waits, so
/// a message is not acknowledged before ``write()``; one that never is, the broker sends again.
/// Every call may block and none may run beside another.
final class Mosquitto {
    /// A message that came in.
    struct Message: Hashable, Sendable {
        var topic: String
        var payload: [UInt8]
    }

    /// How to come to a broker.
    struct Login: Hashable, Sendable {
        var host: String
        var port: Int
        var user: String?
        var password: String?
        /// Encrypted, and the broker's certificate checked.
        var isSecure = false
        /// A file with the certificates to trust; nil for the system's.
        var authorities: String?
        /// The name under which the broker keeps what comes while we are away; nil for no such
        /// keeping.
        var clientID: String?
    }

    private let handle: OpaquePointer
    private let inbox: Inbox

    /// Seconds without traffic after which either side asks whether the other is there.
    private static let keepAlive: Int32 = 30
    /// Once a process, and never undone, as libmosquitto may be in use until the end.
    private static let isReady = mosquitto_lib_init() == MOSQ_ERR_SUCCESS.code

    /// Connects, which may take as long as the system lets a connection take.
    init(_ login: Login) throws(MosquittoFault) {
        guard Self.isReady else { throw MosquittoFault(MOSQ_ERR_UNKNOWN.code) }
        let inbox = Inbox()
        let context = Unmanaged.passUnretained(inbox).toOpaque()
        guard let handle = mosquitto_new(login.clientID, login.clientID == nil, context) else {
            throw MosquittoFault(MOSQ_ERR_NOMEM.code)
        }
        (self.handle, self.inbox) = (handle, inbox)
        // Without this an acknowledgement goes out at once, before anybody has seen the message.
        mosquitto_threaded_set(handle, true)
        // The broker waits for acknowledgements, so they must not wait for more to be sent.
        mosquitto_int_option(handle, MOSQ_OPT_TCP_NODELAY, 1)
        Self.listen(handle)
        try secure(login)
        if let user = login.user {
            try check(mosquitto_username_pw_set(handle, user, login.password))
        }
        try check(mosquitto_connect(handle, login.host, Int32(login.port), Self.keepAlive))
    }

    deinit { mosquitto_destroy(handle) }

    /// Asks for a topic, each message at least once.
    func subscribe(to topic: String) throws(MosquittoFault) {
        try check(mosquitto_subscribe(handle, nil, topic, 1))
    }

    /// What the broker has said of the connection; nil before it has.
    var admission: Int32? { inbox.admission }

    /// Whether the broker has agreed to the subscription; nil before it has said.
    var isSubscribed: Bool? { inbox.isSubscribed }

    /// How many messages were too large to be taken, since last asked.
    func takeOversized() -> Int {
        defer { inbox.oversized = 0 }
        return inbox.oversized
    }

    /// Takes messages, up to so many, once the first has come or so many milliseconds are over.
    func read(waiting milliseconds: Int32, most: Int) throws(MosquittoFault) -> [Message] {
        var patience = milliseconds
        var status = MOSQ_ERR_SUCCESS.code
        while status == MOSQ_ERR_SUCCESS.code, inbox.messages.count < most,
            isReadable(within: patience)
        {
            status = mosquitto_loop_read(handle, 1)
            patience = 0
            // What the broker has just agreed to or refused is for the owner to see first.
            if inbox.takeChange() { return takeMessages() }
        }
        // What came before a connection broke is still of use; the next call tells of the break.
        if inbox.messages.isEmpty { try check(status) }
        return takeMessages()
    }

    private func takeMessages() -> [Message] {
        defer { inbox.messages = [] }
        return inbox.messages
    }

    /// Sends what waits to be sent, acknowledgements among it, and keeps the connection alive.
    func write() throws(MosquittoFault) {
        try check(mosquitto_loop_write(handle, 1))
        while mosquitto_want_write(handle), isWritable() {
            try check(mosquitto_loop_write(handle, 1))
        }
        try check(mosquitto_loop_misc(handle))
    }
}

extension Mosquitto {
    private static func listen(_ handle: OpaquePointer) {
        mosquitto_connect_callback_set(handle) { _, context, code in
            Inbox.of(context)?.admit(code)
        }
        mosquitto_subscribe_callback_set(handle) { _, context, _, count, granted in
            let codes = UnsafeBufferPointer(start: granted, count: Int(count))
            Inbox.of(context)?.subscribe(codes.allSatisfy { 0...2 ~= $0 })
        }
        mosquitto_message_callback_set(handle) { _, context, message in
            guard let message = message?.pointee else { return }
            Inbox.of(context)?.take(message)
        }
    }

    private func secure(_ login: Login) throws(MosquittoFault) {
        guard login.isSecure else { return }
        if let authorities = login.authorities {
            try check(mosquitto_tls_set(handle, authorities, nil, nil, nil, nil))
        } else {
            try check(mosquitto_int_option(handle, MOSQ_OPT_TLS_USE_OS_CERTS, 1))
        }
    }

    private func check(_ code: Int32) throws(MosquittoFault) {
        guard code == MOSQ_ERR_SUCCESS.code else { throw MosquittoFault(code) }
    }

    private func isReadable(within milliseconds: Int32) -> Bool {
        awaits(Int16(POLLIN), within: milliseconds)
    }

    private func isWritable() -> Bool { awaits(Int16(POLLOUT), within: 0) }

    /// Also true when the connection is gone, which the next call on it will tell.
    private func awaits(_ events: Int16, within milliseconds: Int32) -> Bool {
        let socket = mosquitto_socket(handle)
        guard socket >= 0 else { return true }
        var question = pollfd(fd: socket, events: events, revents: 0)
        return poll(&question, 1, milliseconds) > 0
    }
}

/// What libmosquitto's callbacks leave behind.
private final class Inbox {
    /// A message may have so many bytes.
    static let largestMessage = 1 << 20

    var messages: [Mosquitto.Message] = []
    var oversized = 0
    private(set) var admission: Int32?
    private(set) var isSubscribed: Bool?
    private var hasChanged = false

    static func of(_ context: UnsafeMutableRawPointer?) -> Inbox? {
        context.map { Unmanaged<Inbox>.fromOpaque($0).takeUnretainedValue() }
    }

    func admit(_ code: Int32) {
        admission = code
        hasChanged = true
    }

    func subscribe(_ isGranted: Bool) {
        isSubscribed = isGranted
        hasChanged = true
    }

    func take(_ message: mosquitto_message) {
        guard let topic = message.topic, message.payloadlen <= Self.largestMessage else {
            return oversized += 1
        }
        let payload = UnsafeRawBufferPointer(
            start: message.payload, count: Int(message.payloadlen))
        messages.append(Mosquitto.Message(topic: String(cString: topic), payload: Array(payload)))
    }

    func takeChange() -> Bool {
        defer { hasChanged = false }
        return hasChanged
    }
}

/// Why libmosquitto could not do something.
struct MosquittoFault: Error, Hashable, CustomStringConvertible {
    /// libmosquitto's number for it.
    let code: Int32
    /// libmosquitto's words, or the system's.
    let description: String

    init(_ code: Int32) {
        let number = errno
        self.code = code
        description =
            code == MOSQ_ERR_ERRNO.code
            ? String(cString: strerror(number)) : String(cString: mosquitto_strerror(code))
    }

    /// Nobody has connected.
    static let notConnected = MosquittoFault(MOSQ_ERR_NO_CONN.code)

    /// The words for what a broker answers to a connection.
    static func admission(_ code: Int32) -> String {
        String(cString: mosquitto_connack_string(code))
    }
}

extension mosq_err_t {
    /// As functions return it.
    fileprivate var code: Int32 { Int32(bitPattern: UInt32(bitPattern: Int32(rawValue))) }
}
