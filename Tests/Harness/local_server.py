"""What every web server of a test is made of."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class LocalServer:
    """Listens at `root` on this machine until it is closed; what becomes of a request is `answer`'s to say."""

    # A connection for each request; HTTP/1.1 keeps them.
    protocol = "HTTP/1.0"

    def __init__(self):
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = server.protocol

            def do_GET(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                answer = server.answer(self.command, self.path, self.headers, body)
                if answer is None:
                    self.close_connection = True
                    return
                status, headers, content = answer
                self.send_response_only(status)
                for name, value in headers:
                    self.send_header(name, value)
                if isinstance(content, bytes):
                    self.send_header("Content-Length", str(len(content)))
                    content = [content]
                else:
                    # Pieces may be fewer than were promised.
                    self.send_header("Connection", "close")
                self.end_headers()
                try:
                    for piece in content:
                        self.wfile.write(piece)
                except ConnectionError:
                    self.close_connection = True

            do_POST = do_PUT = do_PATCH = do_DELETE = do_GET

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.root = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def answer(self, method, path, headers, body):
        """Status, header fields as pairs, and the body: bytes, or pieces that may come slowly; `None` says nothing."""
        raise NotImplementedError

    def close(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def document(value, status=200, **headers):
    """An answer in JSON; `WWW_Authenticate="…"` adds a header field."""
    fields = [("Content-Type", "application/json")] + [(name.replace("_", "-"), value) for name, value in headers.items()]
    return status, fields, json.dumps(value).encode()
