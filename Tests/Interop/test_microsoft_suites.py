"""Microsoft's own test suites, from the source of their SDKs, live against the emulator.

What each is to give stands in EXPECTED.md; a failure less than there is as wrong as one more, so that the file stays true.
"""

import hashlib
import os
import re
import subprocess
import sys
import tarfile
import time
import xml.etree.ElementTree
from collections import Counter
from pathlib import Path

import jwt
import pytest

from servers import ROOT, Emulator, clean_environment

HERE = Path(__file__).parent
#: The environment before any emulator's certificate took the place of those that the world is trusted by.
OUTSIDE = dict(os.environ)
CACHE = ROOT / ".build" / "suites"
#: The application that Microsoft's suite signs people of Teams in at.
TEAMS_APPLICATION = "1fd5118e-2576-4263-8130-9503064c837a"
LINE = re.compile(r"^(?P<name>[\w-]+)==(?P<version>[\d.]+) --hash=sha256:(?P<hash>[0-9a-f]{64})$", re.M)
#: What may become of a test. `unrun` is one of the passed: upstream throws it away unrun, and run it would fail.
KINDS = ("passed", "failed", "skipped", "unrun")
SUITES = {one["name"]: one for one in LINE.finditer((HERE / "suites.txt").read_text())}


def source(suite):
    """The folder of an SDK's source, fetched when it is not there yet; it is the one whose hash is written down."""
    folder = CACHE / f"{suite['name']}-{suite['version']}-{suite['hash'][:12]}"
    if not folder.exists():
        fetched = folder.with_suffix(".fetched")
        wanted = fetched / "suite.txt"
        fetched.mkdir(parents=True, exist_ok=True)
        wanted.write_text(suite[0])
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
             "--no-binary", suite["name"], "--require-hashes", "--requirement", wanted, "--dest", fetched], env=OUTSIDE, check=True)
        (archive,) = fetched.glob("*.tar.gz")
        assert hashlib.sha256(archive.read_bytes()).hexdigest() == suite["hash"]
        with tarfile.open(archive) as tar:
            tar.extractall(fetched, filter="data")
        next(path for path in fetched.iterdir() if path.is_dir()).rename(folder)
    return folder


@pytest.fixture(scope="module")
def tested(tmp_path_factory):
    """An emulator and a token of a person that it signed and that has expired."""
    emulator = Emulator(tmp_path_factory.mktemp("suites"))
    with emulator:
        key = emulator.entra_key()
        then = int(time.time()) - 7200
        expired = jwt.encode({
            "aud": "https://auth.msft.communication.azure.com", "scp": "Teams.ManageCalls Teams.ManageChats",
            "azp": TEAMS_APPLICATION, "oid": "1d1e9c64-3b18-4d5e-8a6f-00000c0fab09", "tid": emulator.facts["tenantId"],
            "iat": then, "nbf": then, "exp": then + 3600}, key, "RS256")
        yield emulator, expired


def environment(emulator, expired, home):
    """What the suites read: upstream a pipeline sets it from resources in Azure."""
    facts = emulator.facts
    return clean_environment(home) | {
        "PYTHONPATH": str(HERE / "standin"),
        "COMMUNICATION_LIVETEST_DYNAMIC_CONNECTION_STRING": facts["connectionString"],
        "COMMUNICATION_LIVETEST_STATIC_CONNECTION_STRING": facts["connectionString"],
        "COMMUNICATION_CONNECTION_STRING_ROOMS": facts["connectionString"],
        "SMS_PHONE_NUMBER": facts["phoneNumbers"][0],
        "REQUESTS_CA_BUNDLE": facts["certificate"], "SSL_CERT_FILE": facts["certificate"],
        "AZURE_TEST_RUN_LIVE": "true", "AZURE_SKIP_LIVE_RECORDING": "true",
        # Where the default chain of azure-identity finds a managed identity.
        "AZURE_POD_IDENTITY_AUTHORITY_HOST": facts["imdsEndpoint"],
        "COMMUNICATION_M365_APP_ID": TEAMS_APPLICATION,
        "COMMUNICATION_M365_AAD_AUTHORITY": facts["authority"],
        "COMMUNICATION_M365_AAD_TENANT": facts["tenantId"],
        "COMMUNICATION_MSAL_USERNAME": "alice@contoso.example",
        "COMMUNICATION_MSAL_PASSWORD": facts["userPassword"],
        "COMMUNICATION_EXPIRED_TEAMS_TOKEN": expired,
        "SKIP_INT_IDENTITY_EXCHANGE_TOKEN_TEST": "false",
    }


def run(suite, tested, home):
    """What became of each test of a suite, by its name, and what pytest said."""
    report = home / "report.xml"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "live_suite", "-p", "devtools_testutils", "-p", "no:cacheprovider",
         "-c", os.devnull, "--rootdir=.", "--quiet", "--tb=short", f"--junit-xml={report}", "."],
        cwd=source(suite) / "tests", env=environment(*tested, home / "home"), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300)
    outcomes = {}
    for case in xml.etree.ElementTree.parse(report).iter("testcase"):
        name = f"{case.get('classname')}.{case.get('name')}"
        assert name not in outcomes, f"two tests are called {name}"
        kinds = {child.tag for child in case}
        if kinds & {"failure", "error"}:
            outcomes[name] = "failed"
        elif "skipped" in kinds:
            outcomes[name] = "skipped"
        else:
            outcomes[name] = "passed"
            if case.find("properties/property[@name='passes_unrun']") is not None:
                outcomes[name] = "unrun"
    return outcomes, done.stdout


def expected(suite):
    """What EXPECTED.md says of a suite: the numbers of `KINDS`, and what becomes of each test that is named."""
    text = (HERE / "EXPECTED.md").read_text()
    rows = [[cell.strip(" `") for cell in line.strip("|").split("|")]
            for line in text.splitlines() if line.startswith("| ")]
    numbers = {row[0]: dict(zip(KINDS, map(int, row[1:]))) for row in rows if row[1].isdigit()}
    named = {row[1]: row[2] for row in rows if row[0] == suite["name"] and len(row) == 4}
    return numbers[f"{suite['name']} {suite['version']}"], named


@pytest.mark.parametrize("name", SUITES)
def test_a_suite_of_microsofts_gives_what_is_expected(name, tested, tmp_path, record_property):
    suite = SUITES[name]
    outcomes, output = run(suite, tested, tmp_path)
    others = {name: outcome for name, outcome in outcomes.items() if outcome != "passed"}
    tally = Counter(outcomes.values())
    # As upstream counts, who do not see that those do nothing.
    numbers = {kind: tally[kind] + (tally["unrun"] if kind == "passed" else 0) for kind in KINDS}
    counts = ", ".join(f"{count} {kind}" for kind, count in numbers.items())
    record_property("counted", f"{name} {suite['version']}: {counts}")
    wanted, named = expected(suite)
    assert (numbers, others) == (wanted, named), output


@pytest.mark.parametrize("name", ["rooms_client_sample.py", "rooms_client_sample_async.py"])
def test_the_samples_of_rooms_run_to_the_end(name, tested, tmp_path):
    sample = source(SUITES["azure-communication-rooms"]) / "samples" / name
    done = subprocess.run(
        [sys.executable, sample], env=environment(*tested, tmp_path), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    # They print what the service refuses, and go on.
    assert "deleting:" in done.stdout and "Code:" not in done.stdout, done.stdout


CHAT_SAMPLES = [f"{name}{kind}.py" for name in ("chat_client_sample", "chat_thread_client_sample", "user_credential_sample")
                for kind in ("", "_async")]


def test_there_are_no_other_samples_of_chat():
    folder = source(SUITES["azure-communication-chat"]) / "samples"
    assert sorted(path.name for path in folder.glob("*.py")) == sorted(CHAT_SAMPLES)


@pytest.mark.parametrize("name", CHAT_SAMPLES)
def test_the_samples_of_chat_run_to_the_end(name, tested, tmp_path):
    sample = source(SUITES["azure-communication-chat"]) / "samples" / name
    facts = tested[0].facts
    done = subprocess.run(
        [sys.executable, HERE / "standin" / "run_sample.py", sample],
        env=environment(*tested, tmp_path) | {
            "COMMUNICATION_SAMPLES_CONNECTION_STRING": facts["connectionString"],
            "AZURE_COMMUNICATION_SERVICE_ENDPOINT": facts["httpsEndpoint"],
        }, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    # The last that each does and says; a refusal that it swallowed would stand there, too.
    assert "cleaning up: deleting created user" in done.stdout, done.stdout
    assert "invalid status" not in done.stdout + done.stderr
