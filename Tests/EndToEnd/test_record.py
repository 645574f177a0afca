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
    assert late.returncode == 0 and f"after event {end['events']} it ends" in late.stderr, late.stderr
    assert json.loads(late.stdout)["screen"] == end["screen"]
    assert replay(tmp_path / "home", log, "--at", end["events"]).stderr == ""
    early = replay(tmp_path / "home", log, "--at", "5", "--until", "2001-01-01T00:00:00Z")
    assert early.returncode == 0 and "after event 0 event 1 is later" in early.stderr, early.stderr
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
    assert str(tmp_path / "home") not in held
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
    assert '"eventLog":2' in log.read_text().splitlines()[0]


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


def test_lines_that_were_taken_out_or_doubled_are_told(alice, bob, config, tmp_path):
    log = tmp_path / "run.events"
    chat(alice, bob, tmp_path / "home", config, log)
    lines = log.read_text().splitlines(keepends=True)
    for damaged in (lines[:4] + lines[5:], lines[:5] + lines[4:]):
        log.write_text("".join(damaged))
        told = replay(tmp_path / "home", log)
        line = next(number for number, (one, other) in enumerate(zip(damaged, lines), 1) if one != other)
        assert told.returncode == 65 and f"{log}:{line}:" in told.stderr and "lines were removed" in told.stderr, told.stderr


def test_extremes_of_others_are_refused_and_not_reckoned_with(tmp_path):
    header = {"cadence": {name: [2, 0] for name in ("activeSpan", "idle", "list", "live", "open")}, "confab": "0.1.0",
              "eventLog": 2, "keyMap": {"bindings": []}, "redacted": "tokens", "viewport": {"columns": 80, "rows": 24},
              "settings": {"displayName": "", "endpoint": "", "hasGateway": False, "keepsHistory": False,
                           "minutesFromUTC": 0, "tokenServiceURL": "", "wantsEvents": False}}
    start = {"at": 1, "entropy": "0" * 16, "event": {"started": {}}, "number": 1}
    huge = {"columns": 10**9, "rows": 10**9}
    log = tmp_path / "log.events"

    def told(header, *events):
        log.write_text("".join(json.dumps(line) + "\n" for line in (header, *events)))
        return replay(tmp_path, log)

    assert told(header, start).returncode == 0
    headers = [header | {"cadence": header["cadence"] | {name: [value, 0]}} for name in ("open", "list", "live", "activeSpan")
               for value in (2**63 - 1, -2**63)]
    headers += [header | {"settings": header["settings"] | {"minutesFromUTC": value}} for value in (2**63 - 1, -2**63)]
    headers += [header | {"viewport": huge}]
    for other in headers:
        result = told(other, start)
        assert result.returncode == 65 and f"{log}:1:" in result.stderr, (other, result)
    result = told(header, start, start | {"event": {"resized": {"_0": huge}}, "number": 2})
    assert result.returncode == 65 and f"{log}:3:" in result.stderr, result


def test_what_would_be_ignored_is_refused(alice, config, tmp_path):
    log = tmp_path / "log.events"
    log.write_text("{}")
    told = replay(tmp_path, log, "threads.open")
    assert told.returncode == 64 and "--state" in told.stderr
    file = tmp_path / "home" / "config" / "confab" / "config.json5"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(config(alice)))

    def confab(*arguments):
        return subprocess.run([program("confab"), "--headless", *map(str, arguments)], capture_output=True, text=True,
                              env=clean_environment(tmp_path / "home"), timeout=30)

    for options in (["--redact", "people"], ["--force"]):
        told = confab(*options)
        assert told.returncode == 64 and "--record" in told.stderr, told
    os.mkfifo(tmp_path / "pipe")
    told = confab("--record", tmp_path / "pipe")
    assert told.returncode == 78 and "is no file" in told.stderr, told
