"""Calls that fail with an error of the disk, once or from then on; the service must outlive them."""
import time

from crashes.kills import Series, Trial, target
from crashes.service import Connection, post_from_all

FAULTY_FOR = 0.7  # seconds of load under the fault
RECOVERY_LIMIT = 10.0  # seconds from the end of the fault to the next acknowledged ping
REFUSALS = {503, 507}


class FailingTrial(Trial):
    """A run in which calls fail; it goes on, is healed, and only then killed."""

    def run_load(self, template="young"):
        service = self.begin(template)
        threads, stop = post_from_all(self.trackers, service.address)
        self.wait_for_end(service, FAULTY_FOR)
        self.expect_life(service)
        self.tracer.kill()
        self.expect_recovery(service)
        stop.set()
        for thread in threads:
            thread.join()
        self.end(service)

    def expect_life(self, service):
        if not service.is_running():
            self.faults.append(f"ended by itself: {service.output()[-300:]}")
        elif service.ask("GET", "/gtfs-rt/feed")[0] != 200:
            self.faults.append("no feed during the fault")

    def expect_recovery(self, service):
        begun, connection = time.monotonic(), Connection(service.address)
        while service.is_running() and self.trackers[0].post(connection, 1) != 200:
            if time.monotonic() > begun + RECOVERY_LIMIT:
                self.faults.append(f"no ping is taken {RECOVERY_LIMIT:.0f} s after the fault")
                return
            time.sleep(0.02)

    def find_hit(self):
        """Names the file of the first call that failed, and looks at what trackers were told."""
        for line in (self.folder / "strace").read_text(errors="replace").splitlines():
            self.made += f"{self.call}(" in line
            if "(INJECTED)" in line and not self.hit:
                self.hit = target(line.partition(" ")[2])
        for tracker in self.trackers:
            unexpected = set(tracker.statuses) - REFUSALS - {200}
            if unexpected:
                self.faults.append(f"{tracker.vehicle} was answered {unexpected}")


def all_failures():
    """Writes, syncs and changes of size of the log and of the database, that fail once or for ever."""
    return [
        Series(phase, call, path, step, 12, effect, trial)
        for error in ("error=EIO", "error=ENOSPC") for lasting in (False, True)
        for effect, trial in [(error, Lasting if lasting else FailingTrial)]
        for phase, call, path, step in (
            ("load", "pwrite64", None, 2), ("load", "fdatasync", None, 1),
            ("checkpoint", "pwrite64", None, 3), ("checkpoint", "fdatasync", None, 1),
            ("checkpoint", "pwrite64", "transpadang.db", 3),
            ("checkpoint", "fdatasync", "transpadang.db", 1),
            ("checkpoint", "ftruncate", "transpadang.db", 1))]


class Lasting(FailingTrial):
    """Calls fail from the chosen one on."""

    def __init__(self, bench, number, series, when):
        super().__init__(bench, number, series, f"{when}+")
