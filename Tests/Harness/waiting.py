"""Waiting for what others do."""

import time


def wait_until(holds, what, timeout=20):
    """Waits until `holds()` is true; `what` is told when it does not come about."""
    deadline = time.monotonic() + timeout
    while not holds():
        assert time.monotonic() < deadline, f"waited for {what}"
        time.sleep(0.05)
