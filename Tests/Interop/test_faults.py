"""Faults on demand, as Microsoft's SDKs and other clients see them."""

import asyncio
import base64
import gzip
import http.client
import json
import socket
import ssl
import time
from urllib.parse import urlsplit

import aiohttp
import pytest
from azure.core.exceptions import (
    HttpResponseError, IncompleteReadError, ServiceRequestError, ServiceResponseError)

from events import EventClient
from faults import Faults
from people import create_thread


@pytest.fixture
def faults(emulator):
    with Faults(emulator).cleared() as faults:
        yield faults


@pytest.fixture
def thread(alice, bob):
    return create_thread(alice, "Boats", bob)


@pytest.fixture
def context(emulator):
    return ssl.create_default_context(cafile=emulator.facts["certificate"])


def texts(thread):
    return [message.content.message for message in thread.list_messages() if message.type == "text"]


def ask(emulator, plane="httpEndpoint", timeout=10, context=None):
    """One plain request, without anybody who tries again."""
    address = urlsplit(emulator.facts[plane])
    kind = http.client.HTTPConnection if address.scheme == "http" else http.client.HTTPSConnection
    extra = {} if context is None else {"context": context}
    connection = kind(address.hostname, address.port, timeout=timeout, **extra)
    try:
        connection.request("GET", "/")
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def test_the_sdk_waits_and_tries_again_when_it_is_told_to(faults, thread):
    faults.on("status", 429, "--retry-after", 1, "--operation", "POST /chat/threads/*/messages", "--next", 2)
    begin = time.monotonic()
    thread.send_message("ahoy")
    assert 1.9 <= time.monotonic() - begin < 20, "it waited twice"
    assert texts(thread) == ["ahoy"]
    assert faults.list() == []


def test_the_sdk_gives_up_on_a_refusal_that_is_final(faults, thread):
    fault = faults.on("status", 403, "--plane", "chat")
    with pytest.raises(HttpResponseError) as refusal:
        thread.send_message("ahoy")
    assert refusal.value.status_code == 403
    assert f"fault {fault['id']} (status 403)" in refusal.value.response.headers["X-Confab-Why"]


def test_the_sdk_raises_on_a_truncated_body(faults, thread):
    for number in range(5):
        thread.send_message(f"number {number}")
    faults.on("truncate", "--operation", "GET /chat/threads/*/messages", "--next", 10)
    with pytest.raises((IncompleteReadError, ServiceResponseError, HttpResponseError)):
        list(thread.list_messages())


@pytest.mark.parametrize("plane", ["httpEndpoint", "httpsEndpoint"])
def test_a_connection_is_reset(emulator, faults, context, plane):
    faults.on("reset")
    with pytest.raises(ConnectionResetError):
        ask(emulator, plane, context=context if plane == "httpsEndpoint" else None)
    assert ask(emulator)[0] == 200


@pytest.mark.parametrize("plane", ["httpEndpoint", "httpsEndpoint"])
def test_a_body_is_cut_off_and_stalls(emulator, faults, context, plane):
    context = context if plane == "httpsEndpoint" else None
    faults.on("truncate", "--bytes", 7)
    with pytest.raises(http.client.IncompleteRead) as cut:
        ask(emulator, plane, context=context)
    assert cut.value.partial == b"This is"
    faults.on("stall", "30s")
    begin = time.monotonic()
    with pytest.raises(socket.timeout):
        ask(emulator, plane, timeout=1, context=context)
    assert time.monotonic() - begin < 10
    assert ask(emulator)[0] == 200, "others are served meanwhile"


def test_a_message_may_be_sent_although_its_connection_was_reset(faults, thread):
    for words, sent in ((), []), (("--applied",), ["ahoy"]):
        faults.on("reset", *words, "--operation", "POST /chat/threads/*/messages")
        with pytest.raises((ServiceRequestError, ServiceResponseError)):
            thread.send_message("ahoy")
        assert texts(thread) == sent


@pytest.mark.alone
def test_latency_holds_an_answer_back_and_no_other(emulator, faults):
    faults.on("latency", "1500ms")
    begin = time.monotonic()
    _, headers, _ = ask(emulator)
    assert 1.4 < time.monotonic() - begin < 10
    assert "latency 1500 ms" in headers["X-Confab-Why"]
    begin = time.monotonic()
    assert "X-Confab-Why" not in ask(emulator)[1]
    assert time.monotonic() - begin < 1


def test_a_share_is_the_same_every_time(emulator, faults):
    def pattern():
        faults.on("status", 500, "--share", 0.3, "--seed", 5)
        statuses = [ask(emulator)[0] for _ in range(60)]
        faults.clear()
        return statuses
    first = pattern()
    assert pattern() == first
    assert 8 <= first.count(500) <= 30


def test_a_share_for_a_time_ends_by_itself(emulator, faults):
    faults.on("status", 500, "--for", "700ms")
    assert ask(emulator)[0] == 500
    deadline = time.monotonic() + 10
    while ask(emulator)[0] == 500:
        assert time.monotonic() < deadline
    assert faults.list() == []


def test_revoked_tokens_are_refused_in_the_middle_of_a_session(faults, alice, bob, thread):
    thread.send_message("before")
    faults.on("revoke-tokens", "--user", alice.id)
    with pytest.raises(HttpResponseError) as refusal:
        thread.send_message("after")
    assert refusal.value.status_code == 401
    assert texts(bob.chat.get_chat_thread_client(thread.thread_id)) == ["before"]


def test_a_browser_reads_a_struck_answer(emulator, faults, alice):
    faults.on("status", 503, "--plane", "chat")

    async def converse():
        async with aiohttp.ClientSession() as session:
            async with session.get(
                    f"{emulator.facts['httpEndpoint']}/chat/threads?api-version=2024-03-07",
                    headers={"Origin": "https://app.example", "Authorization": f"Bearer {alice.token}"}) as answer:
                assert answer.status == 503
                assert answer.headers["Access-Control-Allow-Origin"] == "*"
                assert "X-Confab-Why" in answer.headers["Access-Control-Expose-Headers"]
                assert "status 503" in answer.headers["X-Confab-Why"]
                assert (await answer.json())["CommunicationError"]["Code"] == "ServiceUnavailable"
    asyncio.run(converse())


def test_what_makes_no_sense_is_refused_in_plain_words(faults):
    for words, complaint, code in [
            (("status", 200), "from 400 to 599", 65), (("latency", "soon"), "250ms", 64),
            (("status", 500, "--share", "2"), "up to 1", 65), (("status", 500, "--plane", "moon"), "realtime", 65),
            (("clear", "f999999"), "no fault f999999", 65), (("drop", "--path", "/x"), "unknown option", 64)]:
        done = faults.run(*words)
        assert done.returncode == code, (words, done.stderr)
        assert complaint in done.stderr
        assert done.stdout == ""


def converse(test):
    asyncio.run(asyncio.wait_for(test, 60))


async def connected(bob, context):
    client = EventClient(bob, context)
    await client.__aenter__()
    await client.connect()
    assert await client.register() == 202
    return client


def test_events_are_dropped_doubled_late_and_strange(faults, bob, thread, context):
    async def body():
        client = await connected(bob, context)
        await client.happening("trouter.message_loss")  # as after every fresh connect
        async def say(text):
            await asyncio.to_thread(thread.send_message, text)
        mine = ("--user", bob.id)
        faults.on("drop", *mine)
        await say("1")
        await client.happening("trouter.message_loss")
        faults.on("duplicate", *mine)
        await say("2")
        assert [(await client.event(200))["messageBody"] for _ in range(2)] == ["2", "2"]
        faults.on("late", "600ms", *mine)
        await say("3")
        await say("4")
        assert [(await client.event(200))["messageBody"] for _ in range(2)] == ["4", "3"]
        faults.on("unknown-event", *mine)
        await say("5")
        assert (await client.event(999))
        assert (await client.event(200))["messageBody"] == "5"
        faults.on("cp-body", *mine)
        await say("6")
        packed = (await client.request())["body"]["cp"]
        assert json.loads(gzip.decompress(base64.b64decode(packed)))["messageBody"] == "6"
        await client.__aexit__()
    converse(body())


def test_sockets_break_without_a_word(faults, bob, thread, context):
    async def body():
        client = await connected(bob, context)
        faults.on("cut", "--user", bob.id)
        await asyncio.wait_for(client.reader, 10)
        assert client.socket.close_code == 1006
        await asyncio.to_thread(thread.send_message, "meanwhile")
        await client.connect(again=True)
        assert (await client.event(200))["messageBody"] == "meanwhile"
        faults.on("gap", "--user", bob.id)
        await asyncio.wait_for(client.reader, 10)
        await asyncio.to_thread(thread.send_message, "lost")
        await client.connect(again=True)
        await client.happening("trouter.message_loss")
        await asyncio.to_thread(thread.send_message, "found")
        assert (await client.event(200))["messageBody"] == "found"
        await client.__aexit__()
    converse(body())


def test_an_event_comes_before_the_answer_to_its_sender(faults, bob, thread, context):
    async def body():
        client = await connected(bob, context)
        faults.on("early-event", "1s")
        sending = asyncio.create_task(asyncio.to_thread(thread.send_message, "early"))
        assert (await client.event(200))["messageBody"] == "early"
        assert not sending.done()
        await sending
        await client.__aexit__()
    converse(body())


def test_a_registration_is_refused(faults, bob, context):
    async def body():
        client = EventClient(bob, context)
        await client.__aenter__()
        await client.connect()
        faults.on("refuse-registration", "--status", 401)
        assert await client.register() == 401
        assert await client.register() == 202
        await client.__aexit__()
    converse(body())
