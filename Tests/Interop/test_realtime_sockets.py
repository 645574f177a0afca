"""Real-time sockets under strain: large messages, readers that stop, clients that never answer, an emulator that is killed."""

import asyncio
import json
import ssl
import statistics
import time
from contextlib import asynccontextmanager, contextmanager

import pytest

from events import EventClient
from people import create_person, create_thread, identity_client, token_of
from servers import Emulator

LARGEST = 28 * 1024


@pytest.fixture
def context(emulator):
    return ssl.create_default_context(cafile=emulator.facts["certificate"])


@pytest.fixture(params=["ws", "wss"])
def scheme(request):
    return request.param


def run(test, timeout=60):
    asyncio.run(asyncio.wait_for(test, timeout))


def by(scheme, emulator, person):
    """The same person, who comes over this scheme."""
    person.endpoint = emulator.facts["httpEndpoint" if scheme == "ws" else "httpsEndpoint"].rstrip("/")
    return person


@asynccontextmanager
async def listening(person, context, **options):
    """Somebody's client, connected and registered."""
    async with EventClient(person, context, **options) as client:
        await client.connect()
        assert await client.register() == 202
        yield client


async def say(client, thread, text):
    """Sends a message over the client's HTTP connection; gives its id."""
    async with client.session.post(
            f"{client.person.endpoint}/chat/threads/{thread.thread_id}/messages?api-version=2024-03-07",
            json={"content": text, "type": "text"},
            headers={"Authorization": f"Bearer {client.person.token}"}) as response:
        assert response.status == 201, await response.text()
        return (await response.json())["id"]


@contextmanager
def conversation(emulator):
    alice, bob = create_person(emulator, "Alice"), create_person(emulator, "Bob")
    yield alice, bob, create_thread(alice, "Boats", bob)


# Each character is one byte in the message; a quote is four by the time that it is JSON in a string in JSON.
@pytest.mark.parametrize("filling", ["x", "\"", "\\", "é", "⛵"])
def test_the_largest_message_arrives_whole(emulator, context, scheme, filling):
    async def converse():
        with conversation(emulator) as (alice, bob, thread):
            async with listening(by(scheme, emulator, bob), context) as client:
                text = filling * (LARGEST // len(filling.encode()) - 1)
                begin = time.monotonic()
                await say(client, thread, text)
                assert (await client.event(200))["messageBody"] == text
                assert time.monotonic() - begin < 2
    run(converse())


@pytest.mark.alone
def test_events_come_at_once_one_by_one_and_in_order(emulator, context, scheme):
    async def converse():
        with conversation(emulator) as (alice, bob, thread):
            async with listening(by(scheme, emulator, bob), context) as client:
                delays = []
                for number in range(100):
                    begin = time.monotonic()
                    sent = await say(client, thread, str(number))
                    assert (await client.event(200))["messageId"] == sent
                    delays.append(time.monotonic() - begin)
                print(f"{scheme}: {statistics.median(delays) * 1000:.1f} ms, slowest {max(delays) * 1000:.1f} ms")
                assert statistics.median(delays) < 0.1, "send and event together"
                texts = [str(number) for number in range(300)]
                for text in texts:
                    await say(client, thread, text)
                assert [(await client.event(200))["messageBody"] for _ in texts] == texts
    run(converse())


def test_a_reader_that_stops_delays_nobody_and_loses_nothing(emulator, context, scheme):
    """More is sent than sockets hold: the rest waits in the emulator until the client reads and answers."""
    async def converse():
        with conversation(emulator) as (alice, bob, thread):
            by(scheme, emulator, alice), by(scheme, emulator, bob)
            async with listening(bob, context) as slow, listening(alice, context) as quick:
                transport = slow.socket._response.connection.transport
                transport.pause_reading()
                # Large messages over TLS are slow here, and enough are sent to fill what lies between.
                count = 150 if scheme == "ws" else 40
                texts = [f"{number:03}" + "\"" * 20_000 for number in range(count)]
                for text in texts:
                    begin = time.monotonic()
                    await say(quick, thread, text)
                    assert (await quick.event(200))["messageBody"] == text
                    assert time.monotonic() - begin < 2
                transport.resume_reading()
                got = []
                while len(set(got)) < len(texts):
                    got.append((await slow.event(200, 30))["messageBody"])
                assert list(dict.fromkeys(got)) == texts, "in order; what was late to be answered came twice"
    run(converse(), 120)


def test_what_a_client_does_not_answer_comes_again(emulator, context):
    async def converse():
        with conversation(emulator) as (alice, bob, thread):
            async with listening(bob, context) as mute, listening(alice, context) as quick:
                mute.answers = False
                sent = await say(quick, thread, "unheard")
                assert (await mute.event(200))["messageId"] == sent
                assert (await quick.event(200))["messageId"] == sent, "nobody waits for the mute one"
                begin = time.monotonic()
                mute.answers = True
                assert (await mute.event(200, 20))["messageId"] == sent
                assert 8 < time.monotonic() - begin < 15
                after = await say(quick, thread, "heard")
                assert (await mute.event(200))["messageId"] == after
    run(converse())


def test_after_fifteen_minutes_away_a_client_is_told_of_the_loss(own_emulator):
    context = ssl.create_default_context(cafile=own_emulator.facts["certificate"])

    async def converse():
        with conversation(own_emulator) as (alice, bob, thread):
            async with listening(bob, context) as client, listening(alice, context) as quick:
                await client.happening("trouter.message_loss")
                await client.abort()
                await say(quick, thread, "too old")
                await advance(own_emulator, quick, 8 * 60)
                kept = await say(quick, thread, "kept")
                await advance(own_emulator, quick, 8 * 60)
                await client.connect()
                assert await client.register() == 202
                await client.happening("trouter.message_loss")
                assert (await client.event(200))["messageId"] == kept
                assert client.bodies.empty()
    run(converse())


async def advance(emulator, client, seconds):
    async with client.session.post(
            f"{emulator.facts['adminEndpoint']}/clock", json={"advanceMilliseconds": seconds * 1000}) as response:
        assert response.status == 200, await response.text()


def test_each_device_of_a_person_is_told_until_it_says_no(emulator, context, scheme):
    async def converse():
        with conversation(emulator) as (alice, bob, thread):
            by(scheme, emulator, bob)
            async with listening(bob, context) as laptop, listening(bob, context) as telephone:
                sent = await say(laptop, thread, "both")
                for device in (laptop, telephone):
                    assert (await device.event(200))["messageId"] == sent
                assert await telephone.unregister() == 202
                await say(laptop, thread, "one")
                assert (await laptop.event(200))["messageBody"] == "one"
                await laptop.close()
                await telephone.send('5:1+::{"name":"ping"}')
                assert await asyncio.wait_for(telephone.acks.get(), 10) == '1+["pong"]'
                assert telephone.bodies.empty()
    run(converse())


def test_many_sockets_are_all_told(emulator, context, scheme):
    async def converse():
        with conversation(emulator) as (alice, bob, thread):
            by(scheme, emulator, bob)
            clients = [EventClient(bob, context) for _ in range(40)]
            try:
                for client in clients:
                    await client.__aenter__()
                    await client.connect()
                    assert await client.register() == 202
                sent = await say(clients[0], thread, "all")
                assert {(await client.event(200))["messageId"] for client in clients} == {sent}
            finally:
                for client in clients:
                    await client.__aexit__()
    run(converse())


def test_a_killed_emulator_is_found_again_and_brings_what_was_missed(own_emulator):
    context = ssl.create_default_context(cafile=own_emulator.facts["certificate"])

    async def converse():
        with conversation(own_emulator) as (alice, bob, thread):
            async with listening(bob, context) as away, listening(alice, context) as there:
                await away.happening("trouter.message_loss")
                await away.abort()
                # What is on its way to somebody whose absence nobody noticed yet is told as a loss after a kill.
                while await asyncio.to_thread(own_emulator.connected_clients) > 1:
                    await asyncio.sleep(0.01)
                missed = [await say(there, thread, f"missed {number}") for number in range(5)]
                for sent in missed:
                    assert (await there.event(200))["messageId"] == sent
                await asyncio.to_thread(own_emulator.kill)
                await asyncio.wait_for(there.reader, 10)
                await asyncio.to_thread(own_emulator.restart)
                for client in (there, away):
                    client.socket = None
                    await client.connect()
                    assert await client.register() == 202
                assert [(await away.event(200))["messageId"] for _ in missed] == missed
                await away.happening("trouter.message_loss")
                await there.happening("trouter.message_loss")
                after = await say(there, thread, "after")
                for client in (there, away):
                    assert (await client.event(200))["messageId"] == after
                assert there.bodies.empty() and away.bodies.empty(), "once"
    run(converse())


def test_two_emulators_side_by_side_keep_their_events_apart(emulator, context, tmp_path):
    async def converse(other):
        trust = ssl.create_default_context(cafile=other.facts["certificate"])
        with conversation(emulator) as (alice, bob, thread):
            carol = create_person(emulator, "Carol")
            with other.trusted(), conversation(other) as (dora, eve, second):
                async with listening(bob, context) as here, listening(eve, trust) as there:
                    await say(here, thread, "here")
                    await say(there, second, "there")
                    assert (await here.event(200))["messageBody"] == "here"
                    assert (await there.event(200))["messageBody"] == "there"
                    assert await there.register(token=carol.token) == 401
                    places, there.places = there.places, here.places
                    assert await there.register() == 400, "an address of the other's"
                    there.places = places
                    assert here.bodies.empty() and there.bodies.empty()
    with Emulator(tmp_path / "other") as other:
        run(converse(other))


def test_a_deleted_identity_loses_its_socket(emulator, context, scheme):
    async def converse():
        with conversation(emulator) as (alice, bob, thread):
            async with listening(by(scheme, emulator, bob), context) as client:
                await asyncio.to_thread(identity_client(emulator).delete_user, bob.user)
                assert (await asyncio.wait_for(client.acks.get(), 10)).startswith("unauthorized+")
                await asyncio.wait_for(client.reader, 10)
    run(converse())


def test_a_revoked_token_ends_the_socket_and_a_new_one_opens_another(emulator, context, scheme):
    async def converse():
        with conversation(emulator) as (alice, bob, thread):
            async with listening(by(scheme, emulator, bob), context) as client:
                await asyncio.to_thread(identity_client(emulator).revoke_tokens, bob.user)
                assert (await asyncio.wait_for(client.acks.get(), 10)).startswith("unauthorized+")
                await asyncio.wait_for(client.reader, 10)
                async with client.session.post(f"{bob.endpoint}/v4/a", headers=client.token) as response:
                    assert response.status == 401
                client.person = by(scheme, emulator, token_of(emulator, "Bob", bob.id))
                await client.connect()
                assert await client.register() == 202
                sent = await say(client, thread, "again")
                assert (await client.event(200))["messageId"] == sent
    run(converse())
