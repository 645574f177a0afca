"""`confab chat`: threads and messages for scripts and pipes, beside Microsoft's SDK."""

import json
import re
import signal
import subprocess
import threading
import time
import uuid

import pytest
from azure.communication.chat import ChatParticipant

from chat_prompt import ChatPrompt
from client import configuration, sign_in
from faults import Faults
from people import create_thread, texts
from servers import program
from strange_service import StrangeService

NOT_THERE = "19:0123456789abcdef0123456789abcdef@thread.v2"


def test_list_shows_threads_for_people_and_programs(prompt, thread, bob, alice):
    gone = create_thread(bob, "Gone", alice)
    bob.chat.delete_chat_thread(gone.thread_id)
    thread.send_message("hello", sender_display_name="Bob")
    rows = {one["id"]: one for one in prompt.objects("list")}
    assert rows[thread.thread_id]["topic"] == thread.topic
    assert rows[thread.thread_id]["standing"] == "member" and rows[gone.thread_id]["standing"] == "deleted"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", rows[thread.thread_id]["lastMessageReceivedOn"])
    lines = prompt.done("list").splitlines()
    assert len(lines) == len(rows)
    assert any(thread.topic in line and line.endswith(thread.thread_id) for line in lines)
    assert any("Gone (deleted)" in line for line in lines)


def test_a_damaged_history_is_no_reason_to_list_nothing(prompt, thread):
    prompt.done("export", thread.thread_id)
    (file,) = (prompt.home / "state").rglob("*.history")
    for beside in file.parent.glob(f"{file.name}-*"):
        beside.unlink()
    file.write_bytes(b"no database, but long enough to be one. " * 200)
    done = prompt("list", "--json")
    rows = {one["id"]: one for one in map(json.loads, done.stdout.splitlines())}
    assert done.returncode == 0 and rows[thread.thread_id]["unreadCount"] is None, done
    assert str(file) in done.stderr and "without what is unread" in done.stderr and done.stderr.count("\n") == 1, done


def test_columns_stand_below_each_other_whatever_is_in_them(prompt, alice, bob):
    for topic in ("漢字漢字", "ascii", "👩‍👩‍👧 family", "a\u0301\u0301 accents"):
        create_thread(bob, topic, alice)
    lines = prompt.done("list").splitlines()

    def columns(text):
        wide = sum(2 for one in text if "\u4e00" <= one <= "\u9fff")
        return wide + sum(1 for one in text if " " <= one < "\u0300")

    ends = {columns(line.split("19:")[0]) for line in lines if "family" not in line}
    assert len(ends) == 1, lines


def test_show_names_senders_edits_deletions_and_events(prompt, thread, alice):
    first = thread.send_message("first", sender_display_name="Bob").id
    thread.send_message("two\nlines", sender_display_name="Bob")
    third = thread.send_message("third").id
    thread.update_message(first, "first, better")
    thread.delete_message(third)
    thread.send_message("<b>bold</b> &amp; plain", chat_message_type="html", sender_display_name="Bob")
    said = prompt.done("show", thread.topic.upper())
    assert re.search(r"Bob +first, better \(edited\)\n", said)
    assert re.search(r"Bob +two\n +lines\n", said)
    assert "(deleted)" in said and "third" not in said
    assert "bold & plain" in said and f"set the topic: {thread.topic}" in said
    # Names that messages lack come from the thread.
    assert alice.name in said and "\x1b" not in said
    found = prompt.objects("show", thread.thread_id)
    one = next(each for each in found if each["id"] == first)
    assert one["content"]["message"] == "first, better" and one["editedOn"] and one["senderName"] == "Bob"
    assert one["threadId"] == thread.thread_id and one["senderCommunicationIdentifier"]["rawId"].startswith("8:acs:")
    assert next(each for each in found if each["id"] == third)["deletedOn"]
    assert next(each for each in found if each["type"] == "html")["text"] == "bold & plain"
    assert [each["id"] for each in found] == sorted(each["id"] for each in found)


@pytest.fixture
def strangers(alice, bob, known):
    """A thread in which nothing names Carol, who is there, nor Dan, who has gone; the trusted service's directory does."""
    carol, dan = known("Carol"), known("Dan")
    made = bob.chat.create_chat_thread(f"Strangers {uuid.uuid4().hex[:6]}", thread_participants=[
        alice.participant, *(ChatParticipant(identifier=one.user) for one in (carol, dan))])
    thread = bob.chat.get_chat_thread_client(made.chat_thread.id)
    carol.chat.get_chat_thread_client(thread.thread_id).send_message("from nobody")
    dan.chat.get_chat_thread_client(thread.thread_id).send_message("and gone")
    thread.remove_participant(dan.user)
    thread.carol, thread.dan = carol, dan
    return thread


def test_whom_nothing_in_a_thread_names_the_directory_does(prompt, strangers):
    carol, dan, id = strangers.carol, strangers.dan, strangers.thread_id
    for said in (prompt.done("show", id), prompt.done("tail", id)):
        assert re.search(f"{carol.name} +from nobody", said) and re.search(f"{dan.name} +and gone", said), said
        assert f"removed {dan.name}" in said
    assert {one["senderName"] for one in prompt.objects("show", id) if one["type"] == "text"} == {carol.name, dan.name}
    exported = prompt.done("export", id)
    assert carol.name in exported and f"removed {dan.name}" in exported and "…" not in exported, exported
    # What the export kept is a name also where the directory tells none.
    file = prompt.home / "config" / "confab" / "config.json5"
    config = json.loads(file.read_text())
    file.write_text(json.dumps(config | {"tokenService": config["tokenService"] | {"usersURL": "http://127.0.0.1:9/users"}}))
    assert carol.name in prompt.done("show", id)
    file.write_text(json.dumps(config))
    # What the export kept, a search finds, which asks nobody.
    (hit,) = [one for one in prompt.objects("search", "nobody") if one["threadId"] == id]
    assert hit["senderName"] == carol.name
    with prompt.following("watch", "--json") as watch:
        watch.begin(strangers)
        carol.chat.get_chat_thread_client(id).send_message("still nobody")
        watch.wait_until(lambda: any(one.get("senderName") == carol.name for one in watch.objects), "her name")


@pytest.mark.parametrize("directory", ["none", "deaf", "broken"])
def test_a_directory_that_does_not_answer_is_no_reason_to_fail(
        strangers, alice, emulator, service, tmp_path, directory):
    with StrangeService(body=b"<html>") as strange:
        if directory == "deaf":
            strange.answering.clear()
        config = configuration(emulator, service, alice.name)
        if directory == "none":
            del config["tokenService"]["usersURL"]
        else:
            config["tokenService"]["usersURL"] = f"{strange.root}/users"
        prompt = ChatPrompt(tmp_path / "other", config)
        start = time.monotonic()
        done = prompt("show", strangers.thread_id)
        assert time.monotonic() - start < 8
    assert done.returncode == 0 and done.stderr == "" and "from nobody" in done.stdout, done
    assert f"…{strangers.carol.id[-8:]}" in done.stdout and strangers.carol.name not in done.stdout


def test_show_pages_back(prompt, thread):
    ids = [thread.send_message(f"number {number}").id for number in range(130)]
    assert [one["id"] for one in prompt.objects("show", thread.thread_id, "--limit", 5)] == ids[-5:]
    older = prompt.objects("show", thread.thread_id, "-n", 120, "--before", ids[-5])
    assert [one["id"] for one in older] == ids[5:-5]


def test_send_prints_the_id_of_a_message_that_others_read(prompt, thread):
    sent = prompt.done("send", thread.topic, "two", "words").strip()
    assert thread.get_message(sent).content.message == "two words"
    piped = prompt.done("send", thread.thread_id, "-", given="from a pipe\nof two lines ⛵\n").strip()
    assert thread.get_message(piped).content.message == "from a pipe\nof two lines ⛵"
    object = json.loads(prompt.done("send", "--json", thread.topic, "--", "--quiet"))
    assert thread.get_message(object["id"]).content.message == "--quiet"
    assert object["threadId"] == thread.thread_id


def test_a_message_with_a_name_is_sent_once_however_often_the_script_runs(prompt, thread):
    ids = {prompt.done("send", "--client-id", "nightly-report", thread.topic, "report").strip() for _ in range(3)}
    assert len(ids) == 1 and texts(thread) == ["report"]


@pytest.mark.parametrize("fault", [["reset", "--applied"], ["reset"], ["status", 429, "--retry-after", 1], ["status", 503]])
def test_a_message_whose_sending_is_not_answered_stands_there_once(own_emulator, own_service, tmp_path, fault):
    alice, bob = (sign_in(own_service, own_emulator, name) for name in ("Alice", "Bob"))
    thread = create_thread(bob, "Once", alice)
    prompt = ChatPrompt(tmp_path / "alice", configuration(own_emulator, own_service))
    Faults(own_emulator).on(*fault, "--operation", "POST /chat/threads/*/messages")
    sent = prompt.done("send", "once", "only once").strip()
    assert texts(thread) == ["only once"] and thread.get_message(sent).content.message == "only once"


def test_a_topic_that_several_threads_have(prompt, thread, alice, bob):
    other = create_thread(bob, thread.topic.upper(), alice)
    done = prompt("show", thread.topic)
    assert done.returncode == 65 and thread.thread_id in done.stderr and other.thread_id in done.stderr
    bob.chat.delete_chat_thread(other.thread_id)
    assert prompt("show", thread.topic).returncode == 0


def test_tail_shows_the_newest_and_goes_on(prompt, thread):
    for number in range(5):
        thread.send_message(f"number {number}", sender_display_name="Bob")
    said = prompt.done("tail", thread.topic, "-n", 2)
    assert "number 4" in said and "number 3" in said and "number 2" not in said
    with prompt.following("tail", "-f", "-n", "1", thread.topic) as tail:
        tail.wait_for("number 4")
        new = thread.send_message("number 5", sender_display_name="Bob").id
        tail.wait_for("number 5")
        thread.update_message(new, "number five")
        tail.wait_for("number five")
        thread.delete_message(new)
        tail.wait_for("deleted the message")
        assert tail.said.decode().count("number 5\n") == 1 and "number 3" not in tail.said.decode()
        assert tail.stop() == 0


def test_watch_tells_everything_once_through_a_death_of_the_service(own_emulator, own_service, tmp_path):
    alice, bob = (sign_in(own_service, own_emulator, name) for name in ("Alice", "Bob"))
    thread = create_thread(bob, "Storm", alice)
    quiet = create_thread(bob, "Quiet", alice)
    early = quiet.send_message("was there before").id
    prompt = ChatPrompt(tmp_path / "alice", configuration(own_emulator, own_service))
    with prompt.following("watch", "--json") as watch:
        def seen(text):
            return lambda: any(one.get("content", {}).get("message") == text for one in watch.objects)
        watch.begin(thread)
        sent = [thread.send_message(f"wave {one}", sender_display_name="Bob").id for one in range(5)]
        watch.wait_until(seen("wave 4"), "the waves")
        own_emulator.kill()
        watch.wait_until(lambda: b"Trying again" in watch.complaints, "a note of the death")
        own_emulator.restart()
        with own_emulator.trusted():
            sent += [thread.send_message(f"after {one}", sender_display_name="Bob").id for one in range(5)]
            thread.update_message(sent[0], "wave zero")
            thread.delete_message(sent[1])
            later = create_thread(bob, "Later", alice)
            later.send_message("in a new thread", sender_display_name="Bob")
            quiet.update_message(early, "was there, edited")
        watch.wait_until(seen("after 4"), "what came after", timeout=60)
        watch.wait_until(seen("wave zero"), "the edit", timeout=60)
        watch.wait_until(seen("in a new thread"), "the new thread", timeout=60)
        watch.wait_until(seen("was there, edited"), "an edit of an old message", timeout=60)
        watch.wait_until(
            lambda: any(one["event"] == "chatMessageDeleted" for one in watch.objects), "the deletion", timeout=60)
        told = [(one["event"], one["id"]) for one in watch.objects if one["event"].startswith("chatMessage")]
        assert len(told) == len(set(told))
        assert [one for event, one in told if event == "chatMessageReceived" and one in sent] == sent
        assert ("chatMessageEdited", sent[0]) in told and ("chatMessageDeleted", sent[1]) in told
        assert ("chatMessageEdited", early) in told and ("chatMessageReceived", early) not in told
        assert any(one["event"] == "chatThreadCreated" and one["topic"] == "Later" for one in watch.objects)
        assert watch.stop(signal.SIGTERM) == 0


def test_two_senders_at_once_are_both_told_once(prompt, thread, bob, emulator, service, tmp_path):
    other = ChatPrompt(tmp_path / "bob", configuration(emulator, service, bob.name))
    with prompt.following("tail", "-f", "-n", "0", "--json", thread.thread_id) as tail:
        tail.begin(thread)
        senders = [threading.Thread(target=lambda who=who, name=name: [
            who.done("send", thread.thread_id, f"{name} {number}") for number in range(8)])
            for name, who in (("alice", prompt), ("bob", other))]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        wanted = {f"{name} {number}" for name in ("alice", "bob") for number in range(8)}

        def told():
            return [text for one in tail.objects if not (text := one["content"]["message"]).startswith("begin")]
        tail.wait_until(lambda: len(told()) >= len(wanted), "all of them")
        assert sorted(told()) == sorted(wanted) == sorted(text for text in texts(thread) if not text.startswith("begin"))
        for name in ("alice", "bob"):
            assert [text for text in told() if text.startswith(name)] == [f"{name} {number}" for number in range(8)]


def test_a_reader_that_leaves_ends_it_quietly(prompt, thread):
    for number in range(40):
        thread.send_message(f"{number} " + "long " * 2000)
    script = f"{program('confab')} chat show {thread.thread_id} | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=30, env=prompt.environment)
    assert done.stderr == "" and done.stdout.splitlines()[-1] == "141" and len(done.stdout.splitlines()) == 2


def test_hostile_texts_steer_nothing(prompt, alice, bob):
    evil = "\x1b]0;1337\x07\x1b[1337;1m\x9b1337m\u202e1337\u202c\u2028\x7f"
    made = bob.chat.create_chat_thread(f"Evil {evil}", thread_participants=[alice.participant])
    thread = bob.chat.get_chat_thread_client(made.chat_thread.id)
    thread.send_message(f"text {evil}\r\n2026-11-21 00:00:00  Alice  forged", sender_display_name=f"Bob{evil}")
    id = made.chat_thread.id
    said = "".join(prompt.done(*words) for words in (
        ["list"], ["show", id], ["tail", id], ["list", "--json"], ["show", id, "--json"]))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", said)
    assert not re.search(r"^2026-11-21 00:00:00  Alice  forged", said, re.MULTILINE)
    # Programs get what was sent.
    sent = [one["content"]["message"] for one in prompt.objects("show", id) if one["type"] == "text"]
    assert sent and evil.replace("\u2028", "") in sent[0].replace("\u2028", "")
    refused = prompt("show", f"no such {evil}")
    assert refused.returncode == 65 and not re.search("[\x1b\x07\x9b\u202e]", refused.stderr)


def test_save_of_what_has_no_attachments(prompt, thread):
    sent = thread.send_message("nothing attached").id
    done = prompt("save", thread.thread_id, sent)
    assert done.returncode == 65 and "no attachments" in done.stderr


@pytest.mark.parametrize("words, code, hint", [
    (["show", "no such topic"], 65, "confab chat list"),
    (["show", NOT_THERE], 65, "confab chat list"),
    (["tail", "no such topic"], 65, "confab chat list"),
    (["tail", "-f", NOT_THERE], 65, "confab chat list"),
    (["send", "no such topic", "text"], 65, "confab chat list"),
    (["save", NOT_THERE, "1763730000000"], 65, "confab chat list"),
    ([], 64, "--help"),
    (["shwo", "x"], 64, "did you mean 'show'"),
    (["show"], 64, "THREAD"),
    (["show", "x", "--limit", "0"], 64, "--limit"),
    (["show", "x", "--before", "yesterday"], 64, "--before"),
    (["send", "x"], 64, "TEXT"),
    (["save", "x"], 64, "MESSAGE"),
    (["save", "x", "y"], 64, "message's id"),
    (["tail", "x", "-n", "-1"], 64, "--lines"),
    (["watch", "x"], 64, "unexpected operand"),
    (["list", "--config", "/nowhere/config.json5"], 78, "confab --help"),
])
def test_errors_say_what_to_do(prompt, words, code, hint):
    done = prompt(*words)
    assert done.returncode == code and hint in done.stderr and not done.stdout, done


@pytest.mark.parametrize("text", ["", " \n", "x" * 30_000], ids=["nothing", "blanks", "too long"])
def test_texts_that_cannot_be_sent(prompt, thread, text):
    done = prompt("send", thread.thread_id, "-", given=text)
    assert done.returncode == 65 and texts(thread) == [], done


@pytest.mark.parametrize("words", [["list"], ["show", "x"], ["send", "x", "y"], ["tail", "x"]])
def test_nobody_answers(emulator, service, alice, tmp_path, words):
    nowhere = ChatPrompt(tmp_path / "a", configuration(emulator, service, alice.name, endpoint="http://127.0.0.1:1"))
    done = nowhere(*words)
    assert done.returncode == 69 and "127.0.0.1:1" in done.stderr and "config file" in done.stderr, done


@pytest.mark.parametrize("words", [["list"], ["show", "x"], ["send", "x", "y"], ["tail", "x"], ["watch"]])
def test_nobody_is_signed_in(emulator, tmp_path, words):
    config = {"endpoint": emulator.endpoint, "displayName": "Alice", "token": {"environment": "NO_SUCH_TOKEN"},
              "certificateAuthority": emulator.facts["certificate"]}
    done = ChatPrompt(tmp_path / "nobody", config)(*words)
    assert done.returncode in (77, 78) and done.stderr, done
    config["token"] = {"file": str(tmp_path / "token")}
    (tmp_path / "token").touch(mode=0o600)
    (tmp_path / "token").write_text("eyJhbGciOiJub25lIn0.eyJza3lwZWlkIjoiYWNzOngiLCJleHAiOjEwMDB9.c2ln")
    done = ChatPrompt(tmp_path / "nobody", config)(*words)
    assert done.returncode == 77 and done.stderr, done


def test_export_reads_all_and_search_finds_it_without_the_service(own_emulator, own_service, tmp_path):
    alice, bob = (sign_in(own_service, own_emulator, name) for name in ("Alice", "Bob"))
    thread = create_thread(bob, "Log", alice)
    for number in range(120):
        thread.send_message(f"entry {number} of the <b>voyage</b>", sender_display_name="Bob")
    gone = thread.send_message("a secret").id
    thread.delete_message(gone)
    symbols = ["🥺", "❤️", "🇸🇪"]
    for symbol in symbols:
        thread.send_message(f"is{symbol}it", sender_display_name="Bob")
    prompt = ChatPrompt(tmp_path / "alice", configuration(own_emulator, own_service))

    nothing = prompt("search", "voyage")
    assert nothing.returncode == 65 and "chat export" in nothing.stderr
    keepless = configuration(own_emulator, own_service, history={"keep": False})
    for words in (["search", "voyage"], ["export", "Log", "--offline"]):
        never = ChatPrompt(tmp_path / "nothing", keepless)(*words)
        assert never.returncode == 65 and "history.keep" in never.stderr and "chat export" not in never.stderr
    assert prompt("export", "Log", "--offline").returncode == 65

    lines = prompt.done("export", "log", "--format", "jsonl").splitlines()
    found = [json.loads(line) for line in lines]
    assert [one["text"] for one in found if one["type"] == "text" and not one.get("deletedOn")] == [
        *(f"entry {number} of the <b>voyage</b>" for number in range(120)), *(f"is{symbol}it" for symbol in symbols)]
    assert prompt.objects("list")[0]["unreadCount"] is None, "no client has counted"

    own_emulator.kill()
    own_service.stop()
    whole = prompt("export", "Log", "--offline")
    assert whole.returncode == 0 and whole.stderr == "", whole.stderr
    text = whole.stdout
    assert "<Bob> entry 119 of the <b>voyage</b>" in text and "a secret" not in text and "(deleted)" in text
    assert json.loads(prompt.done("export", "Log", "--offline", "--format", "json"))["thread"]["topic"] == "Log"
    page = prompt.home / "log.html"
    prompt.done("export", "Log", "--offline", "--format", "html", "-o", page)
    assert "&lt;b&gt;voyage" in page.read_text() and page.stat().st_mode & 0o077 == 0
    refused = prompt("export", "Log", "--offline", "-o", page)
    assert refused.returncode == 65 and "--force" in refused.stderr
    prompt.done("export", "Log", "--offline", "-o", page, "--force")
    assert page.read_text().startswith("# Log\n") and [one.name for one in prompt.home.glob("log*")] == ["log.html"]

    hits = prompt.objects("search", "voyage", "entry", "119")
    assert [one["content"]["message"] for one in hits] == ["entry 119 of the <b>voyage</b>"] and hits[0]["excerpt"]
    assert len(prompt.objects("search", "voyage", "--limit", "7", "--thread", "LOG")) == 7
    assert "Bob: entry 42" in prompt.done("search", "entry", "42") and prompt.done("search", "secret") == ""
    assert prompt("search", "--thread", "no such", "x").returncode == 65
    for symbol in (*symbols, "❤"):
        for place in ([], ["--thread", "Log"]):
            (hit,) = prompt.objects("search", *place, symbol)
            assert symbol in hit["excerpt"]
    assert prompt("search").returncode == 64
    for nothing in ("!?", "…"):
        wordless = prompt("search", nothing)
        assert wordless.returncode == 64 and "no letter, digit or symbol" in wordless.stderr, wordless.stderr


def test_an_export_of_who_keeps_nothing_leaves_nothing(emulator, service, alice, thread, tmp_path):
    thread.send_message("not for the disk", sender_display_name="Bob")
    private = ChatPrompt(tmp_path / "private", configuration(emulator, service, alice.name, history={"keep": False}))
    assert "not for the disk" in private.done("export", thread.thread_id)
    assert private("export", thread.thread_id, "--offline").returncode == 65
    assert not any(b"not for the disk" in file.read_bytes() for file in private.home.rglob("*") if file.is_file())


def test_the_config_file_is_named_before_or_after_the_command(prompt, thread):
    file = prompt.home / "config" / "confab" / "config.json5"
    elsewhere = file.rename(prompt.home / "elsewhere.json5")
    for words in (["--config", elsewhere, "chat", "list"], ["chat", "list", "-c", elsewhere]):
        done = subprocess.run([program("confab"), *map(str, words)], capture_output=True, text=True, timeout=60,
                              env=prompt.environment)
        assert done.returncode == 0 and thread.topic in done.stdout, done


def test_exports_at_the_same_time_do_not_hinder_each_other(prompt, thread):
    for number in range(30):
        thread.send_message(f"number {number}", sender_display_name="Bob")
    running = [subprocess.Popen([program("confab"), "chat", "export", thread.thread_id], stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, env=prompt.environment) for _ in range(4)]
    for one in running:
        said, complaints = one.communicate(timeout=60)
        assert one.returncode == 0 and "number 29" in said, complaints
