"""What the client keeps on this machine: seen before anything is reached, and sent once whatever ends the client."""

import os
import re
import signal
import stat

import pytest

from chat_prompt import ChatPrompt
from client import Client, configuration, sign_in
from people import create_thread, texts


@pytest.fixture
def thread(own_emulator, own_service):
    alice, bob = (sign_in(own_service, own_emulator, name) for name in ("Alice", "Bob"))
    return create_thread(bob, "Lighthouse", alice)


def kill(terminal):
    os.kill(terminal.process.pid, signal.SIGKILL)
    terminal.process.wait(10)


def history_files(home):
    return list((home / "state" / "confab" / "history").iterdir())


def test_a_message_of_a_killed_client_arrives_once(own_emulator, own_service, thread, tmp_path):
    config = configuration(own_emulator, own_service)
    home = tmp_path / "home"
    with Client(home, config) as terminal:
        terminal.wait_until_connected("Lighthouse")
        own_emulator.kill()
        terminal.type("through the storm")
        terminal.press("Enter")
        terminal.wait_for("through the storm", "waiting", timeout=30)
        terminal.settle()
        kill(terminal)
    own_emulator.restart()
    with Client(home, config) as terminal:
        terminal.wait_for("through the storm")
        terminal.wait_until_gone("waiting", timeout=40)
        terminal.wait_until_gone("sending", timeout=40)
    assert texts(thread) == ["through the storm"]


def test_an_export_without_the_service_says_what_is_not_here(own_emulator, own_service, thread, tmp_path):
    for number in range(130):
        thread.send_message(f"wave {number}.", sender_display_name="Bob")
    config = configuration(own_emulator, own_service)
    home = tmp_path / "home"
    with Client(home, config) as terminal:
        terminal.wait_for("Lighthouse", "wave 129.")
        terminal.press("C-q")
        assert terminal.exit_code() == 0
    prompt = ChatPrompt(home, config)
    part = prompt("export", "Lighthouse", "--offline")
    assert part.returncode == 0 and "wave 129." in part.stdout and "wave 0." not in part.stdout
    assert re.search(r"Messages before \S+Z are not on this machine", part.stderr), part.stderr
    prompt.done("export", "Lighthouse")
    whole = prompt("export", "Lighthouse", "--offline")
    assert "wave 0." in whole.stdout and whole.stderr == "", whole.stderr


def test_the_first_screen_needs_nobody(own_emulator, own_service, thread, tmp_path):
    config = configuration(own_emulator, own_service)
    home = tmp_path / "home"
    thread.send_message("Is anybody out there?", sender_display_name="Bob")
    with Client(home, config) as terminal:
        terminal.wait_for("Lighthouse", "Is anybody out there?")
        terminal.type("half a thought")
        terminal.settle(quiet=2)
        kill(terminal)
    own_emulator.kill()
    own_service.kill()
    with Client(home, config) as terminal:
        terminal.wait_for("Lighthouse", "Is anybody out there?", "half a thought")
    for file in history_files(home):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_a_second_client_of_the_same_user_keeps_nothing_and_says_so(own_emulator, own_service, thread, tmp_path):
    config = configuration(own_emulator, own_service)
    home = tmp_path / "home"
    with Client(home, config) as first:
        first.wait_for("Lighthouse")
        first.settle(quiet=1)
        with Client(home, config) as second:
            second.wait_for("Nothing is kept on this machine", "Lighthouse")


def test_a_damaged_history_hinders_nothing(own_emulator, own_service, thread, tmp_path):
    config = configuration(own_emulator, own_service)
    home = tmp_path / "home"
    with Client(home, config) as terminal:
        terminal.wait_for("Lighthouse")
        terminal.settle(quiet=1)
        terminal.press("C-q")
        assert terminal.exit_code() == 0
    for file in history_files(home):
        if file.suffix == ".history":
            file.write_bytes(b"no database" * 1000)
        elif file.suffix in {".history-wal", ".history-shm"}:
            file.unlink()
    with Client(home, config) as terminal:
        terminal.wait_for("Nothing is kept on this machine", "Lighthouse")


def test_old_messages_are_found(own_emulator, own_service, thread, tmp_path):
    thread.send_message("The lamp needs whale oil", sender_display_name="Bob")
    for number in range(5):
        thread.send_message(f"Something else {number}", sender_display_name="Bob")
    with Client(tmp_path / "home", configuration(own_emulator, own_service)) as terminal:
        terminal.wait_for("Something else 4")
        terminal.settle(quiet=1)
        terminal.press("C-r")
        terminal.wait_for("Search all messages")
        terminal.type("whale")
        # The thread below has the words, too, and a pane is painted from its top down.
        terminal.wait_until(lambda: re.search("Lighthouse +The lamp needs whale oil", terminal.text), "the hit")
        terminal.press("Enter")
        terminal.wait_until_gone("Search all messages")
        terminal.wait_for("The lamp needs whale oil")


def page_up_to(terminal, text):
    """Scrolls up, a page at a time, until `text` is on the screen."""
    for _ in range(60):
        if text in terminal.text:
            return
        terminal.press("PgUp")
        terminal.settle()
    raise AssertionError(terminal.report(f"{text} does not come"))


def test_old_messages_that_changed_while_away_are_shown_found_and_exported_as_they_are(
        own_emulator, own_service, thread, tmp_path):
    sent = [thread.send_message(f"entry {number:03}", sender_display_name="Bob") for number in range(260)]
    config = configuration(own_emulator, own_service)
    home = tmp_path / "home"
    with Client(home, config) as terminal:
        terminal.wait_until_connected("entry 259")
        page_up_to(terminal, "entry 000")
        terminal.settle(quiet=1)
        terminal.press("C-q")
        assert terminal.exit_code() == 0
    thread.update_message(sent[5].id, content="entry rewritten")
    thread.delete_message(sent[10].id)
    with Client(home, config) as terminal:
        terminal.wait_until_connected("entry 259")
        page_up_to(terminal, "entry 000")
        terminal.wait_for("entry rewritten")
        terminal.wait_until_gone("entry 005")
        terminal.wait_until_gone("entry 010")
        terminal.press("C-r")
        terminal.wait_for("Search all messages")
        terminal.type("rewritten")
        terminal.wait_until(lambda: re.search("Lighthouse +entry rewritten", terminal.text), "the hit")
        terminal.press("Esc")
        terminal.wait_until_gone("Search all messages")
        terminal.press("C-q")
        assert terminal.exit_code() == 0
    prompt = ChatPrompt(home, config)
    for words in ((), ("--offline",)):
        exported = prompt.done("export", "Lighthouse", *words)
        assert "entry rewritten" in exported, words
        assert "entry 005" not in exported and "entry 010" not in exported, words
        assert "entry 000" in exported and "entry 259" in exported, words


def test_an_export_reads_what_changed_while_away(own_emulator, own_service, thread, tmp_path):
    sent = [thread.send_message(f"entry {number:03}", sender_display_name="Bob") for number in range(230)]
    prompt = ChatPrompt(tmp_path / "home", configuration(own_emulator, own_service))
    assert "entry 003" in prompt.done("export", "Lighthouse")
    thread.update_message(sent[3].id, content="entry rewritten")
    assert "entry rewritten" in prompt.done("export", "Lighthouse")
    assert "entry rewritten" in prompt.done("export", "Lighthouse", "--offline")
    shown = prompt.done("show", "Lighthouse", "--before", sent[5].id, "--limit", "3")
    assert "entry rewritten" in shown and "entry 003" not in shown
