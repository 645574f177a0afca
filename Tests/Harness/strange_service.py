"""A web server that answers as no token service should."""

import threading

from local_server import LocalServer


class StrangeService(LocalServer):
    """Answers every request with `status` and `body`, but only once `answering` is set."""

    def __init__(self, status=200, body=b"", content_type="application/json"):
        self.answering = threading.Event()
        self.answering.set()
        self._answer = status, [("Content-Type", content_type)], body
        super().__init__()
        self.facts = {"endpoint": self.root, "tokenURL": f"{self.root}/token", "gatewayURL": f"{self.root}/gateway"}

    def answer(self, method, path, headers, body):
        self.answering.wait()
        return self._answer

    def close(self):
        self.answering.set()
        super().close()
