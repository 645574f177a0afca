"""What goes wrong at an emulator on purpose, by the command that a person would use."""

import json
import subprocess
from contextlib import contextmanager

from servers import clean_environment, program


class Faults:
    def __init__(self, emulator):
        self._emulator = emulator

    def run(self, *words):
        """Runs `confab emulator fault …` and gives what it did."""
        return subprocess.run(
            [program("confab-emulator"), "fault", *(str(word) for word in words),
             "--ready-file", self._emulator.ready_file],
            capture_output=True, text=True, timeout=30, env=clean_environment(self._emulator.home))

    def on(self, *words):
        """Switches one on, and gives what was said of it."""
        done = self.run(*words, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def list(self):
        return self.on("list")["value"]

    def clear(self):
        assert self.run("clear").returncode == 0

    @contextmanager
    def cleared(self):
        """Leaves none behind."""
        try:
            yield self
        finally:
            self.clear()
