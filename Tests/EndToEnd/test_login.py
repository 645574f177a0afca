"""Signing in at a token service that asks for it, staying signed in, and what is seen when that fails."""

import base64
import json
import os
import signal
import stat
import subprocess
import time
from pathlib import Path

import pytest

from callers import Service, new_key
from client import Client, configuration
from device_authority import DeviceAuthority, GuardedTokens
from people import create_person, create_thread
from processes import processes_of, wait_for_end
from secrecy import note
from servers import Emulator, TrustedService, clean_environment, program

#: A public client of the emulator's tenant, and what its sign-ins are for.
CLIENT, SCOPE = "11111111-2222-4333-8444-555555555555", "api://confab-tests/access_as_user"


class Prompt:
    """`confab` at the prompt, in a home of its own."""

    def __init__(self, home):
        self.home = home
        self.environment = clean_environment(home)

    def config(self, config):
        file = self.home / "config" / "confab" / "config.json5"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(config))
        return self

    def run(self, *arguments, timeout=30):
        return subprocess.run([program("confab"), *arguments], capture_output=True, text=True, timeout=timeout,
                              env=self.environment, stdin=subprocess.DEVNULL)

    def start(self, *arguments):
        """A command that goes on; its output is read line by line."""
        return subprocess.Popen([program("confab"), *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                env=self.environment, stdin=subprocess.DEVNULL)


@pytest.fixture
def prompt(tmp_path):
    return Prompt(tmp_path / "home")


@pytest.fixture(scope="module")
def grant(emulator):
    """What a token service of the test's own gives."""
    person = create_person(emulator, "Alice")
    return lambda: {"token": person.token, "expiresOn": "2099-01-01T00:00:00.1234567+00:00",
                    "user": {"communicationUserId": person.id}}


@pytest.fixture
def guarded(tmp_path, emulator):
    """`confab serve`, which takes API keys only, and such a key."""
    key = new_key(tmp_path / "key-home", tmp_path / "service" / "data", "test")
    with Service(tmp_path / "service", emulator, "--callers", "keys") as service:
        yield service, key


def with_login(url, login, **changes):
    return {"endpoint": "http://127.0.0.1:9", "displayName": "Alice",
            "tokenService": {"url": url, "user": "alice", "login": login} | changes}


# A header from a secret source

def place_of(kind, secret, folder):
    """The login of the config file that finds `secret`, and the variable that it needs."""
    folder.mkdir(exist_ok=True)
    file = folder / "the secret"
    file.touch(mode=0o600)
    file.write_text(f"  {secret}\n")
    return {
        "environment": ({"environment": "MY_SECRET"}, {"MY_SECRET": secret}),
        "file": ({"file": str(file)}, {}),
        "command": ({"command": ["cat", str(file)]}, {}),
        "shell": ({"command": f"cat '{file}' | tr -d ' '"}, {}),
        "json": ({"command": ["sh", "-c", f"echo '{{\"token\":\"'$(cat '{file}')'\"}}'"]}, {}),
    }[kind]


@pytest.mark.parametrize("kind", ["environment", "file", "command", "json"])
def test_a_header_from_a_secret_source_signs_in_at_confab_serve(prompt, guarded, tmp_path, kind):
    service, key = guarded
    login, variables = place_of(kind, key if kind == "json" else f"Bearer {key}", tmp_path / "secrets")
    prompt.environment |= variables
    done = prompt.config(with_login(service.facts["tokenURL"], login)).run("token", "fetch")
    assert done.returncode == 0, done.stderr
    assert "Authorization: <redacted>" in done.stdout and key not in done.stdout + done.stderr
    logged_in = prompt.run("login", "--json")
    assert json.loads(logged_in.stdout) == {"signedIn": True, "header": "Authorization", "file": None}
    assert not (prompt.home / "state").exists()


def test_a_header_of_another_name_and_a_shell(prompt, tmp_path, grant):
    note("the key of a test", "hunter22-of-the-test")
    login, _ = place_of("shell", "hunter22-of-the-test", tmp_path / "secrets")
    with GuardedTokens(lambda: ["hunter22-of-the-test"], grant) as tokens:
        done = prompt.config(with_login(tokens.url, {"header": "x-api-key"} | login)).run("token", "fetch", "--json")
    assert done.returncode == 0, done.stderr
    assert "hunter22" not in done.stdout + done.stderr


def test_a_client_in_a_terminal_signs_in_by_a_variable(guarded, emulator, tmp_path):
    service, key = guarded
    config = configuration(emulator, service)
    config["tokenService"]["login"] = {"environment": "MY_SECRET"}
    with Client(tmp_path / "home", config, variables={"MY_SECRET": f"Bearer {key}"}) as terminal:
        terminal.wait_until_connected("No threads yet")


@pytest.mark.parametrize("login, code, words", [
    ({"environment": "NOT_SET"}, 78, "The environment variable NOT_SET is not set."),
    ({"file": "/nowhere/secret"}, 78, "The file /nowhere/secret is not there; it should hold a secret."),
    ({"command": ["no-such-program"]}, 78, "no-such-program is not installed."),
    ({"command": "echo $MY_SECRET; echo it says $MY_SECRET >&2; exit 3"}, 77,
     'The command "echo …" ended with exit code 3. It said: "it says <redacted>"'),
    ({"command": ["true"]}, 78, "printed no text"),
    ({"command": ["printf", "wrong\\nagain"]}, 78, "its value no line breaks"),
])
def test_a_login_that_cannot_be_had(prompt, login, code, words):
    prompt.config(with_login("http://127.0.0.1:9/token", login)).environment["MY_SECRET"] = "hunter22-of-the-test"
    # A command that fails may work the next time: a watch goes on.
    for command in ["token fetch"] + ["token watch"] * (code == 78) + ["login"] * (not words.startswith("its value")):
        done = prompt.run(*command.split())
        assert done.returncode == code, done
        assert words in done.stderr and "hunter22" not in done.stdout + done.stderr


def test_a_secret_that_others_can_read_is_refused(prompt, tmp_path):
    file = tmp_path / "secret"
    file.write_text("Bearer hunter22")
    file.chmod(0o644)
    done = prompt.config(with_login("http://127.0.0.1:9/token", {"file": str(file)})).run("token", "fetch")
    assert done.returncode == 78 and f"chmod 600 {file}" in done.stderr


def test_a_login_that_the_token_service_does_not_take(prompt, grant):
    with GuardedTokens(lambda: ["Bearer good"], grant) as tokens:
        prompt.environment["MY_SECRET"] = "Bearer wrong-of-the-test"
        done = prompt.config(with_login(tokens.url, {"environment": "MY_SECRET"})).run("token", "fetch")
        assert done.returncode == 77
        assert 'It asks for "Bearer realm="tokens""' in done.stderr
        assert "It does not take the environment variable MY_SECRET." in done.stderr
        none = prompt.config(with_login(tokens.url, None)).run("token", "fetch")
        assert none.returncode == 77 and "Configure tokenService.login" in none.stderr


def test_a_command_that_never_ends_holds_nothing_up(emulator, service, tmp_path):
    config = configuration(emulator, service)
    config["tokenService"]["login"] = {"command": "exec sleep 600"}
    with Client(tmp_path / "home", config) as terminal:
        terminal.wait_for("Signing in")
        terminal.press("C-t")
        terminal.wait_for('Read the command "exec …"')
        children = processes_of(terminal.process)
        assert "sleep" in children.values()
        terminal.press("C-q")
        assert terminal.exit_code(timeout=5) == 0
        wait_for_end(children)


# Sign-in by a code, at the emulator's authority and confab serve

@pytest.fixture(scope="module")
def manual_emulator(tmp_path_factory):
    """An emulator that approves no code by itself."""
    with Emulator(tmp_path_factory.mktemp("manual")) as emulator:
        yield emulator


@pytest.fixture
def oidc(tmp_path, manual_emulator):
    issuer = f"{manual_emulator.facts['authority']}/{manual_emulator.facts['tenantId']}/v2.0"
    with Service(tmp_path / "service", manual_emulator, "--oidc-issuer", issuer, "--oidc-audience", SCOPE.rsplit("/", 1)[0],
                 "--oidc-audience", SCOPE.rsplit("/", 1)[0] + "/") as service:
        yield service


@pytest.fixture
def by_code(manual_emulator, oidc):
    config = configuration(manual_emulator, oidc)
    del config["tokenService"]["user"]
    config["tokenService"]["login"] = {"deviceCode": {
        "authority": manual_emulator.facts["authority"], "tenant": manual_emulator.facts["tenantId"], "clientId": CLIENT,
        "scope": SCOPE}}
    return config


def approve(emulator, code, *arguments):
    done = subprocess.run([program("confab-emulator"), "approve", code, "--admin", emulator.facts["adminEndpoint"],
                           *arguments], capture_output=True, text=True, env=clean_environment(emulator.home / "approver"))
    assert done.returncode == 0, done.stderr


def shown_code(terminal):
    """The code that stands alone in a row of the pane."""
    terminal.wait_for("Open this page in any browser:", "and enter the code", "Waiting. The code is good for")
    rows = [row.strip("│ ") for row in terminal.lines]
    return next(row for row in rows if len(row) == 9 and row.isalnum() and row.isupper())


def kept_logins(home):
    folder = home / "state" / "confab" / "login"
    return list(folder.iterdir()) if folder.exists() else []


def test_a_client_signs_in_by_a_code_once_and_is_known_at_the_next_start(manual_emulator, by_code, tmp_path):
    home, log = tmp_path / "home", tmp_path / "run.events"
    with Client(home, by_code, arguments=["--record", str(log)]) as terminal:
        code = shown_code(terminal)
        terminal.wait_for(f"To sign in, enter {code} at {manual_emulator.endpoint}/entra/device", "waiting for you")
        terminal.press("Esc")
        terminal.wait_for("shows the code to sign in with")
        terminal.press("M-n")
        terminal.wait_for("Waiting. The code is good for")
        approve(manual_emulator, code, "--user", "alice@contoso.example")
        terminal.wait_until_connected("No threads yet", timeout=20)
        assert "To sign in" not in terminal.text
        terminal.press("C-t")
        terminal.wait_for("Wait for somebody to sign in", "Keep the sign-in")
        identity = next(row for row in terminal.lines if "identity" in row and "8:acs:" in row)
    [kept] = kept_logins(home)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (kept.parent, kept.parent.parent)} == {0o700}
    refresh_token = json.loads(kept.read_text())["refreshToken"]
    note("the refresh token", refresh_token)
    recorded = log.read_text()
    assert "signInPrompted" in recorded and code not in recorded and refresh_token not in recorded
    with Client(home, by_code) as terminal:
        terminal.wait_until_connected("No threads yet")
        terminal.press("C-t")
        terminal.wait_for("grant  refresh_token")
        assert identity.split("8:acs:")[1][:40] in terminal.text
        assert b"enter the code" not in terminal.raw


def test_login_fetch_and_logout_at_the_prompt(manual_emulator, by_code, prompt):
    prompt.config(by_code)
    process = prompt.start("login")
    told = []
    while not (told and told[-1].strip().isalnum() and len(told[-1].strip()) == 9):
        told.append(process.stderr.readline())
        assert told[-1], told
    assert any("/entra/device" in line for line in told)
    approve(manual_emulator, told[-1].strip().lower())
    out, _ = process.communicate(timeout=20)
    [kept] = kept_logins(prompt.home)
    assert process.returncode == 0 and out == f"Signed in. It is kept in {kept}, until `confab logout`.\n"

    fetched = prompt.run("token", "fetch")
    assert fetched.returncode == 0, fetched.stderr
    assert "grant          refresh_token" in fetched.stdout and "enter the code" not in fetched.stderr
    again = prompt.run("login", "--json")
    assert json.loads(again.stdout) == {"signedIn": True, "header": "Authorization", "file": str(kept)}

    gone = prompt.run("logout")
    assert (gone.returncode, gone.stdout) == (0, f"Signed out: removed {kept}.\n")
    assert kept_logins(prompt.home) == []
    assert json.loads(prompt.run("logout", "--json").stdout) == {"removed": False, "file": str(kept)}


def test_a_denied_code(manual_emulator, by_code, prompt, tmp_path):
    with Client(tmp_path / "terminal", by_code) as terminal:
        approve(manual_emulator, shown_code(terminal), "--deny")
        terminal.wait_for("sign-in failed", "The sign-in was denied in the browser.", "Alt-N signs in again.", timeout=20)
        assert "Next try" not in terminal.text
        terminal.press("M-n")
        code = shown_code(terminal)
        approve(manual_emulator, code)
        terminal.wait_until_connected(timeout=20)
    process = prompt.config(by_code).start("token", "fetch", "--json")
    line = ""
    while not (len(line.strip()) == 9 and line.strip().isalnum()):
        line = process.stderr.readline()
        assert line
    approve(manual_emulator, line.strip(), "--deny")
    out, errors = process.communicate(timeout=20)
    assert process.returncode == 77 and "The sign-in was denied in the browser." in errors
    assert json.loads(out)["error"]["code"] == "signInNeeded"
    assert kept_logins(prompt.home) == []


# The same at an authority that is none of ours

def code_login(authority):
    return {"deviceCode": {"authority": authority.url, "tenant": "contoso", "clientId": "app", "scope": "api://app/x"}}


def test_an_expired_code(prompt):
    with DeviceAuthority(lifetime=2) as authority:
        done = prompt.config(with_login("http://127.0.0.1:9/token", code_login(authority))).run("login")
    assert done.returncode == 77, done
    assert "TEST-0001" in done.stderr and "The code expired before anybody signed in with it." in done.stderr
    assert kept_logins(prompt.home) == []


def test_the_poll_interval_slow_down_and_silence_are_obeyed(prompt):
    with DeviceAuthority() as authority:
        authority.first, authority.outcome = ["authorization_pending", "silence", "slow_down"], "granted"
        done = prompt.config(with_login("http://127.0.0.1:9/token", code_login(authority))).run("login")
    assert done.returncode == 0, done.stderr
    waits = [after - before for before, after in zip(authority.polls, authority.polls[1:])]
    # 1 s; after the silence twice as long; after slow_down 5 s more.
    for wait, least in zip(waits, [1, 2, 7], strict=True):
        assert least - 0.1 <= wait < least + 2, waits


def test_refresh_tokens_rotate_and_a_refused_one_asks_again(prompt, grant):
    with DeviceAuthority() as authority, GuardedTokens(
            lambda: [f"Bearer {token}" for token in authority.access_tokens], grant) as tokens:
        authority.outcome = "granted"
        prompt.config(with_login(tokens.url, code_login(authority)))
        for _ in range(3):
            done = prompt.run("token", "fetch")
            assert done.returncode == 0, done.stderr
        assert authority.codes == ["TEST-0001"] and len(authority.access_tokens) == 3
        authority.takes_refresh_tokens = False
        done = prompt.run("token", "fetch")
        assert done.returncode == 0 and len(authority.codes) == 2
        assert "The refresh token is no longer taken" not in done.stdout and "enter the code" in done.stderr
        assert "opaque-" not in done.stdout + done.stderr


def test_an_authority_that_is_down_costs_no_sign_in(prompt, grant):
    with DeviceAuthority() as authority:
        authority.outcome = "granted"
        config = with_login("http://127.0.0.1:9/token", code_login(authority))
        assert prompt.config(config).run("login").returncode == 0
    done = prompt.run("token", "fetch")
    assert done.returncode == 69, done
    assert len(kept_logins(prompt.home)) == 1


def test_two_programs_that_renew_at_once_keep_the_sign_in(prompt):
    with DeviceAuthority() as authority:
        authority.outcome = "granted"
        prompt.config(with_login("http://127.0.0.1:9/token", code_login(authority)))
        assert prompt.run("login").returncode == 0
        authority.outcome = "access_denied"
        for _ in range(3):
            both = [prompt.start("login") for _ in range(2)]
            codes = [process.wait(timeout=20) for process in both]
            for process in both:
                process.communicate()
            assert codes == [0, 0]
        assert authority.codes == ["TEST-0001"]


# A token given by hand, and tokens that run out

@pytest.fixture(scope="module")
def hasty_emulator(tmp_path_factory):
    """An emulator whose tokens live 24 s, whatever was asked for."""
    emulator = Emulator(tmp_path_factory.mktemp("hasty"))
    emulator.arguments += ["--token-lifetime", "24s"]
    with emulator:
        yield emulator


@pytest.fixture
def hasty(hasty_emulator, tmp_path):
    with TrustedService(tmp_path / "service", hasty_emulator) as service:
        yield service


def test_a_token_really_runs_out_and_nothing_is_lost(hasty_emulator, hasty, tmp_path):
    from client import sign_in
    with hasty_emulator.trusted():
        bob, alice = sign_in(hasty, hasty_emulator, "Bob"), sign_in(hasty, hasty_emulator, "Alice")
        thread = create_thread(bob, "For long", alice)
        config = configuration(hasty_emulator, hasty, realtime="off")
        with Client(tmp_path / "home", config) as terminal:
            terminal.wait_until_connected("For long")
            began = time.monotonic()
            number = 0
            while time.monotonic() - began < 40:
                number += 1
                terminal.type(f"mine {number}")
                terminal.press("Enter")
                terminal.wait_for(f"mine {number}", "token ")
                assert "token expired" not in terminal.text
                terminal.wait_until_gone("sending", timeout=10)
                # The screen counts the token's last minute, which wakes this.
                terminal.wait_until(lambda: time.monotonic() - began > 2 * number, "the next round")
            terminal.press("C-t")
            terminal.wait_for("next renewal")
            terminal.press("C-t")
            assert terminal.raw.count(b"sign-in failed") == 0
        renewals = [line for line in hasty_emulator.log.read_text().splitlines() if ":issueAccessToken" in line]
        assert 3 <= len(renewals) <= 12, renewals
        again = sign_in(hasty, hasty_emulator, "Bob").chat.get_chat_thread_client(thread.thread_id)
        texts = {message.content.message for message in again.list_messages() if message.type == "text"}
        assert texts == {f"mine {index}" for index in range(1, number + 1)}


def test_a_token_given_by_hand_serves_to_its_end_and_then_says_so(hasty_emulator, tmp_path):
    with hasty_emulator.trusted():
        person = create_person(hasty_emulator, "Alice")
    config = {"endpoint": hasty_emulator.endpoint, "displayName": "Alice", "token": {"environment": "MY_TOKEN"},
              "certificateAuthority": hasty_emulator.facts["certificate"]}
    with Client(tmp_path / "home", config, variables={"MY_TOKEN": person.token}) as terminal:
        terminal.wait_until_connected("No threads yet")
        terminal.wait_for("the environment variable MY_TOKEN ended", "Alt-N signs in again.", timeout=40)
        terminal.wait_for("token expired")
    prompt = Prompt(tmp_path / "home2").config(config)
    prompt.environment["MY_TOKEN"] = person.token
    done = prompt.run("token", "fetch")
    assert done.returncode == 77 and "nobody renews it" in done.stderr
    watched = prompt.run("token", "watch", "--json")
    assert watched.returncode == 77
    assert json.loads(watched.stdout.splitlines()[-1])["retryAfterSeconds"] is None


def test_watch_follows_the_token_until_interrupted(hasty_emulator, hasty, prompt):
    config = configuration(hasty_emulator, hasty)
    process = prompt.config(config).start("token", "watch", "--json")
    events = []
    while sum(event["event"] == "token" for event in events) < 2:
        line = process.stdout.readline()
        assert line, process.stderr.read()
        events.append(json.loads(line))
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=10)
    assert process.returncode == 0 and errors == ""
    first, second = [event for event in events if event["event"] == "token"]
    assert first["identity"] == second["identity"] and first["renewOn"] < first["expiresOn"] < second["expiresOn"]
    assert [event["kind"] for event in events if event["event"] == "step"][:3] == ["request", "answer", "claims"]
    assert "eyJ" not in json.dumps(events)


def test_watch_in_plain_words_goes_on_after_failures(prompt):
    process = prompt.config(
        {"endpoint": "http://127.0.0.1:9", "tokenService": {"url": "http://127.0.0.1:9/token", "user": "alice"}}
    ).start("token", "watch")
    text = ""
    while text.count("No token: ") < 2:
        line = process.stdout.readline()
        assert line
        text += line
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)
    assert process.returncode == 0 and "  next try       in " in text


# Nobody is let in

def test_chat_that_refuses_every_token_is_told_with_a_countdown_and_a_key(emulator, tmp_path):
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")
    now = int(time.time())

    def forged():
        claims = {"skypeid": "acs:6b5f0c5e-0000-4000-8000-000000000000_0000000c-005a-9fcc-ac00-343a0d007710",
                  "acsScope": "chat,voip", "iat": now, "exp": now + 3600, "jti": time.monotonic_ns()}
        return {"token": ".".join([part({"alg": "RS256", "typ": "JWT"}), part(claims), "Zm9yZ2Vk" * 12])}
    with GuardedTokens(lambda: [None], forged) as tokens:
        config = {"endpoint": emulator.endpoint, "displayName": "Alice",
                  "certificateAuthority": emulator.facts["certificate"], "tokenService": {"url": tokens.url, "user": "a"}}
        with Client(tmp_path / "home", config) as terminal:
            terminal.wait_for("sign-in failed", "next try in", "Alt-N tries now.", "refused 3 fresh tokens in a row", timeout=30)
            assert len(tokens.requests) == 4, "the first, and three forced tries"
            terminal.press("M-n")
            terminal.wait_until(lambda: len(tokens.requests) == 5, "one more try")
            terminal.wait_for("sign-in failed", "Alt-N tries now.")
            assert len(tokens.requests) == 5


def test_a_file_is_no_login_and_logout_says_so(prompt):
    prompt.config(with_login("http://127.0.0.1:9/token", None))
    done = prompt.run("login")
    assert done.returncode == 78 and "there is nothing to sign in to" in done.stderr
    out = prompt.run("logout")
    assert (out.returncode, out.stdout) == (0, "Nothing is kept: the config file names no sign-in by a code.\n")


@pytest.mark.parametrize("command", ["login", "logout", "token watch"])
def test_help(prompt, command):
    done = prompt.run(*command.split(), "--help")
    assert done.returncode == 0 and "--config PATH" in done.stdout and "--json" in done.stdout


def test_the_state_folder_is_the_users_own(prompt):
    prompt.environment["XDG_STATE_HOME"] = str(prompt.home / "elsewhere")
    with DeviceAuthority() as authority:
        authority.outcome = "granted"
        assert prompt.config(with_login("http://127.0.0.1:9/token", code_login(authority))).run("login").returncode == 0
    [kept] = Path(prompt.home / "elsewhere" / "confab" / "login").iterdir()
    os.chmod(kept, 0o644)
    done = prompt.run("login")
    assert done.returncode == 78 and f"chmod 600 {kept}" in done.stderr
    # What others can read from now on is not to be found there.
    kept.unlink()
