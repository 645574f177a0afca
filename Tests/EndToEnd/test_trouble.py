"""What goes wrong is said, with what happens next, and the client recovers by itself."""

import json
import re
import subprocess

import pytest

from client import Client, configuration, sign_in
from people import create_thread
from servers import Emulator, TrustedService, clean_environment, program
from strange_service import StrangeService


def test_the_token_service_is_down_at_the_start(own_emulator, tmp_path):
    service = TrustedService(tmp_path / "service", own_emulator).start()
    create_thread(sign_in(service, own_emulator, "Bob"), "Back again", sign_in(service, own_emulator, "Alice"))
    config = configuration(own_emulator, service)
    port = service.facts["endpoint"].rsplit(":", 1)[1]
    service.stop()
    with Client(tmp_path / "home", config) as terminal:
        terminal.wait_for("offline", "next try in", config["tokenService"]["url"])
        with TrustedService(tmp_path / "service", own_emulator, port=port):
            terminal.wait_until_connected("Back again", timeout=40)
        assert "ext try" not in terminal.text


@pytest.mark.parametrize("status, body", [
    (200, b"<html><body>Welcome to the hotel's Wi-Fi</body></html>"),
    (200, b"{\"token\": 42}"),
    (200, b"{\"token\": \"no.jwt\", \"expiresOn\": \"yesterday\"}"),
    (200, b"\xff\xfe\x00\x1b]0;1337\x07"),
    (200, b""),
    (200, b"[" * 100_000),
    (200, b" " * (5 << 20)),
    (204, b""),
    (404, b"not here"),
    (500, b"\x1b[1337m{}"),
], ids=["html", "wrong type", "wrong date", "binary", "empty", "deep", "5 MiB", "204", "404", "500"])
def test_the_token_service_answers_nonsense(emulator, tmp_path, status, body):
    with (StrangeService(status, body) as service,
          Client(tmp_path / "home", configuration(emulator, service)) as terminal):
        terminal.wait_for("sign-in failed", "next try in")
        assert not re.search(rb"\x1b[^A-Za-z]{0,8}1337", terminal.raw)
        terminal.press("C-q")
        assert terminal.exit_code() == 0


def test_the_token_service_is_slow_and_the_screen_is_not(emulator, tmp_path):
    with StrangeService() as service:
        service.answering.clear()
        with Client(tmp_path / "home", configuration(emulator, service)) as terminal:
            terminal.wait_for("Signing in")
            terminal.press("F1")
            terminal.wait_for("Leave Confab", timeout=2)
            terminal.press("C-q")
            assert terminal.exit_code(timeout=5) == 0


def test_a_certificate_that_is_not_trusted_is_refused(emulator, service, known, tmp_path):
    alice = known("Alice")
    config = configuration(emulator, service, alice.name)
    del config["certificateAuthority"]
    with Client(tmp_path / "home", config) as terminal:
        terminal.wait_for("certificate", "certificateAuthority")
        assert "polling" not in terminal.text


def test_a_certificate_of_another_authority_is_refused(emulator, service, known, tmp_path):
    with Emulator(tmp_path / "other") as other:
        config = configuration(emulator, service, known("Alice").name, certificateAuthority=other.facts["certificate"])
        with Client(tmp_path / "home", config) as terminal:
            terminal.wait_for("certificate")
            assert "polling" not in terminal.text


CONFIG = """{
  // where we chat
  "endpoint": "https://127.0.0.1:7751",
  "tokenService": { "url": "http://127.0.0.1:7760/token", "user": "Alice" },
  %s
}
"""


@pytest.mark.parametrize("line, place, words", [
    ("scopes: 5", "5:11", "scopes"),
    ("\"colour\": \"red\"", "5:3", "colour"),
    ("polling: { open: \"often\" }", "5:20", "polling.open"),
    ("keys: { \"C-q\": \"fly\" }", "5:", "fly"),
    ("keys: { \"C-q\" \"quit\" }", "5:", ""),
])
def test_an_error_in_the_config_file_is_placed(tmp_path, line, place, words):
    file = tmp_path / "mine.json5"
    file.write_text(CONFIG % line)
    done = subprocess.run([program("confab"), "--config", file], capture_output=True, text=True, timeout=10,
                          stdin=subprocess.DEVNULL, env=clean_environment(tmp_path / "home"))
    assert done.returncode == 78, done
    assert f"{file}:{place}" in done.stderr and words in done.stderr
    assert done.stdout == ""


def test_a_token_must_not_travel_in_clear_text(tmp_path):
    file = tmp_path / "mine.json5"
    file.write_text(json.dumps({
        "endpoint": "http://chat.example.com", "tokenService": {"url": "https://example.com/token", "user": "Alice"}}))
    done = subprocess.run([program("confab"), "--config", file], capture_output=True, text=True, timeout=10,
                          stdin=subprocess.DEVNULL, env=clean_environment(tmp_path / "home"))
    assert (done.returncode, "https" in done.stderr) == (78, True), done


def test_without_a_config_file_it_says_how_to_begin(tmp_path):
    done = subprocess.run([program("confab")], capture_output=True, text=True, timeout=10,
                          stdin=subprocess.DEVNULL, env=clean_environment(tmp_path))
    assert done.returncode == 78, done
    assert "config.json5" in done.stderr and "confab demo" in done.stderr
