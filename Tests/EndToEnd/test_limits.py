"""The client and `confab chat` against a service that keeps its request limits: none is hit by ourselves, whatever key is
held and however much is read; and what a command does that the service asks to wait."""

import json
import time

import pytest

from chat_prompt import ChatPrompt
from client import Client, configuration, sign_in
from faults import Faults
from people import create_thread, token_of
from servers import Emulator, TrustedService

# The messages of a thread that takes more pages than the service gives in ten seconds.
MANY = 7500


@pytest.fixture
def strict(tmp_path):
    """An emulator that keeps the service's limits, and the log of what it is asked."""
    emulator = Emulator(tmp_path / "emulator")
    log = tmp_path / "requests.jsonl"
    emulator.arguments += ["--limits", "real", "--log", log]
    with emulator, emulator.trusted():
        yield emulator, log


def asked(log):
    """The requests that there were."""
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert lines, "nothing was logged"
    return lines


def refused(log):
    """The requests that were too many."""
    return [line for line in asked(log) if line.get("status") == 429]


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


def test_an_export_of_many_pages_is_whole_and_hits_no_limit(tmp_path):
    seed, log = tmp_path / "seed.json", tmp_path / "requests.jsonl"
    seed.write_text(json.dumps({
        "users": {"keeper": "Keeper"},
        "threads": [{"topic": "Log book", "participants": ["keeper"],
                     "history": [{"from": "keeper", "text": f"entry {number}."} for number in range(MANY)]}]}))
    emulator = Emulator(tmp_path / "emulator")
    emulator.arguments += ["--limits", "real", "--log", log, "--seed", seed]
    with emulator, emulator.trusted(), TrustedService(tmp_path / "service", emulator) as service:
        (keeper,) = emulator.users("keeper")
        owner = token_of(emulator, "Keeper", keeper)
        (thread,) = owner.chat.list_chat_threads()
        alice = sign_in(service, emulator, "Alice")
        assert not owner.chat.get_chat_thread_client(thread.id).add_participants([alice.participant])
        prompt = ChatPrompt(tmp_path / "alice", configuration(emulator, service))
        done = prompt("export", "Log book", "--format", "jsonl")
        assert done.returncode == 0, done.stderr
        texts = [one["text"] for one in map(json.loads, done.stdout.splitlines()) if one["type"] == "text"]
        assert texts == [f"entry {number}." for number in range(MANY)]
        pages = [one for one in asked(log) if one["method"] == "GET" and one["path"].endswith("/messages")]
        assert len(pages) > MANY / 100 and refused(log) == []
        # Who looks on is told why it pauses, once for each pause.
        assert 1 <= done.stderr.count("(messages): the service takes only so many requests") <= 3, done.stderr


def test_a_wait_that_the_service_asks_for_is_told_and_kept(prompt, thread, emulator):
    thread.send_message("worth the wait", sender_display_name="Bob")
    with Faults(emulator).cleared() as faults:
        faults.on("status", 429, "--retry-after", 3, "--operation", "GET /chat/threads/*/messages")
        start = time.monotonic()
        done = prompt("show", thread.thread_id, "--json")
        assert time.monotonic() - start >= 2.9 and done.returncode == 0
        assert done.stderr == "confab: the service asks to wait 3 s (messages); going on then.\n"
        assert "worth the wait" in [json.loads(line)["content"].get("message") for line in done.stdout.splitlines()]
        faults.on("status", 429, "--retry-after", 3, "--operation", "GET /chat/threads/*/messages")
        assert prompt("show", thread.thread_id, "--quiet").stderr == ""


@pytest.mark.parametrize("words, operation", [
    (["list"], "GET /chat/threads"), (["show"], "GET /chat/threads/*/messages"),
    (["export"], "GET /chat/threads/*/participants"), (["send", "text"], "POST /chat/threads/*/messages")])
def test_a_service_that_asks_to_wait_too_long_ends_a_command_at_once(prompt, thread, emulator, words, operation):
    command, *rest = words
    with Faults(emulator).cleared() as faults:
        faults.on("status", 429, "--retry-after", 3600, "--operation", operation)
        start = time.monotonic()
        done = prompt(command, *([] if command == "list" else [thread.thread_id]), *rest)
        assert time.monotonic() - start < 10
    assert done.returncode == 75 and done.stdout == "", done
    assert "Try again in 3600 s." in done.stderr and done.stderr.count("\n") == 1, done.stderr


@pytest.mark.parametrize("operation", ["GET /chat/threads", "POST /chat/threads/*/messages"])
def test_send_waits_no_longer_than_it_was_told(prompt, thread, emulator, operation):
    with Faults(emulator).cleared() as faults:
        faults.on("status", 429, "--retry-after", 9, "--operation", operation)
        start = time.monotonic()
        done = prompt("send", thread.topic, "impatient", "--patience", "2s")
        assert time.monotonic() - start < 5 and done.returncode == 75 and done.stdout == "", done
        faults.on("status", 429, "--retry-after", 3, "--operation", operation)
        assert prompt.done("send", thread.topic, "patient", "--patience", "20s")
    assert "longer than --patience" in " ".join(prompt("send", "--help").stdout.split())
