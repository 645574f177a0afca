"""What users of other clients report, over real sockets against the built emulator; the model's own tests bear the same names."""

import base64
import json
import os
import signal
import subprocess
import time
import urllib.request

import pytest

from client import Client, configuration, sign_in
from faults import Faults
from people import create_thread, texts
from refresher import Refresher


class Room:
    """Alice at the terminal, Bob by Microsoft's SDK, a thread with both."""

    def __init__(self, emulator, service, folder):
        self.emulator, self.service, self.folder = emulator, service, folder
        self.faults = Faults(emulator)
        self.alice, self.bob = (sign_in(service, emulator, name) for name in ("Alice", "Bob"))
        self.thread = create_thread(self.bob, "Harbour", self.alice)

    def open(self, service=None, variables=None, **changes):
        config = configuration(self.emulator, service or self.service, **changes)
        return Client(self.folder / "home", config, variables=variables)

    def say(self, text, thread=None):
        return (thread or self.thread).send_message(text, sender_display_name="Bob").id

    def texts(self):
        return texts(self.thread)

    def hits(self, fault):
        """How often a fault has struck."""
        return next(one["hits"] for one in self.faults.list() if one["id"] == fault["id"])


@pytest.fixture
def room(own_emulator, own_service, tmp_path):
    return Room(own_emulator, own_service, tmp_path)


def send(terminal, text):
    terminal.type(text)
    terminal.press("Enter")


def token_answer(service, name="Alice"):
    with urllib.request.urlopen(f"{service.facts['tokenURL']}?user={name}") as answer:
        return answer.read()


def short(person):
    """By what somebody without a name is called."""
    return person.id[-6:]


def expired(answer):
    """The same answer with a token that ended an hour ago; nobody checks its signature before its end."""
    grant = json.loads(answer)
    head, body, mark = grant["token"].split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    claims["exp"] = int(time.time()) - 3600
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    grant["token"] = f"{head}.{body}.{mark}"
    grant["expiresOn"] = "2020-01-01T00:00:00Z"
    return json.dumps(grant).encode()


def test_expired_token_at_start(room):
    with Refresher(room.service) as refresher:
        refresher.stale = expired(token_answer(room.service))
        with room.open(refresher) as terminal:
            terminal.wait_for("sign-in failed", "expired")
            assert refresher.asked < 20
            refresher.stale = None
            terminal.wait_for("Harbour", "live", timeout=60)


def test_refresher_that_returns_a_stale_token(room):
    with Refresher(room.service) as refresher:
        refresher.stale = token_answer(room.service)
        with room.open(refresher) as terminal:
            terminal.wait_for("Harbour", "live")
            room.faults.on("revoke-tokens")
            send(terminal, "with a dead token")
            terminal.wait_for("waiting", "ign-in failed", timeout=30)
            time.sleep(5)
            assert refresher.asked < 30
            refresher.stale = None
            terminal.press("M-n")
            # Bob's token was revoked, too.
            room.bob = sign_in(room.service, room.emulator, "Bob")
            room.thread = room.bob.chat.get_chat_thread_client(room.thread.thread_id)
            terminal.wait_until(lambda: "with a dead token" in room.texts(), "the message at the service", timeout=60)
            assert room.texts().count("with a dead token") == 1


def test_silent_real_time_channel(room):
    with room.open() as terminal:
        terminal.wait_for("Harbour", "live")
        with room.faults.cleared():
            room.faults.on("stall-sockets")
            room.say("can you hear me")
            terminal.wait_for("can you hear me", timeout=90)
        # Silence is known for certain after a few readings; then messages come at once again.
        for number in range(4):
            said = time.monotonic()
            room.say(f"and now {number}?")
            terminal.wait_for(f"and now {number}?", timeout=90)
            if time.monotonic() - said < 3:
                break
        else:
            raise AssertionError(terminal.report("messages never came by their events again"))
        terminal.wait_for("live")


def test_duplicate_event_with_different_payload(room):
    with room.open() as terminal:
        terminal.wait_for("Harbour", "live")
        with room.faults.cleared():
            fault = room.faults.on("altered-duplicate", "--event", 200, "--next", 10)
            room.say("once and only once")
            terminal.wait_for("once and only once")
            terminal.wait_until(lambda: room.hits(fault) == 1, "the second telling")
            terminal.settle()
            assert terminal.text.count("once and only once") == 1
            assert "(again)" not in terminal.text


def test_no_sign_that_the_channel_is_down(room):
    with room.open() as terminal:
        terminal.wait_for("Harbour", "live")
        with room.faults.cleared():
            room.faults.on("refuse-registration", "--next", 1000)
            room.faults.on("cut")
            terminal.wait_until_gone("live", timeout=30)
            terminal.wait_until(lambda: "polling" in terminal.text or "reconnecting" in terminal.text, "a sign")
            room.say("by polling")
            terminal.wait_for("by polling", timeout=20)
        terminal.wait_for("live", timeout=60)
        room.emulator.kill()
        terminal.wait_for("ext try in", timeout=40)
        send(terminal, "later")
        terminal.wait_for("waiting")
        room.emulator.restart()
        terminal.wait_until(lambda: "later" in room.texts(), "the message at the service", timeout=60)


def test_null_share_history_time_and_null_names(room):
    carol = sign_in(room.service, room.emulator, "Carol")
    carol.name = None
    with room.open() as terminal:
        terminal.wait_for("Harbour", "live")
        with room.faults.cleared():
            fault = room.faults.on("null-share-history-time", "--next", 100)
            room.thread.add_participants([carol.participant])
            room.say("welcome")
            terminal.wait_for("welcome", short(carol))
            terminal.press("M-w")
            terminal.wait_until(lambda: terminal.text.count(short(carol)) > 1, "who has no name among the people")
            terminal.press("Esc")
            room.thread.remove_participant(carol.user)
            room.say("gone again")
            terminal.wait_for("gone again")
            assert room.hits(fault) > 0
        room.thread.add_participants([carol.participant])
        carol.chat.get_chat_thread_client(room.thread.thread_id).send_message("nameless here")
        terminal.wait_for("nameless here")


def in_one_second(room, send):
    """Sends eight messages, so often until all of them were made in the same second; gives their texts."""
    for attempt in range(5):
        time.sleep(1 - time.time() % 1)
        wanted = [f"number {attempt * 8 + number}" for number in range(8)]
        for text in wanted:
            send(text)
        made = {one.created_on for one in room.thread.list_messages() if one.type == "text" and one.content.message in wanted}
        if len(made) == 1:
            return wanted
    raise AssertionError("eight messages never fit in a second")


def test_ordering_at_equal_timestamps(room):
    with room.open() as terminal:
        terminal.wait_for("Harbour", "live")
        with room.faults.cleared():
            fault = room.faults.on("reorder", "--share", 0.5, "--seed", 7, "--next", 1000)
            wanted = in_one_second(room, room.say)
            terminal.wait_for(*wanted, timeout=20)
            assert room.hits(fault) > 0

        def order():
            return ["number " + line.split("number ")[1].split()[0] for line in terminal.lines if "number " in line]

        terminal.wait_until(lambda: order()[-8:] == wanted, "the right order")
        assert room.texts()[-8:] == wanted


def test_event_before_the_answer_to_the_post(room):
    with room.open() as terminal:
        terminal.wait_for("Harbour", "live")
        with room.faults.cleared():
            room.faults.on("early-event", "1500ms", "--next", 3)
            send(terminal, "faster than its answer")
            terminal.wait_until(lambda: "sending" not in terminal.text, "no mark at the message")
            time.sleep(2)
            terminal.settle()
            assert terminal.text.count("faster than its answer") == 1
        assert room.texts().count("faster than its answer") == 1


def test_late_edit_after_delete(room):
    with room.open() as terminal:
        terminal.wait_for("Harbour", "live")
        message = room.say("to be forgotten")
        terminal.wait_for("to be forgotten")
        with room.faults.cleared():
            room.faults.on("late", "3s", "--event", 247)
            room.thread.update_message(message, content="an edit that comes too late")
            room.thread.delete_message(message)
            terminal.wait_until_gone("to be forgotten", timeout=20)
            time.sleep(4)
            terminal.settle()
            assert "too late" not in terminal.text


def test_removed_from_a_thread_while_it_is_open(room):
    with room.open() as terminal:
        terminal.wait_for("Harbour", "live")
        room.say("stay readable")
        terminal.wait_for("stay readable")
        terminal.type("half a sen")
        room.thread.remove_participant(room.alice.user)
        terminal.wait_for("removed", timeout=20)
        terminal.press("Enter")
        terminal.settle()
        assert "stay readable" in terminal.text
        assert not any("half a sen" in text for text in room.texts())
        room.thread.add_participants([room.alice.participant])
        terminal.wait_for("half a sen", timeout=40)


def test_429_loop(room):
    with room.open() as terminal:
        terminal.wait_for("Harbour", "live")
        with room.faults.cleared():
            fault = room.faults.on("status", 429, "--retry-after", 2, "--plane", "chat", "--next", 1000)
            send(terminal, "patience")
            time.sleep(10)
            assert 1 <= room.hits(fault) <= 20
        terminal.wait_until(lambda: "patience" in room.texts(), "the message at the service", timeout=60)
        assert room.texts().count("patience") == 1


def test_failures_in_two_threads_at_once(room):
    other = create_thread(room.bob, "Lighthouse", room.alice)
    with room.open() as terminal:
        terminal.wait_for("Harbour", "Lighthouse", "live")
        with room.faults.cleared():
            room.faults.on("status", 400, "--operation", "POST /chat/threads/*/messages", "--next", 2)
            for text in ("first failure", "second failure"):
                send(terminal, text)
                terminal.press("M-Down")
            terminal.wait_until(lambda: "failed" in terminal.text.lower(), "the failure of the one")
            terminal.press("M-Down")
            terminal.wait_until(lambda: "failed" in terminal.text.lower(), "the failure of the other")
        assert not [one for one in other.list_messages() if one.type == "text"]


def test_own_message_from_another_device(room):
    device = room.alice.chat.get_chat_thread_client(room.thread.thread_id)
    with room.open() as terminal:
        terminal.wait_for("Harbour", "live")
        device.send_message("from my telephone", sender_display_name="Alice")
        terminal.wait_for("from my telephone")
        terminal.settle()
        assert terminal.text.count("from my telephone") == 1


def test_unknown_sender(room):
    stranger = sign_in(room.service, room.emulator, "Stranger")
    stranger.name = None
    with room.open() as terminal:
        terminal.wait_for("Harbour", "live")
        with room.faults.cleared():
            # That the stranger came is told to nobody: neither event nor roster knows who writes.
            fault = room.faults.on("lose", "--event", 260, "--next", 2)
            room.thread.add_participants([stranger.participant])
            terminal.wait_until(lambda: room.hits(fault) == 1, "the event to be lost")
            stranger.chat.get_chat_thread_client(room.thread.thread_id).send_message("who am I")
            terminal.wait_for("who am I", short(stranger))
            # The trusted service's directory does know.
            terminal.wait_for("who am I", "Stranger")


ASLEEP = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
int clock_gettime(clockid_t clock, struct timespec *time) {
  static int (*original)(clockid_t, struct timespec *);
  if (!original) original = dlsym(RTLD_NEXT, "clock_gettime");
  int status = original(clock, time);
  if (clock == CLOCK_REALTIME && access(getenv("ASLEEP"), F_OK) == 0) time->tv_sec += 20 * 60;
  return status;
}
"""


def test_20_minutes_asleep(room, tmp_path):
    """As a machine that is suspended: the wall clock goes on, all else stands still, and the socket is dead without a word."""
    library, slept = tmp_path / "asleep.so", tmp_path / "slept"
    subprocess.run(["gcc", "-shared", "-fPIC", "-x", "c", "-", "-o", library, "-ldl"], input=ASLEEP, text=True, check=True)
    with room.open(variables={"LD_PRELOAD": str(library), "ASLEEP": str(slept)}) as terminal:
        terminal.wait_for("Harbour", "live")
        os.kill(terminal.process.pid, signal.SIGSTOP)
        try:
            room.faults.on("stall-sockets")
            room.emulator.advance("20m")
            room.say("while you slept")
            slept.touch()
        finally:
            os.kill(terminal.process.pid, signal.SIGCONT)
        woken = time.monotonic()
        terminal.wait_for("while you slept", timeout=20)
        room.say("good morning")
        terminal.wait_for("good morning", "live", timeout=20)
        # Silence alone would be noticed much later.
        assert time.monotonic() - woken < 20
        assert terminal.text.count("while you slept") == 1
