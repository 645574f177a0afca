"""The way from a program to a service, which a test can watch, hold up and break."""

import http.client
import threading
from urllib.parse import urlsplit

from local_server import LocalServer


# How ACS refuses a signature.
DENIED = b'{"error":{"code":"Denied","message":"Denied by the resource provider."}}'


class Passage(LocalServer):
    """Passes requests on to `endpoint` as they are, signatures included, and tells what passed.

    `requests` has a line a request, `POST /identities`. A request whose line has `hold` in it is held until `let_go`,
    once `held` is set; one whose line has `break_at` in it is answered with 503, the service never sees it: every one, or
    the first `breaks`.
    """

    protocol = "HTTP/1.1"

    def __init__(self, endpoint=None, hold=None, break_at=None, breaks=None):
        self.target = endpoint and urlsplit(endpoint)
        self.hold, self.break_at, self.breaks = hold, break_at, breaks
        self.requests = []
        self.held, self._free = threading.Event(), threading.Event()
        super().__init__()
        self.endpoint = self.root

    def answer(self, method, path, headers, body):
        line = f"{method} {path.partition('?')[0]}"
        self.requests.append(line)
        if self.break_at and self.break_at in line and self.breaks != 0:
            self.breaks = self.breaks and self.breaks - 1
            return 503, [], b""
        if self.hold and self.hold in line:
            self.held.set()
            self._free.wait(30)
        return self.pass_on(method, path, headers, body)

    def pass_on(self, method, path, headers, body):
        """What the service behind answers."""
        connection = http.client.HTTPConnection(self.target.hostname, self.target.port, timeout=30)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders(body or None)
            answer = connection.getresponse()
            fields = [(name, value) for name, value in answer.getheaders()
                      if name.lower() not in ("content-length", "transfer-encoding", "connection")]
            return answer.status, fields, answer.read()
        finally:
            connection.close()

    def let_go(self):
        """Lets go what is held, now and later."""
        self._free.set()

    def close(self):
        self.let_go()
        super().close()


class Answering(Passage):
    """Answers every request by itself."""

    def __init__(self, status, body=b"", **headers):
        self._answer = status, [(name.replace("_", "-"), value) for name, value in headers.items()], body
        super().__init__()

    def pass_on(self, method, path, headers, body):
        return self._answer
