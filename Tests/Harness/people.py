"""People with identities and tokens, by Microsoft's SDKs."""

from dataclasses import dataclass

from azure.communication.chat import ChatClient, ChatParticipant, CommunicationTokenCredential
from azure.communication.identity import (
    CommunicationIdentityClient, CommunicationTokenScope, CommunicationUserIdentifier)


@dataclass
class Person:
    """Somebody who may chat."""

    name: str
    user: CommunicationUserIdentifier
    token: str
    endpoint: str

    @property
    def id(self):
        return self.user.properties["id"]

    @property
    def chat(self):
        """A chat client of the synchronous SDK."""
        return ChatClient(self.endpoint, CommunicationTokenCredential(self.token))

    @property
    def participant(self):
        return ChatParticipant(identifier=self.user, display_name=self.name)


def identity_client(emulator):
    return CommunicationIdentityClient.from_connection_string(emulator.connection_string)


def create_person(emulator, name, scopes=(CommunicationTokenScope.CHAT, CommunicationTokenScope.VOIP)):
    """A new identity with a token."""
    user, token = identity_client(emulator).create_user_and_token(list(scopes))
    return Person(name, user, token.token, emulator.endpoint)


def token_of(emulator, name, user_id, scopes=(CommunicationTokenScope.CHAT, CommunicationTokenScope.VOIP)):
    """A person whose identity is already known."""
    user = CommunicationUserIdentifier(user_id)
    token = identity_client(emulator).get_token(user, list(scopes))
    return Person(name, user, token.token, emulator.endpoint)


def create_thread(owner, topic, *others):
    """A thread client of `owner` for a new thread with `others`."""
    everybody = [person.participant for person in (owner, *others)]
    made = owner.chat.create_chat_thread(topic, thread_participants=everybody)
    assert not made.errors
    return owner.chat.get_chat_thread_client(made.chat_thread.id)


def texts(thread):
    """What people wrote, oldest first, by the SDK."""
    return [one.content.message for one in reversed(list(thread.list_messages())) if one.type == "text" and one.content]
