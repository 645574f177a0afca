"""Several instances of the trusted service on one real PostgreSQL."""

import json
import sqlite3
import subprocess
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from postgres import Postgres, folder_of_programs
from servers import Emulator, TrustedService, clean_environment, program

pytestmark = pytest.mark.skipif(not folder_of_programs(), reason="there is no PostgreSQL on this machine")


class Instance(TrustedService):
    """One of several services that share a store."""

    def __init__(self, home, emulator, database):
        super().__init__(home, emulator)
        self.arguments += ["--rate-limit", "0", "--store-file", str(self.home / "store")]
        file = self.home / "store"
        file.touch(mode=0o600)
        file.write_text(database.address + "\n")

    def identity_of(self, user):
        """The identity for which it gives `user` a token."""
        address = f"{self.facts['tokenURL']}?user={urllib.parse.quote(user)}"
        with urllib.request.urlopen(address, timeout=60) as answer:
            return json.load(answer)["user"]["communicationUserId"]


@pytest.fixture
def database():
    with Postgres() as database:
        yield database


@pytest.fixture(scope="module")
def untouched():
    """One that no test stops or fills."""
    with Postgres() as database:
        yield database


@pytest.fixture
def town(tmp_path, database):
    """An emulator of the test's own, and three instances."""
    with ExitStack() as stack:
        emulator = stack.enter_context(Emulator(tmp_path / "emulator"))
        instances = [Instance(tmp_path / f"instance{number}", emulator, database) for number in range(3)]
        # At once, so that they make the tables at the same time.
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda one: one.start(), instances))
        for one in instances:
            stack.callback(one.stop)
        yield emulator, instances


def identities_in(emulator):
    """How many identities the emulator ever made, and how many it still has."""
    emulator.stop()
    with sqlite3.connect(emulator.home / "data" / "emulator.sqlite") as store:
        return store.execute("SELECT count(*), count(*) FILTER (WHERE deleted_on IS NULL) FROM identities").fetchone()


def ask(requests, workers=40):
    """What becomes of `requests`, pairs of an instance and a user: an identity, or an error, for each."""
    def one(request):
        instance, user = request
        try:
            return instance.identity_of(user)
        except (urllib.error.URLError, ConnectionError, TimeoutError) as error:
            return error

    with ThreadPoolExecutor(workers) as pool:
        return list(zip(requests, pool.map(one, requests)))


def agreed(answers):
    """The one identity of each user; fails when somebody was given two, and when two share one."""
    given = defaultdict(set)
    for (_, user), identity in answers:
        if isinstance(identity, str):
            given[user].add(identity)
    assert {user: found for user, found in given.items() if len(found) > 1} == {}
    identities = {user: found.pop() for user, found in given.items()}
    assert len(set(identities.values())) == len(identities)
    return identities


def test_three_instances_agree_on_one_identity_per_user(town):
    emulator, instances = town
    users = [f"user {number}" for number in range(50)]
    answers = ask([(one, user) for user in users for one in instances * 2])
    assert Counter(type(answer).__name__ for _, answer in answers) == {"str": 300}
    assert agreed(answers).keys() == set(users)
    assert identities_in(emulator) == (50, 50), "made, and still there"


def test_an_instance_killed_midway_takes_nothing_along(town):
    emulator, (victim, *others) = town
    users = [f"user {number}" for number in range(60)]
    count, enough = 0, threading.Event()

    class Counted:
        """The victim, whose fifteenth answer is the sign to kill it."""

        def identity_of(self, user):
            nonlocal count
            identity = victim.identity_of(user)
            count += 1
            if count == 15:
                enough.set()
            return identity

    def kill():
        assert enough.wait(30)
        victim.kill()

    killer = threading.Thread(target=kill)
    killer.start()
    # It is asked first for all of them, so that it dies with claims in its hands.
    requests = [(one, user) for user in users for one in (Counted(), *others)]
    answers = ask(requests, workers=24)
    killer.join()
    survivors = [answer for (one, _), answer in answers if one in others]
    assert [answer for answer in survivors if not isinstance(answer, str)] == []
    first = agreed(answers)
    assert first.keys() == set(users)
    assert agreed(ask([(one, user) for user in users for one in others])) == first
    made, left = identities_in(emulator)
    assert left - len(users) <= 24, "no more are lost than were on their way"


def test_a_restart_of_the_database_is_waited_for(town, database):
    emulator, instances = town
    users = [f"user {number}" for number in range(40)]
    half = threading.Event()

    def restart():
        assert half.wait(30)
        database.stop()
        database.start()

    restarter = threading.Thread(target=restart)
    restarter.start()
    before = ask([(one, user) for user in users[:20] for one in instances])
    half.set()
    answers = before + ask([(one, user) for user in users for one in instances * 3])
    restarter.join()
    assert Counter(type(answer).__name__ for _, answer in answers) == {"str": 60 + 360}
    assert agreed(answers).keys() == set(users)
    assert identities_in(emulator)[1] == 40


def test_a_database_that_is_away_is_told_and_comes_back(town, database):
    _, (one, *_) = town

    def readiness():
        try:
            with urllib.request.urlopen(f"{one.facts['endpoint']}/readyz", timeout=30) as answer:
                return answer.status, json.load(answer)["checks"]["store"]
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)["checks"]["store"]

    assert readiness() == (200, "ok")
    database.stop()
    assert readiness() == (503, "failed")
    database.start()
    assert readiness() == (200, "ok")


@pytest.mark.parametrize("arguments, code, words", [
    # A password of nobody's: what is tried here can be seen by everybody on the machine.
    (["--store", "postgres://confab:not-a-password-at-all@127.0.0.1:1/x"], 64, "--store holds a password"),
    (["--store", "users.sqlite"], 64, "--store takes postgres://"),
    (["--store", "postgres://confab@127.0.0.1:1/x"], 69, "PostgreSQL at 127.0.0.1:1/x cannot be reached"),
    (["--store", "postgres://u@ho@st/x"], 78, "cannot be read"),
    (["--store", "{open}"], 77, "asks for a password. Give it in CONFAB_STORE"),
    (["--store", "{open}", "--memory"], 64, "--memory and a store exclude each other"),
])
def test_what_cannot_be_a_store_is_refused(tmp_path, untouched, arguments, code, words):
    environment = clean_environment(tmp_path) | {"CONFAB_CONNECTION_STRING": "endpoint=http://127.0.0.1:1/;accesskey=YWJj"}
    arguments = [word.format(open=untouched.open_address) for word in arguments]
    done = subprocess.run(
        [program("confab-serve"), "--port", "0", *arguments], env=environment, capture_output=True, text=True, timeout=30)
    assert done.returncode == code, done.stderr
    assert words in done.stderr
    assert untouched.password not in done.stderr and "not-a-password" not in done.stderr


def test_a_wrong_password_is_told_without_it(tmp_path, untouched):
    wrong = "not-the-password-0815"
    environment = clean_environment(tmp_path) | {
        "CONFAB_CONNECTION_STRING": "endpoint=http://127.0.0.1:1/;accesskey=YWJj",
        "CONFAB_STORE": untouched.address.replace(untouched.password, wrong)}
    done = subprocess.run(
        [program("confab-serve"), "--port", "0"], env=environment, capture_output=True, text=True, timeout=30)
    assert done.returncode == 77, done.stderr
    assert f"PostgreSQL at 127.0.0.1:{untouched.port}/postgres does not let this user in" in done.stderr
    assert wrong not in done.stderr


def test_an_operator_explains_and_erases_over_the_shared_store(town, database):
    emulator, (one, *_) = town
    identity = one.identity_of("alice")
    environment = one.environment | {
        "CONFAB_CONNECTION_STRING": emulator.connection_string, "CONFAB_STORE": database.address,
        "CONFAB_CERTIFICATE_AUTHORITY": emulator.facts["certificate"]}

    def run(*words):
        done = subprocess.run([program("confab-serve"), *words], env=environment, capture_output=True, text=True, timeout=30)
        assert done.returncode == 0, done.stderr
        return done.stdout

    account = json.loads(run("explain", "alice", "--json"))
    assert account["identity"] == identity and len(account["tokens"]) == 1
    assert run("users").startswith(f"alice  {identity}")
    run("revoke", "alice")
    assert json.loads(run("explain", "alice", "--json"))["tokens"][0]["condition"] == "revoked"
    run("erase", "alice")
    assert database.query("SELECT count(*) FROM confab_users") == ["0"]
    assert database.query("SELECT count(*) FROM confab_tokens") == ["0"]
    assert identities_in(emulator) == (1, 0)
