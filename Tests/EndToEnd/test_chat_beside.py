"""`confab chat …` while `confab` is open for the same account in the same home: one history, each message once."""

import subprocess

import pytest

from attachments import AttachedChat
from chat_prompt import ChatPrompt
from client import Client, configuration, sign_in
from people import create_thread, texts


class Desk:
    """Alice with a window and a prompt, Bob by Microsoft's SDK, a thread with both."""

    def __init__(self, emulator, service, folder, **changes):
        self.alice, self.bob = (sign_in(service, emulator, name) for name in ("Alice", "Bob"))
        self.thread = create_thread(self.bob, "Harbour", self.alice)
        self.home, self.config = folder / "alice", configuration(emulator, service, **changes)
        self.prompt = ChatPrompt(self.home, self.config)

    def window(self):
        return Client(self.home, self.config)

    def say(self, text):
        return self.thread.send_message(text, sender_display_name="Bob").id

    def texts(self):
        return texts(self.thread)


@pytest.fixture
def desk(own_emulator, own_service, tmp_path):
    return Desk(own_emulator, own_service, tmp_path)


def test_what_is_sent_at_the_prompt_stands_in_the_window_once(desk):
    with desk.window() as window:
        window.wait_for("Harbour", "live")
        for number in range(3):
            desk.prompt.done("send", "Harbour", f"from the prompt {number}")
            window.wait_for(f"from the prompt {number}", timeout=5)
        window.type("from the window")
        window.press("Enter")
        window.wait_for("from the window", "Write a message")
        window.settle()
        assert window.text.count("from the prompt") == 3 and window.text.count("from the window") == 1
        assert desk.texts() == [f"from the prompt {number}" for number in range(3)] + ["from the window"]
        window.press("C-q")
        assert window.exit_code() == 0


def test_every_command_works_while_the_window_runs(desk):
    with desk.window() as window:
        window.wait_for("Harbour", "live")
        desk.say("the tide is high")
        window.wait_for("the tide is high")
        assert [one["topic"] for one in desk.prompt.objects("list")] == ["Harbour"]
        assert "the tide is high" in desk.prompt.done("show", "Harbour")
        assert "the tide is high" in desk.prompt.done("tail", "Harbour")
        # What the window keeps is found, and what is kept for the window's sake is exported.
        window.wait_until(lambda: desk.prompt.objects("search", "tide") or window.settle(0.05), "a hit")
        (hit,) = desk.prompt.objects("search", "tide", "high")
        assert hit["content"]["message"] == "the tide is high"
        assert "<Bob> the tide is high" in desk.prompt.done("export", "Harbour")
        assert "<Bob> the tide is high" in desk.prompt.done("export", "Harbour", "--offline")
        # The window is none the worse.
        desk.say("the tide is low")
        window.wait_for("the tide is low", timeout=5)
        window.press("C-q")
        assert window.exit_code() == 0


def test_many_commands_at_once_do_not_hinder_the_window_or_each_other(desk):
    for number in range(120):
        desk.say(f"old {number}")
    with desk.window() as window:
        window.wait_for("Harbour", "live")
        running = [
            subprocess.Popen(desk.prompt.command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                             env=desk.prompt.environment)
            for number in range(3) for words in (
                ["export", "Harbour"], ["send", "Harbour", f"crowd {number}"], ["list"], ["search", "old"])]
        window.type("in the middle of it")
        window.press("Enter")
        for command in running:
            said, complaints = command.communicate(timeout=60)
            # Before anything is kept there is nothing to search.
            assert command.returncode == 0 or "chat export" in complaints, (command.args, complaints)
            assert "export" not in command.args or "old 0" in said and "old 119" in said
        window.wait_for("in the middle of it", "Write a message", *(f"crowd {number}" for number in range(3)))
        window.settle()
        assert all(window.text.count(text) == 1 for text in ("in the middle of it", "crowd 0", "crowd 1", "crowd 2"))
        assert sorted(desk.texts()[120:]) == ["crowd 0", "crowd 1", "crowd 2", "in the middle of it"]
        window.press("C-q")
        assert window.exit_code() == 0
        assert window.is_restored


def test_watch_beside_the_window_tells_what_the_window_sends(desk):
    with desk.window() as window, desk.prompt.following("watch", "--json") as watch:
        window.wait_for("Harbour", "live")
        watch.begin(desk.thread)
        window.type("typed in the window")
        window.press("Enter")
        watch.wait_for("typed in the window", timeout=5)
        window.settle()
        told = [one["content"]["message"] for one in watch.objects if one["event"] == "chatMessageReceived"]
        assert told.count("typed in the window") == 1
        assert watch.stop() == 0


def test_an_attachment_is_saved_while_the_window_shows_its_name(own_emulator, own_service, tmp_path):
    with AttachedChat(own_emulator) as chat:
        desk = Desk(own_emulator, own_service, tmp_path, endpoint=chat.endpoint, realtime="off")
        chat.attach("chart.png", b"depths")
        message = desk.say("a chart")
        with desk.window() as window:
            window.wait_for("a chart", "chart.png")
            desk.prompt.done("save", "Harbour", message)
            assert (desk.home / "chart.png").read_bytes() == b"depths"
            window.press("C-q")
            assert window.exit_code() == 0
