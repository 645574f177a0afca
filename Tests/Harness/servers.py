"""The programs that listen, started as a person would start them, on free loopback ports."""

import json
import os
import selectors
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

from secrecy import note_facts

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / ".build" / "release"
# How a program ends that broke.
CRASHES = {signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGSEGV, signal.SIGTRAP}


def program(name):
    """The path of a release program."""
    path = PROGRAMS / name
    assert path.exists(), f"{path} is missing; run `make build`"
    return path


def clean_environment(home):
    """An environment in which nothing of this machine's user can be read or changed."""
    home.mkdir(parents=True, exist_ok=True)
    scratch = home / "tmp"
    scratch.mkdir(exist_ok=True)
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {
        "HOME": str(home), "TMPDIR": str(scratch), "TERM": "xterm-256color", "LANG": "C.UTF-8", "TZ": "UTC",
        "XDG_CONFIG_HOME": str(home / "config"), "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"), "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_RUNTIME_DIR": str(home / "run"),
    }


class Server:
    """One listening program. `facts` is what it wrote into its ready file."""

    def __init__(self, name, *arguments, home):
        self.name, self.arguments, self.home = name, [str(word) for word in arguments], Path(home)
        self.environment = clean_environment(self.home)
        self.ready_file = self.home / f"{name}.ready"
        self.log = self.home / f"{name}.log"
        self.process, self.facts = None, {}

    def start(self, timeout=10):
        """Starts it and returns when it listens."""
        self.ready_file.unlink(missing_ok=True)
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [program(self.name), *self.arguments, "--ready-file", self.ready_file],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log,
                env=self.environment, start_new_session=True)
        # It says on standard output what it wrote into the file: that wakes us.
        deadline = time.monotonic() + timeout
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            while not self.ready_file.exists():
                if not selector.select(max(0, deadline - time.monotonic())):
                    raise AssertionError(f"{self.name} was not ready after {timeout} s\n{self.tail()}")
                if not os.read(self.process.stdout.fileno(), 65536):
                    raise AssertionError(f"{self.name} ended with {self.process.wait()}\n{self.tail()}")
        self.facts = json.loads(self.ready_file.read_text())
        note_facts(self.facts)
        return self

    def stop(self, timeout=10):
        """Asks it to end, and returns its exit code."""
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self._reap(timeout)

    def kill(self):
        """Ends it as a power cut would."""
        self.process.kill()
        self._reap(10)

    def _reap(self, timeout):
        try:
            return self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"{self.name} did not end within {timeout} s\n{self.tail()}") from None
        finally:
            self.process.stdout.close()
            self.process = None

    def tail(self, lines=20):
        """The end of what it wrote to standard error."""
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return "\n".join([f"-- {self.log.name}", *text.splitlines()[-lines:]])

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        code = self.stop()
        assert code is None or -code not in CRASHES, f"{self.name} crashed by {signal.Signals(-code).name}\n{self.tail()}"


class Emulator(Server):
    """`confab-emulator` with its data in a folder, so that it can be killed and come back the same."""

    def __init__(self, home, ports=(0, 0)):
        super().__init__(
            "confab-emulator", "--port", ports[0], "--https-port", ports[1], "--data", Path(home) / "data",
            "--random-key", "--verbose", home=home)

    @property
    def connection_string(self):
        return self.facts["connectionString"]

    @property
    def endpoint(self):
        return self.facts["httpsEndpoint"]

    def restart(self):
        """A new start after `kill`, on the same ports with the same data."""
        ports = [self.facts[name].rsplit(":", 1)[1].rstrip("/") for name in ("httpEndpoint", "httpsEndpoint")]
        self.arguments[1], self.arguments[3] = ports
        return self.start()

    def entra_key(self):
        """The key that signs its Entra tokens, as PEM; it is stopped and started again meanwhile, and keeps the key."""
        token = urllib.request.Request(
            f"{self.facts['imdsEndpoint']}/metadata/identity/oauth2/token?api-version=2018-02-01"
            "&resource=https://communication.azure.com/", headers={"Metadata": "true"})
        urllib.request.urlopen(token).close()  # The first token makes the key.
        self.stop()
        # A stopped emulator has let go of its store.
        with closing(sqlite3.connect(self.home / "data" / "emulator.sqlite")) as store:
            (key,) = store.execute("SELECT value FROM facts WHERE name = 'entraKey'").fetchone()
        self.restart()
        return key

    @contextmanager
    def subscribed(self, url):
        """Has incoming calls posted to `url`, as an Event Grid subscription would."""
        address = f"{self.facts['adminEndpoint']}/subscriptions"
        subscription = self._administer("POST", address, {"url": url})
        deadline = time.monotonic() + 10
        while not any(one["url"] == url and one["validated"] for one in self._administer("GET", address)["value"]):
            assert time.monotonic() < deadline, f"{url} did not prove itself\n{self.tail()}"
        try:
            yield
        finally:
            self._administer("DELETE", f"{address}/{subscription['id']}")

    def advance(self, span):
        """Moves its clock on, as by `confab emulator advance`."""
        subprocess.run([program("confab-emulator"), "advance", span, "--ready-file", self.ready_file],
                       check=True, capture_output=True, timeout=30, env=clean_environment(self.home))

    def users(self, name):
        """The identities of those whom its seed calls `name`."""
        return [one["id"] for one in self._administer("GET", f"{self.facts['adminEndpoint']}/users")["value"]
                if one["name"] == name]

    def connected_clients(self):
        """How many clients of real-time events have a socket."""
        return self._real_time()["sockets"]

    def listeners(self, person):
        """The connected clients of a person that are registered for events."""
        return [one for one in self._real_time()["value"]
                if one["identity"] == person.id and one["isConnected"] and one["registrations"]]

    def registrations(self):
        """All registrations there are, whether their clients are connected or not."""
        return [name for one in self._real_time()["value"] for name in one["registrations"]]

    def _real_time(self):
        return self._administer("GET", f"{self.facts['adminEndpoint']}/realtime")

    @staticmethod
    def _administer(method, address, body=None):
        request = urllib.request.Request(
            address, method=method, data=body and json.dumps(body).encode(),
            headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read() or b"null")

    @contextmanager
    def trusted(self):
        """Makes Microsoft's SDKs trust its certificate: requests reads one variable, OpenSSL under aiohttp the other."""
        names = ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE")
        before = {name: os.environ.get(name) for name in names}
        os.environ.update(dict.fromkeys(names, self.facts["certificate"]))
        renew_aiohttp()
        try:
            yield self
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value
            renew_aiohttp()


def renew_aiohttp():
    """Lets aiohttp read SSL_CERT_FILE, which by itself it does once, when it is imported."""
    if connector := sys.modules.get("aiohttp.connector"):
        connector._SSL_CONTEXT_VERIFIED = connector._make_ssl_context(True)


class TrustedService(Server):
    """`confab-serve` on the emulator's connection string."""

    def __init__(self, home, emulator, port=0):
        home = Path(home)
        home.mkdir(parents=True, exist_ok=True)
        secret = home / "connection-string"
        secret.touch(mode=0o600)
        secret.write_text(emulator.connection_string)
        super().__init__(
            "confab-serve", "--connection-string-file", secret,
            "--certificate-authority", emulator.facts["certificate"], "--port", port, "--data", home / "data", "--verbose",
            home=home)
