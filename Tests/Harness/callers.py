"""`confab serve` as its callers meet it: proofs, answers, and the command that makes keys."""

import base64
import json
import subprocess
import urllib.error
import urllib.parse
import urllib.request

from secrecy import note
from servers import Server, clean_environment, program


class Answer:
    """What came of a request."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.text = status, headers, body.decode()

    @property
    def json(self):
        return json.loads(self.text)

    @property
    def error(self):
        """The code of an error."""
        return self.json["error"]["code"]

    @property
    def identity(self):
        return self.json["user"]["communicationUserId"]

    @property
    def token_claims(self):
        part = self.json["token"].split(".")[1]
        return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


class Service(Server):
    """`confab-serve` before an emulator, with whatever proofs it is told to take."""

    def __init__(self, home, emulator, *arguments):
        home.mkdir(parents=True, exist_ok=True)
        self.data, self.secret = home / "data", home / "connection-string"
        self.secret.touch(mode=0o600)
        self.secret.write_text(emulator.connection_string)
        super().__init__(
            "confab-serve", "--connection-string-file", self.secret, "--certificate-authority",
            emulator.facts["certificate"], "--port", 0, "--data", self.data, *arguments, home=home)

    @property
    def root(self):
        return self.facts["endpoint"]

    def ask(self, path, bearer=None, method="GET", body=None, headers=()):
        """Sends one request."""
        headers = dict(headers)
        if bearer is not None:
            headers["Authorization"] = f"Bearer {bearer}"
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.root}{path}", data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read())

    def lines(self):
        """What it logged, line by line."""
        return [json.loads(line) for line in self.log.read_text().splitlines() if line]


def serve(home, *arguments, timeout=30):
    """Runs a `confab serve` command to its end."""
    return subprocess.run(
        [program("confab-serve"), *map(str, arguments)], env=clean_environment(home), capture_output=True, text=True,
        timeout=timeout, stdin=subprocess.DEVNULL)


def new_key(home, folder, name, *arguments):
    """Makes an API key as an operator does."""
    done = serve(home, "key", "add", name, "--data", folder, *arguments)
    assert done.returncode == 0, done.stderr
    key = done.stdout.strip()
    note(f"API key {name}", key)
    return key


def quoted(text):
    return urllib.parse.quote(text, safe="")
