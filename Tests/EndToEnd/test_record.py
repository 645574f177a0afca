"""A recorded run: what the file holds, what it leaves out, and what a replay of it shows."""

import json
import os
import resource
import signal
import stat
import subprocess

import pytest

from client import Client, configuration
from people import create_thread
from servers import clean_environment, program


def replay(home, *arguments):
    """`confab replay` as a person runs it, with no network to speak of."""
    return subprocess.run([program("confab"), "replay", *map(str, arguments)], capture_output=True, text=True, timeout=30,
                          env=clean_environment(home))


def rows(text):
    """Rows as a terminal keeps them: blanks at the end do not count."""
    return [row.rstrip() for row in text.rstrip().split("\n")]


def chat(alice, bob, home, config, log, *options):
    """Alice writes to Bob while her client is recorded; gives the last screen."""
    create_thread(bob, "Quarterdeck", alice)
    with Client(home, config(alice), arguments=["--record", str(log), *options]) as terminal:
        terminal.wait_for("Quarterdeck")
        terminal.type("Avast behind")
        terminal.press("Enter")
        terminal.wait_until(
            lambda: "Avast behind" in terminal.text and "Write a message" in terminal.text
            and not any(mark in terminal.text for mark in ("sending", "waiting")), "the message to be sent")
        terminal.type("half a line")
        terminal.wait_for("half a line")
        screen = terminal.text
        # As a power cut would: nothing is written on the way out.
        os.kill(terminal.process.pid, signal.SIGKILL)
    return screen


@pytest.fixture
def config(emulator, service):
    return lambda person: configuration(emulator, service, person.name)


def test_a_replay_of_a_killed_client_ends_with_the_screen_that_it_showed(alice, bob, config, tmp_path):
    log = tmp_path / "run.events"
    screen = chat(alice, bob, tmp_path / "home", config, log)
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    shown = replay(tmp_path / "home", log, "--json")
    assert shown.returncode == 0, shown.stderr
    end = json.loads(shown.stdout)
    # The header of the screen tells the time and what it waits for, which go on between the last event and the reading.
    assert rows(end["screen"])[2:] == rows(screen)[2:]
    assert end["effects"]["send"] == 1
    draft = replay(tmp_path / "home", log, "--state", "composer.characters")
    assert "half a line" in draft.stdout
    before = replay(tmp_path / "home", log, "--at", "0")
    assert "Quarterdeck" not in before.stdout
    late = replay(tmp_path / "home", log, "--at", end["events"] + 1, "--json")
    assert late.returncode == 0 and f"ends after event {end['events']}" in late.stderr, late.stderr
    assert json.loads(late.stdout)["screen"] == end["screen"]
    assert replay(tmp_path / "home", log, "--at", end["events"]).stderr == ""
    assert replay(tmp_path / "home", log, "--follow-screens").stdout.count("── ") > 10


def test_a_token_that_is_typed_is_not_in_the_file(alice, bob, config, tmp_path):
    log = tmp_path / "run.events"
    create_thread(bob, "Quarterdeck", alice)
    head, body, mark = alice.token.split(".")
    with Client(tmp_path / "home", config(alice), arguments=["--record", str(log)]) as terminal:
        terminal.wait_for("Quarterdeck")
        terminal.type(alice.token)
        terminal.wait_for(mark[-20:])
    shown = replay(tmp_path / "home", log, "--state", "composer.characters")
    typed = "".join(one for one in shown.stdout if one.isalnum() or one in "._-")
    assert shown.returncode == 0 and "eyJ" in shown.stdout, shown
    assert body[:20] not in typed and mark[-20:] not in typed and "xxxxxxxxxxxxxxxxxxxx" in typed


def test_a_log_without_texts_holds_none(alice, bob, config, tmp_path):
    log = tmp_path / "run.events"
    chat(alice, bob, tmp_path / "home", config, log, "--redact", "people")
    held = log.read_text()
    for text in ("Quarterdeck", "Avast", "Alice", "Bob", "half", alice.user.properties["id"]):
        assert text not in held
    assert json.loads(held.splitlines()[0])["redacted"] == "people"
    assert replay(tmp_path / "home", log).returncode == 0


def test_a_file_that_is_not_empty_is_left_alone(alice, config, tmp_path):
    log = tmp_path / "run.events"
    log.write_text("precious\n")
    arguments = [program("confab"), "--headless", "--record", str(log)]
    environment = clean_environment(tmp_path / "home")
    file = tmp_path / "home" / "config" / "confab" / "config.json5"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(config(alice)))
    refused = subprocess.run(arguments, capture_output=True, text=True, env=environment, timeout=30)
    assert refused.returncode == 78
    assert "--force" in refused.stderr and log.read_text() == "precious\n"
    forced = subprocess.run([*arguments, "--force"], capture_output=True, text=True, env=environment, timeout=60)
    assert forced.returncode == 0, forced.stderr
    assert '"eventLog":1' in log.read_text().splitlines()[0]


def test_a_full_disk_ends_the_recording_and_not_the_client(alice, bob, config, tmp_path):
    """A limit on the size of files stands for the disk."""
    create_thread(bob, "Orlop", alice)
    log = tmp_path / "run.events"
    # What is kept on this machine would meet the limit first.
    with Client(tmp_path / "home", config(alice) | {"history": {"keep": False}},
                arguments=["--record", str(log)]) as terminal:
        terminal.wait_for("Orlop")
        size = log.stat().st_size + 300
        resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, (size, size))
        terminal.type("typing")
        terminal.wait_for("ended", "File too large")
        terminal.type("still here")
        terminal.wait_for("still here")
    assert log.read_bytes().endswith(b"\n")
    assert replay(tmp_path / "home", log).returncode == 0


def test_damage_is_told_with_its_place(tmp_path):
    log = tmp_path / "damaged.events"
    log.write_text('{"confab":"0.1.0","eventLog":99}\n')
    told = replay(tmp_path, log)
    assert told.returncode == 65
    assert f"{log}:1:30: the log has form 99" in told.stderr
    assert replay(tmp_path, tmp_path / "missing").returncode == 65
