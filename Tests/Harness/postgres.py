"""A PostgreSQL of the test's own: its data in a new folder, on a free loopback port, gone afterwards.

    postgres.py COMMAND…      runs COMMAND with CONFAB_TEST_POSTGRES naming such a server
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from secrecy import note


def folder_of_programs():
    """Where initdb and postgres are: on the PATH, or where Debian puts them; `None` when they are nowhere."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


class Postgres:
    """One server with one database. It asks for a password, which is another one each time."""

    def __init__(self):
        self.programs = folder_of_programs()
        assert self.programs, "there is no PostgreSQL; run scripts/install-dependencies"
        self.user = None
        if os.geteuid() == 0:
            # It refuses to run as root.
            self.user = next(name for name in ("postgres", "nobody") if name in {one.pw_name for one in pwd.getpwall()})
        self.password = secrets.token_hex(12)
        note("the password of a PostgreSQL", self.password)
        self.folder = Path(tempfile.mkdtemp(prefix="confab-postgres-"))
        self.data = self.folder / "data"
        self.port, self.process = None, None
        password = self.folder / "password"
        password.write_text(self.password)
        if self.user:
            shutil.chown(self.folder, self.user)
            shutil.chown(password, self.user)
        self._run("initdb", "--pgdata", self.data, "--username", "confab", "--pwfile", password, "--auth", "scram-sha-256",
                  "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync")
        self.start()

    @property
    def address(self):
        """Where it is, with the password."""
        return f"postgres://confab:{self.password}@127.0.0.1:{self.port}/postgres"

    @property
    def open_address(self):
        """Where it is, without the password."""
        return f"postgres://confab@127.0.0.1:{self.port}/postgres"

    def start(self, timeout=30):
        """Starts it, on the same port as before, and returns when it takes connections."""
        if self.port is None:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [self.programs / "postgres", "-D", self.data, "-p", str(self.port), "-k", self.folder,
             "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=400"],
            user=self.user, group=self.user, extra_groups=[] if self.user else None, cwd=self.folder,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=open(self.folder / "log", "ab"),
            start_new_session=True)
        deadline = time.monotonic() + timeout
        while subprocess.run([self.programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]).returncode:
            assert self.process.poll() is None and time.monotonic() < deadline, (self.folder / "log").read_text()
            time.sleep(0.05)

    def stop(self):
        """Ends it at once, as an administrator would who is in a hurry: connections are cut, nothing is lost."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)

    def query(self, statement):
        """The answer of psql, a line a row."""
        return subprocess.run(
            [self.programs / "psql", "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", self.address, "-c", statement],
            check=True, capture_output=True, text=True).stdout.splitlines()

    def _run(self, program, *arguments):
        done = subprocess.run(
            [self.programs / program, *arguments], user=self.user, group=self.user,
            extra_groups=[] if self.user else None, cwd=self.folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def main():
    if not folder_of_programs():
        sys.exit(subprocess.run(sys.argv[1:]).returncode)
    with Postgres() as server:
        environment = os.environ | {"CONFAB_TEST_POSTGRES": server.address}
        sys.exit(subprocess.run(sys.argv[1:], env=environment).returncode)


if __name__ == "__main__":
    main()
