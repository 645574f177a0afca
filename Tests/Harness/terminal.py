"""A program in a pseudo-terminal, and the screen that a person would see."""

import codecs
import fcntl
import os
import selectors
import signal
import struct
import subprocess
import termios
import time

import pyte

from secrecy import Watch

KEYS = {
    "Enter": "\r", "Esc": "\x1b", "Tab": "\t", "Backspace": "\x7f", "Up": "\x1b[A", "Down": "\x1b[B", "Right": "\x1b[C",
    "Left": "\x1b[D", "PgUp": "\x1b[5~", "PgDn": "\x1b[6~",
    "F1": "\x1bOP", "F2": "\x1bOQ", "F3": "\x1bOR", "F5": "\x1b[15~", "F6": "\x1b[17~", "F7": "\x1b[18~",
}


class Screen(pyte.Screen):
    """pyte's screen, with the sequences of ncurses that it lacks: repeating a character and scrolling by rows."""

    last = " "

    def draw(self, data):
        super().draw(data)
        self.last = data[-1:] or self.last

    def repeat(self, count=1):
        super().draw(self.last * count)

    def scroll_up(self, count=1):
        self._scroll(self.index, (self.margins or pyte.screens.Margins(0, self.lines - 1)).bottom, count)

    def scroll_down(self, count=1):
        self._scroll(self.reverse_index, (self.margins or pyte.screens.Margins(0, self.lines - 1)).top, count)

    def _scroll(self, move, row, count):
        before, self.cursor.y = self.cursor.y, row
        for _ in range(count):
            move()
        self.cursor.y = before


class Stream(pyte.Stream):
    csi = pyte.Stream.csi | {"b": "repeat", "S": "scroll_up", "T": "scroll_down"}
    events = pyte.Stream.events | {"repeat", "scroll_up", "scroll_down"}


class Terminal:
    """Runs a command in a pseudo-terminal. All waiting is on the terminal itself: nothing sleeps."""

    def __init__(self, command, environment, columns=100, rows=30, log=None):
        self.master, self.slave = os.openpty()
        self.screen = Screen(columns, rows)
        self.raw = b""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._stream = Stream(self.screen)
        self._set_size(columns, rows)
        self.settings_before = termios.tcgetattr(self.slave)
        self.log = log
        with open(log or os.devnull, "wb") as errors:
            self.process = subprocess.Popen(
                [str(word) for word in command], stdin=self.slave, stdout=self.slave,
                stderr=errors if log else self.slave, env=environment, start_new_session=True,
                preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.set_blocking(self.master, False)

    # What the person does

    def type(self, text):
        """Types text."""
        data = text.encode()
        while data:
            data = data[os.write(self.master, data):]

    def press(self, *keys):
        """Presses keys: `Enter`, `F1`, `y`, `C-q` for control, `M-a` for alt."""
        for key in keys:
            if key in KEYS:
                self.type(KEYS[key])
            elif key.startswith("C-"):
                self.type(chr(ord(key[2:].upper()) & 0x1F))
            elif key.startswith("M-"):
                self.type("\x1b" + KEYS.get(key[2:], key[2:]))
            elif len(key) == 1:
                self.type(key)
            else:
                raise ValueError(f"no key {key}")

    def resize(self, columns, rows):
        """Changes the size, as dragging a window's edge does."""
        self._set_size(columns, rows)
        self.screen.resize(rows, columns)
        self.process.send_signal(signal.SIGWINCH)

    def _set_size(self, columns, rows):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    # What the person sees

    @property
    def lines(self):
        """The rows, without the blanks at their ends."""
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self):
        return "\n".join(self.lines)

    def wait_for(self, *texts, timeout=10):
        """Waits until all `texts` are on the screen."""
        self.wait_until(lambda: all(text in self.text for text in texts), " and ".join(map(repr, texts)), timeout)

    def wait_until_gone(self, text, timeout=10):
        """Waits until `text` is no longer on the screen."""
        self.wait_until(lambda: text not in self.text, f"no {text!r}", timeout)

    def wait_until(self, condition, awaited, timeout=10):
        """Waits until `condition` holds, and looks again whenever the program wrote something."""
        deadline = time.monotonic() + timeout
        while not condition():
            if not self._read(deadline - time.monotonic()):
                raise AssertionError(self.report(f"waited {timeout} s for {awaited}"))

    def settle(self, quiet=0.3, timeout=10):
        """Reads until nothing was written for `quiet` seconds."""
        deadline = time.monotonic() + timeout
        while self._read(quiet):
            assert time.monotonic() < deadline, self.report(f"it never was quiet for {quiet} s")

    def _read(self, timeout):
        """Reads what is there; false when nothing came in time or the program has left the terminal."""
        with selectors.DefaultSelector() as selector:
            selector.register(self.master, selectors.EVENT_READ)
            if timeout <= 0 or not selector.select(timeout):
                return False
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return False
        self.raw += data
        self._stream.feed(self._decoder.decode(data))
        return bool(data)

    def report(self, message):
        """What to print when something is not as awaited."""
        frame = "+" + "-" * self.screen.columns + "+"
        rows = ["|" + line + "|" for line in self.screen.display]
        end = "" if self.process.poll() is None else f" (ended with {self.process.returncode})"
        tail = []
        if self.log and os.path.exists(self.log):
            with open(self.log, errors="replace") as log:
                tail = ["-- standard error", *log.read().splitlines()[-20:]]
        cursor = self.screen.cursor
        return "\n".join([message + end, frame, *rows, frame, f"cursor {cursor.x},{cursor.y}", *tail])

    # How it ends

    def exit_code(self, timeout=10):
        """Waits for the end, reading on so that the program never blocks."""
        deadline = time.monotonic() + timeout
        watch = os.pidfd_open(self.process.pid)
        try:
            with selectors.DefaultSelector() as selector:
                selector.register(watch, selectors.EVENT_READ)
                selector.register(self.master, selectors.EVENT_READ)
                while self.process.poll() is None:
                    if not selector.select(max(0, deadline - time.monotonic())):
                        raise AssertionError(self.report(f"it did not end within {timeout} s"))
                    self._read(0.001)
        finally:
            os.close(watch)
        while self._read(0.05):
            pass
        return self.process.returncode

    @property
    def is_restored(self):
        """Whether the terminal is as it was: settings, alternate screen left, cursor shown, mouse and paste modes off."""
        def last(on, off):
            return self.raw.rfind(on) < self.raw.rfind(off) or on not in self.raw
        return (termios.tcgetattr(self.slave) == self.settings_before
                and last(b"\x1b[?1049h", b"\x1b[?1049l")
                and self.raw.rfind(b"\x1b[?25l") <= max(self.raw.rfind(b"\x1b[?25h"), self.raw.rfind(b"\x1b[34h"))
                and last(b"\x1b[?2004h", b"\x1b[?2004l")
                and last(b"\x1b[?1002h", b"\x1b[?1002l"))

    def close(self):
        """Ends the program if it still runs, and gives the terminal back."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        Watch().keep("terminal", self.raw)
        os.close(self.master)
        os.close(self.slave)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
