"""Secrets show nowhere: the search that the whole suite is put through, and what no log can tell."""

import os
import resource
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from secrecy import Notebook, Watch, leaks
from servers import clean_environment, program

SIGNED = "eyJhbGciOiJSUzI1NiJ9.eyJza3lwZWlkIjoiYWNzOmFsaWNlIn0." + "c2ln" * 30


@pytest.fixture
def elsewhere():
    """A folder that the search of the whole suite passes by, for what is to be found here."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def kept(folder, name, text, mode=0o644):
    file = folder / name
    file.write_text(text)
    file.chmod(mode)


@pytest.mark.parametrize("text, what", [
    (f"GET /token 200 {SIGNED}", "a signed token"),
    ("signed with hunter2-hunter2", "the key"),
    ("body aHVudGVyMi1odW50ZXIy", "the key"),
])
def test_the_search_finds_what_leaked(elsewhere, text, what):
    Notebook(elsewhere).note("the key", "hunter2-hunter2")
    kept(elsewhere, "confab-serve.log", text)
    found, _ = leaks(elsewhere)
    assert [line.rsplit(": ", 1)[1] for line in found] == [what]


def test_a_file_of_the_owners_own_may_hold_a_secret_and_a_store_no_token(elsewhere):
    Notebook(elsewhere).note("the key", "hunter2-hunter2")
    kept(elsewhere, "access-key", "hunter2-hunter2", 0o600)
    kept(elsewhere, "refresh-token", SIGNED, 0o600)
    kept(elsewhere, "quiet.log", "GET /token 200")
    assert leaks(elsewhere) == ([], 3)
    kept(elsewhere, "users.sqlite", SIGNED, 0o600)
    assert len(leaks(elsewhere)[0]) == 1
    kept(elsewhere, "run.events", "hunter2-hunter2", 0o600)
    assert len(leaks(elsewhere)[0]) == 2


def test_what_programs_are_given_and_say_is_kept(elsewhere):
    Notebook(elsewhere).note("the key", "hunter2-hunter2")
    with Watch(elsewhere).on():
        subprocess.run([program("confab"), "token", "inspect", "/nowhere/hunter2-hunter2"], capture_output=True,
                       env=clean_environment(elsewhere / "home"))
    found, _ = leaks(elsewhere)
    assert len(found) == 2, "its arguments, and its error, which quotes them"


@pytest.mark.parametrize("name, arguments", [
    ("confab-serve", ["--memory", "--port", "0"]),
    ("confab-emulator", ["--ephemeral", "--port", "0", "--https-port", "0"]),
])
def test_a_crash_leaves_no_memory_behind(name, arguments, tmp_path):
    environment = clean_environment(tmp_path / "home") | {
        "CONFAB_CONNECTION_STRING": "endpoint=https://127.0.0.1:9/;accesskey=aHVudGVyMi1odW50ZXIy"}
    folder = tmp_path / "work"
    folder.mkdir()

    def allow_dumps():
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    process = subprocess.Popen([program(name), *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                               cwd=folder, env=environment, preexec_fn=allow_dumps)
    assert process.stdout.readline(), "it listens"
    process.send_signal(signal.SIGABRT)
    status = os.waitpid(process.pid, 0)[1]
    process.returncode = -os.WTERMSIG(status)
    process.stdout.close()
    assert os.WTERMSIG(status) == signal.SIGABRT
    assert not os.WCOREDUMP(status) and not list(folder.iterdir())


def test_the_system_would_have_dumped_another_program(tmp_path):
    """Else the test before proves nothing."""
    def allow_dumps():
        resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    process = subprocess.Popen([sys.executable, "-c", "import os; os.abort()"], cwd=tmp_path, preexec_fn=allow_dumps)
    status = os.waitpid(process.pid, 0)[1]
    process.returncode = -os.WTERMSIG(status)
    if not os.WCOREDUMP(status):
        pytest.skip("this system dumps no program's memory")
