"""A web server that takes what the emulator posts: call events, Event Grid events."""

import json
import queue
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Webhook:
    """Keeps every event that was posted to it, in order, and answers Event Grid's validation.

    What it answers to events can be set: a `status`, after a `delay` in seconds.
    """

    def __init__(self):
        self._queue = queue.Queue()
        self.seen = []
        self.status, self.delay = 200, 0
        self.answers_validation, self.validations = True, []
        webhook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                events = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                answer, status = b"", webhook.status
                for event in events:
                    code = event.get("data", {}).get("validationCode")
                    if code:
                        webhook.validations.append(event["data"])
                        if webhook.answers_validation:
                            answer = json.dumps({"validationResponse": code}).encode()
                        status = 200
                    else:
                        time.sleep(webhook.delay)
                        webhook._queue.put(event)
                        status = webhook.status
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/events"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def wait_for(self, kind, timeout=10):
        """The next event whose type ends with `kind`; those before it are passed over and kept in `seen`."""
        deadline = time.monotonic() + timeout
        while True:
            try:
                event = self._queue.get(timeout=max(0.001, deadline - time.monotonic()))
            except queue.Empty:
                names = [event_type(event) for event in self.seen]
                raise AssertionError(f"no {kind} within {timeout} s; there were {names}") from None
            self.seen.append(event)
            if event_type(event).endswith("." + kind):
                return event

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def event_type(event):
    """The type of a CloudEvent or of an Event Grid event."""
    return event.get("type") or event.get("eventType")
