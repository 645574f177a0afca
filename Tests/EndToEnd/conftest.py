"""Fixtures that the end-to-end tests share."""

import uuid

import pytest

from chat_prompt import ChatPrompt
from client import configuration
from people import create_thread


@pytest.fixture
def alice(known):
    """Somebody whom the trusted service knows, too."""
    return known("Alice")


@pytest.fixture
def bob(known):
    return known("Bob")


@pytest.fixture
def prompt(emulator, service, alice, tmp_path):
    """Alice at a prompt."""
    return ChatPrompt(tmp_path / "alice", configuration(emulator, service, alice.name))


@pytest.fixture
def thread(alice, bob):
    """A thread of Alice and Bob with a topic of its own."""
    thread = create_thread(bob, f"Boats {uuid.uuid4().hex[:6]}", alice)
    thread.topic = thread.get_properties().topic
    return thread
