"""Records one run of the service and checks everything the disk may hold after a power cut in it."""
import os
import random
import shutil

from crashes.power import TRACED, Answers, Disk, steps, torn
from crashes.service import (
    Service, Tracker, copy_folder, examine, post_from_all, try_restart)


class Recording:
    """A run from a known folder to its end, with each system call that changes a file or answers."""

    def __init__(self, bench, name, template, requests):
        self.bench, self.folder = bench, bench.folder / f"recorded-{name}"
        self.before = bench.folder / f"before-{name}"
        if template:
            copy_folder(bench.folder / template, self.folder)
        else:
            (self.folder / "data").mkdir(parents=True)
        copy_folder(self.folder, self.before)
        self.earlier = bench.earlier[template] if template else set()
        self.trackers = bench.trackers(20_000) if template else []
        self.record(requests)

    def record(self, requests):
        service = Service(self.bench.binary, self.folder, self.bench.gtfs, [
            "-yy", "-xx", "-s", "4000000", "-o", str(self.trace), "-e",
            "trace=" + ",".join(TRACED)])
        assert service.ready(60), service.output()
        if not self.trackers:
            status, token = service.command("device", "add", "device-0", "--vehicle", "bus-0")
            assert status == 0, service.output()
            self.trackers = [Tracker("bus-0", token, self.bench.start)]
        threads, _ = post_from_all(self.trackers, service.address, limit=requests)
        for version in "ba":
            service.command("gtfs", "use", str(self.bench.timetables[version]))
        for thread in threads:
            thread.join()
        service.process.terminate()
        assert service.process.wait(60) == 0, service.output()

    @property
    def trace(self):
        return self.folder / "trace"

    def acknowledged(self, port, number):
        """The pings that an answer acknowledged."""
        for tracker in self.trackers:
            if number < len(tracker.requests.get(port, ())):
                return tracker.requests[port][number]
        return set()

    def count_acknowledged(self):
        """How many requests were."""
        return sum(bool(keys) for tracker in self.trackers
                   for requests in tracker.requests.values() for keys in requests)

    def disk(self, syncs=True):
        """The disk before the run; paths are those of the run."""
        disk = Disk(self.before / "data", syncs)
        moved = {path.replace(str(disk.folder), os.path.realpath(self.folder / "data"), 1): file
                 for path, file in disk.names.items()}
        disk.folder = os.path.realpath(self.folder / "data")
        disk.names, disk.settled = moved, dict(moved)
        return disk


class Survey:
    """Builds images of a recording at every cut and counts what is wrong with them."""

    def __init__(self, bench, recording, seed=1, subsets=1, restart_every=20, syncs=True,
                 cut_every=1):
        self.bench, self.recording, self.chance = bench, recording, random.Random(seed)
        self.subsets, self.restart_every, self.cut_every = subsets, restart_every, cut_every
        self.disk, self.required = recording.disk(syncs), set(recording.earlier)
        self.cuts = self.images = self.restarts = self.acknowledgements = 0
        self.faults, self.slowest = [], 0.0
        self.place = bench.folder / "image"

    def run(self):
        answers = Answers()
        for moment, call in steps(self.recording.trace):
            changed = getattr(self.disk, moment)(call)
            if moment == "begin":
                answer = answers.begin(call)
                kept = self.recording.acknowledged(*answer) if answer else set()
                self.acknowledgements += bool(kept)
                self.required |= kept
                changed = changed or bool(kept)
            if changed:
                self.cut()
        missed = self.recording.count_acknowledged() - self.acknowledgements
        if missed:
            self.faults.append(f"{missed} answers are not in the trace; the check is broken")
        return self

    def cut(self):
        """Every image of the power going now."""
        self.cuts += 1
        if self.cuts % self.cut_every:
            return
        disk, everything = self.disk, len(self.disk.entries)
        self.check("nothing unsynced", 0, lambda file: [])
        if not disk.has_pending():
            return
        self.check("all", everything, lambda file: file.pending)
        for _ in range(self.subsets):
            self.check("some", self.chance.randint(0, everything), lambda file: [
                change for change in file.pending if self.chance.random() < 0.5])
        self.check("torn", everything, self.tear_last)

    def tear_last(self, file):
        """All but the last write, of which some sectors."""
        return [*file.pending[:-1], *(torn(file.pending[-1], self.chance) if file.pending else [])]

    def check(self, kind, entries, choose):
        self.images += 1
        self.write(self.disk.image(entries, choose))
        database = self.place / "data/transpadang.db"
        will_restart = self.restart_every and self.images % self.restart_every == 0
        if will_restart:
            shutil.rmtree(self.place.with_name("image-run"), ignore_errors=True)
            copy_folder(self.place, self.place.with_name("image-run"))
        if database.exists():
            faults = examine(database, self.required)
        else:
            faults = [f"no database, {len(self.required)} pings lost"] if self.required else []
        if will_restart:
            faults += self.restart()
        if faults:
            self.faults.append(f"cut {self.cuts}, {kind}: {'; '.join(faults)}")

    def write(self, image):
        shutil.rmtree(self.place, ignore_errors=True)
        (self.place / "data").mkdir(parents=True)
        for path, content in image.items():
            target = self.place / "data" / os.path.relpath(path, self.disk.folder)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(content)
        if self.images % 2:
            noise = random.Random(self.images).randbytes(32_768)
            (self.place / "data/transpadang.db-shm").write_bytes(noise)

    def restart(self):
        self.restarts += 1
        present = {vehicle for vehicle, _ in self.required}
        trackers = [tracker for tracker in self.recording.trackers if tracker.vehicle in present]
        seconds, faults = try_restart(
            self.bench.binary, self.place.with_name("image-run"), self.bench.gtfs, trackers,
            self.required)
        self.slowest = max(self.slowest, seconds or 0)
        return faults
