"""Two terminals call each other."""

import pytest

from people import create_thread


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
