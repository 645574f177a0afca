"""The least client of real-time events: one socket, opened in one step, that registers and answers what comes."""

import base64
import json
import os
import socket
import ssl
import struct
import urllib.request
import uuid
from urllib.parse import urlsplit


def context():
    """TLS without a look at the certificate."""
    made = ssl.create_default_context()
    made.check_hostname, made.verify_mode = False, ssl.CERT_NONE
    return made


class EventSocket:
    def __init__(self, endpoint, token, tls=None):
        parts = urlsplit(endpoint)
        self.socket = socket.create_connection((parts.hostname, parts.port), timeout=20)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls:
            self.socket = tls.wrap_socket(self.socket)
        self.socket.sendall((
            f"GET /v4/c?v=v4&epid={uuid.uuid4()} HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nX-Skypetoken: {token}\r\n"
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n\r\n").encode())
        self.bytes = b""
        head = self._until(b"\r\n\r\n")
        if b" 101 " not in head.split(b"\r\n")[0]:
            raise OSError(head.decode())
        while True:
            kind, data = self.receive()
            if kind == "5" and (happening := json.loads(data))["name"] == "trouter.connected":
                self.places = happening["args"][0]
                break
        self._register(endpoint, token, tls)

    def _register(self, endpoint, token, tls):
        body = {"registrationId": str(uuid.uuid4()), "nodeId": "", "clientDescription": {"appId": "AcsWeb"},
                "transports": {"TROUTER": [{"path": self.places["surl"], "ttl": 3600, "context": ""}]}}
        call = urllib.request.Request(
            f"{endpoint}/registrar/prod/v3/registrations", json.dumps(body).encode(),
            {"X-Skypetoken": token, "Content-Type": "application/json"})
        urllib.request.urlopen(call, context=tls).close()

    def _until(self, mark):
        while mark not in self.bytes:
            self._read()
        head, self.bytes = self.bytes.split(mark, 1)
        return head

    def _read(self):
        more = self.socket.recv(1 << 16)
        if not more:
            raise OSError("the emulator closed a socket")
        self.bytes += more

    def _take(self, count):
        while len(self.bytes) < count:
            self._read()
        taken, self.bytes = self.bytes[:count], self.bytes[count:]
        return taken

    def send(self, text):
        data = text.encode()
        size = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + struct.pack(">H", len(data))
        # A mask of nothing but zeros changes nothing.
        self.socket.sendall(b"\x81" + size + bytes(4) + data)

    def receive(self):
        """The kind and the data of the next socket.io frame."""
        first, size = self._take(2)
        if first & 15 != 1:
            raise OSError("a frame that is no text came")
        if size == 126:
            size, = struct.unpack(">H", self._take(2))
        elif size == 127:
            size, = struct.unpack(">Q", self._take(8))
        kind, _, _, data = (self._take(size).decode().split(":", 3) + [""] * 3)[:4]
        return kind, data

    def event(self):
        """Waits for an event, and answers it."""
        while True:
            kind, data = self.receive()
            if kind == "2":
                self.send("2::")
            if kind == "3":
                self.send("3:::" + json.dumps({"id": json.loads(data)["id"], "status": 200, "headers": {}, "body": ""}))
                return
