"""The client against a service that keeps its request limits: none is hit by ourselves, whatever key is held."""

import json
import time

import pytest

from client import Client, configuration, sign_in
from people import create_thread
from servers import Emulator, TrustedService


@pytest.fixture
def strict(tmp_path):
    """An emulator that keeps the service's limits, and the log of what it is asked."""
    emulator = Emulator(tmp_path / "emulator")
    log = tmp_path / "requests.jsonl"
    emulator.arguments += ["--limits", "real", "--log", log]
    with emulator, emulator.trusted():
        yield emulator, log


def refused(log):
    """The requests that were too many."""
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert lines, "nothing was logged"
    return [line for line in lines if line.get("status") == 429]


def hold(terminal, key, seconds, rate=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        terminal.press(key)
        terminal.settle(quiet=0, timeout=1 / rate)
        time.sleep(1 / rate)


def test_keys_that_are_held_hit_no_limit(strict, tmp_path):
    emulator, log = strict
    with TrustedService(tmp_path / "service", emulator) as service:
        alice, bob = (sign_in(service, emulator, name) for name in ("Alice", "Bob"))
        threads = [create_thread(bob, f"Room {number}", alice) for number in range(8)]
        for number, thread in enumerate(threads):
            thread.send_message(f"hello from {number}", sender_display_name="Bob")
        with Client(tmp_path / "home", configuration(emulator, service)) as terminal:
            terminal.wait_until_connected("Room 7", timeout=20)
            hold(terminal, "M-Down", 20)
            assert refused(log) == []
            # Where it stops, all is there within a second or so, and what comes then, too.
            terminal.wait_for("hello from", timeout=2)
            hold(terminal, "M-Up", 5, rate=3)
            hold(terminal, "PgUp", 3)
            terminal.press("C-n")
            hold(terminal, "a", 3)
            assert refused(log) == []
