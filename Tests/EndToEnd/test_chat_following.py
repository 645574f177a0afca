"""`confab chat watch` and `tail -f`: by events where they come, by asking where they do not, through what goes wrong, to their end."""

import json
import signal
import subprocess
import time

import pytest

from chat_prompt import ChatPrompt
from client import configuration, sign_in
from faults import Faults
from people import create_thread
from servers import program
from waiting import wait_until

# So seldom that what is told within seconds came by an event.
SELDOM = {"open": 60, "idle": 600, "list": 600}
OFTEN = {"open": 1, "idle": 3, "list": 1}


class Room:
    """Alice at a prompt, Bob by Microsoft's SDK, a thread with both."""

    def __init__(self, emulator, service, folder):
        self.emulator, self.service, self.folder = emulator, service, folder
        self.alice = sign_in(service, emulator, "Alice")
        self.meet(create_thread(sign_in(service, emulator, "Bob"), "Harbour", self.alice).thread_id)

    def meet(self, thread):
        """Bob with a token that is good."""
        self.bob = sign_in(self.service, self.emulator, "Bob")
        self.thread = self.bob.chat.get_chat_thread_client(thread)

    def prompt(self, **changes):
        return ChatPrompt(self.folder / "alice", configuration(self.emulator, self.service, **changes))

    def say(self, text):
        return self.thread.send_message(text, sender_display_name="Bob").id

    def listeners(self):
        return self.emulator.listeners(self.alice)


@pytest.fixture
def room(own_emulator, own_service, tmp_path):
    return Room(own_emulator, own_service, tmp_path)


FOLLOWERS = pytest.mark.parametrize("words", [["watch"], ["tail", "-f", "-n", "0", "Harbour"]], ids=["watch", "tail"])


def told(follower):
    """Event and text of the messages that were told; those by which it was seen to listen are left out."""
    return [(one["event"], one.get("content", {}).get("message")) for one in follower.objects
            if one["event"].startswith("chatMessage") and not one.get("content", {}).get("message", "").startswith("begin")]


@pytest.mark.alone
@FOLLOWERS
def test_news_come_by_events(room, words):
    with room.prompt(polling=SELDOM).following(*words, "--json") as follower:
        wait_until(room.listeners, "a listener")
        # The reading that follows the connection must not be what brings them.
        follower.begin(room.thread)
        for text in ("first", "second"):
            began = time.monotonic()
            sent = room.say(text)
            follower.wait_for(f'"{text}"', timeout=3)
            assert time.monotonic() - began < 3
        room.thread.update_message(sent, "second, better")
        follower.wait_for("second, better", timeout=3)
        room.thread.delete_message(sent)
        follower.wait_for("chatMessageDeleted", timeout=3)
        assert told(follower) == [
            ("chatMessageReceived", "first"), ("chatMessageReceived", "second"),
            ("chatMessageEdited", "second, better"), ("chatMessageDeleted", None)]
        if words == ["watch"]:
            room.thread.send_typing_notification()
            follower.wait_for("typingIndicatorReceived", timeout=3)
            room.thread.send_read_receipt(message_id=room.say("third"))
            follower.wait_for("readReceiptReceived", timeout=3)
            create_thread(room.bob, "Out of nothing", room.alice)
            follower.wait_for("Out of nothing", timeout=3)


@FOLLOWERS
def test_without_events_news_come_by_asking(room, words):
    with room.prompt(realtime="off", polling=OFTEN).following(*words, "--json") as follower:
        follower.begin(room.thread)
        sent = room.say("asked for")
        follower.wait_for("asked for", timeout=8)
        room.thread.update_message(sent, "asked again")
        follower.wait_for("asked again", timeout=8)
        assert told(follower) == [("chatMessageReceived", "asked for"), ("chatMessageEdited", "asked again")]
        assert room.listeners() == []
        assert follower.stop() == 0


@FOLLOWERS
def test_it_goes_on_after_the_service_was_gone(room, words):
    with room.prompt(polling=SELDOM).following(*words, "--json") as follower:
        wait_until(room.listeners, "a listener")
        follower.begin(room.thread)
        room.emulator.kill()
        follower.wait_until(lambda: b"Trying again" in follower.complaints, "a note of it", timeout=60)
        room.emulator.restart()
        with room.emulator.trusted():
            room.say("while you were away")
            follower.wait_for("while you were away", timeout=60)
            wait_until(room.listeners, "a listener again", timeout=60)
            room.say("and by an event again")
            follower.wait_for("and by an event again", timeout=3)
        assert told(follower) == [
            ("chatMessageReceived", "while you were away"), ("chatMessageReceived", "and by an event again")]
        assert b"there again" in follower.complaints
        assert follower.stop() == 0


@FOLLOWERS
@pytest.mark.parametrize("events", ["auto", "off"])
def test_it_goes_on_after_its_token_has_expired(room, words, events):
    polling = SELDOM if events == "auto" else OFTEN
    with room.prompt(polling=polling, realtime=events).following(*words, "--json") as follower:
        if events == "auto":
            wait_until(room.listeners, "a listener")
        follower.begin(room.thread)
        room.emulator.advance("25h")
        room.meet(room.thread.thread_id)
        room.say("with a new token")
        follower.wait_for("with a new token", timeout=60)
        if events == "auto":
            wait_until(room.listeners, "a listener again", timeout=60)
        room.say("and another")
        follower.wait_for("and another", timeout=5)
        assert told(follower) == [("chatMessageReceived", "with a new token"), ("chatMessageReceived", "and another")]
        assert follower.stop() == 0


@pytest.mark.alone
@FOLLOWERS
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_who_stops_it_gets_0_and_its_registration_ends(room, words, number):
    with room.prompt(polling=SELDOM).following(*words) as follower:
        wait_until(room.listeners, "a listener")
        began = time.monotonic()
        assert follower.stop(number) == 0
        assert time.monotonic() - began < 1
        assert room.emulator.registrations() == []
        assert follower.complaints == b""


@pytest.mark.alone
@FOLLOWERS
def test_stopping_it_does_not_wait_for_a_service_that_does_not_answer(room, words):
    with room.prompt(polling=SELDOM).following(*words) as follower:
        wait_until(room.listeners, "a listener")
        room.emulator.process.send_signal(signal.SIGSTOP)
        try:
            began = time.monotonic()
            assert follower.stop() == 0
            assert time.monotonic() - began < 1
        finally:
            room.emulator.process.send_signal(signal.SIGCONT)


def test_a_reader_that_leaves_ends_it_at_once(room):
    with room.prompt(polling=SELDOM).following("watch") as follower:
        follower.begin(room.thread)
        # Nothing more comes that could be written.
        follower.process.stdout.close()
        assert follower.process.wait(5) == -signal.SIGPIPE
        assert follower.process.stderr.read() == b""


def test_head_gets_its_line_and_the_pipe_ends(room):
    prompt = room.prompt(polling=SELDOM)
    script = f"{program('confab')} chat watch --json | head -1; echo ${{PIPESTATUS[0]}}"
    pipe = subprocess.Popen(["bash", "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            env=prompt.environment)
    wait_until(room.listeners, "a listener")
    for number in range(20):
        room.say(f"line {number}")
        try:
            said, complaints = pipe.communicate(timeout=1)
            break
        except subprocess.TimeoutExpired:
            continue
    lines = said.splitlines()
    assert json.loads(lines[0])["event"] and lines[1:] == ["141"] and complaints == ""


@pytest.mark.parametrize("words", [["list"], ["show", "Harbour"], ["tail", "Harbour"], ["watch"], ["export", "Harbour"]])
@pytest.mark.parametrize("output, reason", [("&-", "Bad file descriptor"), ("/dev/full", "No space left on device")])
def test_an_output_that_takes_nothing_is_told(room, words, output, reason):
    room.say("something")
    prompt = room.prompt(polling=OFTEN, realtime="off")
    running = subprocess.Popen(
        ["bash", "-c", f'exec "$@" >{output}', "-", *prompt.command(*words)], stderr=subprocess.PIPE, text=True,
        env=prompt.environment)
    if words == ["watch"]:
        for number in range(20):
            room.say(f"more {number}")
            try:
                running.wait(1)
                break
            except subprocess.TimeoutExpired:
                continue
    _, complaints = running.communicate(timeout=20)
    assert running.returncode == 65 and complaints == f"confab: standard output cannot be written: {reason}\n"


def test_without_any_stream_it_sends_all_the_same(room):
    prompt = room.prompt()
    done = subprocess.run(["bash", "-c", 'exec "$@" <&- >&- 2>&-', "-", *prompt.command("send", "Harbour", "in the dark")],
                          timeout=30, env=prompt.environment)
    assert done.returncode == 65
    assert [one.content.message for one in room.thread.list_messages() if one.type == "text"] == ["in the dark"]


def test_what_comes_while_threads_are_read_for_the_first_time_is_told(room):
    late = [room.thread, *(create_thread(room.bob, f"Late {number}", room.alice) for number in range(2))]
    # The list tells whole seconds, and the threads of the latest messages are read first.
    time.sleep(1.2)
    for number in range(20):
        create_thread(room.bob, f"Berth {number}", room.alice)
    time.sleep(2)
    with Faults(room.emulator).cleared() as faults:
        faults.on("latency", "300ms", "--operation", "GET /chat/threads/*/messages", "--next", 500)
        with room.prompt(realtime="off", polling=SELDOM).following("watch", "--json") as follower:
            time.sleep(2)
            for number, thread in enumerate(late):
                thread.send_message(f"early {number}", sender_display_name="Bob")
            for number in range(len(late)):
                follower.wait_for(f"early {number}")
            assert sorted(told(follower)) == [("chatMessageReceived", f"early {number}") for number in range(len(late))]
