"""The screen and the terminal: keys, panes, sizes, and leaving everything as it was."""

import random
import signal

import pytest

from people import create_thread


@pytest.fixture
def terminal(known, open_client):
    """Alice's terminal with a thread in it."""
    alice, bob = known("Alice"), known("Bob")
    thread = create_thread(bob, "Boats", alice)
    thread.send_message("Längere Worte für den Umbruch: ⛵ 日本語のテキスト, naïve café", sender_display_name=bob.name)
    terminal = open_client(alice)
    terminal.wait_until_connected("Boats", "Umbruch", "Ctrl-Q")
    return terminal


def test_leaving_restores_the_terminal(terminal):
    terminal.press("C-q")
    assert terminal.exit_code() == 0
    assert terminal.is_restored, terminal.raw[-200:]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_restores_the_terminal(terminal, number):
    terminal.process.send_signal(number)
    terminal.exit_code()
    assert terminal.is_restored, terminal.raw[-200:]


def test_a_crash_restores_the_terminal(terminal):
    terminal.process.send_signal(signal.SIGSEGV)
    assert terminal.exit_code() != 0
    assert terminal.is_restored, terminal.raw[-200:]


def test_f1_shows_the_keys(terminal):
    terminal.press("F1")
    terminal.wait_for("Keys", "Leave Confab", "Ctrl-Q", "Show the token flow")
    terminal.press("Esc")
    terminal.wait_until_gone("Leave Confab")


def test_the_token_flow_is_shown_step_by_step(terminal):
    terminal.press("C-t")
    terminal.wait_for("Token flow", "identity", "8:acs:", "chat, voip", "life left", "next renewal", "✓", " ms")
    before = terminal.text.count("✓")
    terminal.press("M-n")
    terminal.wait_until(lambda: terminal.text.count("✓") > before, "the steps of another token")
    assert "eyJ" not in terminal.text, "no token is shown"


def test_who_i_am(terminal):
    terminal.press("F2")
    terminal.wait_for("Who I am", "8:acs:")


def test_resizing_leaves_no_garbage(terminal):
    numbers = random.Random(20)
    for _ in range(60):
        terminal.resize(numbers.randint(20, 200), numbers.randint(6, 60))
    terminal.resize(20, 6)
    terminal.wait_until(lambda: terminal.text.strip(), "a screen of 20x6")
    terminal.settle()
    assert max(len(line) for line in terminal.lines) <= 20
    for columns, rows in [(1, 1), (2, 1), (300, 100), (100, 30)]:
        terminal.resize(columns, rows)
        terminal.settle()
    terminal.wait_for("Boats", "Umbruch", "Ctrl-Q")
    # The top line tells the time that is left; the rest must be the same when drawn from nothing.
    shown = terminal.lines[1:]
    terminal.press("C-l")
    terminal.settle()
    assert terminal.lines[1:] == shown, terminal.report("another screen was drawn")
    terminal.press("C-q")
    assert terminal.exit_code() == 0
