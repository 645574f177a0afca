"""An authority that signs people in by device codes, as RFC 8628 has it; none of ours. A test says what comes of each code."""

import itertools
import time
import urllib.parse

from local_server import LocalServer, document
from secrecy import note


class DeviceAuthority(LocalServer):
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
        self._terms = lifetime, interval
        super().__init__()
        self.url = self.root

    def answer(self, method, path, headers, body):
        form = dict(urllib.parse.parse_qsl(body.decode()))
        if path.endswith("/devicecode"):
            answer = self._begin(*self._terms)
        elif form["grant_type"] == "refresh_token":
            answer = self._renew(form["refresh_token"])
        else:
            answer = self._poll()
        return answer and document(answer, 400 if "error" in answer else 200)

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


class GuardedTokens(LocalServer):
    """A token service that gives the token of `grant()` to callers whose Authorization field is in `allowed`."""

    def __init__(self, allowed, grant):
        self.requests, self.allowed, self._grant = [], allowed, grant
        super().__init__()
        self.url = f"{self.root}/token"

    def answer(self, method, path, headers, body):
        field = headers.get("Authorization") or headers.get("x-api-key")
        self.requests.append((path, field))
        if field in self.allowed():
            return document(self._grant())
        return document({"error": {"code": "Unauthorized", "message": "Who are you?"}}, 401,
                        WWW_Authenticate='Bearer realm="tokens"')
