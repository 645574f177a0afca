"""What runs because of a test, and whether it has ended."""

import os
import selectors
import time
from pathlib import Path


def processes_of(home):
    """The processes whose environment names this home: all that a program started, whoever their parent is now."""
    mark = f"HOME={home}".encode()
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if mark in (entry / "environ").read_bytes().split(b"\0"):
                    found[int(entry.name)] = (entry / "comm").read_text().strip()
            except OSError:
                pass
    return found


def wait_for_end(processes, timeout=10):
    """Waits until all these processes have ended; the kernel tells."""
    deadline = time.monotonic() + timeout
    for number in processes:
        try:
            watch = os.pidfd_open(number)
        except ProcessLookupError:
            continue
        with selectors.DefaultSelector() as selector:
            selector.register(watch, selectors.EVENT_READ)
            assert selector.select(max(0, deadline - time.monotonic())), f"{processes[number]} still runs"
        os.close(watch)
