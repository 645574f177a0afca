"""Watches that no secret leaves the programs but where it is meant to.

While tests run, everything that our programs were started with and everything that they wrote is kept under the folder
of reports, beside what the tests themselves leave there: logs, data, state. Afterwards all of it is searched for every
secret that was used. A secret may stand in a file that only its owner can read, and in the standard output of a
command that was asked for it by name; anywhere else it is a leak.

    python Tests/Harness/secrecy.py FOLDER      search; the exit code is 1 when something leaked
"""

import base64
import itertools
import json
import os
import re
import stat
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / ".build" / "reports"
PROGRAMS = ROOT / ".build" / "release"
#: Where the secrets are that the tests used; its own file is the one place that is not searched.
NOTEBOOK = "secrets.jsonl"
#: A signed token: head, claims, and a signature of a real length.
TOKEN = re.compile(rb"eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{64,}")
#: A variable of the environment whose value is a secret.
VARIABLE = re.compile(r"(KEY|SECRET|TOKEN|PASSWORD|CONNECTION_STRING|IDENTITY_HEADER)$")
#: What every emulator without --random-key has: documented, the same on every machine, and no secret.
DEVELOPMENT = re.compile(r"confab-emulator-development-|Q29uZmFiIGVtdWxhdG9yL")
#: The members of a ready file that are.
FACTS = ("accessKey", "secondaryAccessKey", "clientSecret", "userPassword", "identityHeader")


class Notebook:
    """The secrets of one run."""

    def __init__(self, folder):
        self.path = Path(folder) / NOTEBOOK

    def note(self, name, value):
        """Remembers a secret, line by line; what is shorter than 8 characters would be found everywhere."""
        for line in value.splitlines():
            if len(line) >= 8 and not DEVELOPMENT.search(line):
                self._note_line(name, line)

    def _note_line(self, name, value):
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a") as file:
            file.write(json.dumps({"name": name, "value": value}) + "\n")

    def secrets(self):
        """Each form in which a secret may be written, with its name."""
        if not self.path.exists():
            return {}
        noted = [json.loads(line) for line in self.path.read_text().splitlines()]
        forms = {}
        for one in noted:
            value = one["value"]
            for form in (value, quote(value, safe=""), base64.b64encode(value.encode()).decode()):
                forms[form.encode()] = one["name"]
        return forms


def note(name, value):
    """Remembers a secret that a test made up."""
    Notebook(REPORTS).note(name, value)


def note_facts(facts):
    """Remembers the secrets of a ready file."""
    for name in FACTS:
        if isinstance(facts.get(name), str):
            note(name, facts[name])


def is_meant(arguments):
    """Whether a command's standard output is where a secret is meant to go."""
    words = [str(word) for word in arguments[1:]]
    return ("--show-token" in words or words[:2] in (["token", "issue"], ["key", "add"], ["serve", "key"])
            or words[:2] == ["identity", "create"] and "--scope" in words
            or words[:2] in (["emulator", "keys"], ["emulator", "env"]) or words[:1] in (["keys"], ["env"])
            # The development key is no secret, and the first line of an emulator tells it.
            or Path(str(arguments[0])).name == "confab-emulator" and "--random-key" not in words)


def is_ours(arguments):
    """Whether a command line runs a program of this project."""
    return bool(arguments) and PROGRAMS in Path(str(arguments[0])).parents


class Watch:
    """Keeps what programs are started with and what they write."""

    def __init__(self, folder=REPORTS):
        self.folder = Path(folder) / "watched"
        self.notebook = Notebook(folder)
        self._number = itertools.count()

    def keep(self, kind, data):
        """Keeps some bytes to be searched."""
        if data:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / f"{os.getpid()}-{next(self._number)}.{kind}").write_bytes(
                data.encode() if isinstance(data, str) else data)

    def started(self, arguments, environment):
        """A program was started. Its arguments can be seen by everybody on the machine."""
        self.keep("arguments", " ".join(str(word) for word in arguments))
        for name, value in (environment or {}).items():
            if VARIABLE.search(name):
                self.notebook.note(f"${name}", value)

    @contextmanager
    def on(self):
        """Watches every program that `subprocess` starts meanwhile."""
        watch, popen = self, subprocess.Popen
        begin, communicate = popen.__init__, popen.communicate

        def watched_begin(process, arguments, *rest, **options):
            if not isinstance(arguments, (str, bytes)) and is_ours(arguments):
                watch.started(arguments, options.get("env"))
            begin(process, arguments, *rest, **options)

        def watched_communicate(process, *rest, **options):
            output, errors = communicate(process, *rest, **options)
            if not isinstance(process.args, (str, bytes)) and is_ours(process.args):
                if not is_meant(process.args):
                    watch.keep("output", output)
                watch.keep("errors", errors)
            return output, errors

        popen.__init__, popen.communicate = watched_begin, watched_communicate
        try:
            yield self
        finally:
            popen.__init__, popen.communicate = begin, communicate


def is_private(path):
    """Whether nobody but its owner can read a file: itself, not only its folder."""
    return path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO) == 0


def leaks(folder):
    """Where a secret stands that must not, and how many files were searched."""
    folder = Path(folder)
    notebook = Notebook(folder)
    files = [path for path in folder.rglob("*")
             if path.is_file() and not path.is_symlink() and path != notebook.path]
    secrets = notebook.secrets()
    found, open_files = [], []
    for path in files:
        # A store is private, but tokens have no business in it; a recorded run is made to be given away.
        is_given_away = not is_private(path) or path.suffix == ".events"
        if not is_given_away and path.suffix not in (".sqlite", ".sqlite-wal"):
            continue
        if TOKEN.search(path.read_bytes()):
            found.append(f"{path}: a signed token")
        elif is_given_away:
            open_files.append(path)
    return found + holders(secrets, open_files), len(files)


def holders(secrets, files):
    """The files among `files` where secrets stand, with their names; grep looks for hundreds of forms at once."""
    if not secrets or not files:
        return []
    with tempfile.NamedTemporaryFile() as forms:
        forms.write(b"\n".join(secrets) + b"\n")
        forms.flush()
        done = subprocess.run(
            ["xargs", "-0", "grep", "--text", "--only-matching", "--with-filename", "--null", "--fixed-strings",
             "--file", forms.name, "--"], input=b"\0".join(os.fsencode(path) for path in files) + b"\0",
            stdout=subprocess.PIPE, env=os.environ | {"LC_ALL": "C"})
    # 123: some run of grep found nothing.
    assert done.returncode in (0, 123), f"the search ended with {done.returncode}"
    lines = {tuple(line.split(b"\0", 1)) for line in done.stdout.splitlines()}
    return sorted(f"{os.fsdecode(path)}: {secrets.get(form, 'a secret')}" for path, form in lines)


if __name__ == "__main__":
    leaked, searched = leaks(sys.argv[1])
    print(*leaked, f"searched {searched} files for {len(Notebook(sys.argv[1]).secrets())} forms of secrets", sep="\n")
    sys.exit(1 if leaked or not searched else 0)
