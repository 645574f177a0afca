"""Fixtures that all Python tests share."""

import pytest

from people import create_person
from servers import Emulator
from webhooks import Webhook


@pytest.fixture(scope="session")
def emulator(tmp_path_factory):
    """An emulator that Microsoft's SDKs trust, for tests that need no clean one."""
    with Emulator(tmp_path_factory.mktemp("emulator")) as emulator, emulator.trusted():
        yield emulator


@pytest.fixture
def alice(emulator):
    return create_person(emulator, "Alice")


@pytest.fixture
def bob(emulator):
    return create_person(emulator, "Bob")


@pytest.fixture
def webhook():
    with Webhook() as webhook:
        yield webhook
