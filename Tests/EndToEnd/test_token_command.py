"""`confab token`: the token flow at the prompt."""

import base64
import json
import re
import subprocess
import time

import pytest

from client import configuration
from servers import clean_environment, program


@pytest.fixture
def run(tmp_path):
    """Runs `confab token …` and returns what became of it."""
    def run(*arguments, given="", config=None):
        environment = clean_environment(tmp_path)
        if config is not None:
            file = tmp_path / "config.json5"
            file.write_text(json.dumps(config))
            environment["CONFAB_CONFIG"] = str(file)
        return subprocess.run([program("confab"), "token", *arguments], input=given, capture_output=True, text=True,
                              timeout=20, env=environment)
    return run


@pytest.fixture
def config(emulator, service, known):
    return configuration(emulator, service, known("Alice").name)


def token(**claims):
    """A token whose signature nobody checks here."""
    def part(value):
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")
    now = int(time.time())
    body = {"skypeid": "acs:6b5f0c5e-0000-4000-8000-000000000000_0000000c-005a-9fcc-ac00-343a0d007710",
            "acsScope": "chat,voip", "iat": now - 60, "exp": now + 3600} | claims
    return ".".join([part({"alg": "RS256", "typ": "JWT"}), part(body), "c2lnbmF0dXJl"])


def test_fetch_tells_each_step_and_not_the_token(run, config):
    done = run("fetch", config=config)
    assert done.returncode == 0, done.stderr
    for words in (config["tokenService"]["url"], "200", "8:acs:", "chat", "voip"):
        assert words in done.stdout
    assert "eyJ" not in done.stdout + done.stderr


def test_fetch_shows_the_token_only_when_asked(run, config):
    shown = run("fetch", "--show-token", config=config)
    assert "eyJ" in shown.stdout and shown.returncode == 0


def test_fetch_speaks_json(run, config):
    done = run("fetch", "--json", config=config)
    said = json.loads(done.stdout)
    assert said and "eyJ" not in done.stdout


def test_fetch_from_a_service_that_is_down(run, config):
    config["tokenService"]["url"] = "http://127.0.0.1:1/token"
    done = run("fetch", config=config)
    assert done.returncode == 69, done
    assert "http://127.0.0.1:1/token" in done.stderr + done.stdout


def test_fetch_without_a_config_file(run):
    assert run("fetch").returncode == 78


def test_inspect_says_what_a_token_says(run):
    text = token()
    done = run("inspect", "-", given=text)
    assert done.returncode == 0, done.stderr
    assert "8:acs:6b5f0c5e" in done.stdout and "chat" in done.stdout
    assert text not in done.stdout and text.split(".")[2] not in done.stdout


def test_inspect_speaks_json(run):
    assert json.loads(run("inspect", "--json", "-", given=token()).stdout)


def test_inspect_of_an_expired_token(run):
    done = run("inspect", "-", given=token(exp=int(time.time()) - 60))
    assert done.returncode == 77, done
    assert "expired" in done.stdout + done.stderr


def test_inspect_of_a_hostile_token(run):
    hostile = "\x1b]0;1337\x07\x9b1337m"
    done = run("inspect", "-", given=token(acsScope=hostile, skypeid=hostile, resourceLocation=hostile, rgn=hostile))
    assert done.stdout and not re.search("[\x1b\x07\x9b]", done.stdout + done.stderr)


@pytest.mark.parametrize("text", ["", "not a token", "a.b.c", "\x1b]0;1337\x07.!.c2ln"])
def test_inspect_of_something_else(run, text):
    done = run("inspect", "-", given=text)
    assert done.returncode == 65, done
    assert done.stderr and "\x1b" not in done.stdout + done.stderr


def test_a_word_that_is_no_command(run):
    assert run("fetsch").returncode == 64
