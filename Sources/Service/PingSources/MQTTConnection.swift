/// A ``Mosquitto`` on a thread of its own, where it may block.
actor MQTTConnection {
    /// What came in and is not acknowledged yet.
    struct Arrival: Sendable {
        var messages: [Mosquitto.Message] = []
        /// Messages that were too large to be taken.
        var oversized = 0
        /// Whether the broker has agreed to send what was asked for.
        var isSubscribed = false
    }

    /// So many messages make an arrival at most.
    static let mostMessages = 512
    /// Milliseconds that one waits for a message before one looks whether to stop.
    private static let turn: Int32 = 200

    private let executor = QueueExecutor(label: "mqtt")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let login: Mosquitto.Login
    private let filter: String
    private var client: Mosquitto?
    private var hasAsked = false

    /// Makes a connection that is not open yet.
    init(_ login: Mosquitto.Login, filter: String) {
        self.login = login
        self.filter = filter
    }

    /// Connects, which may block for as long as the system lets a connection take.
    func open() throws { client = try Mosquitto(login) }

    /// What has come in, waiting a little for it.
    ///
    /// Nothing of it is acknowledged before ``acknowledge()``.
    func receive() throws -> Arrival {
        guard let client else { throw MosquittoFault.notConnected }
        var arrival = Arrival()
        arrival.messages = try client.read(waiting: Self.turn, most: Self.mostMessages)
        arrival.oversized = client.takeOversized()
        try askOnceAdmitted(client)
        arrival.isSubscribed = client.isSubscribed == true
        return arrival
    }

    /// Tells the broker that everything received is safe, and sends whatever else waits.
    func acknowledge() throws { try client?.write() }

    private func askOnceAdmitted(_ client: Mosquitto) throws {
        if let code = client.admission, code != 0 {
            throw SourceFault(.refused, "the broker says: \(MosquittoFault.admission(code))")
        }
        if client.admission == 0, !hasAsked {
            hasAsked = true
            try client.subscribe(to: filter)
        }
        if client.isSubscribed == false {
            throw SourceFault(.refused, "the broker does not let us have \(filter)")
        }
    }
}
