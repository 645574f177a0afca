"""The servers against peers that keep no rules: each is refused or dropped, and everybody else goes on being served."""

import json
import socket
import struct
import time
from contextlib import ExitStack, closing, suppress

import pytest

from wire import (
    close_code, connect, frame, open_socket, read_all, read_frames, request, resident, serves, status, talk)

PLACES = ["emulator", "emulator over TLS", "administration", "metadata", "serve"]


@pytest.fixture(scope="module")
def places(emulator, service):
    """Every listener, by name, with the process behind it."""
    facts = emulator.facts
    return {
        "emulator": (facts["httpEndpoint"], facts["pid"]), "emulator over TLS": (facts["httpsEndpoint"], facts["pid"]),
        "administration": (facts["adminEndpoint"], facts["pid"]), "metadata": (facts["imdsEndpoint"], facts["pid"]),
        "serve": (service.facts["endpoint"], service.facts["pid"]),
    }


@pytest.fixture(scope="module", autouse=True)
def stalled(places):
    """Peers that begin and never go on, from the module's first test to its last."""
    begun = []
    for name, (url, _) in places.items():
        for what, data in {
            "nothing": b"", "half a request line": b"GET /ch", "half a head": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A",
            "half a body": request("POST", "/sms", close=False, Content_Length=100)[:-4] + b"\r\n\r\nonly this",
            "no request": b"\x00\x01\x02\xff\r\n\r\n",
            "an unknown coding": request("POST", "/", Transfer_Encoding="gzip"),
            "half a chunk": request("GET", "/", close=False, Transfer_Encoding="chunked") + b"ff\r\nonly this",
        }.items():
            connection = connect(url, timeout=120)
            connection.sendall(data)
            begun.append((f"{name}: {what}", connection))
    # A handshake of TLS that stops after its first byte.
    raw = connect(places["emulator over TLS"][0].replace("https", "http"), timeout=120)
    raw.sendall(b"\x16")
    begun.append(("emulator over TLS: half a handshake", raw))
    yield time.monotonic(), begun
    for _, connection in begun:
        connection.close()


# Heads and bodies

@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("what, data, expected", [
    ("a huge field", request(X_Large="x" * 200_000), {431}),
    ("many fields", b"GET / HTTP/1.1\r\nHost: a\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(20_000)) + b"\r\n", {431}),
    ("a huge target", request(target="/" + "x" * 200_000), {414}),
    ("10,000 parameters", request(target="/?" + "&".join(f"a{n}=1" for n in range(10_000))), {414, 431}),
    ("another protocol", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", {400, None}),
    ("no host", b"GET / HTTP/1.1\r\n\r\n", {400}),
    ("a version of the future", b"GET / HTTP/9.9\r\nHost: a\r\n\r\n", {400, 505, None}),
    ("a length that is no number", request("POST", "/sms", Content_Length="ten"), {400}),
    ("a length below nothing", request("POST", "/sms", Content_Length="-5"), {400}),
    ("a length beyond counting", request("POST", "/sms", Content_Length="9" * 40), {400, 413}),
    ("a length of 5 GB", request("POST", "/sms", Content_Length=5_000_000_000), {413}),
    ("a length below nothing, and chunks",
     request("GET", "/", Content_Length="-5", Transfer_Encoding="chunked") + b"0\r\n\r\n", {200, 400, 404}),
    ("chunks of no size", request("POST", "/", Transfer_Encoding="chunked") + b"zz\r\nx\r\n0\r\n\r\n", {400, None}),
    ("chunks beyond counting", request("POST", "/", Transfer_Encoding="chunked") + b"f" * 40 + b"\r\n", {400, 413, None}),
    ("an escape that is none", request(target="/chat/threads/%GG%1?api-version=%zz"), {400, 401, 404}),
    ("escaped bytes that are no text", request(target="/chat/threads/%ff%fe%00?a=%c3%28"), {400, 401, 404}),
    ("bytes that are no text", b"GET /\xff\xfe HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", {400}),
    ("a field that is no text", b"GET /none HTTP/1.1\r\nHost: 127.0.0.1\r\nX: \xff\r\nConnection: close\r\n\r\n", {400, 404}),
])
def test_what_is_no_good_request_is_refused(places, name, what, data, expected):
    url, _ = places[name]
    assert status(talk(url, data)) in expected
    serves(url)


@pytest.mark.parametrize("body", [
    b"[" * 200_000, b'{"a":' * 100_000 + b"1", b'{"topic":"\xff\xfe"}', b'{"topic":"\\ud800"', b"\x00", b"1e999999",
    json.dumps({f"k{n}": n for n in range(10_000)}).encode(), b'{"topic":' + b"9" * 1_000_000 + b"}",
], ids=["deep lists", "deep objects", "no UTF-8", "half a text", "zero", "a huge number", "10,000 members", "long digits"])
def test_a_body_that_is_no_good_json_is_refused(emulator, alice, body):
    answer = talk(emulator.facts["httpEndpoint"], request(
        "POST", "/chat/threads?api-version=2024-03-07", body, Authorization=f"Bearer {alice.token}"))
    assert status(answer) == 400 and b"X-Confab-Why: " in answer, answer[:500]


@pytest.mark.parametrize("name", ["emulator", "emulator over TLS", "serve"])
def test_requests_in_one_go_are_answered_in_their_order(places, name):
    url, _ = places[name]
    answer = talk(url, *[request(target=f"/none/{n}", close=False) for n in range(99)], request(target="/none/99"))
    assert answer.count(b"HTTP/1.1 404") == 100


@pytest.mark.parametrize("name", ["emulator", "serve"])
def test_a_peer_that_only_listens_on_gets_its_answer(places, name):
    url, _ = places[name]
    answer = status(talk(url, request(target="/none"), half_closed=True))
    # An answer that a task owes may find the peer's half closed already; it is then dropped, as HTTP allows.
    assert answer == 404 or (name == "serve" and answer is None)
    serves(url)


@pytest.mark.parametrize("name", ["emulator", "serve"])
def test_a_peer_that_never_reads_costs_little(places, name):
    url, pid = places[name]
    before = resident(pid)
    asked = [connect(url, timeout=0.3) for _ in range(20)]
    try:
        for connection in asked:
            with suppress(OSError):
                for _ in range(100):
                    connection.sendall(request(target="/none", close=False) * 100)
        serves(url)
        assert resident(pid) - before < 40 << 20
    finally:
        for connection in asked:
            connection.close()


# WebSockets

def event_socket(emulator, endpoint="httpEndpoint"):
    """A socket of real-time events that is not proved yet."""
    return open_socket(emulator.facts[endpoint], "/v4/c?epid=e")


FRAMES = [
    ("not masked", frame(1, b"x", masked=False), {1002}),
    ("reserved bits", frame(1, b"x", reserved=4), {1002}),
    ("a reserved kind", frame(3, b"x"), {1002}),
    ("a reserved control", frame(11, b"x"), {1002}),
    ("a ping in pieces", frame(9, b"x", whole=False), {1002, 0}),
    ("a long ping", frame(9, b"x" * 126), {1002, 0}),
    ("a continuation of nothing", frame(0, b"x"), {1002}),
    ("two beginnings", frame(1, b"x", whole=False) + frame(1, b"x"), {1002}),
    ("no UTF-8", frame(1, b"\xff\xfe"), {1007}),
    ("a character that is cut", frame(1, b"\xc3"), {1007}),
    ("binary", frame(2, b"x"), {1003}),
    ("too long", frame(1, b"x", length=(1 << 20) + 1), {1009}),
    ("far too long", frame(1, b"x", length=1 << 62), {1009}),
    ("longer than a length may be", b"\x81\xff" + b"\xff" * 8 + b"\1\2\3\4", {0, 1002, 1009}),
    ("a close of one byte", frame(8, b"\x03"), {0, 1002}),
    ("a close with a code that nobody may send", frame(8, b"\x03\xed"), {1002}),
    ("a close without words", frame(8), {0, 1000, 1005}),
    ("a close in good order", frame(8, b"\x03\xe8"), {1000}),
]


@pytest.mark.parametrize("what, data, codes", FRAMES, ids=[row[0] for row in FRAMES])
def test_frames_that_break_the_protocol_end_the_socket_of_events(emulator, what, data, codes):
    with closing(event_socket(emulator)) as connection:
        connection.sendall(data)
        assert close_code(read_frames(connection)) in codes
    serves(emulator.facts["httpEndpoint"])


@pytest.mark.parametrize("what, data, codes", FRAMES, ids=[row[0] for row in FRAMES])
def test_frames_that_break_the_protocol_end_the_socket_of_calls(service, known, what, data, codes):
    person = known("Mallory")
    url = service.facts["gatewayURL"]
    with closing(open_socket(url, f"/gateway?user={person.name.replace(' ', '%20')}",
                             Authorization=f"Bearer {person.token}")) as connection:
        connection.sendall(data)
        assert close_code(read_frames(connection)) in codes
    serves(service.facts["endpoint"])


@pytest.mark.parametrize("text", [
    "x", "9::", "", "5:99999999999:::", "5:::", "5:::{", '5:::{"name":1}', '3:::{"id":"1"}', '3:::{"id":1,"status":9}',
    "4:::{}", "3:::" + "[" * 1000, '5:1+::{"name":"user.authenticate"}', "3:::" + "x" * 600_000,
])
def test_frames_of_events_that_break_the_form_end_the_socket_with_words(emulator, text):
    with closing(event_socket(emulator)) as connection:
        connection.sendall(frame(1, text.encode()))
        frames = read_frames(connection)
    texts = [payload for kind, payload in frames if kind == 1]
    assert any(text.startswith(b"7:::") and b"+" in text for text in texts), texts
    assert frames[-1][0] == 8


@pytest.mark.parametrize("fields", [
    {"Sec_WebSocket_Key": "short"}, {"Sec_WebSocket_Version": 12}, {"Connection": "close"}, {"Upgrade": "h2c"},
], ids=lambda fields: next(iter(fields)))
@pytest.mark.parametrize("place, target", [("emulator", "/v4/c"), ("serve", "/gateway")])
def test_a_request_that_is_no_good_handshake_opens_no_socket(places, place, target, fields):
    url, _ = places[place]
    good = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Version": 13,
            "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ=="}
    with closing(connect(url)) as connection:
        connection.sendall(request("GET", target, **(good | fields)))
        assert 400 <= status(connection.recv(65536)) < 500


@pytest.mark.parametrize("payload, kind", [(b"x" * 125, 9), (b'5:1+::{"name":"ping"}', 1)], ids=["pings", "events"])
def test_a_socket_whose_peer_never_reads_costs_little(emulator, payload, kind):
    before = resident(emulator.facts["pid"])
    flood = frame(kind, payload) * 4000
    with closing(event_socket(emulator)) as connection:
        connection.settimeout(2)
        sent = 0
        # Until the server stops reading, or drops the socket.
        with suppress(OSError):
            while sent < 256 << 20:
                connection.sendall(flood)
                sent += len(flood)
        assert sent < 256 << 20
        assert resident(emulator.facts["pid"]) - before < 48 << 20
        serves(emulator.facts["httpEndpoint"])


@pytest.mark.parametrize("who", ["the peers", "the server"])
def test_very_many_sockets_that_end_at_once_bring_nothing_down(own_emulator, who):
    with ExitStack() as peers:
        for _ in range(600):
            connection = peers.enter_context(closing(event_socket(own_emulator, "httpsEndpoint")))
            # Closed without a word of TLS: by a reset, since something came that nobody has read.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        if who == "the server":
            assert own_emulator.stop() == 0
    if who == "the peers":
        for _ in range(10):
            serves(own_emulator.facts["httpsEndpoint"])
        assert own_emulator.stop() == 0


# Last, so that the time that it waits for has passed meanwhile

def test_peers_that_stall_are_dropped_and_nobody_waits_for_them(places, stalled):
    begin, begun = stalled
    for name in PLACES:
        serves(places[name][0])
    for what, connection in begun:
        connection.settimeout(max(1, begin + 110 - time.monotonic()))
        try:
            answer = read_all(connection)
        except socket.timeout:
            pytest.fail(f"{what} was still there after 110 s")
        assert (status(answer) or 400) in range(400, 500), f"{what}: {answer[:200]}"
