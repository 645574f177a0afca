"""Messages come as the service tells them; when it does not, the client asks, and takes events again when they come."""

import signal
import subprocess
import time

import pytest

from client import Client, configuration, sign_in
from faults import Faults
from people import create_thread
from servers import program

# So seldom that what appears within seconds was told, not asked for.
SELDOM = {"open": 60, "idle": 600, "list": 600}


@pytest.fixture
def people(own_emulator, own_service):
    return [sign_in(own_service, own_emulator, name) for name in ("Alice", "Bob")]


def wait_for_listener(emulator, person, terminal, timeout=20):
    deadline = time.monotonic() + timeout
    while not emulator.listeners(person):
        assert time.monotonic() < deadline, terminal.report("nobody listens to events")
        time.sleep(0.05)


def test_a_message_appears_by_its_event(own_emulator, own_service, people, tmp_path):
    alice, bob = people
    thread = create_thread(bob, "Events", alice)
    with Client(tmp_path / "home", configuration(own_emulator, own_service, polling=SELDOM)) as terminal:
        terminal.wait_for("Events")
        wait_for_listener(own_emulator, alice, terminal)
        sent = thread.send_message("told at once", sender_display_name="Bob")
        terminal.wait_for("told at once", timeout=3)
        thread.update_message(sent.id, content="told anew")
        terminal.wait_for("told anew", "(edited)", timeout=3)
        thread.delete_message(sent.id)
        terminal.wait_until_gone("told anew", timeout=3)
        create_thread(bob, "Out of nothing", alice)
        terminal.wait_for("Out of nothing", timeout=3)


@pytest.mark.parametrize("kind", ["gzip-body", "cp-body", "gp-body", "fine-times", "duplicate",
                                  "altered-duplicate", "unknown-event"])
def test_strange_events_are_understood(own_emulator, own_service, people, tmp_path, kind):
    alice, bob = people
    thread = create_thread(bob, "Strange", alice)
    with Client(tmp_path / "home", configuration(own_emulator, own_service, polling=SELDOM)) as terminal:
        terminal.wait_for("Strange")
        wait_for_listener(own_emulator, alice, terminal)
        with Faults(own_emulator).cleared() as faults:
            faults.on(kind)
            thread.send_message("strangely told", sender_display_name="Bob")
            terminal.wait_for("strangely told", timeout=3)
        assert terminal.text.count("strangely told") == 1


@pytest.mark.parametrize("kind", ["cut", "disconnect", "gap"])
def test_a_channel_that_breaks_is_opened_again_and_nothing_is_missed(
        own_emulator, own_service, people, tmp_path, kind):
    alice, bob = people
    thread = create_thread(bob, "Broken", alice)
    with Client(tmp_path / "home", configuration(own_emulator, own_service, polling=SELDOM)) as terminal:
        terminal.wait_for("Broken")
        wait_for_listener(own_emulator, alice, terminal)
        Faults(own_emulator).on(kind)
        thread.send_message("while nobody listened", sender_display_name="Bob")
        terminal.wait_for("while nobody listened", timeout=10)
        wait_for_listener(own_emulator, alice, terminal)
        thread.send_message("and afterwards", sender_display_name="Bob")
        terminal.wait_for("and afterwards", timeout=3)


SLOW_SHUTDOWN = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>
int shutdown(int descriptor, int how) {
  int (*original)(int, int) = dlsym(RTLD_NEXT, "shutdown");
  int status = original(descriptor, how);
  usleep(20000);
  return status;
}
"""


def test_a_connection_ends_however_early_the_relay_of_tls_looks(own_emulator, own_service, people, tmp_path):
    """libmicrohttpd signals the end of a WebSocket before it sets the flag that tells it; here its other thread always looks between."""
    library = tmp_path / "slow.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-x", "c", "-", "-o", library, "-ldl"],
                   input=SLOW_SHUTDOWN, text=True, check=True)
    own_emulator.stop()
    own_emulator.environment["LD_PRELOAD"] = str(library)
    own_emulator.restart()
    alice, bob = people
    thread = create_thread(bob, "Late", alice)
    with Client(tmp_path / "home", configuration(own_emulator, own_service, polling=SELDOM)) as terminal:
        terminal.wait_for("Late")
        wait_for_listener(own_emulator, alice, terminal)
        Faults(own_emulator).on("cut")
        thread.send_message("while nobody listened", sender_display_name="Bob")
        terminal.wait_for("while nobody listened", timeout=10)


def test_what_the_service_says_was_lost_is_asked_for(own_emulator, own_service, people, tmp_path):
    alice, bob = people
    thread = create_thread(bob, "Lost", alice)
    with Client(tmp_path / "home", configuration(own_emulator, own_service, polling=SELDOM)) as terminal:
        terminal.wait_for("Lost")
        wait_for_listener(own_emulator, alice, terminal)
        with Faults(own_emulator).cleared() as faults:
            faults.on("drop")
            thread.send_message("dropped on the way", sender_display_name="Bob")
            terminal.wait_for("dropped on the way", timeout=3)


def test_who_wants_no_events_is_not_connected_and_asks(own_emulator, own_service, people, tmp_path):
    alice, bob = people
    thread = create_thread(bob, "Asked", alice)
    config = configuration(own_emulator, own_service, realtime="off", polling={"open": 1})
    with Client(tmp_path / "home", config) as terminal:
        terminal.wait_for("Asked", "polling")
        thread.send_message("asked for", sender_display_name="Bob")
        terminal.wait_for("asked for", timeout=5)
        assert own_emulator.listeners(alice) == []


def test_a_registrar_that_refuses_leaves_the_client_asking(own_emulator, own_service, people, tmp_path):
    alice, bob = people
    thread = create_thread(bob, "Refused", alice)
    with Faults(own_emulator).cleared() as faults:
        faults.on("refuse-registration", "--status", "503", "--next", 1000)
        with Client(tmp_path / "home", configuration(own_emulator, own_service, polling={"open": 1})) as terminal:
            terminal.wait_for("Refused", "polling")
            thread.send_message("asked for", sender_display_name="Bob")
            terminal.wait_for("asked for", timeout=5)
            assert own_emulator.listeners(alice) == []
            faults.clear()
            wait_for_listener(own_emulator, alice, terminal, timeout=40)


@pytest.mark.alone
@pytest.mark.parametrize("leave", [
    lambda terminal: terminal.press("C-q"), lambda terminal: terminal.process.send_signal(signal.SIGTERM),
    lambda terminal: terminal.process.send_signal(signal.SIGHUP)], ids=["C-q", "SIGTERM", "SIGHUP"])
def test_who_leaves_is_registered_no_longer(own_emulator, own_service, people, tmp_path, leave):
    with Client(tmp_path / "home", configuration(own_emulator, own_service, polling=SELDOM)) as terminal:
        wait_for_listener(own_emulator, people[0], terminal)
        began = time.monotonic()
        leave(terminal)
        assert terminal.exit_code() == 0 and time.monotonic() - began < 1
        assert own_emulator.registrations() == []
        assert terminal.is_restored


@pytest.mark.alone
def test_who_leaves_does_not_wait_for_a_service_that_does_not_answer(own_emulator, own_service, people, tmp_path):
    with Client(tmp_path / "home", configuration(own_emulator, own_service, polling=SELDOM)) as terminal:
        wait_for_listener(own_emulator, people[0], terminal)
        own_emulator.process.send_signal(signal.SIGSTOP)
        try:
            began = time.monotonic()
            terminal.press("C-q")
            # The prompt is there at once, before the program has ended.
            terminal.wait_until(lambda: terminal.is_restored, "the terminal's own screen", timeout=0.3)
            assert terminal.exit_code() == 0 and time.monotonic() - began < 1
        finally:
            own_emulator.process.send_signal(signal.SIGCONT)


def test_the_registration_of_who_was_killed_lapses(own_emulator, own_service, people, tmp_path):
    with Client(tmp_path / "home", configuration(own_emulator, own_service, polling=SELDOM)) as terminal:
        wait_for_listener(own_emulator, people[0], terminal)
        terminal.process.kill()
        terminal.process.wait()
        assert len(own_emulator.registrations()) == 1
        own_emulator.advance("61m")
        deadline = time.monotonic() + 10
        while own_emulator.registrations():
            assert time.monotonic() < deadline, "it is registered for ever"
            time.sleep(0.05)
