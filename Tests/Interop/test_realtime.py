"""Real-time events over real sockets, with Microsoft's chat SDK as the other side."""

import asyncio
import json
import ssl

import aiohttp
import pytest

from events import EventClient
from people import create_person, create_thread


@pytest.fixture
def context(emulator):
    return ssl.create_default_context(cafile=emulator.facts["certificate"])


def run(test):
    asyncio.run(asyncio.wait_for(test, 60))


@pytest.fixture(params=["two steps", "one step"])
def connect(request):
    """Connects and registers, in either variant."""

    async def connect(client):
        await (client.connect() if request.param == "two steps" else client.connect_at_once())
        assert await client.register() == 202
    return connect


def test_each_of_the_ten_events_arrives(emulator, alice, bob, context, connect):
    async def converse():
        carol = create_person(emulator, "Carol")
        async with EventClient(bob, context) as client:
            await connect(client)
            thread = await asyncio.to_thread(create_thread, alice, "Boats", bob)
            created = await client.event(257)
            assert created["threadId"] == thread.thread_id and created["groupId"] == ""
            assert {one["participantId"] for one in json.loads(created["members"])} == {alice.id, bob.id}
            assert json.loads(created["properties"])["topic"] == "Boats"

            sent = await asyncio.to_thread(
                thread.send_message, "Ahoy ⛵", sender_display_name="Alice", metadata={"a": "b"})
            request = await client.request()
            assert request["url"].endswith("/chatMessageReceived") and request["method"] == "POST"
            received = request["body"]
            assert (received["eventId"], received["messageId"], received["messageBody"]) == (200, sent.id, "Ahoy ⛵")
            assert received["groupId"] == thread.thread_id and "sequenceId" not in received
            assert (received["senderId"], received["recipientMri"]) == (alice.id, bob.id)
            assert received["recipientId"] == bob.id.removeprefix("8:")
            assert json.loads(received["acsChatMessageMetadata"]) == {"a": "b"}

            await asyncio.to_thread(thread.update_message, sent.id, content="Ahoy!")
            assert (await client.event(247))["messageBody"] == "Ahoy!"
            await asyncio.to_thread(thread.send_read_receipt, sent.id)
            horizon = json.loads((await client.event(246))["messageBody"])["consumptionhorizon"]
            assert abs(int(horizon.split(";")[1]) - int(sent.id)) < 60_000
            await asyncio.to_thread(thread.send_typing_notification, sender_display_name="Alice")
            assert (await client.event(245))["senderDisplayName"] == "Alice"
            await asyncio.to_thread(thread.delete_message, sent.id)
            assert "messageBody" not in await client.event(248)

            await asyncio.to_thread(thread.update_topic, "Ships")
            assert json.loads((await client.event(258))["properties"])["topic"] == "Ships"
            await asyncio.to_thread(thread.add_participants, [carol.participant])
            added = json.loads((await client.event(260))["participantsAdded"])
            assert [(one["participantId"], one["displayName"]) for one in added] == [(carol.id, "Carol")]
            await asyncio.to_thread(thread.remove_participant, carol.user)
            removed = json.loads((await client.event(261))["participantsRemoved"])
            assert [one["participantId"] for one in removed] == [carol.id]
            await asyncio.to_thread(alice.chat.delete_chat_thread, thread.thread_id)
            assert json.loads((await client.event(259))["deletedBy"])["participantId"] == alice.id
            assert client.bodies.empty(), "nothing else came"
    run(converse())


def test_the_author_receives_what_they_sent(alice, bob, context, connect):
    async def converse():
        thread = await asyncio.to_thread(create_thread, alice, "Boats", bob)
        async with EventClient(alice, context) as client:
            await connect(client)
            sent = await asyncio.to_thread(thread.send_message, "mine")
            assert (await client.event(200))["messageId"] == sent.id
    run(converse())


def test_pings_are_acknowledged(alice, context, connect):
    async def converse():
        async with EventClient(alice, context) as client:
            await connect(client)
            await client.send('5:1+::{"name":"user.activity","args":[{"state":"active","cv":"a.0.1"}]}')
            assert await asyncio.wait_for(client.acks.get(), 10) == "1+[]"
            await client.send('5:2+::{"name":"ping"}')
            assert await asyncio.wait_for(client.acks.get(), 10) == '2+["pong"]'
    run(converse())


def test_what_was_sent_to_a_client_that_was_away_comes_when_it_is_back(alice, bob, context, connect):
    async def converse():
        thread = await asyncio.to_thread(create_thread, alice, "Boats", bob)
        async with EventClient(bob, context) as client:
            await connect(client)
            client.answers = False
            await asyncio.to_thread(thread.send_message, "unanswered")
            await client.event(200)
            client.answers = True
            await client.abort()
            await asyncio.to_thread(thread.send_message, "away")
            await connect(client)
            assert (await client.event(200))["messageBody"] == "unanswered"
            assert (await client.event(200))["messageBody"] == "away"
            await client.close()
            await asyncio.to_thread(thread.send_message, "away again")
            await client.connect_at_once(parameters=client.places["connectparams"])
            assert (await client.event(200))["messageBody"] == "away again", "by the same flow without registering"
    run(converse())


def test_a_cached_flow_is_taken_up_again(alice, bob, context):
    async def converse():
        thread = await asyncio.to_thread(create_thread, alice, "Boats", bob)
        async with EventClient(bob, context) as client:
            await client.connect()
            assert await client.register("V2") == 202
            await client.close()
            await asyncio.to_thread(thread.send_message, "away")
            await client.connect(again=True)
            assert (await client.event(200))["messageBody"] == "away"
            assert await client.unregister() == 202
            await asyncio.to_thread(thread.send_message, "unheard")
            await client.send('5:1+::{"name":"ping"}')
            await asyncio.wait_for(client.acks.get(), 10)
            assert client.bodies.empty()
    run(converse())


def test_bad_tokens_are_refused(alice, context):
    async def converse():
        async with EventClient(alice, context) as client:
            await client.connect()
            assert await client.register(token="nonsense") == 401
            async with client.session.get(f"{alice.endpoint}/v4/a") as response:
                assert response.status == 401
        async with EventClient(alice, context) as client:
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(client.connect_at_once(token="nonsense"), 2)
            assert (await client.acks.get()).startswith("unauthorized+")
            assert client.socket.closed
        async with EventClient(alice, context) as client:
            with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
                await client.session.ws_connect(f"{alice.endpoint}/socket.io/1/websocket/nonsense")
            assert caught.value.status == 401
    run(converse())


@pytest.mark.parametrize("text", ["nonsense", "9::", "3:::{", "5:1+::[]", "2" * 70_000])
def test_a_broken_frame_ends_the_socket_with_words(alice, context, text):
    async def converse():
        async with EventClient(alice, context) as client:
            await client.connect()
            await client.send(text)
            assert "+" in await asyncio.wait_for(client.acks.get(), 10)
            await asyncio.wait_for(client.reader, 10)
            assert client.socket.close_code == 1000
    run(converse())


def test_a_request_is_answered_by_the_client(alice, context):
    async def converse():
        async with EventClient(alice, context) as client:
            await client.connect()
            client.answers = False
            post = asyncio.create_task(ask(client, {}))
            request = await client.request()
            assert request["body"] == {"question": 1} and request["url"].endswith("/chat")
            await client.send("3:::" + json.dumps({"id": request["id"], "status": 202, "body": "yes"}))
            assert await post == (202, "yes")
            status, _ = await ask(client, {"Trouter-Timeout": "300"})
            assert status == 504
    run(converse())


async def ask(client, headers):
    async with client.session.post(
            f"{client.places['surl']}chat", json={"question": 1}, headers={"Trouter-Request": "{}"} | headers) as response:
        return response.status, await response.text()
