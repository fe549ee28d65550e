"""Publishes pings to JetStream over a plain socket, with so many unacknowledged at a time.

Prints acknowledgements a second. A client library would measure Python; here a window of messages is
one write. Usage: nats_client.py PORT SECONDS WINDOW
"""
import json
import socket
import sys
import time

STREAM = {"name": "PINGS", "subjects": ["ping.*"], "storage": "file", "num_replicas": 1}


class Connection:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rest = b""
        self.send(b'CONNECT {"verbose":false,"pedantic":false}\r\nSUB answers 1\r\nPING\r\n')
        self.wait_for(b"PONG\r\n")

    def send(self, text):
        self.socket.sendall(text)

    def receive(self):
        text = self.socket.recv(1 << 18)
        if not text:
            sys.exit("the server has closed the connection")
        return text

    def wait_for(self, mark):
        text = b""
        while mark not in text:
            text += self.receive()
        return text

    def acknowledgements(self):
        """How many more have come; a line that has come in part waits for its rest."""
        text = self.rest + self.receive()
        whole = text.rfind(b"\r\n") + 2 if b"\r\n" in text else 0
        self.rest = text[whole:]
        if b'"error"' in text[:whole]:
            sys.exit("a publication was refused")
        return text[:whole].count(b'"seq"')


def publication(number, now):
    body = (
        f'{{"vehicle_id":"bench-{number % 200}","timestamp":{now:.3f},"latitude":-0.941523,'
        f'"longitude":100.361234,"speed_mps":8.5,"bearing":270}}'
    ).encode()
    return b"PUB ping.%d answers %d\r\n%s\r\n" % (number % 200, len(body), body)


def main():
    port, seconds, window = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    connection = Connection(port)
    order = json.dumps(STREAM).encode()
    connection.send(b"PUB $JS.API.STREAM.CREATE.PINGS answers %d\r\n%s\r\n" % (len(order), order))
    connection.wait_for(b"stream_create_response")
    # Made beforehand, so that a slow client is not taken for a slow server.
    messages = [publication(number, time.time()) for number in range(window)]
    start = time.monotonic()
    sent = acknowledged = 0
    while time.monotonic() < start + seconds:
        free = window - (sent - acknowledged)
        if free >= window // 4:
            connection.send(b"".join(messages[:free]))
            sent += free
        acknowledged += connection.acknowledgements()
    print(acknowledged / (time.monotonic() - start))


if __name__ == "__main__":
    main()
