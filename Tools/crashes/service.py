"""The service under test, the trackers that post to it, and what must be true of its database."""
import atexit
import collections
import http.client
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import threading
import time

READY_LIMIT = 2.0  # seconds from the start of the process to 200 on /readyz
# Trackers of ours never rest, and pings of two days ago are to be forgotten.
SETTINGS = {"TRANSPADANG_REQUESTS_PER_DEVICE": "0", "TRANSPADANG_KEEP_PINGS": "1"}
FILES = ["transpadang.db", "transpadang.db-wal", "transpadang.db-journal"]
KEPT = "SELECT vehicle_id, fix_time FROM pings"
TABLES = {
    "agency": "agency_id,agency_name,agency_url,agency_timezone\nA,Tiny,http://example.org,Asia/Jakarta",
    "stops": "stop_id,stop_name,stop_lat,stop_lon\nS1,One,-0.95,100.36\nS2,Two,-0.95,100.37\n"
             "S3,Three,-0.95,100.38",
    "routes": "route_id,agency_id,route_short_name,route_type\nR1,A,1,3",
    "trips": "route_id,service_id,trip_id\nR1,D,T1",
    "stop_times": "trip_id,stop_id,stop_sequence,arrival_time,departure_time\n"
                  "T1,S1,1,08:00:00,08:00:00\nT1,S2,2,08:05:00,08:05:00\nT1,S3,3,08:10:00,08:10:00",
    "calendar": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,"
                "end_date\nD,1,1,1,1,1,1,1,20200101,20391231",
}


def write_timetable(folder, version):
    """Writes a GTFS of one trip; answers its path."""
    path = pathlib.Path(folder) / f"gtfs-{version}"
    path.mkdir()
    for name, text in TABLES.items():
        (path / f"{name}.txt").write_text(text + "\n")
    (path / "feed_info.txt").write_text(
        "feed_publisher_name,feed_publisher_url,feed_lang,feed_version\n"
        f"Tiny,http://example.org,en,{version}\n")
    return path


class Service:
    """`transpadang serve` on a free port, also under strace; `strace -D` keeps it our own child."""

    def __init__(self, binary, folder, gtfs, strace=()):
        self.binary, self.folder = binary, pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.log = open(self.folder / "out", "w+")
        tracer = ["strace", "-D", "-f", *strace] if strace else []
        command = [*tracer, binary, "serve", "--gtfs", str(gtfs), "--data", "data",
                   "--listen", "127.0.0.1:0"]
        self.begun = time.monotonic()
        self.process = subprocess.Popen(
            command, cwd=self.folder, stdout=self.log, stderr=subprocess.STDOUT,
            env={**os.environ, **SETTINGS})
        self.address = None
        atexit.register(self.kill)

    def is_running(self):
        return self.process.poll() is None

    def ready(self, patience=30):
        """Waits for 200 on /readyz; answers the seconds since the start, None when it died."""
        while self.is_running() and time.monotonic() < self.begun + patience:
            if self.address or self.find_address():
                status, _ = self.ask("GET", "/readyz")
                if status == 200:
                    return time.monotonic() - self.begun
            time.sleep(0.005)
        return None

    def find_address(self):
        for line in (self.folder / "out").read_text(errors="replace").splitlines():
            if line.startswith("ready: http://"):
                self.address = line.split()[1].removeprefix("http://")
        return self.address

    def ask(self, method, path, body=None, token=None, timeout=10):
        """One request on a connection of its own; status None when there was no answer."""
        return Connection(self.address, timeout).ask(method, path, body, token)

    def command(self, *arguments, patience=20):
        """Runs an order of the command line; answers its exit status and output."""
        done = subprocess.run(
            [self.binary, *arguments, "--control", "unix:data/control.sock"], cwd=self.folder,
            capture_output=True, text=True, timeout=patience)
        return done.returncode, done.stdout.strip()

    def lateness(self, seconds):
        """What is wrong with being ready after so long, with the work that it was."""
        if seconds <= READY_LIMIT:
            return []
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        work = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return [f"ready only after {seconds:.1f} s, {work:.2f} s of them on a processor"]

    def kill(self):
        atexit.unregister(self.kill)
        if self.is_running():
            self.process.kill()
        return self.process.wait()

    def output(self):
        return (self.folder / "out").read_text(errors="replace")


class Connection:
    """One kept connection to the public listener."""

    def __init__(self, address, timeout=10):
        self.http = http.client.HTTPConnection(address, timeout=timeout)
        self.port = None

    def ask(self, method, path, body=None, token=None):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            if not self.http.sock:
                self.http.connect()
                self.port = self.http.sock.getsockname()[1]
            self.http.request(method, path, body, headers)
            answer = self.http.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            self.http.close()
            return None, b""


class Tracker:
    """One bus: makes pings a second apart, posts them and knows which were acknowledged."""

    def __init__(self, vehicle, token, start):
        self.vehicle, self.token, self.next = vehicle, token, start
        self.acknowledged = set()
        self.statuses = collections.Counter()
        self.requests = collections.defaultdict(list)  # keys acknowledged, by port and in order

    def body(self, times):
        return json.dumps([{
            "vehicle_id": self.vehicle, "timestamp": time, "latitude": -0.95,
            "longitude": round(100.36 + time % 2400 * 8e-6, 6)} for time in times])

    def post(self, connection, count):
        """Posts the next pings; answers the status."""
        times = list(range(self.next, self.next + count))
        self.next += count
        status, keys, _ = self.send(connection, times)
        if connection.port:
            self.requests[connection.port].append(keys)
        self.acknowledged |= keys
        self.statuses[status] += 1
        return status

    def send(self, connection, times):
        """Answers the status, the keys of what was acknowledged, and how many were duplicates."""
        status, body = connection.ask("POST", "/ingest/v1/pings", self.body(times), self.token)
        if status != 200:
            return status, set(), 0
        receipt = json.loads(body)
        refused = {rejection["index"] for rejection in receipt["rejected"]}
        kept = {(self.vehicle, time) for index, time in enumerate(times) if index not in refused}
        assert receipt["accepted"] + receipt["duplicate"] == len(kept), receipt
        return status, kept, receipt["duplicate"]

    def keep_posting(self, address, stop, sizes, limit=None):
        """Posts until told to stop, the service is gone, or as many requests as the limit."""
        connection, count = Connection(address), 0
        while not stop.is_set() and (limit is None or count < limit):
            status = self.post(connection, sizes[count % len(sizes)])
            count += 1
            if status is None:
                return
            if status != 200:
                time.sleep(0.02)


def post_from_all(trackers, address, sizes=(1, 1, 5, 1, 25), limit=None):
    """Starts a thread for each tracker; answers the threads and the event that stops them."""
    stop = threading.Event()
    threads = [threading.Thread(
        target=tracker.keep_posting, args=(address, stop, sizes, limit), daemon=True)
               for tracker in trackers]
    for thread in threads:
        thread.start()
    return threads, stop


def acknowledged_by(trackers):
    return set().union(*(tracker.acknowledged for tracker in trackers))


def look_into(data, required, scratch):
    """What is wrong with a database file, seen by SQLite itself on a copy; and what is in it."""
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    for name in FILES:
        if (data / name).exists():
            shutil.copy(data / name, scratch / name)
    if not (scratch / FILES[0]).exists():
        return [f"no database, {len(required)} pings lost"] if required else []
    return examine(scratch / FILES[0], required)


def examine(path, required):
    """Opens a database as it lies there, which recovers it, and says what is wrong."""
    try:
        database = sqlite3.connect(path)
        verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
        has_table = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'pings'").fetchone()
        rows = database.execute(KEPT).fetchall() if has_table else []
        database.close()
    except sqlite3.DatabaseError as error:
        return [f"corrupt: {error}"]
    faults = [] if verdict == "ok" else [f"corrupt: {verdict}"]
    kept = {(vehicle, int(fix)) for vehicle, fix in rows}
    if len(kept) != len(rows):
        faults.append(f"{len(rows) - len(kept)} pings are there twice")
    missing = required - kept
    if missing:
        faults.append(f"{len(missing)} of {len(required)} acknowledged pings lost")
    return faults


def try_restart(binary, folder, gtfs, trackers, required, ask_more=None):
    """Starts on what is left, waits until ready and posts all again; answers seconds and faults.

    `ask_more` is handed the service and answers what else is wrong.
    """
    service = Service(binary, folder, gtfs)
    try:
        seconds = service.ready()
        if seconds is None:
            return None, ["not ready: " + service.output().strip()[-300:]]
        faults = service.lateness(seconds)
        for tracker in trackers:
            times = sorted(time for vehicle, time in required if vehicle == tracker.vehicle)
            faults += repeat(tracker, Connection(service.address), times)
        return seconds, faults + (ask_more(service) if ask_more else [])
    finally:
        service.kill()


def repeat(tracker, connection, times):
    """Posts acknowledged pings again; whatever is not called a duplicate is a fault."""
    for start in range(0, len(times), 500):
        part = times[start:start + 500]
        for _ in range(50):
            status, kept, duplicates = tracker.send(connection, part)
            if status not in (429, 503):
                break
            time.sleep(0.1)
        if status != 200 or duplicates != len(part):
            return [f"{tracker.vehicle}: {duplicates} of {len(part)} are duplicates ({status})"]
    return []


def copy_folder(source, target):
    """A copy of a data folder without sockets."""
    shutil.copytree(source, target, ignore=lambda _, names: [n for n in names if "sock" in n])
    return target
