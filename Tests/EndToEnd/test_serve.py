"""Who may ask `confab serve`, and for whom: API keys, and tokens that another tool made."""

import concurrent.futures
import contextlib
import json
import os
import subprocess
import threading
import time
import urllib.error
import urllib.request

import pytest

from authority import Authority, SigningKey
from callers import Service, new_key, quoted, serve
from servers import clean_environment, program


@pytest.fixture(scope="module")
def keys():
    """Keys are dear to make."""
    return [SigningKey("first"), SigningKey("second"), SigningKey("stranger")]


@pytest.fixture(scope="module")
def weak_key():
    return SigningKey("weak", bits=1024)


@pytest.fixture
def authority(keys):
    with Authority(keys[0]) as authority:
        yield authority


@pytest.fixture
def oidc(tmp_path, emulator, authority):
    """A service that takes the authority's tokens."""
    with Service(tmp_path, emulator, "--oidc-issuer", authority.issuer, "--oidc-audience", Authority.audience) as service:
        yield service


@pytest.fixture
def guarded(tmp_path, emulator):
    """A service that takes API keys."""
    with Service(tmp_path, emulator, "--callers", "keys", "--rate-limit", 0) as service:
        yield service


# Tokens of an authority

def test_a_token_made_by_another_tool_is_its_user_and_nobody_else(oidc, authority):
    first = oidc.ask("/token", authority.token("alice"))
    assert first.status == 200
    assert first.headers["Cache-Control"] == "no-store"
    others = [
        oidc.ask("/token?user=bob", authority.token("alice")),
        oidc.ask("/token", authority.token("alice"), "POST", {"user": "bob", "scope": ["chat"]}),
        oidc.ask(f"/refreshToken/{quoted(first.identity)}", authority.token("alice"), "POST"),
    ]
    assert {answer.identity for answer in others} == {first.identity}
    sample = oidc.ask("/api/token", authority.token("alice"))
    assert (sample.status, sample.identity) == (201, first.identity)
    bob = oidc.ask("/token", authority.token("bob"))
    assert bob.identity != first.identity
    foreign = oidc.ask(f"/refreshToken/{quoted(bob.identity)}", authority.token("alice"), "POST")
    assert (foreign.status, foreign.error) == (403, "IdentityNotOwned")
    # Subjects differ by case, as the authority's do.
    assert oidc.ask("/token", authority.token("Alice")).identity != first.identity


def test_a_token_that_does_not_hold_gets_nothing(oidc, authority, keys):
    now = int(time.time())
    good = authority.token()
    head, claims, signature = good.split(".")
    forged = {
        "no token": None,
        "alg none": authority.unsigned_token(),
        "alg none with a signature": f"{authority.unsigned_token().rsplit('.', 1)[0]}.{signature}",
        "HS256 with the public key": authority.confused_token(),
        "other audience": authority.token(aud="api://somebody-else"),
        "no audience": authority.token(aud=None),
        "other issuer": authority.token(iss="https://login.example"),
        "issuer with a slash": authority.token(iss=authority.issuer + "/"),
        "expired": authority.token(exp=now - 120),
        "no expiry": authority.token(exp=None),
        "not yet valid": authority.token(nbf=now + 120),
        "issued in the future": authority.token(iat=now + 120),
        "a stranger's key under a known name": authority.token(key=keys[2], kid="first"),
        "a stranger's key": authority.token(key=keys[2]),
        "changed claims": f"{head}.{authority.token('mallory').split('.')[1]}.{signature}",
        "no signature": f"{head}.{claims}.",
        "garbage": "garbage",
    }
    found = {}
    for name, token in forged.items():
        answer = oidc.ask("/token?user=alice", token)
        found[name] = answer.status
        assert "eyJ" not in answer.text, name
        assert answer.headers["WWW-Authenticate"].startswith("Bearer"), name
    assert set(found.values()) == {401}, found
    # A little is forgiven, for clocks differ.
    assert oidc.ask("/token", authority.token(exp=now - 20)).status == 200
    assert oidc.ask("/token", authority.token(nbf=now + 20)).status == 200
    assert oidc.ask("/token", authority.token(sub=None)).status == 403


@pytest.mark.filterwarnings("ignore:The RSA key")
def test_a_weak_key_proves_nothing_even_when_it_is_published(oidc, authority, weak_key):
    authority.keys.append(weak_key)
    assert oidc.ask("/token", authority.token(key=weak_key)).status == 401
    assert oidc.ask("/token", authority.token()).status == 200


def test_keys_that_rotate_are_followed_and_made_up_ones_are_not_asked_for_without_end(oidc, authority, keys):
    assert oidc.ask("/token", authority.token()).status == 200
    authority.keys = [keys[1], keys[0]]
    assert oidc.ask("/token", authority.token(key=keys[1])).status == 200
    assert oidc.ask("/token", authority.token(key=keys[0])).status == 200
    authority.keys = [keys[1]]
    fetches = authority.fetches
    made_up = [oidc.ask("/token", authority.token(kid=f"made-up-{number}")).status for number in range(30)]
    assert set(made_up) <= {401, 429}
    assert authority.fetches - fetches <= 5
    assert oidc.ask("/token", authority.token(key=keys[1])).status == 200


def test_an_authority_that_is_away_is_no_fault_of_the_caller(oidc, authority, keys):
    authority.is_down = True
    assert oidc.ask("/readyz").status == 503
    answer = oidc.ask("/token", authority.token())
    assert (answer.status, answer.error) == (503, "AuthorityUnavailable")
    assert int(answer.headers["Retry-After"]) >= 1
    assert "WWW-Authenticate" not in answer.headers
    authority.is_down = False
    deadline = time.monotonic() + 10
    while oidc.ask("/readyz").status != 200:
        assert time.monotonic() < deadline, oidc.ask("/readyz").text
        time.sleep(0.2)
    assert oidc.ask("/readyz").json["checks"]["jwks"] == "ok"
    assert oidc.ask("/token", authority.token()).status == 200
    authority.is_down = True
    # The keys that are known go on; about others nothing can be said.
    assert oidc.ask("/token", authority.token()).status == 200
    assert oidc.ask("/token", authority.token(key=keys[1])).status == 503
    assert oidc.ask("/token", authority.token()).status == 200


def test_claims_of_the_authority_decide_name_user_and_client(tmp_path, emulator, authority):
    config = tmp_path / "serve.json5"
    config.write_text(json.dumps({"oidc": {
        "issuer": authority.issuer, "audience": ["x", Authority.audience], "jwks": f"{authority.issuer}/keys",
        "userClaim": "oid", "displayNameClaim": "name", "requiredScope": "access_as_user",
        "authorizedParties": ["client-1"], "scopes": ["chat"], "maximumLifetime": 90, "clockSkew": 0}}))
    with Service(tmp_path / "home", emulator, "--config", config) as service:
        def ask(path="/token", **changes):
            return service.ask(path, authority.token(**(
                {"oid": "o-1", "name": "Alice Liddell", "scp": "read access_as_user", "azp": "client-1"} | changes)))
        good = ask()
        assert good.token_claims["acsScope"] == "chat"
        assert good.token_claims["exp"] - time.time() <= 90 * 60
        assert ask(subject="another sub").identity == good.identity
        assert ask(oid="o-2").identity != good.identity
        assert ask("/token?scope=voip").status == 403
        assert ask("/token?expiresInMinutes=91").status == 403
        assert ask("/token?expiresInMinutes=59").status == 400
        assert ask(scp="access_as_user2").error == "ScopeMissing"
        assert ask(azp="client-2").status == 403
        assert ask(oid=None).status == 403
        assert ask(exp=int(time.time()) - 1).status == 401
        # Nobody shows another's name.
        assert ask("/token?name=The%20Director").status == 200
        assert [user["displayName"] for user in ask("/users?q=a").json["users"]] == ["Alice Liddell"] * 2


# API keys

def test_a_key_is_its_user_and_limited_as_it_was_made(guarded, tmp_path):
    key = new_key(tmp_path, guarded.data, "alice", "--scope", "chat", "--lifetime", 120)
    wait_until_taken(guarded, key)
    answer = guarded.ask("/token?user=bob", key)
    assert answer.token_claims["acsScope"] == "chat"
    assert answer.token_claims["exp"] - time.time() <= 7200
    by_header = guarded.ask("/token", headers={"X-API-Key": key})
    assert by_header.identity == answer.identity
    assert guarded.ask("/token?scope=voip", key).error == "ScopeNotAllowed"
    assert guarded.ask("/token?expiresInMinutes=121", key).error == "LifetimeNotAllowed"
    assert guarded.ask("/token?expiresInMinutes=60", key).status == 200
    for wrong in ("", "confab_", key[:-1], key + "A", key.swapcase()):
        assert guarded.ask("/token", wrong).status == 401


def test_a_service_asks_for_whom_its_key_says(guarded, tmp_path):
    web = new_key(tmp_path, guarded.data, "web", "--for-anybody")
    pair = new_key(tmp_path, guarded.data, "pair", "--for", "bob", "--for", "carol")
    wait_until_taken(guarded, pair)
    bob = guarded.ask("/token?user=bob", pair)
    assert bob.status == 200
    assert guarded.ask("/token?user=BOB", web).identity == bob.identity
    assert guarded.ask("/token?user=dave", web).status == 200
    assert guarded.ask("/token?user=dave", pair).status == 403
    assert guarded.ask("/token", pair).status == 400
    assert guarded.ask(f"/refreshToken/{quoted(bob.identity)}", pair, "POST").identity == bob.identity
    dave = guarded.ask("/token?user=dave", web).identity
    assert guarded.ask(f"/refreshToken/{quoted(dave)}", pair, "POST").status == 403


def test_a_key_ends_when_it_is_removed(guarded, tmp_path):
    key = new_key(tmp_path, guarded.data, "alice")
    wait_until_taken(guarded, key)
    listed = serve(tmp_path, "key", "list", "--data", guarded.data)
    assert "alice" in listed.stdout and key not in listed.stdout
    file = guarded.data / "keys.json"
    assert file.stat().st_mode & 0o777 == 0o600
    assert key.rsplit("_", 1)[-1] not in file.read_text()
    again = serve(tmp_path, "key", "add", "alice", "--data", guarded.data)
    assert again.returncode == 65 and "--replace" in again.stderr
    assert serve(tmp_path, "key", "remove", "alice", "--data", guarded.data).returncode == 0
    wait_until(lambda: guarded.ask("/token", key).status == 401)
    assert serve(tmp_path, "key", "remove", "alice", "--data", guarded.data).returncode == 65


def test_a_key_that_is_made_while_the_service_still_starts_is_noticed(tmp_path, emulator):
    data, ready, secret = tmp_path / "data", tmp_path / "ready.json", tmp_path / "connection-string"
    secret.touch(mode=0o600)
    secret.write_text(emulator.connection_string)
    reading, writing = os.pipe()
    # Nobody reads what it says, so that it stands still between its start and its watch over the files.
    os.set_blocking(writing, False)
    for size in (65536, 4096, 1):
        with contextlib.suppress(BlockingIOError):
            while True:
                os.write(writing, b" " * size)
    os.set_blocking(writing, True)
    process = subprocess.Popen(
        [program("confab-serve"), "--connection-string-file", secret, "--certificate-authority",
         emulator.facts["certificate"], "--port", "0", "--data", data, "--callers", "keys", "--rate-limit", "0",
         "--ready-file", ready], stdout=writing, stderr=subprocess.DEVNULL, env=clean_environment(tmp_path))
    os.close(writing)
    try:
        wait_until(ready.exists)
        key = new_key(tmp_path, data, "alice")
        threading.Thread(target=lambda: [None for _ in iter(lambda: os.read(reading, 65536), b"")], daemon=True).start()
        request = urllib.request.Request(f"{json.loads(ready.read_text())['endpoint']}/users",
                                         headers={"Authorization": f"Bearer {key}"})

        def is_taken():
            try:
                return urllib.request.urlopen(request, timeout=10).status == 200
            except urllib.error.HTTPError:
                return False

        wait_until(is_taken)
    finally:
        process.kill()
        process.wait()


def test_keys_are_refused_in_words_that_help(tmp_path):
    def add(*arguments):
        return serve(tmp_path, "key", "add", *arguments, "--data", tmp_path / "data")
    for arguments, words in [
        (["a", "--scope", "video"], "known are chat"), (["a", "--lifetime", "59"], "60"),
        (["a", "--lifetime", "1441"], "1440"), (["bad name"], "letters"), (["a", "--for", "b", "--for-anybody"], "exclude"),
        (["a", "--events", "--for-anybody"], "events"), ([], "NAME"),
    ]:
        done = add(*arguments)
        assert done.returncode == 64 and words in done.stderr, (arguments, done.stderr)
        assert done.stdout == ""
    assert not (tmp_path / "data" / "keys.json").exists()


def test_events_want_a_key_where_callers_do(guarded, tmp_path):
    key = new_key(tmp_path, guarded.data, "grid", "--events")
    wait_until(lambda: guarded.ask(f"/events?key={key}", method="POST", body=[]).status == 200)
    assert guarded.ask("/events", method="POST", body=[]).status == 401
    assert guarded.ask("/events?key=confab_0_x", method="POST", body=[]).status == 401
    assert guarded.ask("/token", key).status == 403
    assert key not in guarded.log.read_text()


def test_a_thousand_callers_at_once_see_no_error(guarded, tmp_path):
    key = new_key(tmp_path, guarded.data, "web", "--for-anybody")
    wait_until_taken(guarded, key)
    with concurrent.futures.ThreadPoolExecutor(200) as pool:
        answers = list(pool.map(lambda number: guarded.ask(f"/token?user=u{number % 50}", key), range(1000)))
    assert {answer.status for answer in answers} == {200}
    assert len({answer.identity for answer in answers}) == 50


def wait_until_taken(service, key):
    """A running service notices new keys by itself."""
    wait_until(lambda: service.ask("/users", key).status == 200)


def wait_until(condition, timeout=10):
    deadline = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.1)
