"""What a disk may hold after the power went: a model of it, fed with the system calls of a run.

The model. A write is in the file's pages when the call begins, and may be on the disk from then on.
`fdatasync` and `fsync` of a file make durable, when they return, every write and change of size of
that file that came before they were called. A directory's entries become durable by a sync of that
directory; the entry of a new file also by the first sync of the file itself, as journalling file
systems do it. Unsynced changes of a directory survive in their order, so any first part of them may.
Unsynced writes survive in any combination, and the last one also torn at sectors of 512 bytes. What
is written through a mapping, in SQLite only the `-shm` file, does not survive: it is left out, or
there and full of noise. The data folder itself is taken to be there.
"""
import collections
import os
import re

SECTOR = 512
TRACED = ["openat", "pwrite64", "pwritev", "write", "writev", "sendto", "sendmsg", "ftruncate",
          "fallocate", "fdatasync", "fsync", "sync_file_range", "rename", "renameat", "renameat2",
          "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir", "link", "linkat", "symlink",
          "copy_file_range", "sendfile", "truncate", "lseek", "dup", "dup2", "dup3"]
CALL = re.compile(rb"^(\d+) +(\w+)\((.*)$", re.DOTALL)
RESUMED = re.compile(rb"^(\d+) +<\.\.\. (\w+) resumed>(.*)$", re.DOTALL)
TEXT = re.compile(rb'"((?:\\x[0-9a-f]{2})*)"')
DESCRIPTOR = re.compile(rb"^(\d+)<([^>]*)>")
RESULT = re.compile(rb"= (-?\d+|\?)")
PEER = re.compile(rb"->[^\]]*:(\d+)\]")


def plain(text):
    """Undoes strace's hexadecimal text."""
    return bytes.fromhex(text.replace(b"\\x", b"").decode())


class Call:
    """One system call: its name, its arguments, and its result once it has returned."""

    def __init__(self, name, arguments):
        self.name, self.result = name, None
        self.arguments = re.split(rb"\) += | <unfinished", arguments)[0]
        self.texts = [plain(text) for text in TEXT.findall(arguments)]
        found = DESCRIPTOR.match(arguments)
        self.descriptor = int(found.group(1)) if found else None
        self.is_of_file = bool(found) and found.group(2).startswith(b"\\x2f")

    @property
    def content(self):
        return b"".join(self.texts)

    def numbers(self):
        """The bare numbers among the arguments, in order, without texts and descriptors."""
        rest = re.sub(rb"<[^>]*>+", b"", TEXT.sub(b"", self.arguments))
        return [int(number) for number in re.findall(rb"(?<![\w.])\d+(?![\w.])", rest)]


def steps(trace):
    """The beginnings and ends of all calls of a trace in their order: ("begin" or "end", call)."""
    pending = {}
    for line in open(trace, "rb"):
        found = RESUMED.match(line)
        if found:
            call = pending.pop(found.group(1), None)
            if call:
                # The result of a call that reads comes with the end, of which we trace none.
                yield "end", finished(call, found.group(3))
            continue
        found = CALL.match(line)
        if not found:
            continue
        thread, name, rest = found.groups()
        call = Call(name.decode(), rest)
        yield "begin", call
        if b"<unfinished ...>" in rest:
            pending[thread] = call
        else:
            yield "end", finished(call, rest)


def finished(call, rest):
    results = RESULT.findall(rest)
    call.result = -1 if not results or results[-1] == b"?" else int(results[-1])
    return call


class File:
    """A file's bytes on the disk, and what was done to it since it was last synced."""

    def __init__(self, content=b""):
        self.durable, self.pending = bytearray(content), []

    def settle(self, count):
        for change in self.pending[:count]:
            apply(change, self.durable)
        del self.pending[:count]

    def content(self, changes):
        content = bytearray(self.durable)
        for change in changes:
            apply(change, content)
        return content


def apply(change, content):
    """Does a write (offset, bytes) or a change of size (size, None)."""
    offset, written = change
    if written is None:
        del content[offset:]
        content.extend(bytes(offset - len(content)))
    else:
        content.extend(bytes(max(0, offset - len(content))))
        content[offset:offset + len(written)] = written


def torn(change, chance):
    """The sectors of a write that happened to reach the disk, as writes."""
    offset, written = change
    if written is None:
        return [change] if chance.random() < 0.5 else []
    starts = range(offset - offset % SECTOR, offset + len(written), SECTOR)
    kept = [start for start in starts if chance.random() < 0.5]
    return [(max(start, offset), written[max(0, start - offset):start + SECTOR - offset])
            for start in kept]


FOLDER = object()  # what stands in a folder for one below it


class Disk:
    """A data folder as the kernel sees it and as the disk may hold it."""

    def __init__(self, folder, syncs=True):
        self.folder, self.syncs = os.path.realpath(folder), syncs
        self.names, self.settled, self.entries = {}, {}, []
        self.open, self.offsets, self.syncing = {}, {}, {}
        for path, folders, names in os.walk(self.folder):
            for name in folders:
                self.names[os.path.join(path, name)] = FOLDER
            for name in names:
                full = os.path.join(path, name)
                if os.path.isfile(full) and not full.endswith("-shm"):
                    self.names[full] = File(open(full, "rb").read())
        self.settled = dict(self.names)

    def path(self, text):
        full = os.path.normpath(os.path.join(os.path.dirname(self.folder), text.decode()))
        return full if full.startswith(self.folder) else None

    def begin(self, call):
        """Takes in what may reach the disk as soon as the call runs; True when that is something."""
        file = self.open.get(call.descriptor) if call.is_of_file else None
        if call.name in ("fdatasync", "fsync"):
            self.syncing[id(call)] = (file, len(file.pending) if isinstance(file, File) else 0,
                                      len(self.entries))
        elif not isinstance(file, File) or call.name not in WRITERS:
            return False
        else:
            file.pending.append(WRITERS[call.name](self, call))
            return True
        return False

    def end(self, call):
        """Takes in what a call has done when it returns; True when the disk has changed."""
        if call.name in ("fdatasync", "fsync"):
            return self.settle(call, *self.syncing.pop(id(call)))
        if call.result < 0:
            # A write that failed may have been done in part; as pending it may be there or not.
            return False
        if call.name in ("pwrite64", "write", "writev", "pwritev") and self.touches(call) \
                and call.result != len(call.content):
            raise NotImplementedError("the model does not know short writes")
        if call.name == "openat":
            return self.opened(call)
        if call.name in ("rename", "renameat", "renameat2", "unlink", "unlinkat", "link", "linkat"):
            return self.moved(call)
        if call.name in ("mkdir", "mkdirat") and self.path(call.texts[-1]) not in (
                None, self.folder):
            return self.enter(self.path(call.texts[-1]), FOLDER)
        if call.name == "lseek" and call.descriptor in self.offsets:
            self.offsets[call.descriptor] = call.result
        unknown = ("sync_file_range", "copy_file_range", "sendfile", "truncate", "fallocate",
                   "symlink", "dup", "dup2", "dup3", "rmdir")
        if call.name in unknown and self.touches(call):
            raise NotImplementedError(f"the model does not know {call.name} on the data folder")
        return False

    def touches(self, call):
        if call.descriptor is not None:
            return call.is_of_file and isinstance(self.open.get(call.descriptor), File)
        return any(self.path(text) for text in call.texts)

    def opened(self, call):
        path = self.path(call.texts[0]) if call.texts else None
        self.open.pop(call.result, None)
        if not path or path.endswith("-shm"):
            return False
        if path == self.folder or self.names.get(path) is FOLDER:
            self.open[call.result] = path
            return False
        changed = path not in self.names
        if changed:
            self.enter(path, File())
        file = self.names[path]
        if b"O_TRUNC" in call.arguments and not changed:
            file.pending.append((0, None))
            changed = True
        self.open[call.result], self.offsets[call.result] = file, 0
        return changed

    def enter(self, path, there):
        """Changes an entry of a folder; None takes it away."""
        place(self.names, path, there)
        self.entries.append((path, there))
        return True

    def moved(self, call):
        paths = [self.path(text) for text in call.texts]
        if paths[0] not in self.names:
            return False
        file = self.names[paths[0]]
        if file is FOLDER:
            raise NotImplementedError("the model does not know moved folders")
        if len(paths) > 1:
            self.enter(paths[1], file)
        if not call.name.startswith("link"):
            self.enter(paths[0], None)
        return True

    def settle(self, call, file, writes, entries):
        if call.result != 0 or file is None or not self.syncs:
            return False
        if isinstance(file, File):
            file.settle(writes)
            created = [path for path, there in self.entries[:entries] if there is file][:1]
            if file in self.settled.values():
                created = []
            chosen = [entry for entry in self.entries[:entries] if entry[0] in created]
        else:
            chosen = [entry for entry in self.entries[:entries]
                      if os.path.dirname(entry[0]) == file]
        for path, there in chosen:
            place(self.settled, path, there)
            self.entries.remove((path, there))
        return True

    def write_at(self, call):
        return call.numbers()[-1], call.content

    def write_on(self, call):
        offset = self.offsets.get(call.descriptor, 0)
        self.offsets[call.descriptor] = offset + len(call.content)
        return offset, call.content

    def resize(self, call):
        return call.numbers()[-1], None

    def image(self, entries, choose):
        """The files after a cut: `entries` of the directories' pending changes, chosen writes."""
        names = dict(self.settled)
        for path, file in self.entries[:entries]:
            place(names, path, file)
        return {path: file.content(choose(file)) for path, file in names.items()
                if file is not FOLDER and os.path.dirname(path) in {self.folder, *names}}

    def has_pending(self):
        """Whether anything is not synced."""
        return bool(self.entries) or any(
            file.pending for file in self.names.values() if file is not FOLDER)


WRITERS = {"pwrite64": Disk.write_at, "pwritev": Disk.write_at, "write": Disk.write_on,
           "writev": Disk.write_on, "ftruncate": Disk.resize}


def place(names, path, file):
    if file is None:
        names.pop(path, None)
    else:
        names[path] = file


class Answers:
    """Counts the answers that left for each sender's port."""

    def __init__(self):
        self.counts = collections.Counter()

    def begin(self, call):
        """The port whose sender may now know, and the number of this answer; None if it is none."""
        found = PEER.search(call.arguments[:200])
        if not found or not call.content.startswith(b"HTTP/1.1 "):
            return None
        port = int(found.group(1))
        self.counts[port] += 1
        return port, self.counts[port] - 1
