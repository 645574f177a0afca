"""Fixtures that all Python tests share."""

import signal
import uuid

import pytest

from client import Client, configuration, sign_in
from people import create_person
from secrecy import Watch
from servers import Emulator, TrustedService
from webhooks import Webhook


def pytest_configure():
    """Gives programs that tests start the signals by which people end them, also where a shell in the background, or
    nohup, had them ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_terminal_summary(terminalreporter):
    """Says what tests counted; what they print themselves nobody sees where several run at a time."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, value in report.user_properties if report.when == "call" else ():
            if name == "counted":
                terminalreporter.line(value)


@pytest.fixture(scope="session", autouse=True)
def watch():
    """What our programs are started with and what they say is kept, to be searched for secrets afterwards."""
    with Watch().on() as watch:
        yield watch


@pytest.fixture(scope="session")
def emulator(tmp_path_factory):
    """An emulator that Microsoft's SDKs trust, for tests that need no clean one."""
    with Emulator(tmp_path_factory.mktemp("emulator")) as emulator, emulator.trusted():
        yield emulator


@pytest.fixture(scope="session")
def service(emulator, tmp_path_factory):
    """The trusted service of that emulator, told of incoming calls."""
    with (TrustedService(tmp_path_factory.mktemp("service"), emulator) as service,
          emulator.subscribed(f"{service.facts['endpoint']}/events")):
        yield service


@pytest.fixture
def own_emulator(tmp_path):
    """An emulator of the test's own, to be killed."""
    with Emulator(tmp_path / "emulator") as emulator, emulator.trusted():
        yield emulator


@pytest.fixture
def own_service(own_emulator, tmp_path):
    """The trusted service of that one."""
    with TrustedService(tmp_path / "service", own_emulator) as service:
        yield service


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


@pytest.fixture
def known(emulator, service):
    """Signs people in at the trusted service, under names that no other test uses.

    `known("Alice")` is a person whose chat client is Microsoft's and whose terminal `open_client` opens.
    """
    mark = uuid.uuid4().hex[:4]
    return lambda name: sign_in(service, emulator, f"{name} {mark}")


@pytest.fixture
def open_client(emulator, service, tmp_path):
    """Opens terminals; `open_client(person)` is signed in as that person."""
    terminals = []

    def open_one(person, columns=100, rows=30, **changes):
        home = tmp_path / f"home{len(terminals)}"
        config = configuration(emulator, service, person.name, **changes)
        terminals.append(Client(home, config, columns, rows))
        return terminals[-1]

    yield open_one
    for terminal in terminals:
        terminal.close()
