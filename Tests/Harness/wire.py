"""Bytes over a socket as somebody sends them who keeps no rules."""

import base64
import os
import socket
import ssl
import struct
import time
from contextlib import closing
from urllib.parse import urlsplit


def connect(url, timeout=10):
    """A connection to the server of `url`; under TLS nobody looks at the certificate."""
    place = urlsplit(url)
    connection = socket.create_connection((place.hostname, place.port), timeout=timeout)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if place.scheme in ("https", "wss"):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection = context.wrap_socket(connection, server_hostname=place.hostname)
    return connection


def read_all(connection):
    """Everything up to the end, whatever kind of end it is."""
    parts = []
    try:
        while part := connection.recv(65536):
            parts.append(part)
    except ConnectionError:
        pass
    return b"".join(parts)


def talk(url, *pieces, half_closed=False, timeout=10):
    """What comes back for bytes; the server may refuse them before the last is written."""
    with closing(connect(url, timeout)) as connection:
        try:
            for piece in pieces:
                connection.sendall(piece)
            if half_closed:
                connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        return read_all(connection)


def status(answer):
    """The status of an answer; `None` when there is none."""
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/") else None


def request(method="GET", target="/", body=b"", close=True, **fields):
    """A request in good order; `Content_Type="x"` is the header field `Content-Type: x`."""
    lines = {"Host": "127.0.0.1", **({"Connection": "close"} if close else {}),
             **({"Content-Length": len(body)} if body or method == "POST" else {}),
             **{name.replace("_", "-"): value for name, value in fields.items()}}
    head = f"{method} {target} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items()) + "\r\n"
    return head.encode() + body


def frame(kind, payload=b"", whole=True, masked=True, reserved=0, length=None):
    """A WebSocket frame, right or wrong: `length` is what it says of itself."""
    length = len(payload) if length is None else length
    head = bytes([(0x80 if whole else 0) | reserved << 4 | kind])
    mask = 0x80 if masked else 0
    if length < 126:
        head += bytes([mask | length])
    elif length < 1 << 16:
        head += bytes([mask | 126]) + struct.pack(">H", length)
    else:
        head += bytes([mask | 127]) + struct.pack(">Q", length)
    if not masked:
        return head + payload
    key = os.urandom(4)
    return head + key + bytes(byte ^ key[index % 4] for index, byte in enumerate(payload))


def open_socket(url, target, **fields):
    """A connection that became a WebSocket."""
    connection = connect(url)
    connection.sendall(request(
        "GET", target, close=False, Upgrade="websocket", Connection="Upgrade", Sec_WebSocket_Version=13,
        Sec_WebSocket_Key=base64.b64encode(os.urandom(16)).decode(), **fields))
    answer = b""
    while b"\r\n\r\n" not in answer:
        # One byte at a time: what follows belongs to the WebSocket.
        part = connection.recv(1)
        assert part, answer
        answer += part
    assert status(answer) == 101, answer
    return connection


def read_frames(connection):
    """The frames of the server, as pairs of kind and payload, up to its close and the connection's end."""
    data, frames = read_all(connection), []
    while len(data) >= 2:
        kind, length, start = data[0] & 15, data[1], 2
        if length == 126:
            (length,), start = struct.unpack(">H", data[2:4]), 4
        elif length == 127:
            (length,), start = struct.unpack(">Q", data[2:10]), 10
        frames.append((kind, data[start:start + length]))
        data = data[start + length:]
    return frames


def close_code(frames):
    """The code of the server's close; 0 for one without, `None` without a close."""
    payload = next((payload for kind, payload in frames if kind == 8), None)
    if payload is None:
        return None
    return struct.unpack(">H", payload[:2])[0] if len(payload) >= 2 else 0


def resident(pid):
    """Bytes of memory that a process has."""
    with open(f"/proc/{pid}/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def serves(url, target="/"):
    """Says that a server answers somebody else, and soon."""
    begin = time.monotonic()
    answer = talk(url, request("GET", target))
    assert status(answer) in (200, 404), answer[:200]
    assert time.monotonic() - begin < 5
