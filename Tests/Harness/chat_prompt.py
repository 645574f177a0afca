"""`confab chat` as a person or a script runs it."""

import json
import os
import selectors
import signal
import subprocess
import time
from contextlib import contextmanager

from servers import clean_environment, program


class ChatPrompt:
    """A person at a prompt who is signed in by a config file."""

    def __init__(self, home, config):
        self.home, self.config = home, config
        self.environment = clean_environment(home)
        file = home / "config" / "confab" / "config.json5"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(config))

    def __call__(self, *words, given=""):
        return subprocess.run(self.command(*words), input=given, capture_output=True, text=True, timeout=60,
                              env=self.environment, cwd=self.home)

    def start(self, *words, **streams):
        """A command that runs."""
        return subprocess.Popen(self.command(*words), stdin=subprocess.DEVNULL, env=self.environment, cwd=self.home,
                                **streams)

    @staticmethod
    def command(*words):
        return [program("confab"), "chat", *map(str, words)]

    def done(self, *words, given=""):
        """What a command prints that must succeed."""
        done = self(*words, given=given)
        assert done.returncode == 0, (words, done)
        return done.stdout

    def objects(self, *words):
        """What it prints for programs."""
        return [json.loads(line) for line in self.done(*words, "--json").splitlines()]

    @contextmanager
    def following(self, *words):
        """A command that goes on, until Ctrl-C ends it."""
        follower = Follower(self.command(*words), self.environment)
        try:
            yield follower
        finally:
            follower.end()


class Follower:
    """Reads what a command says while it runs."""

    def __init__(self, command, environment):
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, env=environment)
        self.said, self.complaints = b"", b""
        self._selector = selectors.DefaultSelector()
        self._selector.register(self.process.stdout, selectors.EVENT_READ, "said")
        self._selector.register(self.process.stderr, selectors.EVENT_READ, "complaints")

    @property
    def lines(self):
        return self.said.decode().splitlines()

    @property
    def objects(self):
        return [json.loads(line) for line in self.lines]

    def wait_until(self, holds, what, timeout=20):
        deadline = time.monotonic() + timeout
        while not holds():
            left = deadline - time.monotonic()
            assert left > 0, f"waited for {what}; it said {self.said!r} and {self.complaints!r}"
            for key, _ in self._selector.select(left):
                if piece := os.read(key.fileobj.fileno(), 65536):
                    setattr(self, key.data, getattr(self, key.data) + piece)
                else:
                    self._selector.unregister(key.fileobj)

    def begin(self, thread):
        """Sends until it says something: then it listens."""
        for number in range(15):
            thread.send_message(f"begin {number}", sender_display_name="Bob")
            try:
                return self.wait_until(lambda: self.said, "anything", timeout=2)
            except AssertionError:
                continue
        raise AssertionError(f"it says nothing but {self.complaints!r}")

    def wait_for(self, text, timeout=20):
        self.wait_until(lambda: text in self.said.decode(errors="replace"), text, timeout)

    def stop(self, number=signal.SIGINT):
        """Ctrl-C, and how it ended."""
        self.process.send_signal(number)
        return self.process.wait(10)

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()
        self._selector.close()
