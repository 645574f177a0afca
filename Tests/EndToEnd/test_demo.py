"""`confab demo`: everything on this machine, and nothing of it afterwards."""

import os
import re
import signal
import subprocess

import pytest

from processes import processes_of, wait_for_end
from servers import clean_environment, program
from terminal import Terminal


def files_below(folder):
    """Every file and socket in a home."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir())


def open_demo(home):
    terminal = Terminal([program("confab"), "demo"], clean_environment(home), columns=110, rows=32)
    terminal.wait_for("Alice", "Bob", "live", timeout=20)
    return terminal


def test_what_was_said_is_searched(tmp_path):
    before = files_below(tmp_path)
    with open_demo(tmp_path) as terminal:
        terminal.settle()
        terminal.press("C-r")
        terminal.wait_for("Search all messages")
        terminal.type("renewals")
        terminal.wait_until(lambda: re.search("Release room +Eleven renewals", terminal.text), "the hit")
        terminal.press("Enter")
        terminal.wait_until_gone("Search all messages")
        terminal.press("C-q")
        assert terminal.exit_code() == 0
    assert files_below(tmp_path) == before


def test_bob_answers_and_nothing_is_left_behind(tmp_path):
    before = files_below(tmp_path)
    with open_demo(tmp_path) as terminal:
        started = processes_of(terminal.process)
        assert {"confab", "confab-emulator", "confab-serve"} <= set(started.values()), started
        terminal.type("Are you there, Bob?")
        terminal.press("Enter")
        terminal.wait_for("Are you there, Bob?")
        asked = terminal.text.count("Bob")
        terminal.wait_until(lambda: terminal.text.count("Bob") > asked, "an answer of Bob", timeout=15)
        terminal.press("C-q")
        assert terminal.exit_code() == 0
        assert terminal.is_restored
    wait_for_end(started)
    assert processes_of(terminal.process) == {}
    assert files_below(tmp_path) == before


def test_bob_answers_a_call_and_declines_the_next_when_told(tmp_path):
    with open_demo(tmp_path) as terminal:
        terminal.wait_for("● calls")
        terminal.press("M-c")
        terminal.wait_for("In a call with Bob")
        terminal.press("M-h")
        terminal.wait_until_gone("In a call with Bob")
        terminal.type("Please decline")
        terminal.press("Enter")
        terminal.wait_for("I will decline your next call")
        terminal.press("M-c", "F3")
        terminal.wait_for("declined (603/0)")
        terminal.press("C-q")
        assert terminal.exit_code() == 0


def test_a_suspended_demo_gives_the_shell_its_terminal(tmp_path):
    shell = clean_environment(tmp_path) | {"PS1": "at the prompt> "}
    with Terminal(["bash", "--norc", "--noprofile", "-i"], shell, columns=110, rows=32) as terminal:
        terminal.wait_for("at the prompt>")
        terminal.type(f"HISTFILE= '{program('confab')}' demo\r")
        terminal.wait_for("Alice", "Bob", "live", timeout=20)
        terminal.press("C-z")
        terminal.wait_for("Stopped", "at the prompt>")
        terminal.type("fg\r")
        terminal.wait_for("live", "Ctrl-Q leave")
        terminal.type("still here\r")
        terminal.wait_for("still here")
        terminal.press("C-q")
        terminal.wait_for("at the prompt>")
        terminal.type("exit\r")
        assert terminal.exit_code() == 0
    assert processes_of(terminal.process) == {}


def test_two_demos_side_by_side(tmp_path):
    with open_demo(tmp_path / "one") as one, open_demo(tmp_path / "two") as two:
        for terminal, text in ((one, "only in the first"), (two, "only in the second")):
            terminal.type(text)
            terminal.press("Enter")
            terminal.wait_for(text)
            terminal.wait_until_gone("sending")
        one.press("C-q")
        assert one.exit_code() == 0
        two.settle()
        assert "only in the first" not in two.text
        two.type("still here")
        two.press("Enter")
        two.wait_for("still here")
        two.wait_until_gone("sending")
        two.press("C-q")
        assert two.exit_code() == 0


def test_headless_prints_the_screen(tmp_path):
    demo = subprocess.Popen(
        [program("confab"), "demo", "--headless"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, env=clean_environment(tmp_path), start_new_session=True)
    output, errors = demo.communicate(timeout=30)
    assert demo.returncode == 0, errors
    assert "Alice" in output and "Bob" in output
    assert "\x1b" not in output
    assert processes_of(demo) == {}
    assert files_below(tmp_path) == []


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_no_child_outlives_a_demo_that_is_ended(tmp_path, number):
    with open_demo(tmp_path) as terminal:
        started = processes_of(terminal.process)
        demo = [pid for pid, name in started.items() if name == "confab-demo"]
        os.kill(demo[0] if demo else terminal.process.pid, number)
        wait_for_end(started)
    assert processes_of(terminal.process) == {}


def test_it_works_with_loopback_only(tmp_path):
    """In a network namespace of its own, where only the loopback interface is."""
    inside = "ip link set lo up && exec \"$@\""
    try:
        probe = subprocess.run(["unshare", "--map-root-user", "--net", "sh", "-c", "ip link set lo up"],
                               capture_output=True, text=True)
    except FileNotFoundError as error:
        pytest.skip(f"no namespaces here: {error}")
    if probe.returncode != 0:
        pytest.skip(f"no network namespaces here: {probe.stderr.strip()}")
    done = subprocess.run(
        ["unshare", "--map-root-user", "--net", "sh", "-c", inside, "sh", program("confab"), "demo", "--headless"],
        capture_output=True, text=True, timeout=30, stdin=subprocess.DEVNULL, env=clean_environment(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "Alice" in done.stdout
