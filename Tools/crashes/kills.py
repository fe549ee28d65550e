"""SIGKILL at chosen system calls.

strace counts a thread's calls apart from those of others: `when=n` kills the process as soon as any
thread makes its n-th call of that kind, before the kernel does it. Which call that was is read from
strace's log. Later phases begin to count when strace attaches, so that n = 1, 2, 3… walks through
that phase and not through the start again.
"""
import collections
import concurrent.futures
import os
import re
import shutil
import signal
import subprocess
import time

from crashes.service import (
    Connection, Service, Tracker, acknowledged_by, copy_folder, look_into, post_from_all,
    try_restart, write_timetable)

FILE_CALLS = ["pwrite64", "write", "writev", "pwritev", "fdatasync", "fsync", "rename", "renameat",
              "renameat2", "unlink", "unlinkat", "ftruncate", "fallocate", "mkdir", "mkdirat",
              "link", "linkat"]
ANSWER_CALLS = ["sendto", "sendmsg"]
MOST = {"pwrite64": 60, "fdatasync": 40, "write": 8}  # points of a long phase; writes wake threads
PATIENCE = 1.5  # seconds in which a phase under load has to reach its call


DAY = 86_400


class Bench:
    """What all trials share: the binary, two timetables, and data folders to begin with.

    `young` was closed in order. `long-log` was killed when its log was nearly as long as SQLite lets
    it become; it also holds pings to be forgotten. `older` is as that, left by a release before.
    """

    def __init__(self, binary, folder, buses=4, older=None):
        self.binary, self.folder, self.buses = binary, folder, buses
        self.timetables = {version: write_timetable(folder, version) for version in "ab"}
        self.gtfs = self.timetables["a"]
        self.start = int(time.time()) - 40_000
        self.tokens, self.earlier = {}, {"young": set()}
        self.make_young(older or binary)
        if older:
            self.make_long_log("older", older)
        self.make_long_log("long-log", binary)

    def make_young(self, binary):
        service = Service(binary, self.folder / "young", self.gtfs)
        assert service.ready(), service.output()
        for bus in range(self.buses):
            vehicle = f"bus-{bus}"
            status, token = service.command("device", "add", f"device-{bus}", "--vehicle", vehicle)
            assert status == 0, service.output()
            self.tokens[vehicle] = token
        service.process.terminate()
        assert service.process.wait(10) == 0, service.output()

    def make_long_log(self, name, binary):
        copy_folder(self.folder / "young", self.folder / name)
        service = Service(binary, self.folder / name, self.gtfs)
        assert service.ready(), service.output()
        trackers, log = self.trackers(), self.folder / name / "data/transpadang.db-wal"
        connection = Connection(service.address)
        for tracker in self.trackers(-2 * DAY):
            tracker.post(connection, 500)
        for count in range(2_000):
            if log.stat().st_size > 3_600_000:
                break
            trackers[count % len(trackers)].post(connection, 1 + count % 20)
        service.kill()
        self.earlier[name] = acknowledged_by(trackers)
        lost = self.earlier[name] | {("bus-0", 0)}
        assert look_into(self.folder / name / "data", lost, self.folder / "copy"), \
            "no loss is seen of a ping that never came; the check is broken"

    def trackers(self, start=0):
        return [Tracker(vehicle, token, self.start + start)
                for vehicle, token in self.tokens.items()]


class Trial:
    """One run that is killed at one call, and what the next run makes of what it left."""

    def __init__(self, bench, number, series, when):
        self.bench, self.phase, self.call, self.when = bench, series.phase, series.call, when
        self.folder, self.effect = bench.folder / f"trial-{number}", series.effect
        self.path = series.path and self.folder / "data" / series.path
        self.trackers, self.earlier = bench.trackers(20_000), set()
        self.granted, self.revoked, self.versions = {}, [], []
        self.hit, self.made, self.faults, self.seconds = None, 0, [], None

    @property
    def inject(self):
        """What strace is asked to do."""
        paths = ["-P", str(self.path)] if self.path else []
        return [*paths, "-o", str(self.folder / "strace"), "-yy", "-s", "0", "-e",
                f"trace={self.call}", "-e", f"inject={self.call}:{self.effect}:when={self.when}"]

    def run(self):
        try:
            getattr(self, "run_" + self.phase.replace("-", "_"))()
            self.find_hit()
            self.verify()
        except Exception as error:  # a trial that fails otherwise is a finding too
            self.faults.append(f"{type(error).__name__}: {error}")
        if not self.faults:
            shutil.rmtree(self.folder, ignore_errors=True)
        return self

    def begin(self, template):
        """Starts on a copy of a folder and attaches strace once it is ready."""
        copy_folder(self.bench.folder / template, self.folder)
        self.earlier = self.bench.earlier[template]
        service = Service(self.bench.binary, self.folder, self.bench.gtfs)
        assert service.ready(), service.output()
        errors = open(self.folder / "strace-errors", "w+")
        self.tracer = subprocess.Popen(
            ["strace", "-f", "-p", str(service.process.pid), *self.inject], stderr=errors)
        deadline = time.monotonic() + 10
        while "attached" not in (self.folder / "strace-errors").read_text():
            assert time.monotonic() < deadline, "strace does not attach"
            time.sleep(0.005)
        return service

    def end(self, service):
        self.status = service.kill()
        if hasattr(self, "tracer"):
            self.tracer.wait(10)

    def run_first_start(self):
        self.start_under_strace()

    def run_restart(self, template="long-log"):
        copy_folder(self.bench.folder / template, self.folder)
        self.earlier = self.bench.earlier[template]
        self.start_under_strace()

    def run_migration(self):
        self.run_restart("older")

    def start_under_strace(self):
        self.folder.mkdir(exist_ok=True)
        service = Service(self.bench.binary, self.folder, self.bench.gtfs, self.inject)
        if service.ready(10) is not None:
            if not self.earlier:
                self.grant(service, "device-0", "bus-0")
                self.trackers = [Tracker("bus-0", self.granted.get("device-0"), self.bench.start)]
            connection = Connection(service.address)
            for tracker in self.trackers:
                tracker.post(connection, 3)
        self.end(service)

    def run_load(self, template="young"):
        service = self.begin(template)
        threads, stop = post_from_all(self.trackers, service.address)
        self.wait_for_end(service, PATIENCE)
        stop.set()
        self.end(service)
        for thread in threads:
            thread.join()

    def run_checkpoint(self):
        self.run_load("long-log")

    def run_devices(self):
        service = self.begin("young")
        threads, stop = post_from_all(self.trackers[:1], service.address, sizes=(1,))
        for number in range(5):
            if not service.is_running():
                break
            if self.grant(service, f"new-{number}", f"new-bus-{number}") and number % 2:
                # Without an answer it may be revoked or not.
                token = self.granted.pop(f"new-{number}")
                if service.command("device", "revoke", f"new-{number}")[0] == 0:
                    self.revoked.append(token)
        stop.set()
        self.end(service)
        for thread in threads:
            thread.join()

    def grant(self, service, device, vehicle):
        status, token = service.command("device", "add", device, "--vehicle", vehicle)
        if status == 0:
            self.granted[device] = token
        return status == 0

    def run_timetables(self):
        service = self.begin("young")
        self.versions = ["a"]
        for version in "bab":
            if not service.is_running():
                break
            status, _ = service.command("gtfs", "use", str(self.bench.timetables[version]))
            # What was ordered may be in force though its answer did not come.
            self.versions = [version] if status == 0 else self.versions + [version]
        self.end(service)

    def run_shutdown(self):
        service = self.begin("long-log")
        threads, stop = post_from_all(self.trackers, service.address, limit=10)
        time.sleep(0.1)
        if service.is_running():
            service.process.send_signal(signal.SIGTERM)
        self.wait_for_end(service, 10)
        stop.set()
        self.end(service)
        for thread in threads:
            thread.join()
        if self.status not in (0, -signal.SIGKILL):
            self.faults.append(f"ended with {self.status}")

    def wait_for_end(self, service, seconds):
        deadline = time.monotonic() + seconds
        while service.is_running() and time.monotonic() < deadline:
            time.sleep(0.005)

    def find_hit(self):
        """Names the call that killed, if the whole process died of it, and the file it was for."""
        log, counts = self.folder / "strace", collections.Counter()
        deadline = time.monotonic() + 5
        while True:
            text = log.read_text(errors="replace") if log.exists() else ""
            ended = text.count("+++ killed by SIGKILL +++")
            if ended or time.monotonic() > deadline:
                break
            time.sleep(0.01)
        for line in text.splitlines():
            thread, _, event = line.partition(" ")
            if event.lstrip().startswith(self.call + "("):
                counts[thread], self.made = counts[thread] + 1, self.made + 1
                if counts[thread] == self.when and self.status == -signal.SIGKILL:
                    self.hit = target(event)
                    return

    def verify(self):
        required = acknowledged_by(self.trackers) | self.earlier
        self.required = len(required)
        data = self.folder / "data"
        self.faults += look_into(data, required, self.folder / "copy")
        if not self.trackers[0].token:
            self.trackers = []
        self.seconds, faults = try_restart(
            self.bench.binary, self.folder, self.bench.gtfs, self.trackers, required,
            self.ask_more)
        self.faults += faults

    def ask_more(self, service):
        """Whether devices and timetables are as the command line was told they are."""
        faults = []
        for name, token in self.granted.items():
            if service.ask("POST", "/ingest/v1/pings", "[]", token)[0] in (401, 403, None):
                faults.append(f"the token of {name} was given out and is not in force")
        for token in self.revoked:
            if service.ask("POST", "/ingest/v1/pings", "[]", token)[0] != 401:
                faults.append("a token was revoked and is in force")
        if self.versions:
            health = service.ask("GET", "/healthz")[1].decode()
            if not any(f'"network_version":"{version}"' in health for version in self.versions):
                faults.append(f"not timetable {' or '.join(self.versions)} in force: {health}")
        return faults


def target(event):
    """The file or kind of socket of a call, as strace prints it."""
    found = re.search(r"\(\w*<([^>]*)", event) or re.search(r'"([^"]*)"', event)
    name = found.group(1) if found else ""
    if name.startswith(("TCP", "UNIX", "anon_inode", "NETLINK")):
        return re.split(r"[:\[]", name)[0]
    return re.sub(r"[0-9a-f]{16,}", "#", os.path.basename(name)) or "a path"


class Series:
    """The calls of one kind in one phase: n = 1, 2, 3… until a run gets by without it."""

    def __init__(self, phase, call, path=None, step=1, most=400, effect="signal=SIGKILL",
                 trial=Trial):
        self.phase, self.call, self.path, self.step, self.most = phase, call, path, step, most
        self.effect, self.trial = effect, trial
        self.next, self.survived, self.hits, self.is_made = 1, 0, 0, True

    def is_done(self):
        # Threads take turns by chance: a second survival in a row makes sure.
        return not self.is_made or self.survived > 1 or self.hits >= self.most

    def take(self):
        when, self.next = self.next, self.next + self.step
        return when

    def note(self, trial):
        self.hits += trial.hit is not None
        self.survived = 0 if trial.hit else self.survived + 1
        self.is_made = self.hits > 0 or trial.made > 0


def all_series(bench):
    """Every phase with every call; long ones in steps, so that all of the phase is walked through."""
    phases = ["first-start", "restart", "timetables"]
    phases += ["migration"] if "older" in bench.earlier else []
    series = [Series(phase, call) for phase in phases for call in FILE_CALLS + ANSWER_CALLS]
    for phase in ("devices", "load", "checkpoint", "shutdown"):
        series += [Series(phase, call, step=3 if call == "pwrite64" else 1, most=MOST.get(call, 15))
                   for call in FILE_CALLS + ANSWER_CALLS]
    for phase in ("checkpoint", "shutdown"):
        series += [Series(phase, call, "transpadang.db", most=30)
                   for call in ("pwrite64", "fdatasync", "ftruncate")]
    return series


def walk(bench, series, points, workers=2):
    """Walks through all series in turn until there are as many points; answers the trials."""
    trials, number, waiting = [], 0, collections.deque(series)
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        running = {}
        while waiting or running:
            hits = sum(trial.hit is not None for trial in trials)
            while waiting and len(running) < workers and hits + len(running) < points:
                series, number = waiting.popleft(), number + 1
                trial = series.trial(bench, number, series, series.take())
                running[pool.submit(trial.run)] = series
            if not running:
                break
            done, _ = concurrent.futures.wait(
                running, return_when=concurrent.futures.FIRST_COMPLETED)
            for future in done:
                series = running.pop(future)
                series.note(future.result())
                trials.append(future.result())
                if not series.is_done():
                    waiting.append(series)
    return trials
