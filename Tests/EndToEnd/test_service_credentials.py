"""`confab serve` proves itself to ACS in every way that Microsoft's SDKs know; the emulator stands in for Azure."""

import concurrent.futures
import contextlib
import json
import re
import secrets
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from email.utils import formatdate

import pytest

from credentials import (
    IDENTITIES, KEYS, NOWHERE, app_service, azure_cli, client_secret, imds, secret_file, workload)
from passage import DENIED, Answering
from secrecy import note
from servers import Server, clean_environment, program

class Service(Server):
    """`confab-serve` with a credential of any kind."""

    def __init__(self, home, emulator, *arguments, **variables):
        super().__init__(
            "confab-serve", *arguments, "--certificate-authority", emulator.facts["certificate"], "--port", 0,
            "--memory", "--verbose", home=home)
        # Unless a test says otherwise nothing answers as a metadata server, and no Azure CLI is found.
        self.environment |= {"AZURE_POD_IDENTITY_AUTHORITY_HOST": NOWHERE, "PATH": "/nowhere"} | variables

    def token(self, name):
        """Status and answer of a request for a token; the answer's text when it is no JSON."""
        address = f"{self.facts['tokenURL']}?{urllib.parse.urlencode({'name': name})}"
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())["error"]


@pytest.mark.parametrize("kind", [*KEYS, *IDENTITIES])
def test_every_credential_gets_tokens(kind, emulator, tmp_path):
    arguments, variables = (KEYS | IDENTITIES)[kind](emulator, tmp_path)
    if kind in IDENTITIES:
        arguments += ["--endpoint", emulator.endpoint]
    with Service(tmp_path / "home", emulator, *arguments, **variables) as service:
        status, answer = service.token("Alice")
        assert status == 200, answer
        assert answer["token"].count(".") == 2
    if "PATH" in variables:
        assert (tmp_path / "cli" / "calls").read_text() == (
            "account get-access-token --output json --resource https://communication.azure.com/\n")


def test_one_token_is_fetched_for_many_requests(own_emulator, tmp_path):
    """All that come first share one, and later ones have it."""
    with Service(tmp_path / "home", own_emulator, "--managed-identity", "--endpoint", own_emulator.endpoint,
                 **imds(own_emulator)) as service:
        with concurrent.futures.ThreadPoolExecutor(20) as pool:
            statuses = list(pool.map(lambda number: service.token(f"Person {number}")[0], range(60)))
        assert statuses == [200] * 60
    log = own_emulator.log.read_text()
    asked = re.findall(r"GET /metadata/identity/oauth2/token\S* (\d+)", log)
    # The first one only looks whether anybody is there.
    assert asked == ["400", "200"], asked


def test_a_token_of_an_emulator_that_is_gone_is_replaced(own_emulator, tmp_path):
    """A new signing key at the service's side needs no restart of ours."""
    with Service(tmp_path / "home", own_emulator, "--managed-identity", "--endpoint", own_emulator.endpoint,
                 **imds(own_emulator)) as service:
        assert service.token("Alice")[0] == 200
        ports = [own_emulator.facts[name].rsplit(":", 1)[1] for name in ("imdsEndpoint", "adminEndpoint")]
        own_emulator.kill()
        # Its identities and its signing key go; the addresses and the certificate stay.
        for file in (own_emulator.home / "data").glob("*.sqlite*"):
            file.unlink()
        for file in (own_emulator.home / "data").glob("*token*"):
            file.unlink()
        own_emulator.arguments += ["--imds-port", ports[0], "--admin-port", ports[1]]
        own_emulator.restart()
        status, answer = service.token("Bob")
        assert status == 200, answer
    assert re.findall(r"POST /identities\S* (\d+)", own_emulator.log.read_text()) == ["201", "401", "201"]


@contextlib.contextmanager
def deaf_server():
    """A port where a connection is taken and nothing is ever said."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


@contextlib.contextmanager
def empty_port():
    yield NOWHERE


@pytest.mark.alone
@pytest.mark.parametrize("absent", [deaf_server, empty_port])
@pytest.mark.parametrize("option", ["--managed-identity", "--identity-source=imds"])
def test_an_absent_metadata_server_is_known_at_once(absent, option, emulator, tmp_path):
    with absent() as host, Service(tmp_path / "home", emulator, option, "--endpoint", emulator.endpoint,
                                   AZURE_POD_IDENTITY_AUTHORITY_HOST=host) as service:
        began = time.monotonic()
        status, error = service.token("Alice")
        assert time.monotonic() - began < 2
    assert status == 502
    assert f"There is no metadata server: nothing answers at {host} within 1 s." in error["message"]


def test_the_chain_tells_what_it_tried(emulator, tmp_path):
    with Service(tmp_path / "home", emulator, "--managed-identity", "--endpoint", emulator.endpoint) as service:
        status, error = service.token("Alice")
    assert (status, error["code"]) == (502, "CredentialFailed")
    lines = error["message"].splitlines()
    assert [line.split(":")[0].strip() for line in lines[1:-1]] == [
        "client secret", "workload identity", "App Service", "IMDS", "Azure CLI"], error["message"]


WRONG = {
    "secret": (lambda e: client_secret(e) | {"AZURE_CLIENT_SECRET": "wrong-" + secrets.token_hex(8)},
               "client-secret", "AADSTS7000215"),
    "application": (lambda e: client_secret(e) | {"AZURE_CLIENT_ID": "00000000-0000-0000-0000-000000000000"},
                    "client-secret", "AADSTS700016"),
    "header": (lambda e: app_service(e) | {"IDENTITY_HEADER": "wrong-" + secrets.token_hex(8)},
               "app-service", "The identity endpoint of App Service refused a token"),
    "identity": (lambda e: imds(e) | {"AZURE_CLIENT_ID": "00000000-0000-0000-0000-000000000000"},
                 "imds", "IMDS has no such identity for this machine"),
    "authority": (lambda e: client_secret(e) | {"AZURE_AUTHORITY_HOST": "http://127.0.0.1:9"},
                  "client-secret", "127.0.0.1:9"),
    "token file": (lambda e: workload(e) | {"AZURE_FEDERATED_TOKEN_FILE": "/nowhere/token"},
                   "workload", "/nowhere/token cannot be read: No such file or directory"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_part_is_told_without_secrets(what, emulator, tmp_path):
    variables, source, words = WRONG[what]
    variables = variables(emulator)
    with Service(tmp_path / "home", emulator, "--identity-source", source, "--endpoint", emulator.endpoint,
                 **variables) as service:
        status, error = service.token("Alice")
    assert (status, error["code"]) == (502, "CredentialFailed"), error
    assert words in error["message"]
    told = error["message"] + service.log.read_text()
    for name in ("AZURE_CLIENT_SECRET", "IDENTITY_HEADER"):
        assert variables.get(name, "no secret at all") not in told


def test_an_azure_cli_that_nobody_signed_in_to(emulator, tmp_path):
    variables = azure_cli(
        emulator, tmp_path / "cli", "echo \"ERROR: Please run 'az login' to setup account.\" >&2; exit 1\n")
    with Service(tmp_path / "home", emulator, "--identity-source", "cli", "--endpoint", emulator.endpoint,
                 **variables) as service:
        status, error = service.token("Alice")
    assert status == 502
    assert "Nobody is signed in to the Azure CLI; type: az login" in error["message"]


KEY = "a2V5IG9mIGEgdGVzdCwgbm8gc2VjcmV0"
NO_KEY = "%%not base64%%"

REFUSED_AT_START = {
    "nothing": ([], {}, 78, "There is no credential."),
    "no key": (["--endpoint", "https://a.example"], {}, 78, "There is no credential for https://a.example."),
    "no endpoint": (["--managed-identity"], {}, 78, "There is a managed identity, but no endpoint"),
    "two": (["--connection-string-file", "x", "--managed-identity"], {}, 64, "exclude each other"),
    "id of a key": (["--client-id", "x"], {}, 64, "add --managed-identity"),
    "no such source": (["--identity-source", "vault"], {}, 64, "needs 'default' or 'imds'"),
    "clear text": (["--managed-identity", "--endpoint", "http://a.example"], {}, 78, "in clear text"),
    "no variable": (["--identity-source", "app-service", "--endpoint", "https://a.example"], {}, 78,
                    "IDENTITY_ENDPOINT is not set."),
    "no file": (["--connection-string-file", "/nowhere/x"], {}, 78, "/nowhere/x cannot be read"),
    "broken string": ([], {"CONFAB_CONNECTION_STRING": f"accesskey={KEY}"}, 78,
                      "The connection string has no endpoint."),
    "string without names": ([], {"CONFAB_CONNECTION_STRING": "nothing but nonsense"}, 78, "is not name=value"),
    "string with two endpoints": (
        [], {"CONFAB_CONNECTION_STRING": f"endpoint=https://a;endpoint=https://b;accesskey={KEY}"}, 78,
        "has the element endpoint twice"),
    "string of another scheme": ([], {"CONFAB_CONNECTION_STRING": f"endpoint=ftp://a;accesskey={KEY}"}, 78,
                                 "is no https:// or http:// address of a host"),
    "no base64": ([], {"CONFAB_CONNECTION_STRING": f"endpoint=https://a.example;accesskey={NO_KEY}"}, 78,
                  "The access key is not Base64."),
    "no base64, apart": (["--endpoint", "https://a.example"], {"CONFAB_ACCESS_KEY": NO_KEY}, 78,
                         "The access key is not Base64."),
}


@pytest.mark.parametrize("what", REFUSED_AT_START)
def test_what_cannot_work_is_refused_at_the_start(what, tmp_path):
    arguments, variables, code, words = REFUSED_AT_START[what]
    done = start(tmp_path, arguments, variables)
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert words in done.stderr
    assert KEY not in done.stderr
    assert NO_KEY not in done.stderr


def test_a_secret_that_others_can_read_is_refused(tmp_path):
    path = secret_file(tmp_path, f"endpoint=https://a.example;accesskey={KEY}", mode=0o644)
    done = start(tmp_path, ["--connection-string-file", path], {})
    path.chmod(0o600)
    assert done.returncode == 77
    assert f"type: chmod 600 {path}" in done.stderr
    assert KEY not in done.stderr


def start(folder, arguments, variables):
    """Runs `confab-serve`, which is expected to end by itself."""
    return subprocess.run(
        [program("confab-serve"), *arguments, "--memory", "--port", "0"], capture_output=True, text=True, timeout=20,
        stdin=subprocess.DEVNULL, env=clean_environment(folder / "home") | variables)


@pytest.mark.parametrize("variables, code, words", [
    (imds, 0, "by managed identity by IMDS: taken"),
    (lambda e: {}, 69, "No managed identity was found. Tried in this order:"),
    (lambda e: client_secret(e) | {"AZURE_CLIENT_SECRET": "wrong-" + secrets.token_hex(8)}, 77, "AADSTS7000215")],
    ids=["good", "absent", "refused"])
def test_check_tries_an_identity(variables, code, words, emulator, tmp_path):
    done = start(tmp_path, ["--check", "--managed-identity", "--endpoint", emulator.endpoint,
                            "--certificate-authority", emulator.facts["certificate"]],
                 {"AZURE_POD_IDENTITY_AUTHORITY_HOST": NOWHERE, "PATH": "/nowhere"} | variables(emulator))
    assert done.returncode == code, done.stdout + done.stderr
    assert words in done.stdout


@pytest.mark.parametrize("minutes, words", [
    (20, "This computer's clock is about 20 min behind the service's."),
    (-20, "This computer's clock is about 20 min ahead of the service's."), (0, None)])
def test_a_clock_that_is_off_is_told(minutes, words, emulator, tmp_path):
    key = secrets.token_hex(32)
    note("key of a test", key)
    date = formatdate(time.time() + minutes * 60, usegmt=True)
    with (Answering(401, DENIED, Date=date, Content_Type="application/json") as late,
          Service(tmp_path / "home", emulator, CONFAB_ENDPOINT=late.root, CONFAB_ACCESS_KEY=key) as service):
        status, error = service.token("Alice")
    assert status == 502
    assert "Denied by the resource provider." in error["message"]
    if words:
        assert words in error["message"]
    else:
        assert "clock" not in error["message"]
