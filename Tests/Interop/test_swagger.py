"""Microsoft's descriptions of ACS against the emulator: schemathesis makes requests after them and judges the answers.

Half of the requests keep to the description, half break it; half of each name things that exist, so that they get past
the door. No answer may be a 5xx, have a status that is neither described nor recorded, or differ from its schema.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, configuration, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

import swagger
from servers import ROOT

configuration.set_hypothesis_home_dir(ROOT / ".build" / "hypothesis")

CHECKS = [
    not_a_server_error, checks.status_code_conformance, checks.response_headers_conformance,
    checks.response_schema_conformance]
EXAMPLES = 25


class Signature(requests.auth.AuthBase):
    """The access key's signature over a request as it is about to be sent."""

    def __init__(self, key):
        self.key = base64.b64decode(key)

    def __call__(self, request):
        date = format_datetime(datetime.now(timezone.utc), usegmt=True)
        body = request.body or b""
        body = body.encode() if isinstance(body, str) else body
        digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
        host = request.url.split("/")[2]
        text = f"{request.method}\n{request.path_url}\n{date};{host};{digest}"
        signature = base64.b64encode(hmac.digest(self.key, text.encode(), "sha256")).decode()
        request.headers.update({
            "x-ms-date": date, "x-ms-content-sha256": digest, "Host": host,
            "Authorization": f"HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={signature}"})
        return request


class Bearer(requests.auth.AuthBase):
    """A user's token."""

    def __init__(self, token):
        self.token = token

    def __call__(self, request):
        request.headers["Authorization"] = f"Bearer {self.token}"
        return request


class World:
    """What there is at the emulator for requests to name; made anew for each, since they may destroy it."""

    def __init__(self, emulator):
        self.url = emulator.facts["httpEndpoint"].rstrip("/")
        self.phone = emulator.facts["phoneNumbers"][0]
        self.session = requests.Session()
        self.signature = Signature(emulator.facts["accessKey"])
        alice = self.ask("POST", "/identities", "2023-10-01", {"createTokenWithScopes": ["chat"]})
        self.alice, self.bearer = alice["identity"]["id"], Bearer(alice["accessToken"]["token"])
        self.bob = self.identity()

    def ask(self, method, path, version, body, auth=None):
        answer = self.session.request(
            method, f"{self.url}{path}", params={"api-version": version}, json=body,
            auth=auth or self.signature)
        answer.raise_for_status()
        return answer.json()

    def identity(self):
        return self.ask("POST", "/identities", "2023-10-01", {})["identity"]["id"]

    def identities(self, case):
        if "id" in case.path_parameters:
            case.path_parameters["id"] = self.identity()

    def sms(self, case):
        body = case.body if isinstance(case.body, dict) else {}
        body["from"] = self.phone
        for number, recipient in enumerate(entries(body.get("smsRecipients"))):
            recipient["to"] = f"+1425555{number:04}"

    def rooms(self, case):
        if "roomId" in case.path_parameters:
            participants = {self.alice: {"role": "Presenter"}}
            case.path_parameters["roomId"] = self.ask("POST", "/rooms", "2024-04-15", {"participants": participants})["id"]
        for name in ("Repeatability-Request-ID", "Repeatability-First-Sent"):
            case.headers.pop(name, None)
        body = case.body if isinstance(case.body, dict) else {}
        now = datetime.now(timezone.utc)
        body |= {name: (now + timedelta(days=days)).isoformat()
                 for name, days in (("validFrom", 1), ("validUntil", 30)) if isinstance(body.get(name), str)}
        if isinstance(body.get("participants"), dict):
            body["participants"] = dict(zip((self.alice, self.bob, "4:+15551234567"), body["participants"].values()))

    def thread(self, participant):
        """A new thread with a message."""
        body = {"topic": "Boats", "participants": [{"communicationIdentifier": participant}]}
        thread = self.ask("POST", "/chat/threads", "2024-03-07", body, self.bearer)["chatThread"]["id"]
        message = self.ask("POST", f"/chat/threads/{thread}/messages", "2024-03-07", {"content": "Ahoy"}, self.bearer)
        return thread, message["id"]

    def chat(self, case):
        bob = {"rawId": self.bob, "communicationUser": {"id": self.bob}}
        message = None
        if "chatThreadId" in case.path_parameters:
            thread, message = self.thread(bob)
            case.path_parameters["chatThreadId"] = thread
        if "chatMessageId" in case.path_parameters:
            case.path_parameters["chatMessageId"] = message
        if case.path.endswith("/:remove"):
            case.body = bob
        body = case.body if isinstance(case.body, dict) else {}
        if "chatMessageId" in body:
            body["chatMessageId"] = message
        for participant in entries(body.get("participants")):
            participant["communicationIdentifier"] = bob


def entries(value):
    """The objects of a list, if it is one."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


@dataclass(frozen=True)
class Plane:
    """A service by its description."""

    service: str
    version: str
    # Lets a made-up request name what there is.
    acquaint: Callable
    # Statuses that were recorded and are not described, with their schemas.
    recorded: dict = field(default_factory=dict)
    is_users: bool = False
    # Operations that never succeed here, and why.
    refused: dict = field(default_factory=dict)

    @property
    def id(self):
        return f"{self.service}-{self.version}"

    def operations(self):
        description = swagger.load(self.service, self.version, self.recorded)
        schema = schemathesis.openapi.from_dict(description)
        return [result.ok() for result in schema.get_all_operations()]


PLANES = [
    Plane("Rooms", "2024-04-15", World.rooms),
    Plane("Identity", "2023-10-01", World.identities,
          refused={"POST /teamsUser/:exchangeAccessToken": "no made-up token is one of the tenant's"}),
    Plane("Sms", "2021-03-07", World.sms, {400: swagger.MODEL_STATE, 401: swagger.ERROR}),
    Plane("Chat", "2024-03-07", World.chat, dict.fromkeys((400, 401, 403, 404), swagger.CHAT_ERROR), is_users=True),
]


def operations():
    """Every operation of every plane; one skipped test a plane where the descriptions are not."""
    for plane in PLANES:
        if not swagger.FOLDER.exists():
            yield pytest.param(plane, None, id=plane.id, marks=pytest.mark.skip("../shared/acs/swagger is absent"))
            continue
        for operation in plane.operations():
            yield pytest.param(plane, operation, id=f"{plane.id} {operation.label}")


@pytest.fixture(scope="module")
def world(emulator):
    return World(emulator)


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("plane, operation", list(operations()))
def test_answers_are_as_described(plane, operation, mode, world):
    seen = []

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
              suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode), knows=st.booleans())
    def check(case, knows):
        if knows:
            case.query = (case.query or {}) | {"api-version": plane.version}
            plane.acquaint(world, case)
        response = case.call(
            base_url=world.url, session=world.session, auth=world.bearer if plane.is_users else world.signature)
        seen.append(response.status_code)
        # The descriptions name a type even for answers without a body.
        with_type = [checks.content_type_conformance] if response.content else []
        case.validate_response(response, checks=CHECKS + with_type)

    check()
    if mode is schemathesis.GenerationMode.POSITIVE and operation.label not in plane.refused:
        assert any(status < 300 for status in seen), f"nothing got past the door: {seen}"
