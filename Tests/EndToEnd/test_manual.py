"""Man pages and completions, both made from the tables by which the command lines are read."""

import os
import re
import shutil
import subprocess

import pytest

from servers import ROOT, clean_environment, program
from terminal import Terminal

PROGRAMS = ["confab", "confab-serve", "confab-emulator", "confab-demo", "confab-admin", "confab-script"]


def run(*words, environment=None):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=30, env=environment)


@pytest.fixture
def home(tmp_path):
    return clean_environment(tmp_path)


@pytest.fixture
def complete(home):
    def complete(*words):
        """What may stand in the place of the last word."""
        done = run(program("confab"), "--complete", *words, environment=home)
        assert done.returncode == 0 and done.stderr == "", done
        return [line.split("\t")[0] for line in done.stdout.splitlines() if line]
    return complete


@pytest.mark.parametrize("name", PROGRAMS)
@pytest.mark.skipif(not (shutil.which("man") and shutil.which("groff")), reason="man and groff are not installed")
def test_a_page_renders_without_warnings_and_tells_what_help_tells(name, home, tmp_path):
    made = run(program(name), "--man", name, environment=home)
    assert made.returncode == 0 and made.stderr == ""
    page = tmp_path / f"{name}.1"
    page.write_text(made.stdout)
    done = run("man", "--warnings", "-l", page, environment=home | {"MANWIDTH": "80", "LC_ALL": "C.UTF-8", "MANROFFOPT": "-c"})
    assert done.returncode == 0 and done.stderr == "", done.stderr
    shown = re.sub(".\b", "", done.stdout)
    assert re.search(rf"^NAME\n +{name} - \S", shown, re.MULTILINE), shown[:300]
    for title in ("SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS"):
        assert f"\n{title}\n" in shown
    help = run(program(name), "--help", environment=home).stdout
    for option in re.findall(r"^ +(?:-\w, )?(--[a-z-]+)", help, re.MULTILINE):
        assert option in shown, option
    for command in re.findall(r"^  ([a-z]+)  ", help.partition("Commands:")[2].partition("\n\n")[0], re.MULTILINE):
        assert re.search(rf"^   confab.* {command}$", shown, re.MULTILINE), command


def test_the_page_of_confab_has_what_stands_below_chat(home):
    page = run(program("confab"), "--man", "confab", environment=home).stdout
    assert '.SS "confab chat save"' in page and ".B \\-\\-patience TIME" in page


@pytest.mark.parametrize("words, some", [
    ([""], {"chat", "token", "serve", "emulator", "completions"}), (["ch"], {"chat"}),
    (["chat", "s"], {"show", "send", "search", "save"}), (["chat", "send", "--cl"], {"--client-id"}),
    (["chat", "export", "--format", ""], {"text", "html", "json", "jsonl"}), (["chat", "export", "--format=h"], {"--format=html"}),
    (["chat", "export", "--format", "=", "h"], {"html"}), (["chat", "export", "--format", "="], {"text", "html", "json", "jsonl"}),
    (["--config", ""], {":"}), (["-c", ""], {":"}), (["chat", "save", "-o", ""], {":"}), (["--record", "x"], {":"}),
    (["token", "i"], {"inspect", "issue"}), (["completions", ""], {"bash", "zsh", "fish"}), (["replay", ""], {":"}),
    (["serve", "--po"], {"--port"}), (["serve", "key", ""], {"add", "list", "remove"}),
    (["emulator", "fa"], {"fault"}), (["emulator", "--limits", ""], {"off", "real"}), (["demo", "--th"], {"--theme"}),
    (["identity", ""], {"create", "delete"}), (["token", "issue", "--sc"], {"--scope"}), (["sms", "send", "--fr"], {"--from"}),
])
def test_what_may_stand_there(complete, words, some):
    found = complete(*words)
    assert some <= set(found), found
    begun = words[-1] if words[-1] != "=" else ""
    assert all(one.startswith(begun) or one == ":" for one in found), found


@pytest.mark.parametrize("words", [["nonsense", ""], ["chat", "nonsense", ""], ["chat", "show", "--", "--li"], ["sms", "x", ""]])
def test_where_nothing_may_stand_nothing_is_offered(complete, words):
    assert complete(*words) == []


def test_bash_completes(home, tmp_path):
    script = tmp_path / "confab.bash"
    script.write_text(run(program("confab"), "completions", "bash", environment=home).stdout)
    folder = os.path.dirname(program("confab"))
    (tmp_path / "a file.txt").touch()
    terminal = Terminal(["bash", "--norc", "--noprofile", "-i"], home | {
        "PATH": f"{folder}:{os.environ['PATH']}", "PS1": "$ ", "INPUTRC": "/dev/null", "TERM": "xterm"}, 80, 24)
    try:
        terminal.wait_for("$")
        terminal.type(f"cd {tmp_path}; source {script}; clear\r")
        for typed, whole in (("confab cha\t", "confab chat "), ("confab chat exp\t--form\t=ht\t", "confab chat export --format =html"),
                             ("confab serve --por\t", "confab serve --port "), ("confab --config a\\ f\t", "confab --config a\\ file.txt")):
            terminal.type("\x15" + typed)
            terminal.wait_until(lambda: whole.rstrip() in terminal.text, whole)
    finally:
        terminal.close()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_takes_its_script(shell, home, tmp_path):
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    script = tmp_path / "script"
    script.write_text(run(program("confab"), "completions", shell, environment=home).stdout)
    done = run(shell, "-n", script, environment=home | {"PATH": os.environ["PATH"]})
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_another_shell_is_refused(home):
    done = run(program("confab"), "completions", "csh", environment=home)
    assert done.returncode == 64 and "'bash', 'zsh' and 'fish'" in done.stderr


def test_installing_puts_pages_and_completions_in_their_places_and_removing_leaves_none(tmp_path):
    script = ROOT / "scripts" / "install-help"
    share = tmp_path / "usr" / "share"
    done = run(script, program("confab").parent, share)
    assert (done.returncode, done.stderr) == (0, "")
    files = {str(one.relative_to(share)) for one in share.rglob("*") if one.is_file()}
    assert files == {f"man/man1/{name}.1" for name in PROGRAMS} | {
        "bash-completion/completions/confab", "zsh/site-functions/_confab", "fish/vendor_completions.d/confab.fish"}
    assert all((share / one).stat().st_mode & 0o777 == 0o644 and (share / one).stat().st_size > 300 for one in files)
    done = run(script, "--remove", share)
    assert (done.returncode, done.stderr) == (0, "") and not [one for one in share.rglob("*") if one.is_file()]
