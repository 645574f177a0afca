"""A web server that answers as no token service should."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class StrangeService:
    """Answers every request with `status` and `body`, but only once `answering` is set."""

    def __init__(self, status=200, body=b"", content_type="application/json"):
        self.answering = threading.Event()
        self.answering.set()
        strange = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                strange.answering.wait()
                self.send_response(status)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                try:
                    self.wfile.write(body)
                except ConnectionError:
                    pass

            do_POST = do_GET

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        root = f"http://127.0.0.1:{self._server.server_port}"
        self.facts = {"endpoint": root, "tokenURL": f"{root}/token", "gatewayURL": f"{root}/gateway"}
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.answering.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
