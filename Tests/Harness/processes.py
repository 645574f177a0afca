"""What runs because of a test, and whether it has ended."""

import os
import selectors
import time
from pathlib import Path


def processes_of(leader):
    """The processes of the session that `leader` began: all that a program started, whoever their parent is now.

    Their environments would tell more, but those of programs that hold secrets cannot be read.
    """
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                # The name stands in brackets, and may hold some itself.
                name, _, rest = (entry / "stat").read_text().partition(" (")[2].rpartition(") ")
            except OSError:
                continue
            state, _, _, session = rest.split()[:4]
            if int(session) == leader.pid and state != "Z":
                found[int(entry.name)] = name
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
