"""An authority that signs people in by device codes, as RFC 8628 has it; none of ours. A test says what comes of each code."""

import itertools
import json
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from secrecy import note


class DeviceAuthority:
    """Hands out codes, and refresh tokens of which each is good once.

    `outcome` is what a poll is told: `authorization_pending`, `slow_down`, `access_denied`, `granted`, `silence` for a
    connection that is closed without an answer; `first` are the outcomes of the first polls. `access_tokens` are the
    good ones.
    """

    def __init__(self, lifetime=900, interval=1):
        self.outcome, self.takes_refresh_tokens = "authorization_pending", True
        self.first = []
        self.polls, self.codes, self.access_tokens = [], [], []
        self._refresh_token, self._expiry = None, 0
        self._number = itertools.count(1)
        authority = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                length = int(self.headers["Content-Length"])
                form = dict(urllib.parse.parse_qsl(self.rfile.read(length).decode()))
                if self.path.endswith("/devicecode"):
                    answer = authority._begin(lifetime, interval)
                elif form["grant_type"] == "refresh_token":
                    answer = authority._renew(form["refresh_token"])
                else:
                    answer = authority._poll()
                if answer is None:
                    self.close_connection = True
                    return
                body = json.dumps(answer).encode()
                self.send_response(400 if "error" in answer else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def _begin(self, lifetime, interval):
        code = f"TEST-{next(self._number):04}"
        self.codes.append(code)
        self._expiry = time.monotonic() + lifetime
        return {"device_code": "device", "user_code": code, "verification_uri": f"{self.url}/device",
                "expires_in": lifetime, "interval": interval}

    def _poll(self):
        self.polls.append(time.monotonic())
        outcome = self.first.pop(0) if self.first else self.outcome
        if outcome == "silence":
            return None
        if time.monotonic() >= self._expiry:
            return {"error": "expired_token"}
        return self._grant() if outcome == "granted" else {"error": outcome}

    def _renew(self, token):
        if not self.takes_refresh_tokens or token != self._refresh_token:
            return {"error": "invalid_grant", "error_description": "The refresh token is no longer good.\nTrace ID: x"}
        return self._grant()

    def _grant(self):
        number = next(self._number)
        access, self._refresh_token = f"opaque-access-{number}-of-the-test", f"opaque-refresh-{number}-of-the-test"
        for token in (access, self._refresh_token):
            note("a token of the device authority", token)
        self.access_tokens.append(access)
        return {"token_type": "Bearer", "access_token": access, "expires_in": 3600, "refresh_token": self._refresh_token}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class GuardedTokens:
    """A token service that gives the token of `grant()` to callers whose Authorization field is in `allowed`."""

    def __init__(self, allowed, grant):
        self.requests, self.allowed = [], allowed
        tokens = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                field = self.headers.get("Authorization") or self.headers.get("x-api-key")
                tokens.requests.append((self.path, field))
                good = field in tokens.allowed()
                body = json.dumps(grant() if good else {"error": {"code": "Unauthorized", "message": "Who are you?"}}).encode()
                self.send_response(200 if good else 401)
                if not good:
                    self.send_header("WWW-Authenticate", 'Bearer realm="tokens"')
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/token"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
