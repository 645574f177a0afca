"""What `confab emulator` gives to those who develop against it: the commands, the seed, the log, the refusals."""

import hashlib
import json
import os
import re
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

import wire

from servers import ROOT, Server, clean_environment, program

SEED = ROOT / "Examples" / "seed.json5"


@contextmanager
def running(home, *arguments):
    """An emulator with the development key."""
    home = Path(home)
    with Server("confab-emulator", "--port", 0, "--https-port", 0, "--data", home / "data", *arguments,
                home=home) as server:
        yield server


@pytest.fixture
def plain(tmp_path):
    with running(tmp_path / "home") as server:
        yield server


def run(server, *words, **options):
    """A command that asks that emulator."""
    environment = clean_environment(server.home) | {"CONFAB_EMULATOR_ADMIN": server.facts["adminEndpoint"]}
    environment |= options.pop("environment", {})
    return subprocess.run([program("confab-emulator"), *map(str, words)], capture_output=True, text=True, timeout=30,
                          env=environment, **options)


def ask(server, *words):
    """The JSON that a command prints."""
    done = run(server, *words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


APP = """
import os
from azure.communication.chat import ChatClient, CommunicationTokenCredential
from azure.communication.identity import CommunicationIdentityClient
identity = CommunicationIdentityClient.from_connection_string(os.environ["COMMUNICATION_SAMPLES_CONNECTION_STRING"])
user, token = identity.create_user_and_token(["chat"])
chat = ChatClient(os.environ["AZURE_COMMUNICATION_SERVICE_ENDPOINT"], CommunicationTokenCredential(token.token))
thread = chat.get_chat_thread_client(chat.create_chat_thread("Boats").chat_thread.id)
print(thread.send_message("hello").id)
"""


def test_env_lets_an_app_of_microsofts_sdk_run_unchanged(plain, tmp_path):
    script = tmp_path / "app.py"
    script.write_text(APP)
    done = subprocess.run(
        ["sh", "-c", f'eval "$({program("confab-emulator")} env)" && exec {sys.executable} {script}'],
        capture_output=True, text=True, timeout=60,
        env=clean_environment(plain.home) | {"CONFAB_EMULATOR_ADMIN": plain.facts["adminEndpoint"]})
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"\d{13}\n", done.stdout)


def test_env_speaks_to_each_shell(plain):
    variables = ask(plain, "env", "--entra")
    assert variables["CONFAB_CONNECTION_STRING"] == plain.facts["connectionString"]
    assert variables["NODE_EXTRA_CA_CERTS"] == plain.facts["certificate"]
    bundle = Path(variables["SSL_CERT_FILE"]).read_text()
    assert Path(plain.facts["certificate"]).read_text().strip() in bundle
    assert variables["CURL_CA_BUNDLE"] == variables["REQUESTS_CA_BUNDLE"] == variables["SSL_CERT_FILE"]
    assert variables["AZURE_AUTHORITY_HOST"] == plain.facts["authority"]
    connection = plain.facts["connectionString"]
    for shell, line in {
        "sh": f"export CONFAB_CONNECTION_STRING='{connection}'",
        "fish": f"set -gx CONFAB_CONNECTION_STRING '{connection}'",
        "powershell": f"$env:CONFAB_CONNECTION_STRING = '{connection}'",
        "dotenv": f'CONFAB_CONNECTION_STRING="{connection}"',
    }.items():
        assert line in run(plain, "env", "--shell", shell).stdout.splitlines()
    assert "AZURE_TENANT_ID" not in run(plain, "env").stdout


def test_env_tells_a_random_key_only_from_the_ready_file(tmp_path):
    with running(tmp_path / "home", "--random-key") as server:
        refused = run(server, "env")
        assert refused.returncode == 77 and "--ready-file" in refused.stderr and not refused.stdout
        told = run(server, "env", "--ready-file", server.ready_file)
        assert server.facts["connectionString"] in told.stdout


@pytest.fixture
def certificates(tmp_path):
    """A folder for local certificates, and a program that notes that the system was told."""
    folder, tools = tmp_path / "local", tmp_path / "tools"
    folder.mkdir()
    tools.mkdir()
    tool = tools / "update-ca-certificates"
    tool.write_text(f'#!/bin/sh\nls {folder} >> {tmp_path}/told\necho "$@" >> {tmp_path}/told\n')
    tool.chmod(0o755)
    return folder, {"PATH": f"{tools}:{os.environ['PATH']}"}, tmp_path / "told"


def test_trust_prints_installs_and_removes(plain, certificates):
    folder, environment, told = certificates
    pem = Path(plain.facts["certificate"]).read_text()
    assert run(plain, "trust").stdout == f"{plain.facts['certificate']}\n{pem}"
    assert ask(plain, "trust") == {"certificate": plain.facts["certificate"], "pem": pem}
    done = run(plain, "trust", "--install", "--folder", folder, environment=environment)
    assert done.returncode == 0, done.stderr
    installed = folder / "confab-emulator.crt"
    assert installed.read_text() == pem
    assert stat.S_IMODE(installed.stat().st_mode) == 0o644
    assert run(plain, "trust", "--remove", "--folder", folder, environment=environment).returncode == 0
    assert not installed.exists()
    assert told.read_text() == "confab-emulator.crt\n--fresh\n--fresh\n"
    again = run(plain, "trust", "--remove", "--folder", folder, environment=environment)
    assert again.returncode == 65 and "not there" in again.stderr
    assert run(plain, "trust", "--remove", "--install").returncode == 64


def test_trust_says_who_may_install(plain, certificates):
    folder, environment, told = certificates
    refused = run(plain, "trust", "--install", "--folder", "/proc/nowhere", environment=environment)
    assert refused.returncode == 77
    assert "root" in refused.stderr and "sudo" in refused.stderr and "env" in refused.stderr
    assert not told.exists()


def test_the_clock_is_set_by_commands(plain):
    token = subprocess.run(
        [sys.executable, "-c", APP.replace("print(", "print(token.token) or (")], capture_output=True, text=True,
        timeout=60, env=clean_environment(plain.home) | ask(plain, "env")).stdout.strip()
    address = f"{plain.facts['httpEndpoint']}/chat/threads?api-version=2024-03-07"

    def status():
        words = ["curl", "-s", "-o", os.devnull, "-w", "%{http_code}", "-H", "@-", address]
        return subprocess.run(words, input=f"Authorization: Bearer {token}", capture_output=True, text=True).stdout
    assert status() == "200"
    assert ask(plain, "advance", "25h")["aheadMilliseconds"] == 25 * 3_600_000
    assert status() == "401"
    frozen = ask(plain, "freeze")
    assert frozen["frozen"] and ask(plain, "clock")["now"] == frozen["now"]
    assert "ahead of the time outside" in run(plain, "thaw").stdout
    assert ask(plain, "skew", "10m", "--slow")["skewMilliseconds"] == -600_000
    assert ask(plain, "skew", "0s")["skewMilliseconds"] == 0
    wrong = run(plain, "advance", "soon")
    assert wrong.returncode == 64 and "'soon'" in wrong.stderr


def test_state_is_saved_loaded_and_forgotten(tmp_path):
    home = tmp_path / "home"
    with running(home, "--seed", SEED) as server:
        assert run(server, "save", "first").returncode == 0
        run(server, "bot", "add", "parrot")
        assert ask(server, "stats")["bots"] == 2
        assert run(server, "load", "first").returncode == 0
        assert ask(server, "stats")["bots"] == 1
    with running(home) as server:
        assert [one["name"] for one in ask(server, "snapshots")["value"]] == ["first"]
        assert run(server, "reset").returncode == 0
        assert ask(server, "stats")["users"] == 0
        assert run(server, "load", "first").returncode == 0
        assert ask(server, "stats")["users"] == 3
        server.kill()
        server.start()
        assert ask(server, "stats")["users"] == 3
        missing = run(server, "load", "second")
        assert missing.returncode == 65 and "first" in missing.stderr
        assert run(server, "snapshots", "--delete", "first").stdout == "There is no snapshot.\n"


def test_the_example_seed_answers(tmp_path):
    with running(tmp_path / "home", "--seed", SEED) as server:
        users = {user["name"]: user for user in ask(server, "users")["value"]}
        assert {name: user["displayName"] for name, user in users.items()} == {
            "alice": "Alice", "bob": "Bob", "harbour": "Harbour master"}
        assert users["harbour"]["bot"]
        (thread,) = ask(server, "threads")["value"]
        assert (thread["topic"], thread["participants"], thread["messages"]) == ("Boats", 3, 5)
        app = f"""
import os, time
from azure.communication.chat import ChatClient, CommunicationTokenCredential, CommunicationUserIdentifier
from azure.communication.identity import CommunicationIdentityClient
identity = CommunicationIdentityClient.from_connection_string(os.environ["COMMUNICATION_SAMPLES_CONNECTION_STRING"])
token = identity.get_token(CommunicationUserIdentifier({users["alice"]["id"]!r}), ["chat"])
chat = ChatClient(os.environ["AZURE_COMMUNICATION_SERVICE_ENDPOINT"], CommunicationTokenCredential(token.token))
thread = chat.get_chat_thread_client({thread["id"]!r})
thread.send_message("Where is the ferry?")
end = time.monotonic() + 20
while time.monotonic() < end:
    said = [message.content.message for message in thread.list_messages() if message.type == "text"]
    if said[0] == "the ferry is at pier four.":
        break
print(said[:3])
"""
        done = subprocess.run([sys.executable, "-c", app], capture_output=True, text=True, timeout=60,
                              env=clean_environment(server.home) | ask(server, "env"))
        assert done.stdout == "['the ferry is at pier four.', 'Let me look…', 'Where is the ferry?']\n", done.stderr


@pytest.mark.parametrize("text, place, words", [
    ("{users: {", ":1:10:", "expected"),
    ("{\n  users: {a: {bot: 'parrot'}},\n}", ":2:20:", "echo"),
    ("{users: {a: 'A'},\n threads: [{topic: 'x', participants: ['b']}]}", ":2:40:", "no b"),
])
def test_a_wrong_seed_is_refused_with_its_place(tmp_path, text, place, words):
    seed = tmp_path / "seed.json5"
    seed.write_text(text)
    done = subprocess.run(
        [program("confab-emulator"), "--port", "0", "--https-port", "0", "--data", tmp_path / "data", "--seed", seed],
        capture_output=True, text=True, timeout=20, env=clean_environment(tmp_path / "home"))
    assert done.returncode == 65, done.stderr
    assert f"seed.json5{place}" in done.stderr and words in done.stderr


def test_the_log_has_a_line_a_request_and_no_secret(tmp_path):
    log = tmp_path / "requests.jsonl"
    with running(tmp_path / "home", "--random-key", "--log", log) as server:
        app = APP + "\nprint(token.token)"
        done = subprocess.run(
            [sys.executable, "-c", app], capture_output=True, text=True, timeout=60,
            env=clean_environment(server.home) | json.loads(
                run(server, "env", "--json", "--ready-file", server.ready_file).stdout))
        assert done.returncode == 0, done.stderr
        token = done.stdout.split()[1]
        subprocess.run(["curl", "-s", f"{server.facts['httpEndpoint']}/emails:send?sig=hidden"], capture_output=True)
        followed = ask(server, "requests")["value"]
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [(line["method"], line["path"].split("/")[1], line["status"]) for line in lines] == [
        ("POST", "identities", 201), ("POST", "chat", 201), ("POST", "chat", 201), ("GET", "emails:send", 501)]
    assert lines[0]["caller"] == "access key" and lines[1]["caller"].startswith("8:acs:")
    assert lines[1]["apiVersion"] and lines[1]["ms"] > 0 and lines[1]["bytesReceived"] > 0
    assert "email" in lines[3]["why"] and lines[3]["query"] == "sig=…"
    assert [{name: value for name, value in one.items() if name != "number"} for one in followed] == lines
    for secret in (token, token.split(".")[2], server.facts["accessKey"], "hidden"):
        assert secret not in log.read_text()


def test_what_is_refused_before_it_is_read_has_a_line_and_a_reason(tmp_path):
    log = tmp_path / "requests.jsonl"
    upgrade = {"Upgrade": "websocket", "Connection": "close, Upgrade", "Sec_WebSocket_Version": 13}
    requests = [
        (b"GET /chat/\xff HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", ("GET", "/chat/\ufffd", 400)),
        (wire.request("POST", "/sms", Content_Length="2\r\nContent-Length: 40") + b"{}", ("POST", "/sms", 400)),
        (wire.request("POST", "/chat/threads", Content_Length=5_000_000_000), ("POST", "/chat/threads", 413)),
        (wire.request("GET", "/v4/c", **upgrade | {"Sec_WebSocket_Key": "short"}), ("GET", "/v4/c", 400)),
        (wire.request("GET", "/v4/c", **upgrade | {"Sec_WebSocket_Version": 12}), ("GET", "/v4/c", 426)),
        (wire.request("POST", "/v4/f/nobody/x", Content_Length=0), ("POST", "/v4/f/…", 404)),
    ]
    with running(tmp_path / "home", "--log", log) as server:
        answers = [wire.talk(server.facts["httpEndpoint"], data) for data, _ in requests]
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    told = [(line["method"], line["path"], line["status"]) for line in lines]
    assert told == [expected for _, expected in requests]
    assert all(line["why"] for line in lines)
    for answer, (_, expected) in zip(answers, requests):
        head, _, body = answer.partition(b"\r\n\r\n")
        assert wire.status(answer) == expected[2]
        assert b"X-Confab-Why: " in head
        assert b"MS-CV: " in head or expected[1].startswith("/v4/f/")
        # SMS writes a 400 without an envelope, by the member's name.
        outer = {"chat": "CommunicationError", "sms": ""}.get(expected[1].split("/")[1], "error")
        # A push gets the words of real-time events.
        assert expected[1].startswith("/v4/f/") or outer in json.loads(body), body


def test_requests_are_followed(plain):
    command = subprocess.Popen(
        [program("confab-emulator"), "requests", "--follow", "--json"], stdout=subprocess.PIPE, text=True,
        env=clean_environment(plain.home) | {"CONFAB_EMULATOR_ADMIN": plain.facts["adminEndpoint"]})
    try:
        for number in range(3):
            subprocess.run(["curl", "-s", f"{plain.facts['httpEndpoint']}/nothing/{number}"], capture_output=True)
            assert json.loads(command.stdout.readline())["path"] == f"/nothing/{number}"
    finally:
        command.kill()
        command.wait()
        command.stdout.close()


def fingerprint(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()
            if path.name.startswith("emulator.sqlite")}


def damage(kind, file):
    # Brings the log of changes into the file, or that would repair it.
    with closing(sqlite3.connect(file)) as store:
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        store.execute("PRAGMA journal_mode = DELETE")
    data = bytearray(file.read_bytes())
    if kind == "newer":
        with closing(sqlite3.connect(file)) as store:
            store.execute("PRAGMA journal_mode = DELETE")
            store.execute("PRAGMA user_version = 9999")
        return
    if kind == "another program's":
        file.unlink()
        with closing(sqlite3.connect(file)) as store:
            store.execute("CREATE TABLE cats (name TEXT)")
        return
    if kind == "overwritten at its start":
        data[:64] = b"no database" + bytes(53)
    elif kind == "overwritten in its middle":
        data[8192:-4096] = os.urandom(len(data) - 12_288)
    elif kind == "cut off":
        data = data[:len(data) // 2 // 4096 * 4096 + 100]
    elif kind == "overwritten with noise":
        data = bytearray(os.urandom(20_000))
    file.write_bytes(data)


@pytest.mark.parametrize("kind", [
    "newer", "another program's", "overwritten at its start", "overwritten in its middle", "cut off", "overwritten with noise"])
def test_a_database_that_cannot_be_used_is_refused_and_left_as_it_is(tmp_path, kind):
    home = tmp_path / "home"
    with running(home, "--seed", SEED):
        pass
    file = home / "data" / "emulator.sqlite"
    damage(kind, file)
    before = fingerprint(home / "data")
    done = subprocess.run(
        [program("confab-emulator"), "--port", "0", "--https-port", "0", "--data", home / "data"],
        capture_output=True, text=True, timeout=20, env=clean_environment(home))
    assert done.returncode == 65, (done.stdout, done.stderr)
    assert str(file) in done.stderr and "left as it is" in done.stderr and not done.stdout
    assert fingerprint(home / "data") == before
