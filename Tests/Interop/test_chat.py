"""Microsoft's chat SDK against the emulator."""

import base64
import json
import time

import pytest
from azure.communication.chat import ChatClient, ChatMessageType, CommunicationTokenCredential
from azure.core.credentials import AccessToken
from azure.core.exceptions import HttpResponseError

from people import create_person, create_thread


@pytest.fixture
def thread(alice, bob):
    """Alice's client for a thread with Bob."""
    return create_thread(alice, "Boats", bob)


def seen_by(person, thread):
    """Another participant's client for the same thread."""
    return person.chat.get_chat_thread_client(thread.thread_id)


def test_a_thread_is_created_and_told_to_its_participants(alice, bob, thread):
    properties = seen_by(bob, thread).get_properties()
    assert (properties.id, properties.topic) == (thread.thread_id, "Boats")
    assert properties.created_by.properties["id"] == alice.id
    assert thread.thread_id in [item.id for item in bob.chat.list_chat_threads()]
    names = {person.identifier.properties["id"]: person.display_name for person in thread.list_participants()}
    assert set(names) == {alice.id, bob.id}
    assert names[bob.id] == "Bob"


def test_the_same_idempotency_token_makes_one_thread(alice):
    made = [alice.chat.create_chat_thread("Once", idempotency_token="the same") for _ in range(2)]
    assert made[0].chat_thread.id == made[1].chat_thread.id


def test_the_topic_is_changed(bob, thread):
    thread.update_topic("Ships")
    assert seen_by(bob, thread).get_properties().topic == "Ships"
    newest = next(iter(thread.list_messages()))
    assert (newest.type, newest.content.topic) == (ChatMessageType.TOPIC_UPDATED, "Ships")


def test_a_message_is_sent_and_read(alice, bob, thread):
    sent = thread.send_message("Ahoy, Bob ⛵", sender_display_name="Alice", chat_message_type=ChatMessageType.TEXT)
    message = seen_by(bob, thread).get_message(sent.id)
    assert message.content.message == "Ahoy, Bob ⛵"
    assert (message.type, message.sender_display_name) == (ChatMessageType.TEXT, "Alice")
    assert message.sender.properties["id"] == alice.id
    assert message.sequence_id == "3", "after participantAdded and topicUpdated"


def test_messages_are_listed_newest_first_in_pages(bob, thread):
    for number in range(7):
        thread.send_message(f"number {number}")
    pages = [[message for message in page] for page in seen_by(bob, thread).list_messages(results_per_page=3).by_page()]
    assert [len(page) for page in pages] == [3, 3, 3]
    listed = [message.content.message for page in pages for message in page if message.type == ChatMessageType.TEXT]
    assert listed == [f"number {number}" for number in reversed(range(7))]


def test_a_message_is_edited(bob, thread):
    sent = thread.send_message("teh sea")
    thread.update_message(sent.id, content="the sea")
    message = seen_by(bob, thread).get_message(sent.id)
    assert message.content.message == "the sea"
    assert message.edited_on is not None
    assert message.id == sent.id and message.version != message.id


def test_a_message_is_deleted_and_leaves_a_tombstone(bob, thread):
    sent = thread.send_message("never mind")
    thread.delete_message(sent.id)
    message = next(one for one in seen_by(bob, thread).list_messages() if one.id == sent.id)
    assert message.deleted_on is not None
    assert message.content is None or not message.content.message


def test_only_the_sender_may_edit_or_delete(bob, thread):
    sent = thread.send_message("mine")
    for attempt in (lambda client: client.update_message(sent.id, content="yours"),
                    lambda client: client.delete_message(sent.id)):
        with pytest.raises(HttpResponseError) as caught:
            attempt(seen_by(bob, thread))
        assert caught.value.status_code == 403


def test_participants_are_added_and_removed(emulator, bob, thread):
    carol = create_person(emulator, "Carol")
    thread.send_message("before Carol")
    assert thread.add_participants([carol.participant]) == []
    assert "Carol" in [one.display_name for one in thread.list_participants()]
    seen_by(carol, thread).send_message("here I am")
    thread.remove_participant(carol.user)
    assert "Carol" not in [one.display_name for one in thread.list_participants()]
    with pytest.raises(HttpResponseError) as caught:
        seen_by(carol, thread).send_message("still here?")
    assert caught.value.status_code == 403


def test_participants_come_in_pages(emulator, thread):
    thread.add_participants([create_person(emulator, f"Guest {number}").participant for number in range(3)])
    pages = [list(page) for page in thread.list_participants(results_per_page=2).by_page()]
    assert [len(page) for page in pages] == [2, 2, 1]


def test_typing_and_read_receipts(bob, thread):
    sent = thread.send_message("seen?")
    seen_by(bob, thread).send_typing_notification(sender_display_name="Bob")
    seen_by(bob, thread).send_read_receipt(sent.id)
    receipts = list(thread.list_read_receipts())
    assert [(one.sender.properties["id"], one.chat_message_id) for one in receipts] == [(bob.id, sent.id)]


def test_a_thread_is_deleted(alice, bob, thread):
    alice.chat.delete_chat_thread(thread.thread_id)
    listed = {item.id: item.deleted_on for item in bob.chat.list_chat_threads()}
    assert listed.get(thread.thread_id) is not None


def test_who_is_not_in_a_thread_may_not_read_it(emulator, thread):
    stranger = create_person(emulator, "Stranger")
    with pytest.raises(HttpResponseError) as caught:
        list(seen_by(stranger, thread).list_messages())
    assert caught.value.status_code == 403
    assert "CommunicationError" in caught.value.response.text()


def test_a_thread_that_does_not_exist(alice):
    with pytest.raises(HttpResponseError) as caught:
        alice.chat.get_chat_thread_client("19:" + "A" * 42 + "1@thread.v2").get_properties()
    assert caught.value.status_code == 404


def garbage(token):
    return "this.is.garbage"


def forged(token):
    """The same words with another signature."""
    head, body, signature = token.split(".")
    return f"{head}.{body}.{signature[:10]}{'A' if signature[10] != 'A' else 'B'}{signature[11:]}"


def expired(token):
    """A token whose end was brought forward, so that its signature is wrong, too."""
    head, body, signature = token.split(".")
    said = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    said["exp"] = int(time.time()) - 60
    body = base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")
    return f"{head}.{body}.{signature}"


class FixedToken:
    """A credential that hands out what it was given; the SDK's own asks for a new one when it sees the end."""

    def __init__(self, token):
        self.token = token

    def get_token(self, *_, **__):
        return AccessToken(self.token, int(time.time()) + 3600)


@pytest.mark.parametrize("spoil", [garbage, forged, expired])
def test_a_bad_token_is_refused_with_the_reason(alice, spoil):
    with pytest.raises(HttpResponseError) as caught:
        list(ChatClient(alice.endpoint, FixedToken(spoil(alice.token))).list_chat_threads())
    assert caught.value.status_code == 401
    assert caught.value.response.headers["X-Confab-Why"]


def test_a_token_for_calls_only_does_not_open_chat(emulator):
    caller = create_person(emulator, "Caller", scopes=["voip"])
    with pytest.raises(HttpResponseError) as caught:
        list(caller.chat.list_chat_threads())
    assert caught.value.status_code in (401, 403)


def test_the_credential_of_the_sdk_reads_the_end_of_the_token(alice):
    credential = CommunicationTokenCredential(alice.token)
    assert credential.get_token().expires_on > time.time() + 23 * 3600
