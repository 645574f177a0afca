"""`confab demo` beside servers that do not do as they should: small scripts in their place."""

import os
import shutil
import signal
import subprocess

import pytest

from processes import processes_of, wait_for_end
from servers import clean_environment, program

ENDS_WITH_INPUT = "exec cat >/dev/null"
LOOKS_AT_NOTHING = "exec sleep 600"
DEAF = "trap '' TERM; exec sleep 600"


class Demo:
    """The demo's program in a folder of its own, with a script as the emulator."""

    def __init__(self, folder, script=None):
        self.home = folder / "home"
        self.ready = folder / "ready"
        programs = folder / "programs"
        programs.mkdir()
        self.program = shutil.copy(program("confab-demo"), programs)
        self.emulator = programs / "confab-emulator"
        if script is not None:
            os.mkfifo(self.ready)
            self.emulator.write_text(f"#!/bin/sh\necho >{self.ready}\n{script}\n")
            self.emulator.chmod(0o755)

    def start(self):
        """Starts it and returns when the script runs."""
        process = subprocess.Popen(
            [self.program], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=clean_environment(self.home), start_new_session=True)
        if self.ready.exists():
            self.ready.read_text()
        return process

    def run(self):
        """Runs it to its end: exit code and what it wrote to standard error."""
        process = self.start()
        output, errors = process.communicate(timeout=30)
        assert output == ""
        return process.returncode, errors


def test_a_missing_server_is_named(tmp_path):
    demo = Demo(tmp_path)
    code, errors = demo.run()
    assert code == 69
    assert errors.startswith(f"confab demo: {demo.emulator} cannot be started: No such file or directory.")


def test_the_words_of_a_server_that_does_not_start_are_shown(tmp_path):
    code, errors = Demo(tmp_path, "echo 'confab-emulator: the disk is full' >&2; exit 70").run()
    assert code == 69
    assert errors == "confab demo: confab-emulator did not start.\nconfab-emulator: the disk is full\n"


def test_nonsense_instead_of_facts_is_shown(tmp_path):
    code, errors = Demo(tmp_path, f"echo hello; {ENDS_WITH_INPUT}").run()
    assert code == 69
    assert errors == "confab demo: confab-emulator did not tell where it listens: hello\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_it_starts_ends_it_and_the_server(tmp_path, number):
    demo = Demo(tmp_path, ENDS_WITH_INPUT)
    process = demo.start()
    process.send_signal(number)
    assert process.communicate(timeout=10) == ("", "")
    assert process.returncode == 128 + number
    assert processes_of(process) == {}


def test_a_server_that_will_not_end_is_made_to(tmp_path):
    demo = Demo(tmp_path, DEAF)
    process = demo.start()
    process.terminate()
    process.communicate(timeout=20)
    assert processes_of(process) == {}


def test_a_killed_demo_takes_along_a_server_that_looks_at_nothing(tmp_path):
    demo = Demo(tmp_path, LOOKS_AT_NOTHING)
    process = demo.start()
    started = processes_of(process)
    assert len(started) == 2, started
    process.kill()
    process.communicate(timeout=10)
    wait_for_end(started)
    assert processes_of(process) == {}
