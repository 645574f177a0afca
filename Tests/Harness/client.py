"""The client as a person runs it: a config file, a home of its own, a terminal."""

import json
import urllib.parse
import urllib.request

from people import Person
from servers import clean_environment, program
from terminal import Terminal

from azure.communication.identity import CommunicationUserIdentifier


def sign_in(service, emulator, name):
    """A person with the identity that the trusted service keeps for `name`."""
    with urllib.request.urlopen(f"{service.facts['tokenURL']}?user={urllib.parse.quote(name)}") as answer:
        grant = json.load(answer)
    user = CommunicationUserIdentifier(grant["user"]["communicationUserId"])
    return Person(name, user, grant["token"], emulator.endpoint)


def configuration(emulator, service, name="Alice", **changes):
    """What stands in the config file; JSON is JSON5."""
    root = service.facts["endpoint"]
    return {
        "endpoint": emulator.endpoint, "displayName": name, "certificateAuthority": emulator.facts["certificate"],
        "tokenService": {"url": service.facts["tokenURL"], "user": name, "usersURL": f"{root}/users"},
        "gateway": service.facts["gatewayURL"],
    } | changes


class Client(Terminal):
    """`confab` in a terminal. `home` is where all its files go; `variables` are set besides the usual ones,
    `arguments` follow the program's name."""

    def __init__(self, home, config, columns=100, rows=30, variables=None, arguments=()):
        self.home = home
        environment = clean_environment(home) | (variables or {})
        file = home / "config" / "confab" / "config.json5"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(config if isinstance(config, str) else json.dumps(config, indent=2))
        super().__init__([program("confab"), *arguments], environment, columns, rows, log=home / "stderr.log")

    def wait_until_connected(self, *texts, timeout=10):
        """Waits until all `texts` are on the screen of a client that has Chat, by events or, before them, by asking."""
        self.wait_until(
            lambda: all(text in self.text for text in texts) and ("● live" in self.text or "polling" in self.text),
            f"{texts} and a connection", timeout)
