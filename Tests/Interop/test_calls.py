"""Microsoft's Call Automation SDK against the emulator, and against a terminal that answers."""

import pytest
from azure.communication.callautomation import CallAutomationClient
from azure.core.exceptions import HttpResponseError

from webhooks import Webhook


@pytest.fixture
def calls(emulator):
    return CallAutomationClient.from_connection_string(emulator.connection_string)


@pytest.fixture
def rings(emulator, webhook):
    """A web hook that is told of incoming calls."""
    with emulator.subscribed(webhook.url):
        yield webhook


@pytest.fixture
def answers():
    """The callback address of the one who is called."""
    with Webhook() as webhook:
        yield webhook


@pytest.fixture
def callbacks():
    """The callback address of the one who calls."""
    with Webhook() as webhook:
        yield webhook


def result(event):
    information = event["data"]["resultInformation"]
    return information["code"], information["subCode"]


def test_a_call_is_answered_muted_and_hung_up(calls, rings, callbacks, answers, alice, bob):
    made = calls.create_call(
        alice.user, callbacks.url, source_display_name="The bank", operation_context="one")
    assert made.call_connection_state == "connecting"

    ring = rings.wait_for("IncomingCall")["data"]
    assert ring["to"]["rawId"] == alice.id
    assert ring["callerDisplayName"] == "The bank"
    answered = calls.answer_call(ring["incomingCallContext"], answers.url, operation_context="two")
    assert answered.call_connection_id != made.call_connection_id

    for webhook, connection, context in ((callbacks, made, "one"), (answers, answered, "two")):
        event = webhook.wait_for("CallConnected")
        assert event["data"]["callConnectionId"] == connection.call_connection_id
        assert event["data"]["operationContext"] == context
        people = webhook.wait_for("ParticipantsUpdated")["data"]["participants"]
        assert alice.id in [one["identifier"]["rawId"] for one in people]

    connection = calls.get_call_connection(made.call_connection_id)
    assert connection.get_call_properties().call_connection_state == "connected"
    connection.mute_participant(alice.user)
    assert {one.identifier.raw_id: one.is_muted for one in connection.list_participants()}[alice.id]

    connection.hang_up(is_for_everyone=True)
    for webhook in (callbacks, answers):
        assert result(webhook.wait_for("CallDisconnected")) == (200, 7000)
    with pytest.raises(HttpResponseError) as caught:
        connection.get_call_properties()
    assert caught.value.status_code == 404


def test_a_call_is_declined(calls, rings, callbacks, alice):
    calls.create_call(alice.user, callbacks.url)
    calls.reject_call(rings.wait_for("IncomingCall")["data"]["incomingCallContext"])
    assert result(callbacks.wait_for("CallDisconnected")) == (603, 0)


def test_a_call_to_somebody_unknown(calls, rings, callbacks, alice):
    stranger = type(alice.user)(alice.id[:-4] + "ffff")
    calls.create_call(stranger, callbacks.url)
    assert result(callbacks.wait_for("CallDisconnected")) == (480, 10037)


def test_alice_answers_in_her_terminal_and_hangs_up(calls, callbacks, known, open_client):
    alice = known("Alice")
    terminal = open_client(alice)
    terminal.wait_for("● calls")
    made = calls.create_call(alice.user, callbacks.url, source_display_name="The bank")
    terminal.wait_for("The bank is calling")
    terminal.press("F6")
    terminal.wait_for("In a call with The bank")
    connected = callbacks.wait_for("CallConnected")
    assert connected["data"]["callConnectionId"] == made.call_connection_id
    people = callbacks.wait_for("ParticipantsUpdated")["data"]["participants"]
    assert alice.id in [one["identifier"]["rawId"] for one in people]

    terminal.press("F7")
    terminal.wait_until_gone("In a call")
    callbacks.wait_for("CallDisconnected")
    terminal.press("F3")
    terminal.wait_for("Calls", "← The bank", "hung up")


def test_alice_declines_in_her_terminal(calls, callbacks, known, open_client):
    alice = known("Alice")
    terminal = open_client(alice)
    terminal.wait_for("● calls")
    calls.create_call(alice.user, callbacks.url, source_display_name="The bank")
    terminal.wait_for("The bank is calling")
    terminal.press("F7")
    assert result(callbacks.wait_for("CallDisconnected")) == (603, 0)
    terminal.wait_until_gone("is calling")


def test_alice_answers_after_the_caller_gave_up(calls, callbacks, known, open_client):
    """Call Automation does not tell a callee's application that it rings no more; answering does."""
    alice = known("Alice")
    terminal = open_client(alice)
    terminal.wait_for("● calls")
    made = calls.create_call(alice.user, callbacks.url, source_display_name="The bank")
    terminal.wait_for("The bank is calling")
    calls.get_call_connection(made.call_connection_id).hang_up(is_for_everyone=True)
    callbacks.wait_for("CallDisconnected")
    terminal.press("F6")
    terminal.wait_until_gone("is calling")
    terminal.press("F3")
    terminal.wait_for("Calls", "← The bank", "(4")
