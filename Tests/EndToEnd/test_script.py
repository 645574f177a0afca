"""`confab script` as people and CI use it: the built program, on all three stages."""

import json
import os
import re
import shlex
import signal
import stat
import subprocess
import tempfile
import time
import xml.etree.ElementTree
from pathlib import Path

import pytest

from servers import ROOT, clean_environment, program
from terminal import Terminal
from waiting import wait_until

EXAMPLES = sorted((ROOT / "Examples").glob("*.confab"))
STALE_TOKEN = ROOT / "Tests" / "Scripts" / "stale-token.confab"
HELLO = """\
needs confab 1
users Alice, Bob
thread "Harbour" with Alice, Bob

scene "hello" tagged quick
  as Alice
    send "Hello Bob"
  as Bob
    expect message "Hello Bob" from Alice, once

scene "goodbye" tagged slow
  as Bob
    send "Goodbye"
  as Alice
    expect message "Goodbye" from Bob, once
"""


def run(*words, variables=None, folder=None, check=None):
    environment = {name: value for name, value in os.environ.items() if name != "CI"} | (variables or {})
    result = subprocess.run([program("confab"), "script", *map(str, words)], capture_output=True, text=True,
                            env=environment, cwd=folder, timeout=300)
    if check is not None:
        assert result.returncode == check, result.stdout + result.stderr
    return result


@pytest.fixture
def hello(tmp_path):
    path = tmp_path / "hello.confab"
    path.write_text(HELLO)
    return path


def results(output):
    return [json.loads(line) for line in output.splitlines()]


# The stages

def assert_all_passed(result):
    failed = [one["report"] for one in results(result.stdout) if not one["passed"]]
    assert not failed, "\n\n".join(failed)
    assert {Path(one["file"]).name for one in results(result.stdout)} == {path.name for path in EXAMPLES}


# In real time most of it is waiting, so that several go side by side.

def test_the_examples_in_terminals():
    assert_all_passed(run("run", "--json", "--jobs", 4, "--pty", *EXAMPLES))


def test_the_examples_against_running_services(emulator, service):
    assert_all_passed(run("run", "--json", "--jobs", 4, "--against", service.facts["endpoint"],
                          "--endpoint", emulator.facts["httpEndpoint"], *EXAMPLES))


def test_a_failure_in_a_terminal_shows_its_screen(tmp_path):
    path = tmp_path / "fails.confab"
    path.write_text(HELLO.replace('message "Hello Bob" from Alice, once', 'message "Hallo Bob" from Alice'))
    result = run("run", "--pty", "--only", "hello", path, check=1)
    assert 'there is no message "Hallo Bob" from Alice' in result.stdout
    assert 'nearest: Alice: "Hello Bob"' in result.stdout
    assert re.search(r"\|.*Alice │ Hello Bob +\|", result.stdout)
    assert "POST /chat/threads/" not in result.stdout.split("Bob's screen")[0]


def test_keys_and_what_is_not_so_mean_the_same_in_terminals(tmp_path):
    path = tmp_path / "same.confab"
    path.write_text("""\
users Alice, Bob
thread "One" with Alice, Bob
  message "1" from Bob
thread "Two" with Alice, Bob
thread "Three" with Alice, Bob

scene "the topmost thread is open"
  as Alice
    expect thread "Three" is open
    open "One"

scene "keys after one another"
  as Alice
    type "one"
    press Enter Up
    expect composer edits "one"

scene "what is so now and then"
  fault chat is down to Alice
  as Alice
    send "hello"
    expect status has no "next try"
""")
    for stage in [], ["--pty"]:
        lines = run("run", "--jobs", 3, *stage, path, check=1).stdout.splitlines()
        assert lines[-1].startswith("3 scenes, 2 passed, 1 failed"), lines
        assert any("FAILED" in line and "what is so now and then" in line for line in lines), lines


def test_a_service_that_is_not_there_is_said(hello):
    result = run("run", "--against", "http://127.0.0.1:9", hello, check=69)
    assert "http://127.0.0.1:9 does not answer" in result.stderr


def test_what_only_the_virtual_clock_can_do_is_said(emulator, service):
    result = run("run", "--against", service.facts["endpoint"], "--endpoint", emulator.facts["httpEndpoint"], STALE_TOKEN,
                 check=1)
    assert "play it on the virtual clock" in result.stdout


# The same, whatever the machine

def test_fifty_runs_are_the_same(tmp_path):
    """Under other time zones, languages, terminals, loads and numbers of jobs: the same traces, the same screens."""
    script = tmp_path / "same.confab"
    script.write_text(HELLO + """
scene "a screen"
  as Alice
    send "One"
    type "two"
  advance 90s
  as Alice
    snapshot "screen"
""")
    run("run", "--update", script, check=0)
    kept = (tmp_path / "same.snapshots" / "a-screen.screen.screen").read_bytes()
    zones, languages = ["UTC", "Pacific/Kiritimati", "America/St_Johns"], ["C", "sv_SE.UTF-8", "tr_TR.UTF-8", "C.UTF-8"]
    load = [subprocess.Popen(["sh", "-c", "while :; do :; done"]) for _ in range(2)]
    try:
        traces = set()
        for number in range(50):
            trace = tmp_path / "trace"
            variables = {"TZ": zones[number % 3], "LANG": languages[number % 4], "LC_ALL": languages[number // 4 % 4],
                         "COLUMNS": str(20 + 7 * number), "LINES": str(5 + number), "TERM": ["dumb", "xterm", ""][number % 3]}
            if number == 25:
                for process in load:
                    process.kill()
            run("run", "--jobs", 1 + number % 4, "--trace", trace, script, variables=variables, check=0)
            traces.add(trace.read_bytes())
    finally:
        for process in load:
            process.kill()
            process.wait()
    assert len(traces) == 1
    assert (tmp_path / "same.snapshots" / "a-screen.screen.screen").read_bytes() == kept


# The command line

def test_errors_are_all_told_and_nobody_is_created(tmp_path):
    path = tmp_path / "wrong.confab"
    path.write_text(HELLO + "  as Alice\n    opne \"Harbour\"\n    expect mesage \"x\"\n")
    result = run("run", path, check=64)
    assert result.stdout == ""
    assert f"{path}:17:5: there is no verb 'opne'; did you mean 'open'?" in result.stderr
    assert f"{path}:18:12: nothing is called 'mesage'" in result.stderr
    assert run("check", path, check=64).stderr == result.stderr
    assert run("check", ROOT / "Tests" / "Scripts", ROOT / "Examples", check=0).stdout.endswith(": no errors\n")


def test_only_shuffle_and_jobs(hello):
    assert [one["scene"] for one in results(run("run", "--json", "--only", "slow", hello, check=0).stdout)] == ["goodbye"]
    assert [one["scene"] for one in results(run("run", "--json", "--only", "hello", hello, check=0).stdout)] == ["hello"]
    orders = {tuple(one["scene"] for one in results(run("run", "--json", "--shuffle", seed, "-j", 2, hello, check=0).stdout))
              for seed in range(8)}
    assert orders == {("hello", "goodbye"), ("goodbye", "hello")}
    assert "there are \"hello\", \"goodbye\"" in run("run", "--only", "nothing", hello, check=64).stderr


def test_the_report_is_junit(hello, tmp_path):
    hello.write_text(HELLO.replace('"Goodbye" from Bob', '"Good-bye & <farewell>" from Bob'))
    run("run", "--report", tmp_path / "out" / "report.xml", hello, check=1)
    suite = xml.etree.ElementTree.parse(tmp_path / "out" / "report.xml").getroot().find("testsuite")
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    assert [case.get("name") for case in suite] == ["hello", "goodbye"]
    assert "Good-bye & <farewell>" in suite[1].find("failure").text


def test_snapshots_are_written_when_asked_and_never_by_ci(tmp_path):
    path = tmp_path / "one.confab"
    path.write_text(HELLO.replace('    send "Goodbye"\n', '    snapshot "first"\n    send "Goodbye"\n'))
    screen = tmp_path / "one.snapshots" / "goodbye.first.screen"
    assert "there is no snapshot" in run("run", path, check=1).stdout
    assert run("run", "--update", path, variables={"CI": "true"}, check=64).stdout == ""
    assert not screen.exists()
    run("run", "--update", path, check=0)
    assert screen.read_text().startswith("confab screen 1\n80x24\n|")
    xml.etree.ElementTree.parse(screen.with_suffix(".svg"))
    run("run", path, check=0)
    screen.write_text(screen.read_text().replace("Harbour", "Harbor "))
    assert "+ |▌ Harbour" in run("run", path, check=1).stdout


def test_under_faults_scenes_pass_that_wait_for_what_they_need(hello):
    assert [one["weatherPlays"] for one in results(run("run", "--json", "--weather", 5, hello, check=0).stdout)] == [5, 5]


def test_what_fails_under_faults_alone_is_shrunk_and_played_again_by_its_command(tmp_path):
    path = tmp_path / "weather.confab"
    # On a clear day a client asks for little; what is lost it asks for again.
    text = HELLO.replace('send "Hello Bob"\n', 'send "Hello Bob"\n  advance 2m\n').replace(
        "from Alice, once", "from Alice, once\n    expect state ledger.lastID is below LIMIT")
    path.write_text(text.replace("LIMIT", "0"))
    told = run("run", "--only", "hello", path, check=1).stdout
    asked = int(re.search(r"ledger.lastID is (\d+)", told).group(1))
    path.write_text(text.replace("LIMIT", str(asked + 5)))
    run("run", "--only", "hello", path, check=0)
    told = run("run", "--only", "hello", "--weather", 20, path, check=1).stdout
    left, of = map(int, re.search(r"of which (\d+) of (\d+) are left", told).groups())
    assert 1 <= left < of, told
    words = shlex.split(next(line for line in told.splitlines() if "--weather-only" in line))
    again = run(*words[2:], check=1).stdout
    assert re.search(r"ledger.lastID is \d+", again).group() == re.search(r"ledger.lastID is \d+", told).group()
    # Without any of the faults it passes.
    run(*words[2:-1], "none", check=0)


def test_reports_are_written_into_what_is_named(hello, tmp_path):
    pipe, target, link = tmp_path / "pipe", tmp_path / "target.xml", tmp_path / "link.xml"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE, text=True)
    run("run", "--report", pipe, hello, check=0)
    assert "<testsuite" in reader.communicate(timeout=10)[0] and stat.S_ISFIFO(pipe.stat().st_mode)
    target.write_text("old")
    link.symlink_to(target)
    run("run", "--report", link, hello, check=0)
    assert link.is_symlink() and "<testsuite" in target.read_text()


def test_a_linked_script_of_a_folder_is_played(hello, tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "linked.confab").symlink_to(hello)
    (tmp_path / "folder" / "circle").symlink_to(tmp_path / "folder")
    assert len(results(run("run", "--json", tmp_path / "folder", check=0).stdout)) == 2


def test_each_choice_of_scenes_has_to_be_one(hello):
    assert 'no scene is called or tagged "quik"' in run("run", "--only", "quik", "--only", "slow", hello, check=64).stderr


def test_a_scene_goes_before_a_tag_of_its_name(tmp_path):
    path = tmp_path / "names.confab"
    path.write_text(HELLO.replace("tagged slow", "tagged hello"))
    assert [one["scene"] for one in results(run("run", "--json", "--only", "hello", path, check=0).stdout)] == ["hello"]
    path.write_text(HELLO.replace('scene "hello" tagged quick', 'scene "first" tagged hello').replace("slow", "hello"))
    assert len(results(run("run", "--json", "--only", "hello", path, check=0).stdout)) == 2


def test_the_seed_of_faults_needs_faults(hello):
    assert "--weather-seed needs --weather" in run("run", "--weather-seed", "3", hello, check=64).stderr


@pytest.mark.parametrize("make", [lambda path: os.symlink("nowhere", path), os.mkfifo], ids=["dangling", "pipe"])
def test_what_looks_like_a_script_and_cannot_be_read_is_no_secret(hello, make):
    make(hello.parent / "other.confab")
    assert f"{hello.parent}/other.confab cannot be read as a file" in run("check", hello.parent, check=64).stderr


def test_a_folder_that_cannot_be_read_is_an_error(tmp_path):
    (tmp_path / "scripts" / "closed").mkdir(parents=True)
    (tmp_path / "scripts" / "one.confab").write_text(HELLO)
    (tmp_path / "scripts" / "closed").chmod(0)
    # Root reads everything as long as it may.
    rights = "-dac_override,-dac_read_search"
    words = ["setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}"] if os.getuid() == 0 else []
    result = subprocess.run([*words, program("confab"), "script", "check", tmp_path / "scripts"], capture_output=True, text=True)
    assert result.returncode == 64 and "scripts/closed cannot be read" in result.stderr, result


def test_a_snapshot_that_cannot_be_written_ends_with_70(hello):
    hello.write_text(HELLO.replace('send "Hello Bob"', 'snapshot "first"'))
    (hello.parent / "hello.snapshots").write_text("in the way")
    result = run("run", "--update", "--only", "hello", hello, check=70)
    assert "hello.snapshots/hello.first.screen cannot be written" in result.stdout
    assert result.stdout.splitlines()[-3].endswith("--only hello --update"), result.stdout


def test_quiet_does_not_tell_what_is_written(hello):
    hello.write_text(HELLO.replace('send "Hello Bob"', 'snapshot "first"').replace("    expect message \"Hello Bob\" from Alice, once\n", "    send \"x\"\n"))
    assert "wrote" not in run("run", "--quiet", "--update", hello, check=0).stdout


def test_a_scene_whose_name_has_controls_steers_no_terminal(hello):
    hello.write_text(HELLO.replace('"hello"', r'"red \u{1B}[31m"').replace("once", "twice", 1))
    told = run("run", hello, check=1).stdout
    assert "\x1b" not in told and r"\u001b[31m" in told
    command = next(line for line in told.splitlines() if "--only" in line).strip()
    again = subprocess.run(["bash", "-c", command.replace("confab", str(program("confab")), 1)], capture_output=True, text=True)
    assert again.returncode == 1 and again.stdout.splitlines()[-1].startswith("1 scene, 0 passed"), again


def test_a_play_under_faults_that_fails_is_in_the_trace(tmp_path):
    path, trace = tmp_path / "weather.confab", tmp_path / "trace"
    path.write_text(HELLO.replace('send "Hello Bob"\n', 'send "Hello Bob"\n  advance 2m\n').replace(
        "from Alice, once", "from Alice, once\n    expect state ledger.lastID is below 30"))
    told = run("run", "--only", "hello", "--weather", 20, "--trace", trace, path, check=1).stdout
    assert "under the faults" in told and " weather " in trace.read_text()


def test_options_that_need_another_one_say_so(hello):
    assert "--weather-only needs --weather" in run("run", "--weather-only", "1", hello, check=64).stderr
    assert "--endpoint needs --against" in run("run", "--endpoint", "http://127.0.0.1:1", hello, check=64).stderr


def play_for_long(folder):
    """Begins to play a scene that takes longer than any test, with servers that keep files."""
    path = folder / "long.confab"
    path.write_text(HELLO.replace("as Alice\n    send", "kill emulator\n  start emulator\n  repeat 100000\n    as Bob\n"
                                  "      press x\n      press Backspace\n  as Alice\n    send", 1))
    return subprocess.Popen([program("confab"), "script", "run", "--only", "hello", path], stdout=subprocess.DEVNULL)


def folder_of(process):
    return next(Path("/dev/shm").glob(f"confab-world-{process.pid}-*"), None)


def test_an_end_in_the_middle_leaves_no_folder(tmp_path):
    process = play_for_long(tmp_path)
    wait_until(lambda: folder_of(process), "a folder of its own", timeout=30)
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == -signal.SIGINT
    assert not folder_of(process)


def test_what_a_killed_runner_left_is_removed_by_the_next_one(tmp_path, hello):
    def aged(path):
        os.utime(path, (1, 1))
        return path

    fresh = Path(tempfile.mkdtemp(prefix="confab-world-1-", dir="/dev/shm"))
    runners = [play_for_long(tmp_path) for _ in range(2)]
    try:
        for one in runners:
            wait_until(lambda: folder_of(one) and any(folder_of(one).iterdir()), "a folder of its own", timeout=30)
        runners[0].kill()
        runners[0].wait()
        left, used = aged(folder_of(runners[0])), aged(folder_of(runners[1]))
        run("run", "--pty", "--only", "hello", hello, check=0)
        assert not left.exists(), "nobody holds it"
        assert any(used.iterdir()), "somebody plays in it"
        assert fresh.exists(), "somebody may be about to hold it"
    finally:
        for one in runners:
            one.send_signal(signal.SIGINT)
            one.wait()
        fresh.rmdir()


def test_watch_plays_again_when_the_script_changes(hello):
    process = subprocess.Popen([program("confab"), "script", "run", "--watch", "--only", "hello", hello],
                               stdout=subprocess.PIPE, text=True)
    try:
        lines = iter(process.stdout.readline, "")
        assert next(line for line in lines if "scene" in line).startswith("1 scene, 1 passed")
        next(line for line in lines if "waiting" in line)
        hello.write_text(HELLO.replace('from Alice, once', 'from Alice, twice'))
        assert next(line for line in lines if "passed" in line).startswith("1 scene, 0 passed, 1 failed")
    finally:
        process.kill()
        process.wait()


def test_what_the_runner_writes_itself_is_no_change(hello):
    folder = hello.parent
    with open(folder / "log", "w") as log:
        process = subprocess.Popen([program("confab"), "script", "run", "--watch", "--report", folder / "junit.xml",
                                    "--trace", folder / "trace", folder], stdout=log)
        try:
            plays = lambda: (folder / "log").read_text().count("waiting")
            wait_until(plays, "the first play")
            time.sleep(1.5)
            assert plays() == 1
            (folder / "new.confab").write_text(HELLO)
            wait_until(lambda: plays() == 2, "another play")
            assert "4 scenes, 4 passed" in (folder / "log").read_text()
        finally:
            process.kill()
            process.wait()


def test_who_stops_a_play_step_by_step_has_done_with_it(hello, tmp_path):
    with Terminal([program("confab"), "script", "run", "--step", hello], clean_environment(tmp_path)) as terminal:
        terminal.wait_for('Alice: send "Hello Bob"', "any key does it")
        terminal.press("q")
        terminal.wait_for("1 scene, 0 passed, 1 failed")
        assert terminal.exit_code() == 1


def test_a_play_goes_step_by_step(hello, tmp_path):
    with Terminal([program("confab"), "script", "run", "--step", "--only", "hello", hello],
                  clean_environment(tmp_path)) as terminal:
        terminal.wait_for('Alice: send "Hello Bob"', "any key does it")
        terminal.press(" ")
        terminal.wait_for('Bob: expect message "Hello Bob" from Alice, once', "Hello Bob")
        terminal.press("Tab")
        terminal.wait_for("Alice's screen")
        terminal.press("n")
        terminal.wait_for("1 scene, 1 passed")
        assert terminal.exit_code() == 0


@pytest.mark.parametrize("keys", ["", "c"], ids=["stopped", "running"])
def test_a_signal_ends_a_play_step_by_step_and_gives_the_terminal_back(tmp_path, keys):
    path = tmp_path / "long.confab"
    path.write_text(HELLO.replace("as Alice\n    send", "repeat 100000\n    as Bob\n      press x\n      press Backspace\n"
                                  "  as Alice\n    send", 1))
    with Terminal([program("confab"), "script", "run", "--step", "--only", "hello", path],
                  clean_environment(tmp_path)) as terminal:
        terminal.wait_for("repeat 100000", "any key does it")
        terminal.press(" ")
        terminal.wait_for("Bob: press x")
        terminal.type(keys)
        time.sleep(0.2)
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.exit_code() == -signal.SIGTERM
        assert terminal.is_restored


def test_what_is_recorded_passes(tmp_path):
    path = tmp_path / "recorded.confab"
    with Terminal([program("confab"), "script", "record", path], clean_environment(tmp_path)) as terminal:
        terminal.wait_for("recording as Alice", "General")
        terminal.type("Hello Bob")
        terminal.press("Enter")
        terminal.wait_for("Hello Bob")
        time.sleep(1.5)
        terminal.type("\x1b[24~")
        terminal.wait_for("recording as Bob")
        terminal.type("Hello Alice")
        terminal.press("Enter")
        time.sleep(1.5)
        terminal.press("C-q")
        assert terminal.exit_code() == 0
    text = path.read_text()
    assert 'expect message "Hello Bob" from Alice is sent, once' in text
    assert 'expect message "Hello Alice" from Bob, once' in text
    run("run", path, check=0)
    assert "is there already" in run("record", path, check=64).stderr


@pytest.mark.parametrize("topic", ['say "hi"', "Cost $5", r"back\slash"])
def test_a_recording_takes_any_topic(tmp_path, topic):
    path = tmp_path / "topic.confab"
    with Terminal([program("confab"), "script", "record", "--thread", topic, path], clean_environment(tmp_path)) as terminal:
        terminal.wait_for("recording as Alice", topic)
        terminal.press("C-q")
        assert terminal.exit_code() == 0
    run("run", path, check=0)


def test_a_recording_has_no_ids_and_ends_at_rest(tmp_path):
    path = tmp_path / ".confab"
    with Terminal([program("confab"), "script", "record", path], clean_environment(tmp_path), columns=140) as terminal:
        terminal.wait_for("recording as Alice", "General")
        terminal.press("F2")
        terminal.wait_for("8:acs:")
        identity = re.search(r"8:acs:[-0-9a-f]+_[-0-9a-f]+", terminal.text)[0]
        terminal.press("Esc")
        terminal.type(f"\x1b[200~{identity}\x1b[201~")
        terminal.press("Enter")
        for number in range(12):
            terminal.type(f"message {number}\r")
        terminal.wait_for("(waiting)")
        terminal.press("C-q")
        assert terminal.exit_code() == 0
    text = path.read_text()
    assert "8:acs" not in text and "let idOfAlice = state me" in text and 'scene "recorded"' in text, text
    end = text.rsplit("\n  advance ", 1)[1]
    assert 'expect message "message 11" from Alice is sent, once' in end and "is queued" not in end, text
    run("run", "--weather", "5", path, check=0)
    run("run", "--seed", "77", path, check=0)


def test_a_recording_that_cannot_be_kept_does_not_begin(tmp_path):
    (tmp_path / "file").write_text("")
    for path in (tmp_path, tmp_path / "file" / "below.confab"):
        assert f"{path} cannot be written" in run("record", path, check=64).stderr


# How fast it is

def test_the_runner_is_quick(tmp_path):
    """Bounds that a loaded machine keeps, too; docs/benchmarks.md has what was measured."""
    long = "".join(f'    type "message {number}"\n    expect composer is "message {number}"\n    press Ctrl-U Enter\n'
                   f'    expect state interface.focus is composer\n' for number in range(50))
    path = tmp_path / "long.confab"
    path.write_text(HELLO + f'\nscene "two hundred lines"\n  as Alice\n{long}')
    one = results(run("run", "--json", "--only", "two hundred lines", path, check=0).stdout)[0]
    assert one["milliseconds"] < 2000
    path = tmp_path / "snapshots.confab"
    path.write_text(HELLO + '\nscene "a hundred snapshots"\n  as Alice\n' + "".join(
        f'    snapshot "{number}" except clock, ids, messages\n' for number in range(100)))
    for words in (["--update"], []):
        one = results(run("run", "--json", "--only", "a hundred snapshots", *words, path, check=0).stdout)[0]
        assert one["milliseconds"] < 2000
    many = tmp_path / "many.confab"
    many.write_text("users Alice, Bob\n" + "".join(
        f'scene "{number}"\n  as Alice\n' + '    send "Hello"\n    expect message "Hello" is sent, once\n' * 49
        for number in range(1000)))
    began = time.monotonic()
    run("check", many, check=0)
    assert time.monotonic() - began < 5


def test_help_and_manual():
    for words in ([], ["run"], ["check"], ["record"]):
        assert run(*words, "--help", check=0).stdout
    assert run("runn", check=64).stderr
