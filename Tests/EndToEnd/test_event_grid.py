"""Event Grid of the emulator: web hooks, back-off by its clock, dead letters, and a restart in between."""

import json
import subprocess
import time
import urllib.request

import pytest

from people import create_person, create_thread
from servers import clean_environment, program


class Desk:
    """The commands of an emulator, as a person would use them."""

    def __init__(self, emulator):
        self.emulator = emulator

    def run(self, *words):
        done = subprocess.run(
            [program("confab-emulator"), *(str(word) for word in words), "--json",
             "--ready-file", self.emulator.ready_file],
            capture_output=True, text=True, timeout=30, env=clean_environment(self.emulator.home))
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout) if done.stdout.strip() else None

    def subscribe(self, url, *options):
        self.run("events", "subscribe", url, *options)

    def subscription(self, url):
        return next(one for one in self.run("events", "subscriptions")["value"] if one["url"] == url)

    def wait_for_state(self, url, state):
        wait_until(lambda: self.subscription(url)["provisioningState"] == state, f"{url} is {state}")

    def waiting(self):
        return self.run("events")["value"]

    def dead(self):
        return self.run("events", "dead")["value"]


def wait_until(holds, what, timeout=10):
    deadline = time.monotonic() + timeout
    while not holds():
        assert time.monotonic() < deadline, f"not within {timeout} s: {what}"


@pytest.fixture
def desk(own_emulator):
    return Desk(own_emulator)


def receive_sms(desk, text):
    desk.run("sms", "receive", text)


def test_chats_are_told_for_the_thread_and_for_each_other_person(own_emulator, desk, webhook):
    desk.subscribe(webhook.url)
    desk.wait_for_state(webhook.url, "Succeeded")
    alice, bob = (create_person(own_emulator, name) for name in ("Alice", "Bob"))
    thread = create_thread(alice, "Boats", bob)
    assert webhook.wait_for("ChatThreadCreated")["data"]["properties"] == {"topic": "Boats"}
    assert webhook.wait_for("ChatThreadCreatedWithUser")["data"]["recipientId"] == bob.id
    sent = thread.send_message("Ahoy", sender_display_name="Alice", metadata={"a": "b"})
    whole = webhook.wait_for("ChatMessageReceivedInThread")
    assert whole["subject"] == f"thread/{thread.thread_id}/sender/{alice.id}"
    assert (whole["data"]["messageId"], whole["data"]["messageBody"]) == (sent.id, "Ahoy")
    assert whole["data"]["metadata"] == {"a": "b"} and whole["data"]["senderDisplayName"] == "Alice"
    assert webhook.wait_for("ChatMessageReceived")["data"]["recipientId"] == bob.id
    thread.delete_message(sent.id)
    assert webhook.wait_for("ChatMessageDeletedInThread")["data"]["messageId"] == sent.id


def test_a_slow_web_hook_holds_up_no_request(own_emulator, desk, webhook):
    webhook.delay = 5
    desk.subscribe(webhook.url)
    desk.wait_for_state(webhook.url, "Succeeded")
    alice = create_person(own_emulator, "Alice")
    thread = create_thread(alice, "Boats")
    begin = time.monotonic()
    for number in range(20):
        thread.send_message(str(number))
    assert time.monotonic() - begin < 4


def test_an_event_survives_a_power_cut_and_is_given_up_in_the_end(own_emulator, desk, webhook):
    desk.subscribe(webhook.url, "--max-attempts", 3)
    desk.wait_for_state(webhook.url, "Succeeded")
    webhook.status = 500
    receive_sms(desk, "Hello")
    webhook.wait_for("SMSReceived")
    wait_until(lambda: [one["deliveryAttempts"] for one in desk.waiting()] == [1], "the first try is noted")
    own_emulator.kill()
    own_emulator.restart()
    assert desk.subscription(webhook.url)["provisioningState"] == "Succeeded", "it need not prove itself again"
    assert [one["deliveryAttempts"] for one in desk.waiting()] == [1]
    for _ in range(2):
        assert desk.dead() == []
        desk.run("advance", "1m")
        webhook.wait_for("SMSReceived")
    wait_until(desk.dead, "it is given up")
    (dead,) = desk.dead()
    assert (dead["deadLetterReason"], dead["lastDeliveryOutcome"]) == ("MaxDeliveryAttemptsExceeded", "500")
    assert dead["event"]["data"]["message"] == "Hello"
    webhook.status = 200
    assert desk.run("events", "retry", dead["id"]) == {"retried": 1}
    assert webhook.wait_for("SMSReceived")["id"] == dead["event"]["id"]
    wait_until(lambda: desk.waiting() == [] == desk.dead(), "it was taken")


def test_what_no_try_can_mend_is_given_up_at_once(desk, webhook):
    desk.subscribe(webhook.url)
    desk.wait_for_state(webhook.url, "Succeeded")
    webhook.status = 403
    receive_sms(desk, "Hello")
    wait_until(desk.dead, "it is given up")
    assert [(one["deadLetterReason"], one["deliveryAttempts"]) for one in desk.dead()] == [("Undeliverable", 1)]


def test_a_web_hook_is_confirmed_by_hand(desk, webhook):
    webhook.answers_validation = False
    desk.subscribe(webhook.url)
    desk.wait_for_state(webhook.url, "AwaitingManualAction")
    (validation,) = webhook.validations
    with urllib.request.urlopen(validation["validationUrl"]) as answer:
        assert answer.status == 200
    assert desk.subscription(webhook.url)["provisioningState"] == "Succeeded"
    receive_sms(desk, "Hello")
    assert webhook.wait_for("SMSReceived")["data"]["message"] == "Hello"
