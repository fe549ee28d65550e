"""Kills at random moments while a fleet posts, each bus once a second, over one data folder."""
import json
import random
import threading
import time

from crashes.service import Connection, Service, acknowledged_by, look_into

THREADS = 8
SHORTEST, LONGEST = 0.2, 2.0  # seconds between being ready and the kill


class FleetRun:
    """A fleet that goes on posting while its service is killed again and again."""

    def __init__(self, bench, kills, seed=1):
        self.bench, self.kills, self.chance = bench, kills, random.Random(seed)
        self.trackers, self.folder = bench.trackers(20_000), bench.folder / "young"
        self.newest, self.faults, self.slowest, self.feeds = 0, [], 0.0, 0
        self.killed = self.refused = 0

    def run(self):
        for number in range(self.kills):
            faults = self.live_once()
            data, required = self.folder / "data", acknowledged_by(self.trackers)
            faults += look_into(data, required, self.bench.folder / "copy")
            self.faults += [f"kill {number + 1}: {fault}" for fault in faults]
        return self

    def live_once(self):
        """Starts, lets the fleet post, kills; answers what was wrong."""
        service, faults = Service(self.bench.binary, self.folder, self.bench.gtfs), []
        seconds = service.ready()
        if seconds is None:
            return ["not ready: " + service.output()[-300:]]
        self.slowest = max(self.slowest, seconds)
        faults += service.lateness(seconds)
        stop = threading.Event()
        threads = [threading.Thread(
            target=self.post, args=(service.address, part, stop), daemon=True)
                   for part in range(THREADS)]
        threads.append(threading.Thread(
            target=self.read, args=(service.address, stop, faults), daemon=True))
        for thread in threads:
            thread.start()
        time.sleep(self.chance.uniform(SHORTEST, LONGEST))
        if not service.is_running():
            faults.append(f"ended by itself: {service.output()[-300:]}")
        self.killed += service.kill() == -9
        stop.set()
        for thread in threads:
            thread.join()
        return faults

    def post(self, address, part, stop):
        """Each bus of a part of the fleet once a second; what got no answer is posted again."""
        connection, mine = Connection(address), self.trackers[part::THREADS]
        due = time.monotonic()
        while not stop.is_set():
            for tracker in mine:
                due += 1 / len(mine)
                if tracker.post(connection, 1) != 200:
                    tracker.next -= 1
                    self.refused += 1
                if stop.wait(max(0, due - time.monotonic())):
                    return

    def read(self, address, stop, faults):
        """Reads the feed all the while; its timestamp must never be older than one read before."""
        connection = Connection(address)
        while not stop.is_set():
            status, body = connection.ask("GET", "/gtfs-rt/feed.json")
            if status == 200:
                self.feeds += 1
                timestamp = int(json.loads(body)["header"]["timestamp"])
                if timestamp < self.newest:
                    faults.append(f"feed of {timestamp} after one of {self.newest}")
                self.newest = max(self.newest, timestamp)
            stop.wait(0.05)
