"""A web server that takes what the emulator posts: call events, Event Grid events."""

import json
import queue
import time

from local_server import LocalServer


class Webhook(LocalServer):
    """Keeps every event that was posted to it, in order, and answers Event Grid's validation.

    What it answers to events can be set: a `status`, after a `delay` in seconds.
    """

    def __init__(self):
        self._queue = queue.Queue()
        self.seen = []
        self.status, self.delay = 200, 0
        self.answers_validation, self.validations = True, []
        super().__init__()
        self.url = f"{self.root}/events"

    def answer(self, method, path, headers, body):
        answer, status = b"", self.status
        for event in json.loads(body):
            code = event.get("data", {}).get("validationCode")
            if code:
                self.validations.append(event["data"])
                if self.answers_validation:
                    answer = json.dumps({"validationResponse": code}).encode()
                status = 200
            else:
                time.sleep(self.delay)
                self._queue.put(event)
                status = self.status
        return status, [("Content-Type", "application/json")], answer

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


def event_type(event):
    """The type of a CloudEvent or of an Event Grid event."""
    return event.get("type") or event.get("eventType")
