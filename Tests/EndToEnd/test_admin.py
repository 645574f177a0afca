"""`confab identity`, `token issue`, `sms`, `quickstart` and `cleanup`, typed as a person would."""

import base64
import hashlib
import hmac
import json
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request
from email.utils import formatdate
from pathlib import Path

import pytest
from azure.communication.identity import CommunicationUserIdentifier
from azure.core.exceptions import HttpResponseError

from credentials import IDENTITIES, KEYS, NOWHERE
from passage import DENIED, Answering, Passage
from people import identity_client
from secrecy import note
from servers import clean_environment, program
from terminal import Terminal

ID = r"8:acs:[0-9a-f-]{36}_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
TOKEN = r"eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+"
FOREIGN = "8:acs:00000000-0000-4000-8000-000000000000_0000000c-005a-9fcc-ac00-343a0d007710"
TRANSCRIPT = """Azure Communication Services - Access Tokens Quickstart

Issued a access token with 'voip' scope for identity with ID: {id}:
{token}

Issued a access token with 'chat' scope for identity with ID: {id}:
{token}

Successfully deleted the identity with ID: {id}

Deleted the identity with ID: {id}
"""


class Prompt:
    """A person at a prompt, with a home of their own and a credential in the environment."""

    def __init__(self, home, emulator):
        self.home, self.emulator = home, emulator
        self.environment = clean_environment(home) | {
            "CONFAB_CONNECTION_STRING": emulator.connection_string,
            "CONFAB_CERTIFICATE_AUTHORITY": emulator.facts["certificate"]}

    def at(self, endpoint):
        """Where requests go from now on."""
        self.environment["CONFAB_CONNECTION_STRING"] = (
            f"endpoint={endpoint}/;accesskey={self.emulator.facts['accessKey']}")
        return self

    def __call__(self, *arguments, given=""):
        return subprocess.run(
            [program("confab"), *map(str, arguments)], input=given, capture_output=True, text=True, timeout=30,
            env=self.environment)

    def start(self, *arguments, **options):
        """Starts a command that does not end by itself."""
        return subprocess.Popen(
            [program("confab"), *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, env=self.environment, **options)

    @property
    def journal(self):
        return self.home / "state" / "confab" / "identities.jsonl"

    def remembered(self):
        """The ids that the journal has."""
        return [one["id"] for one in json.loads(self("cleanup", "--list", "--json").stdout)["identities"]]


@pytest.fixture
def prompt(emulator, tmp_path):
    return Prompt(tmp_path / "person", emulator)


def exists(emulator, identity):
    """Whether the service still has an identity, by Microsoft's SDK."""
    try:
        identity_client(emulator).get_token(CommunicationUserIdentifier(identity), ["chat"])
        return True
    except HttpResponseError as error:
        assert (error.status_code, error.error.code) == (401, "IdentityNotOwned")
        return False


def status_of_chat(emulator, token):
    """What Chat says to a token."""
    request = urllib.request.Request(
        f"{emulator.facts['httpEndpoint']}/chat/threads?api-version=2024-03-07",
        headers={"Authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def claims(prompt, token):
    """What a token says, by `confab token inspect`."""
    done = prompt("token", "inspect", "--json", "-", given=token)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def wait_until_taken(process):
    """Waits until a signal that was sent has reached the program."""
    deadline = time.monotonic() + 10
    while "ShdPnd:\t0000000000000000" not in Path(f"/proc/{process.pid}/status").read_text():
        assert time.monotonic() < deadline, "the program takes no signal"


# Quickstart

def test_the_quickstart_in_a_pipe(prompt, emulator):
    done = prompt("quickstart")
    assert (done.returncode, done.stderr) == (0, "")
    identity = re.search(ID, done.stdout).group()
    assert done.stdout == TRANSCRIPT.format(id=identity, token="<redacted>")
    assert not exists(emulator, identity)
    assert prompt.remembered() == []


def test_the_quickstart_on_a_terminal(prompt, emulator):
    with Terminal([program("confab"), "quickstart"], prompt.environment, columns=200) as terminal:
        assert terminal.exit_code() == 0
        said = terminal.raw.decode()
    identity = re.search(ID, said).group()
    assert said == TRANSCRIPT.format(id=identity, token="<redacted>").replace("\n", "\r\n")
    assert not exists(emulator, identity)


def test_the_quickstart_shows_tokens_when_asked(prompt):
    done = prompt("quickstart", "--show-token")
    identity = re.search(ID, done.stdout).group()
    tokens = re.findall(TOKEN, done.stdout)
    assert re.sub(TOKEN, "{token}", done.stdout).replace(identity, "{id}") == TRANSCRIPT
    assert [claims(prompt, token)["scopes"] for token in tokens] == [["voip"], ["chat"]]
    assert {claims(prompt, token)["identity"] for token in tokens} == {identity}


def test_the_quickstart_speaks_json(prompt):
    said = json.loads(prompt("quickstart", "--json").stdout)
    assert [token["scope"] for token in said["tokens"]] == ["voip", "chat"]
    assert said["deleted"] is True and "token" not in said["tokens"][0]


def test_a_step_of_the_quickstart_fails(prompt, emulator):
    with Passage(emulator.facts["httpEndpoint"], break_at=":issueAccessToken") as passage:
        done = prompt.at(passage.endpoint)("quickstart")
    assert done.returncode == 69
    assert "Failed issuing a token" in done.stderr and "503" in done.stderr
    identity = re.search(ID, done.stdout).group()
    assert done.stdout.endswith(f"\nDeleted the identity with ID: {identity}\n")
    assert not exists(emulator, identity)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_quickstart_that_is_stopped_deletes_its_identity(number, prompt, emulator):
    with Passage(emulator.facts["httpEndpoint"], hold=":issueAccessToken") as passage:
        process = prompt.at(passage.endpoint).start("quickstart")
        assert passage.held.wait(10)
        process.send_signal(number)
        # What is held is given up at once; the test never lets it go before the end.
        output, errors = process.communicate(timeout=10)
    assert (process.returncode, errors) == (-number, "")
    identity = re.search(ID, output).group()
    assert "Issued" not in output
    assert output.endswith(f"\nDeleted the identity with ID: {identity}\n")
    assert not exists(emulator, identity)


def test_ctrl_c_on_a_terminal(prompt, emulator):
    with Passage(emulator.facts["httpEndpoint"], hold=":issueAccessToken") as passage:
        prompt.at(passage.endpoint)
        with Terminal([program("confab"), "quickstart"], prompt.environment, columns=200) as terminal:
            assert passage.held.wait(10)
            terminal.press("C-c")
            assert terminal.exit_code() == -signal.SIGINT
            identity = re.search(ID, terminal.raw.decode()).group()
    assert not exists(emulator, identity)


def test_a_signal_while_the_identity_is_made_loses_nothing(prompt, emulator):
    with Passage(emulator.facts["httpEndpoint"], hold="POST /identities") as passage:
        process = prompt.at(passage.endpoint).start("quickstart")
        assert passage.held.wait(10)
        process.send_signal(signal.SIGINT)
        passage.let_go()
        output, _ = process.communicate(timeout=10)
    assert process.returncode == -signal.SIGINT
    assert [line.split()[0] for line in passage.requests] == ["POST", "DELETE", "POST"]
    assert not exists(emulator, re.search(ID, output).group())


@pytest.mark.parametrize("command", [["identity", "create"], ["token", "issue", "--scope", "chat"]])
def test_a_signal_while_another_command_makes_an_identity(command, prompt, emulator):
    """It is noted first, so that cleanup finds it."""
    with Passage(emulator.facts["httpEndpoint"], hold="POST /identities") as passage:
        process = prompt.at(passage.endpoint).start(*command)
        assert passage.held.wait(10)
        process.send_signal(signal.SIGINT)
        wait_until_taken(process)
        passage.let_go()
        process.communicate(timeout=10)
        assert process.returncode == -signal.SIGINT
        [identity] = prompt.remembered()
    assert exists(emulator, identity)


def test_a_signal_while_a_token_alone_is_issued(prompt, emulator):
    identity = prompt("identity", "create").stdout.strip()
    with Passage(emulator.facts["httpEndpoint"], hold=":issueAccessToken") as passage:
        process = prompt.at(passage.endpoint).start("token", "issue", "--scope", "chat", "--identity", identity)
        assert passage.held.wait(10)
        process.send_signal(signal.SIGINT)
        # What is held is given up at once.
        assert process.communicate(timeout=10) == ("", "")
    assert process.returncode == -signal.SIGINT


@pytest.mark.parametrize("times, code", [(1, 0), (3, 69)])
def test_a_deletion_of_the_quickstart_fails(times, code, prompt, emulator):
    with Passage(emulator.facts["httpEndpoint"], break_at="DELETE", breaks=times) as passage:
        done = prompt.at(passage.endpoint)("quickstart")
        identity = re.search(ID, done.stdout).group()
        left = prompt.remembered()
    assert done.returncode == code
    assert exists(emulator, identity) is bool(code) and left == ([identity] if code else [])
    if code:
        assert "eleted" not in done.stdout
        assert f"{identity} may still be there; `confab cleanup` deletes it." in done.stderr
    else:
        assert (done.stdout, done.stderr) == (TRANSCRIPT.format(id=identity, token="<redacted>"), "")


def test_a_second_ctrl_c_ends_it_at_once(prompt, emulator):
    """What it leaves is left to cleanup."""
    with Passage(emulator.facts["httpEndpoint"], hold="/identities/") as passage:
        process = prompt.at(passage.endpoint).start("quickstart")
        assert passage.held.wait(10)
        passage.held.clear()
        process.send_signal(signal.SIGINT)
        # Now it waits for the deletion.
        assert passage.held.wait(10)
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=10)
        assert process.returncode == -signal.SIGINT
        assert "eleted" not in output
        assert len(prompt.remembered()) == 1


def test_a_reader_that_leaves_early(prompt, emulator):
    with Passage(emulator.facts["httpEndpoint"], hold="/:issueAccessToken") as passage:
        process = prompt.at(passage.endpoint).start("quickstart")
        assert process.stdout.readline().startswith("Azure")
        process.stdout.close()
        assert passage.held.wait(10)
        identity = prompt.remembered()[0]
        passage.let_go()
        assert process.wait(10) == 0
        process.stderr.close()
    assert not exists(emulator, identity)


def test_what_a_killed_quickstart_left_is_cleaned_up(prompt, emulator):
    with Passage(emulator.facts["httpEndpoint"], hold=":issueAccessToken") as passage:
        process = prompt.at(passage.endpoint).start("quickstart")
        assert passage.held.wait(10)
        process.kill()
        process.communicate(timeout=10)
        passage.let_go()
        passage.hold = None
        [identity] = prompt.remembered()
        assert exists(emulator, identity)
        assert prompt.journal.stat().st_mode & 0o777 == 0o600
        # Nobody to ask: nothing is deleted.
        asked = prompt("cleanup")
        assert asked.returncode == 64 and "give --yes" in asked.stderr and identity in asked.stderr
        assert exists(emulator, identity)
        done = prompt("cleanup", "--yes")
        assert (done.returncode, done.stdout, done.stderr) == (0, f"deleted {identity}\n", "")
    assert not exists(emulator, identity)
    assert prompt.remembered() == []


# Cleanup

def test_cleanup_asks_on_a_terminal(prompt, emulator):
    identity = prompt("identity", "create").stdout.strip()
    for answer, is_there in (("n", True), ("", True), ("y", False)):
        with Terminal([program("confab"), "cleanup"], prompt.environment, columns=200) as terminal:
            terminal.wait_for("Delete 1 identity? [y/N]", identity)
            terminal.type(answer + "\r")
            assert terminal.exit_code() == 0
        assert exists(emulator, identity) is is_there


def test_cleanup_leaves_other_resources_alone(prompt, emulator):
    identity = prompt("identity", "create").stdout.strip()
    with Passage(emulator.facts["httpEndpoint"]) as passage:
        done = prompt.at(passage.endpoint)("cleanup", "--yes")
        assert passage.requests == []
    assert done.returncode == 0
    assert f"1 identity of {emulator.endpoint}" in done.stderr
    assert exists(emulator, identity) and prompt.remembered() == [identity]


def test_cleanup_of_what_somebody_else_deleted(prompt, emulator):
    ids = [prompt("identity", "create").stdout.strip() for _ in range(2)]
    identity_client(emulator).delete_user(CommunicationUserIdentifier(ids[0]))
    done = prompt("cleanup", "--yes", "--json")
    assert json.loads(done.stdout) == {"deleted": ids[1:], "goneAlready": ids[:1], "failed": [], "notTried": []}
    assert prompt.remembered() == []


def test_cleanup_at_a_service_in_trouble(prompt, emulator):
    with Passage(emulator.facts["httpEndpoint"], break_at="DELETE") as passage:
        prompt.at(passage.endpoint)
        ids = [prompt("identity", "create").stdout.strip() for _ in range(3)]
        done = prompt("cleanup", "--yes")
        assert [line.split()[0] for line in passage.requests] == ["POST", "POST", "POST", "DELETE"]
    assert (done.returncode, done.stdout) == (69, "")
    assert f"{ids[0]} was not deleted" in done.stderr
    assert f"not tried after that: {ids[1]} {ids[2]}" in done.stderr
    assert prompt.remembered() == ids


# Identities

def test_identities_come_and_go(prompt, emulator):
    ids = [prompt("identity", "create").stdout.strip() for _ in range(2)]
    assert all(re.fullmatch(ID, one) and exists(emulator, one) for one in ids)
    assert prompt.remembered() == ids
    done = prompt("identity", "delete", *ids)
    assert (done.returncode, done.stdout) == (0, "".join(f"deleted {one}\n" for one in ids))
    assert not any(exists(emulator, one) for one in ids)
    assert prompt.remembered() == []


def test_an_identity_with_its_first_token(prompt):
    plain = prompt("identity", "create", "--scope", "chat").stdout
    identity, token = plain.splitlines()
    assert claims(prompt, token)["identity"] == identity
    said = json.loads(prompt("identity", "create", "--scope", "chat", "--expires-in", "2h", "--json").stdout)
    inside = claims(prompt, said["accessToken"]["token"])
    assert inside["identity"] == said["identity"]["id"]


def test_revoking_bites(prompt, emulator):
    identity, token = prompt("identity", "create", "--scope", "chat").stdout.splitlines()
    assert status_of_chat(emulator, token) == 200
    done = prompt("identity", "revoke", identity)
    assert (done.returncode, done.stdout) == (0, f"revoked {identity}\n")
    assert status_of_chat(emulator, token) == 401
    later = prompt("token", "issue", "--identity", identity, "--scope", "chat").stdout.strip()
    assert status_of_chat(emulator, later) == 200


@pytest.mark.parametrize("command", [["identity", "delete"], ["identity", "revoke"],
                                     ["token", "issue", "--scope", "chat", "--identity"]])
def test_a_foreign_identity(command, prompt):
    done = prompt(*command, FOREIGN)
    assert (done.returncode, done.stdout) == (77, "")
    assert "Provided identity doesn't belong to the resource." in done.stderr
    assert "[401 IdentityNotOwned]" in done.stderr


def test_a_foreign_identity_among_others(prompt, emulator):
    ids = [prompt("identity", "create").stdout.strip() for _ in range(2)]
    done = prompt("identity", "delete", ids[0], FOREIGN, ids[1], "--json")
    said = json.loads(done.stdout)
    assert done.returncode == 77
    assert said["deleted"] == ids and said["notTried"] == []
    assert [(one["id"], one["code"]) for one in said["failed"]] == [(FOREIGN, "IdentityNotOwned")]
    assert not any(exists(emulator, one) for one in ids)


# Tokens

def test_a_token_alone_on_standard_output(prompt, emulator):
    before = int(time.time())
    done = prompt("token", "issue", "--scope", "chat", "--scope", "voip", "--expires-in", "90m")
    assert done.returncode == 0
    assert re.fullmatch(TOKEN + "\n", done.stdout)
    inside = claims(prompt, done.stdout)
    assert inside["scopes"] == ["chat", "voip"]
    assert f"the new identity {inside['identity']}" in done.stderr
    assert not re.search(TOKEN, done.stderr)
    assert prompt.remembered() == [inside["identity"]]
    assert status_of_chat(emulator, done.stdout.strip()) == 200
    payload = json.loads(prompt("token", "inspect", "--json", "-", given=done.stdout).stdout)
    end = time.strptime(payload["expiresOn"][:19], "%Y-%m-%dT%H:%M:%S")
    assert 5390 <= time.mktime(end) - time.timezone - before <= 5410


def test_a_token_of_an_identity_and_quiet(prompt):
    identity = prompt("identity", "create").stdout.strip()
    done = prompt("token", "issue", "--identity", identity, "--scope", "voip", "--quiet")
    assert done.stderr == "" and claims(prompt, done.stdout)["identity"] == identity
    said = json.loads(prompt("token", "issue", "--identity", identity, "--scope", "voip", "--json").stdout)
    assert said["identity"]["id"] == identity
    # A token service's answer, which Confab's own client understands.
    assert claims(prompt, json.dumps(said))["identity"] == identity
    assert prompt.remembered() == [identity]


def test_verbose_tells_requests_and_no_secrets(prompt, emulator):
    done = prompt("token", "issue", "--scope", "chat", "--verbose")
    assert re.search(
        rf"^POST {re.escape(emulator.endpoint)}/identities 201 \d+ ms$", done.stderr, re.MULTILINE)
    assert done.stdout.strip() not in done.stderr
    assert emulator.facts["accessKey"] not in done.stderr
    del prompt.environment["CONFAB_CONNECTION_STRING"]
    prompt.environment["AZURE_POD_IDENTITY_AUTHORITY_HOST"] = imds = emulator.facts["imdsEndpoint"]
    done = prompt("identity", "create", "--verbose", "--identity-source", "imds", "--endpoint", emulator.endpoint)
    assert f"GET {imds}/metadata/identity/oauth2/token 200 " in done.stderr and "?" not in done.stderr


# Text messages

def outbox(emulator):
    with urllib.request.urlopen(f"{emulator.facts['adminEndpoint']}/sms?limit=1000") as answer:
        return json.loads(answer.read())["value"]


@pytest.fixture
def number(emulator):
    return emulator.facts["phoneNumbers"][0]


def test_a_message_is_sent(prompt, emulator, number):
    mark = f"mark {time.monotonic_ns()}"
    done = prompt("sms", "send", "--from", number, "--to", "+14255550123", "--tag", mark, "--delivery-report", "Hej 🍜")
    assert done.returncode == 0, done.stderr
    [sent] = [one for one in outbox(emulator) if one.get("tag") == mark]
    assert (sent["to"], sent["message"]) == ("+14255550123", "Hej 🍜")
    assert re.fullmatch(r"\+14255550123  sent  Outgoing_\S+\n", done.stdout)


def test_a_message_from_a_pipe(prompt, emulator, number):
    mark = f"mark {time.monotonic_ns()}"
    done = prompt("sms", "send", "--from", number, "--to", "+14255550123", "--to", "+14255550124", "--tag", mark,
                  "--json", "-", given="two\nlines\n")
    rows = json.loads(done.stdout)["value"]
    assert [row["successful"] for row in rows] == [True, True]
    assert {one["message"] for one in outbox(emulator) if one.get("tag") == mark} == {"two\nlines"}


def test_one_good_and_one_bad_number(prompt, emulator, number):
    mark = f"mark {time.monotonic_ns()}"
    done = prompt("sms", "send", "--from", number, "--to", "+14255550123", "--to", "+1425555012345", "--tag", mark, "Hi")
    assert done.returncode == 65
    rows = done.stdout.splitlines()
    assert len(rows) == 2 and rows[0].startswith("+14255550123  sent  Outgoing_")
    assert rows[1] == "+1425555012345  not sent  400 Invalid To phone number format."
    assert done.stderr == "confab: not sent to +1425555012345 (1 of 2)\n"
    assert [one["to"] for one in outbox(emulator) if one.get("tag") == mark] == ["+14255550123"]


def test_a_number_of_somebody_else(prompt):
    done = prompt("sms", "send", "--from", "+15550000000", "--to", "+14255550123", "Hi")
    assert (done.returncode, done.stdout) == (77, "")
    assert "Check that the number +15550000000 is the resource's own." in done.stderr


def test_the_sms_services_own_complaint(prompt):
    with Answering(400, b'{"From":["Invalid from phone number format."]}', Content_Type="application/json") as service:
        done = prompt.at(service.endpoint)("sms", "send", "--from", "nobody", "--to", "+14255550123", "Hi")
    assert done.returncode == 65
    assert "From: Invalid from phone number format. [400]" in done.stderr


# Credentials

@pytest.mark.parametrize("kind", [*KEYS, *IDENTITIES])
def test_every_credential_issues_tokens_and_sends_messages(kind, emulator, number, tmp_path):
    arguments, variables = (KEYS | IDENTITIES)[kind](emulator, tmp_path)
    if kind in IDENTITIES:
        arguments += ["--endpoint", emulator.endpoint]
    environment = clean_environment(tmp_path / "person") | {
        "CONFAB_CERTIFICATE_AUTHORITY": emulator.facts["certificate"], "PATH": "/nowhere",
        "AZURE_POD_IDENTITY_AUTHORITY_HOST": NOWHERE} | variables

    def run(*words):
        return subprocess.run([program("confab"), *words, *map(str, arguments)], capture_output=True, text=True,
                              timeout=30, env=environment)

    token = run("token", "issue", "--scope", "chat", "--quiet")
    assert (token.returncode, token.stderr) == (0, ""), token.stderr
    assert status_of_chat(emulator, token.stdout.strip()) == 200
    message = run("sms", "send", "Hi", "--from", number, "--to", "+14255550123")
    assert message.returncode == 0, message.stderr
    cleanup = run("cleanup", "--yes")
    assert cleanup.stdout.startswith("deleted 8:acs:"), cleanup.stderr


def signed(emulator, method, target, body=b""):
    """The headers of a request that is signed with the access key."""
    date = formatdate(usegmt=True)
    host = emulator.facts["httpEndpoint"].removeprefix("http://")
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    text = f"{method}\n{target}\n{date};{host};{digest}"
    mac = hmac.new(base64.b64decode(emulator.facts["accessKey"]), text.encode(), hashlib.sha256).digest()
    return {"x-ms-date": date, "x-ms-content-sha256": digest,
            "Authorization": "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="
                             + base64.b64encode(mac).decode()}


def entra_token(emulator):
    """The headers of a request with a managed identity's token."""
    address = (f"{emulator.facts['imdsEndpoint']}/metadata/identity/oauth2/token"
               "?api-version=2018-02-01&resource=https://communication.azure.com/")
    with urllib.request.urlopen(urllib.request.Request(address, headers={"Metadata": "true"})) as answer:
        return {"Authorization": f"Bearer {json.loads(answer.read())['access_token']}"}


PLANES = {
    "Identity": ("POST", "/identities?api-version=2023-10-01", b""),
    "SMS": ("POST", "/sms?api-version=2021-03-07", b"{}"),
    "Rooms": ("GET", "/rooms?api-version=2024-04-15", b""),
    "Call Automation": ("GET", "/calling/callConnections/nobody?api-version=2024-04-15", b""),
    "Chat": ("GET", "/chat/threads?api-version=2024-03-07", b""),
}


@pytest.mark.parametrize("plane", PLANES)
def test_who_takes_what(plane, prompt, emulator):
    """Chat takes user access tokens alone, the others all but those: the emulator rules as the service does."""
    method, target, body = PLANES[plane]
    token = prompt("token", "issue", "--scope", "chat", "--quiet").stdout.strip()
    taken = {}
    for kind, headers in (("key", signed(emulator, method, target, body)), ("identity", entra_token(emulator)),
                          ("user", {"Authorization": f"Bearer {token}"})):
        request = urllib.request.Request(
            emulator.facts["httpEndpoint"] + target, method=method, data=body if method == "POST" else None,
            headers=headers | {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request) as answer:
                status = answer.status
        except urllib.error.HTTPError as error:
            status = error.code
        taken[kind] = status not in (401, 403)
    chat = plane == "Chat"
    assert taken == {"key": not chat, "identity": not chat, "user": chat}


@pytest.mark.alone
def test_an_absent_metadata_server(prompt):
    del prompt.environment["CONFAB_CONNECTION_STRING"]
    prompt.environment |= {"AZURE_POD_IDENTITY_AUTHORITY_HOST": NOWHERE, "PATH": "/nowhere"}
    began = time.monotonic()
    done = prompt("token", "issue", "--scope", "chat", "--managed-identity", "--endpoint", prompt.emulator.endpoint)
    assert time.monotonic() - began < 2
    assert (done.returncode, done.stdout) == (69, "")
    assert "There is no metadata server" in done.stderr


@pytest.mark.parametrize("minutes, words", [
    (20, "clock is about 20 min behind the service's"), (-20, "clock is about 20 min ahead of the service's")])
def test_a_clock_that_is_off(minutes, words, prompt):
    date = formatdate(time.time() + minutes * 60, usegmt=True)
    with Answering(401, DENIED, Date=date, Content_Type="application/json") as service:
        done = prompt.at(service.endpoint)("identity", "create")
    assert done.returncode == 77
    assert words in done.stderr


# Bad input

KEY = "a2V5IG9mIGEgdGVzdCwgbm8gc2VjcmV0"

WRONG = {
    "unknown scope": (["token", "issue", "--scope", "viop"], 64, "; did you mean 'voip'?"),
    "no scope": (["token", "issue"], 64, "option '--scope' is missing"),
    "59 minutes": (["token", "issue", "--scope", "chat", "--expires-in", "59m"], 64, "from 1h to 1d"),
    "1441 minutes": (["token", "issue", "--scope", "chat", "--expires-in", "1441m"], 64, "from 1h to 1d"),
    "59 minutes of an identity": (
        ["identity", "create", "--scope", "chat", "--expires-in", "59m"], 64, "from 1h to 1d"),
    "half a minute": (["token", "issue", "--scope", "chat", "--expires-in", "3601s"], 64, "whole minutes"),
    "lifetime of nothing": (["identity", "create", "--expires-in", "2h"], 64, "needs '--scope'"),
    "no identity": (["identity", "delete"], 64, "operand ID is missing"),
    "a name": (["identity", "revoke", "alice"], 64, '"alice" is no identity'),
    "good and bad ids": (["identity", "delete", FOREIGN, "alice"], 64, '"alice" is no identity'),
    "long text": (["sms", "send", "--from", "+1", "--to", "+2", "x" * 2049], 65, "has 2049 characters"),
    "empty text": (["sms", "send", "--from", "+1", "--to", "+2", ""], 65, "no text to send"),
    "no sender": (["sms", "send", "--to", "+2", "x"], 64, "option '--from' is missing"),
    "no recipient": (["sms", "send", "--from", "+1", "x"], 64, "option '--to' is missing"),
    "number without plus": (["sms", "send", "--from", "+1", "--to", "14255550123", "x"], 64, "is no number"),
    "unknown command": (["identity", "mkae"], 64, "unknown command 'mkae'"),
    "two credentials": (
        ["quickstart", "--connection-string-file", "x", "--managed-identity"], 64, "exclude each other"),
    "no such file": (["quickstart", "--connection-string-file", "/nowhere/x"], 78, "/nowhere/x cannot be read"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_cannot_work_is_refused_before_anything_is_sent(what, prompt):
    arguments, code, words = WRONG[what]
    with Answering(500) as service:
        done = prompt.at(service.endpoint)(*arguments)
        assert service.requests == []
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert words in done.stderr
    assert not prompt.journal.exists() or prompt.journal.read_text() == ""


BROKEN = {
    "no endpoint": (f"accesskey={KEY}", "has no endpoint"),
    "no key": ("endpoint=https://a.example/", "has no accesskey"),
    "nonsense": ("nothing but nonsense", "is not name=value"),
    "no base64": ("endpoint=https://a.example/;accesskey=%%not base64%%", "The access key is not Base64."),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_connection_string(what, prompt):
    text, words = BROKEN[what]
    prompt.environment["CONFAB_CONNECTION_STRING"] = text
    for command in (["identity", "create"], ["quickstart"], ["cleanup", "--yes"]):
        done = prompt(*command)
        assert done.returncode == 78, done.stderr
        assert words in done.stderr
        assert KEY not in done.stderr and "%%not" not in done.stderr


def test_a_wrong_key(prompt, emulator):
    key = "d3JvbmcgYnV0IGdvb2QgQmFzZTY0"
    note("wrong key", key)
    prompt.environment["CONFAB_CONNECTION_STRING"] = f"endpoint={emulator.endpoint}/;accesskey={key}"
    done = prompt("quickstart")
    assert done.returncode == 77
    assert done.stdout == TRANSCRIPT.splitlines()[0] + "\n"
    assert "[401 Denied]" in done.stderr


@pytest.mark.parametrize("status, headers, code, words", [
    (429, {"Retry_After": "7"}, 69, "The service asks to slow down. [429] Try again in 7 s."),
    (500, {}, 69, "The service failed; try again later. [500]"),
    (200, {}, 65, "the answer cannot be understood"),
])
def test_a_service_in_trouble(status, headers, code, words, prompt):
    with Answering(status, **headers) as service:
        done = prompt.at(service.endpoint)("identity", "create")
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr


def test_a_service_that_is_not_there(prompt):
    done = prompt.at(NOWHERE)("identity", "create")
    assert done.returncode == 69 and NOWHERE.removeprefix("http://") in done.stderr


def test_an_answer_that_would_steer_the_terminal(prompt):
    body = json.dumps({"error": {"code": "\x1b[31m", "message": "\x1b]0;owned\x07 \x9b1m"}}).encode()
    with Answering(400, body, Content_Type="application/json") as service:
        done = prompt.at(service.endpoint)("identity", "create")
    assert done.returncode == 65 and not re.search("[\x1b\x07\x9b]", done.stdout + done.stderr)


def test_a_home_that_cannot_be_written(prompt):
    prompt.environment["XDG_STATE_HOME"] = "/proc/nowhere"
    done = prompt("identity", "create")
    assert (done.returncode, done.stdout) == (78, "")
    assert "XDG_STATE_HOME" in done.stderr


@pytest.mark.parametrize("command", [
    ["identity"], ["identity", "create"], ["identity", "delete"], ["identity", "revoke"], ["token", "issue"], ["sms"],
    ["sms", "send"], ["quickstart"], ["cleanup"]])
def test_help(command, prompt):
    done = prompt(*command, "--help")
    assert done.returncode == 0 and done.stderr == ""
    assert done.stdout.startswith(f"Usage: confab {' '.join(command)} ")


def test_the_client_lists_them(prompt):
    listed = prompt("--help").stdout
    assert all(re.search(rf"^  {word} ", listed, re.MULTILINE) for word in ("identity", "sms", "quickstart", "cleanup"))
    assert re.search(r"^  issue ", prompt("token", "--help").stdout, re.MULTILINE)
