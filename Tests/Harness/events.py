"""A small client of real-time events, over real sockets.

It speaks what open clients of the same protocol speak: `connect()` in two steps, `connect_at_once()` in one. What comes
is answered at once unless `answers` is off; `await client.event(200)` waits for an event and gives its body.
"""

import asyncio
import json
import time
import uuid

import aiohttp


class EventClient:
    def __init__(self, person, context, epid=None):
        self.person, self.context = person, context
        self.epid = epid or str(uuid.uuid4())
        self.registration = str(uuid.uuid4())
        self.answers = True
        self.bodies, self.acks, self.happenings = asyncio.Queue(), asyncio.Queue(), asyncio.Queue()
        self.places = self.session = self.socket = self.reader = None
        self.connections = 0

    async def __aenter__(self):
        self.session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=self.context))
        return self

    async def __aexit__(self, *_):
        await self.close()
        await self.session.close()

    @property
    def token(self):
        return {"X-Skypetoken": self.person.token}

    async def configuration(self):
        async with self.session.get(
                f"{self.person.endpoint}/chat/config/realTimeNotifications?api-version=2024-09-01",
                headers={"Authorization": f"Bearer {self.person.token}"}) as response:
            assert response.status == 200
            return await response.json()

    def _query(self):
        self.connections += 1
        return {"v": "v4", "tc": json.dumps({"cv": "1", "ua": "test", "hr": "", "v": "1"}), "timeout": "40",
                "con_num": f"{int(time.time() * 1000)}_{self.connections}", "epid": self.epid, "auth": "true"}

    async def connect(self, again=False):
        """In two steps; `again` goes back to the flow of the last time."""
        if not again:
            trouter = (await self.configuration())["trouterServiceUrl"]
            async with self.session.post(f"{trouter}/v4/a", params={"epid": self.epid}, headers=self.token) as response:
                assert response.status == 200
                self.places = await response.json()
        query = self._query() | self.places["connectparams"] | {"ccid": self.places["ccid"]}
        async with self.session.get(f"{self.places['socketio']}socket.io/1/", params=query, headers=self.token) as response:
            assert response.status == 200
            session, _, _, transports = (await response.text()).split(":")
        assert "websocket" in transports.split(",")
        await self._open(f"{self.places['socketio']}socket.io/1/websocket/{session}", query)
        await self.happening("trouter.connected")

    async def connect_at_once(self, token=None, parameters=None):
        """In one step."""
        trouter = (await self.configuration())["trouterServiceUrl"]
        await self._open(f"{trouter}/v4/c", self._query())
        await self.send("5:::" + json.dumps({"name": "user.authenticate", "args": [{
            "headers": {"Authorization": f"Bearer {token or self.person.token}"}, "connectparams": parameters or {}}]}))
        self.places = await self.happening("trouter.connected")

    async def _open(self, url, query):
        self.socket = await self.session.ws_connect(url.replace("http", "ws", 1), params=query)
        assert await self.socket.receive_str(timeout=10) == "1::"
        self.reader = asyncio.create_task(self._read())

    async def _read(self):
        async for message in self.socket:
            kind, number, _, data = (message.data.split(":", 3) + [""] * 3)[:4]
            if kind == "2":
                await self.send("2::")
            elif kind == "3":
                request = json.loads(data)
                self.bodies.put_nowait(request | {"body": json.loads(request["body"] or "null")})
                if self.answers:
                    await self.send("3:::" + json.dumps({"id": request["id"], "status": 200, "headers": {}, "body": ""}))
            elif kind == "5":
                await self.send(f"6:{number}::")
                self.happenings.put_nowait(json.loads(data))
            elif kind in "67":
                self.acks.put_nowait(data)

    async def send(self, text):
        await self.socket.send_str(text)

    async def close(self):
        if self.socket:
            await self.socket.close()
            await self.reader
            self.socket = None

    async def abort(self):
        """Loses the connection without a word."""
        self.socket._response.connection.transport.abort()
        await self.reader
        self.socket = None

    async def register(self, version="v3", token=None, ttl=3600):
        """Gives the status."""
        registrar = (await self.configuration())["registrarServiceUrl"]
        body = {
            "registrationId": self.registration, "nodeId": "",
            "clientDescription": {
                "appId": "AcsWeb", "templateKey": "AcsWeb_Chat_1.8", "platform": "SPOOL", "platformUIVersion": "0.0.0",
                "languageId": "en-US", "aesKey": ""},
            "transports": {"TROUTER": [{"path": self.places["surl"], "ttl": ttl, "context": ""}]}}
        headers = self.token if token is None else {"X-Skypetoken": token}
        async with self.session.post(f"{registrar}/{version}/registrations", json=body, headers=headers) as response:
            return response.status

    async def unregister(self):
        registrar = (await self.configuration())["registrarServiceUrl"]
        async with self.session.delete(
                f"{registrar}/v3/registrations/{self.registration}", headers=self.token) as response:
            return response.status

    async def request(self, timeout=10):
        """The next request that came, its body read."""
        return await asyncio.wait_for(self.bodies.get(), timeout)

    async def event(self, number, timeout=10):
        """The next event, which should be this one."""
        body = (await self.request(timeout))["body"]
        assert body["eventId"] == number, body
        return body

    async def happening(self, name, timeout=10):
        """The arguments of the next happening of that name; others before it are passed over."""
        while True:
            happening = await asyncio.wait_for(self.happenings.get(), timeout)
            if happening["name"] == name:
                return (happening["args"] or [None])[0]
