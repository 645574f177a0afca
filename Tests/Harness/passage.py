"""The way from a program to a service, which a test can watch, hold up and break."""

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class Passage:
    """Passes requests on to `endpoint` as they are, signatures included, and tells what passed.

    `requests` has a line a request, `POST /identities`. A request whose line has `hold` in it is held until `let_go`,
    once `held` is set; one whose line has `break_at` in it is answered with 503, the service never sees it: every one, or
    the first `breaks`.
    """

    def __init__(self, endpoint=None, hold=None, break_at=None, breaks=None):
        self.target = endpoint and urlsplit(endpoint)
        self.hold, self.break_at, self.breaks = hold, break_at, breaks
        self.requests = []
        self.held, self._free = threading.Event(), threading.Event()
        passage = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status, headers, answer = passage.pass_on(self.command, self.path, dict(self.headers), body)
                self.send_response_only(status)
                for name, value in headers:
                    if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                try:
                    self.wfile.write(answer)
                except ConnectionError:
                    pass

            do_GET = do_DELETE = do_POST

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.endpoint = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever)

    def pass_on(self, method, path, headers, body):
        """The answer to one request."""
        line = f"{method} {path.partition('?')[0]}"
        self.requests.append(line)
        if self.break_at and self.break_at in line and self.breaks != 0:
            self.breaks = self.breaks and self.breaks - 1
            return 503, [], b""
        if self.hold and self.hold in line:
            self.held.set()
            self._free.wait(30)
        connection = http.client.HTTPConnection(self.target.hostname, self.target.port, timeout=30)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders(body or None)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            connection.close()

    def let_go(self):
        """Lets go what is held, now and later."""
        self._free.set()

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self.let_go()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class Answering(Passage):
    """Answers every request by itself."""

    def __init__(self, status, body=b"", **headers):
        super().__init__()
        self.answer = status, [(name.replace("_", "-"), value) for name, value in headers.items()], body

    def pass_on(self, method, path, headers, body):
        self.requests.append(f"{method} {path.partition('?')[0]}")
        return self.answer
