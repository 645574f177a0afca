"""Two terminals call each other."""

import contextlib
import uuid

import pytest

from client import Client, configuration, sign_in
from credentials import IDENTITIES, KEYS, NOWHERE
from people import create_thread
from servers import Server


@pytest.fixture
def terminals(known, open_client):
    """Alice's and Bob's, both with their thread open."""
    alice, bob = known("Alice"), known("Bob")
    create_thread(bob, "Boats", alice)
    both = open_client(alice), open_client(bob)
    for terminal, other in zip(both, (bob, alice)):
        terminal.wait_for(f"with {other.name}", "● calls")
    return *both, alice, bob


def test_a_call_is_answered_muted_and_hung_up_by_the_callee(terminals):
    of_alice, of_bob, alice, bob = terminals
    of_alice.press("M-c")
    of_alice.wait_for(bob.name, "hang up")
    of_bob.wait_for("is calling")
    of_bob.press("M-a")
    for terminal in (of_alice, of_bob):
        terminal.wait_for("In a call with")

    of_bob.press("M-m")
    of_bob.wait_for("You are muted.")
    of_alice.wait_for("Muted:")
    of_bob.press("M-m")
    of_bob.wait_until_gone("You are muted.")

    of_bob.press("M-h")
    for terminal, words in ((of_alice, "ended"), (of_bob, "hung up")):
        terminal.wait_until_gone("In a call with")
        terminal.press("F3")
        terminal.wait_for("Calls", words)


def test_the_caller_hangs_up_while_it_rings(terminals):
    of_alice, of_bob, *_ = terminals
    of_alice.press("M-c")
    of_bob.wait_for("is calling")
    of_alice.press("M-h")
    of_bob.wait_until_gone("is calling")
    of_bob.press("F3")
    of_bob.wait_for("cancelled before it was answered")


def test_a_call_is_declined(terminals):
    of_alice, of_bob, *_ = terminals
    of_alice.press("M-c")
    of_bob.wait_for("is calling")
    of_bob.press("M-h")
    of_bob.wait_until_gone("is calling")
    of_alice.press("F3")
    of_alice.wait_for("declined")


@pytest.mark.parametrize("kind", ["connection string, file", "access key, file", "chain to imds", "client-secret"])
def test_a_call_by_each_kind_of_credential(kind, emulator, tmp_path):
    """Call Automation takes each of them from the trusted service."""
    arguments, variables = (KEYS | IDENTITIES)[kind](emulator, tmp_path)
    if kind in IDENTITIES:
        arguments += ["--endpoint", emulator.endpoint]
    service = Server("confab-serve", *arguments, "--certificate-authority", emulator.facts["certificate"], "--port", 0,
                     "--memory", "--verbose", home=tmp_path / "service")
    service.environment |= {"AZURE_POD_IDENTITY_AUTHORITY_HOST": NOWHERE, "PATH": "/nowhere"} | variables
    mark = uuid.uuid4().hex[:4]
    with contextlib.ExitStack() as stack:
        stack.enter_context(service)
        stack.enter_context(emulator.subscribed(f"{service.facts['endpoint']}/events"))
        alice, bob = (sign_in(service, emulator, f"{name} {mark}") for name in ("Alice", "Bob"))
        create_thread(bob, "Boats", alice)
        of_alice, of_bob = (
            stack.enter_context(Client(tmp_path / person.name, configuration(emulator, service, person.name)))
            for person in (alice, bob))
        for terminal, other in ((of_alice, bob), (of_bob, alice)):
            terminal.wait_for(f"with {other.name}", "● calls")
        of_alice.press("M-c")
        of_bob.wait_for("is calling")
        of_bob.press("M-a")
        for terminal in (of_alice, of_bob):
            terminal.wait_for("In a call with")
