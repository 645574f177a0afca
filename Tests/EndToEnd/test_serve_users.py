"""What an operator learns and does about users, beside the running service and without it."""

import json
import os
import signal
import stat
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest

from people import identity_client
from servers import TrustedService, program

from azure.communication.identity import CommunicationTokenScope, CommunicationUserIdentifier
from azure.core.exceptions import HttpResponseError


def token_of(service, user, scope="chat,voip"):
    """The grant that the service gives for `user`."""
    address = f"{service.facts['tokenURL']}?user={urllib.parse.quote(user)}&scope={scope}"
    with urllib.request.urlopen(address) as answer:
        return json.load(answer)


def run(service, *words, code=0):
    """Runs `confab-serve` beside that service; its standard output, a line a value."""
    environment = service.environment | {
        "CONFAB_CONNECTION_STRING": service.connection_string, "CONFAB_CERTIFICATE_AUTHORITY": service.authority}
    done = subprocess.run(
        [program("confab-serve"), *words, "--data", service.home / "data"], env=environment, capture_output=True,
        text=True, timeout=30)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout.splitlines() if code == 0 else done.stderr


@pytest.fixture
def office(own_emulator, tmp_path):
    """A service with an audit of its own."""
    service = TrustedService(tmp_path / "service", own_emulator)
    service.arguments += ["--audit-log", str(tmp_path / "audit.log")]
    service.connection_string = own_emulator.connection_string
    service.authority = own_emulator.facts["certificate"]
    service.audit = tmp_path / "audit.log"
    with service:
        yield service


def audit_of(office):
    return [json.loads(line) for line in office.audit.read_text().splitlines()]


@pytest.mark.parametrize("is_running", [True, False])
def test_each_token_is_explained(office, is_running):
    grant = token_of(office, "Alice", "chat")
    token_of(office, "alice")
    token_of(office, "bob")
    if not is_running:
        office.stop()
    account = json.loads(run(office, "explain", "ALICE", "--json")[0])
    identity = grant["user"]["communicationUserId"]
    assert account["identity"] == identity and account["name"] == "alice"
    assert [one["scopes"] for one in account["tokens"]] == [["chat", "voip"], ["chat"]]
    for one in account["tokens"]:
        assert one["identity"] == identity and one["condition"] == "valid"
        assert (one["credential"], one["caller"], one["reason"]) == ("access key", "nobody", "GET /token")
    assert account["tokens"][1]["expiresOn"][:19] == grant["expiresOn"][:19]
    lines = run(office, "explain", identity)
    assert lines[0].startswith(f"alice  {identity}  shown as Alice") and len(lines) == 3
    assert [line.split()[0] for line in run(office, "users")] == ["alice", "bob"]
    assert "Nobody is known as 'carol'" in run(office, "explain", "carol", code=65)


@pytest.mark.parametrize("is_running", [True, False])
def test_revoked_tokens_are_refused_by_the_service_behind(office, own_emulator, is_running):
    grant = token_of(office, "alice")
    request = urllib.request.Request(
        f"{own_emulator.facts['httpEndpoint']}/chat/threads?api-version=2024-03-07",
        headers={"Authorization": f"Bearer {grant['token']}"})
    assert urllib.request.urlopen(request).status == 200
    if not is_running:
        office.stop()
    assert "worthless" in run(office, "revoke", "alice")[0]
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert refused.value.code == 401
    account = json.loads(run(office, "explain", "alice", "--json")[0])
    assert account["tokens"][0]["condition"] == "revoked"
    assert [one["caller"] for one in account["revocations"]] == ["operator"]


@pytest.mark.parametrize("is_running", [True, False])
def test_an_erased_user_is_gone_everywhere(office, own_emulator, is_running):
    identity = token_of(office, "Rumpelstiltskin")["user"]["communicationUserId"]
    if not is_running:
        office.stop()
    event = json.loads(run(office, "erase", "rumpelstiltskin", "--json")[0])
    assert event == {"event": "erased", "identity": identity}
    with pytest.raises(HttpResponseError):
        identity_client(own_emulator).get_token(
            CommunicationUserIdentifier(identity), [CommunicationTokenScope.CHAT])
    run(office, "explain", identity, code=65)
    run(office, "erase", "rumpelstiltskin", code=65)
    office.stop()
    for file in (office.home / "data").iterdir():
        assert b"rumpelstiltskin" not in file.read_bytes().lower(), file


def test_an_erasure_that_was_interrupted_goes_on_at_the_next_start(office, own_emulator):
    identity = token_of(office, "alice")["user"]["communicationUserId"]
    own_emulator.kill()
    words = run(office, "erase", "alice", code=69)
    assert "out of the directory, but ACS has not deleted the identity" in words
    assert json.loads(run(office, "explain", "alice", "--json")[0])["isBeingErased"] is True
    own_emulator.restart()
    office.kill()
    office.start()
    deadline = time.monotonic() + 10
    while True:
        try:
            run(office, "explain", "alice", "--json")
        except AssertionError as error:
            assert "Nobody is known" in str(error)
            break
        assert time.monotonic() < deadline
    assert audit_of(office)[-1]["event"] == "userErased" and audit_of(office)[-1]["identity"] == identity


def test_one_audit_line_a_token_in_a_file_of_the_owners_own(office):
    grants = [token_of(office, user) for user in ("alice", "bob", "alice")]
    lines = audit_of(office)
    assert [line["event"] for line in lines] == ["tokenIssued"] * 3
    assert [line["identity"] for line in lines] == [grant["user"]["communicationUserId"] for grant in grants]
    assert stat.S_IMODE(office.audit.stat().st_mode) == 0o600
    text = office.audit.read_text()
    assert "alice" not in text and not any(grant["token"] in text for grant in grants)
    # As logrotate does it.
    old = office.audit.with_suffix(".old")
    office.audit.rename(old)
    office.process.send_signal(signal.SIGHUP)
    deadline = time.monotonic() + 10
    while not office.audit.exists():
        assert time.monotonic() < deadline, "the file was not opened anew"
    token_of(office, "carol")
    assert len(audit_of(office)) == 1 and len(old.read_text().splitlines()) == 3


def test_what_was_acknowledged_outlives_a_kill(office):
    given = {user: token_of(office, user)["user"]["communicationUserId"] for user in ("alice", "bob", "carol")}
    office.kill()
    for user, identity in given.items():
        account = json.loads(run(office, "explain", user, "--json")[0])
        assert account["identity"] == identity and len(account["tokens"]) == 1
    office.start()
    assert {user: token_of(office, user)["user"]["communicationUserId"] for user in given} == given


def test_a_second_instance_on_the_same_folder_says_so(office):
    words = run(office, "--port", "0", code=69)
    assert f"{office.home / 'data'} is in use by another process" in words


def test_a_folder_without_users_stays_as_it_is(office):
    office.stop()
    other = office.home / "other"
    environment = office.environment | {"CONFAB_CONNECTION_STRING": office.connection_string}
    for command in (["users"], ["explain", "alice"], ["erase", "alice"], ["revoke", "alice"]):
        done = subprocess.run([program("confab-serve"), *command, "--data", other], env=environment, capture_output=True, text=True)
        assert done.returncode == 78 and "There are no users in" in done.stderr
    assert not os.path.exists(other)
