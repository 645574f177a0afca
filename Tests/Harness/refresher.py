"""A token service between the client and the real one, which may keep to an old answer."""

import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Refresher:
    """Passes requests for tokens on, or answers `stale` while that is set; counts what it was asked for."""

    def __init__(self, service):
        self.stale = None
        self.asked = 0
        refresher = self
        behind = service.facts["endpoint"]

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                refresher.asked += 1
                body, status = refresher.stale, 200
                if body is None:
                    try:
                        with urllib.request.urlopen(behind + self.path) as answer:
                            body = answer.read()
                    except urllib.error.HTTPError as error:
                        body, status = error.read(), error.code
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        root = f"http://127.0.0.1:{self._server.server_port}"
        self.facts = service.facts | {"endpoint": root, "tokenURL": f"{root}/token"}
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
