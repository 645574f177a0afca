"""`confab chat save`: attachments from a service that has them, and from ones that mean harm."""

import contextlib
import json
import re
import signal
import subprocess
import time
import uuid
from pathlib import Path

import pytest

from attachments import AttachedChat, announced, dripping, silent
from chat_prompt import ChatPrompt
from client import configuration
from faults import Faults
from local_server import LocalServer
from people import create_thread

IMAGE = bytes(range(256)) * 40


class Other(LocalServer):
    """Another server, which should not be asked."""

    def __init__(self):
        self.asked = []
        super().__init__()

    def answer(self, method, path, headers, body):
        self.asked.append((path, headers.get("Authorization")))
        return 200, [], b"something"


@pytest.fixture
def chat(emulator):
    with AttachedChat(emulator) as chat:
        yield chat


@pytest.fixture
def prompt(emulator, service, known, chat, tmp_path):
    """Alice at a prompt, with a message that has the service's attachments."""
    alice, bob = known("Alice"), known("Bob")
    thread = create_thread(bob, f"Photos {uuid.uuid4().hex[:6]}", alice)
    config = configuration(emulator, service, alice.name, endpoint=chat.endpoint)
    prompt = ChatPrompt(tmp_path / "alice", config)
    prompt.thread, prompt.message = thread.thread_id, thread.send_message("look").id
    prompt.save = lambda *words, **more: prompt("save", prompt.thread, prompt.message, *words, **more)
    prompt.files = lambda: {one.name for one in prompt.home.iterdir() if one.is_file()}
    return prompt


def test_an_image_is_fetched_with_the_token_and_saved_under_its_name(prompt, chat):
    chat.attach("sunset.png", IMAGE)
    done = prompt.save()
    assert (done.returncode, done.stdout, done.stderr) == (0, "sunset.png\n", "")
    file = prompt.home / "sunset.png"
    assert file.read_bytes() == IMAGE and file.stat().st_mode & 0o077 == 0 and file.stat().st_nlink == 1
    ((_, authorization),) = chat.asked
    assert authorization.startswith("Bearer ")
    told = json.loads(prompt.save("-o", "again.png", "--json").stdout)
    assert told == {"file": "again.png", "bytes": len(IMAGE), "attachmentId": "id-1", "messageId": prompt.message,
                    "threadId": prompt.thread}
    assert (prompt.home / "again.png").read_bytes() == IMAGE


def test_standard_output_gets_the_bytes(prompt, chat):
    chat.attach("sunset.png", b"plain bytes")
    done = prompt.save("-o", "-")
    assert (done.returncode, done.stdout, prompt.files()) == (0, "plain bytes", set())


def test_a_file_of_no_bytes_is_a_file(prompt, chat):
    chat.attach("empty.txt", b"")
    assert prompt.save().returncode == 0 and (prompt.home / "empty.txt").read_bytes() == b""


def test_one_of_several_is_named_by_name_number_or_id(prompt, chat):
    chat.attach("same.png", b"first")
    chat.attach("same.png", b"second")
    chat.attach("plan.pdf", b"third", kind="file")
    said = prompt.done("show", prompt.thread)
    assert all(mark in said for mark in ("[image 1: same.png]", "[image 2: same.png]", "[file 3: plan.pdf]"))
    for words in ([], ["same.png"], ["4"], ["other.png"]):
        refused = prompt.save(*words)
        assert refused.returncode == 65 and "  2  image  same.png  id-2\n" in refused.stderr, refused
    for word, content in (("2", b"second"), ("id-1", b"first"), ("plan.pdf", b"third"), ("3", b"third")):
        assert prompt.save(word, "-o", f"to-{word}").returncode == 0
        assert (prompt.home / f"to-{word}").read_bytes() == content
    assert prompt.files() == {"to-2", "to-id-1", "to-plan.pdf", "to-3"}


def test_attachments_stand_in_json_as_the_service_has_them(prompt, chat):
    chat.attach("sunset.png", IMAGE)
    (found,) = [one for one in prompt.objects("show", prompt.thread) if one["id"] == prompt.message]
    (attachment,) = found["content"]["attachments"]
    # The Chat API tells no size.
    assert set(attachment) == {"id", "attachmentType", "name", "url"} and attachment["attachmentType"] == "image"


def test_what_is_there_is_overwritten_when_asked_only(prompt, chat):
    chat.attach("sunset.png", IMAGE)
    file = prompt.home / "sunset.png"
    file.write_text("mine")
    refused = prompt.save()
    assert refused.returncode == 65 and "--force" in refused.stderr and chat.asked == []
    assert file.read_text() == "mine"
    assert prompt.save("--force").returncode == 0 and file.read_bytes() == IMAGE
    (prompt.home / "link").symlink_to("nowhere")
    assert prompt.save("-o", "link").returncode == 65 and not (prompt.home / "nowhere").exists()
    assert prompt.files() == {"sunset.png"}


@pytest.mark.parametrize("path", [".", "config", "/dev/null", "nowhere/file", "x" * 300])
def test_where_no_file_can_be_nothing_is_fetched(prompt, chat, path):
    chat.attach("sunset.png", IMAGE)
    done = prompt.save("-o", path, "--force")
    assert done.returncode == 65 and path in done.stderr and chat.asked == [] and prompt.files() == set()


@pytest.mark.parametrize("name, file", [
    ("../../x", "x"), ("/etc/passwd", "passwd"), ("..\\..\\boot.ini", "boot.ini"), ("-rf", "rf"), (".bashrc", "bashrc"),
    ("a\x1b[31m\nb\u202egpj.exe", "a␛[31m b\ufffdgpj.exe"), ("n" * 300 + ".jpeg", "n" * 195 + ".jpeg"), ("", "id-1"),
    (None, "id-1"), ("..", None), ("...///", None)])
def test_a_name_that_others_chose_stays_in_the_folder(prompt, chat, name, file):
    chat.attach(name, IMAGE)
    done = prompt.save()
    if file is None:
        assert done.returncode == 65 and "--output" in done.stderr and prompt.files() == set() and chat.asked == []
    else:
        assert (done.returncode, done.stdout) == (0, f"{file}\n")
        assert prompt.files() == {file} and (prompt.home / file).read_bytes() == IMAGE


@pytest.mark.parametrize("content, code, words", [
    (announced(1000, [b"only this"]), 69, "brought no whole answer"),
    (announced(1 << 40, [b"x" * 1000]), 65, "more than 1024 MiB"),
    (silent(b"begin"), 69, "brought nothing for 1.0 seconds"),
    (lambda: None, 69, "brought no whole answer"),
    (lambda: (404, [], b'{"error":{"code":"NotFound","message":"There is no such image."}}'), 65, "no such image"),
    (lambda: (403, [], b'{"error":{"code":"Forbidden","message":"Not yours."}}'), 77, "Not yours"),
    (lambda: (500, [], b"oops"), 69, "500"),
    (lambda: (302, [("Location", "http://127.0.0.1:1/elsewhere")], b""), 65, "302"),
], ids=["ends early", "too big", "falls silent", "no answer", "not found", "forbidden", "fails", "leads elsewhere"])
def test_a_fetch_that_fails_leaves_no_file(prompt, chat, content, code, words):
    chat.attach("sunset.png", content)
    done = prompt.save("--patience", "1s")
    assert done.returncode == code and words in done.stderr and done.stdout == "", done
    assert prompt.files() == set()
    (prompt.home / "sunset.png").write_text("mine")
    assert prompt.save("--patience", "1s", "--force").returncode == code
    assert (prompt.home / "sunset.png").read_text() == "mine" and prompt.files() == {"sunset.png"}


def test_a_slow_body_is_waited_for_while_it_comes(prompt, chat):
    chat.attach("slow.bin", dripping([b"drop"] * 8, 0.4))
    done = prompt.save("--patience", "1s")
    assert done.returncode == 0 and (prompt.home / "slow.bin").read_bytes() == b"drop" * 8, done


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_when_it_is_stopped_midway(prompt, chat, number):
    chat.attach("long.bin", silent(b"begin" * 1000))
    command = prompt.start("save", prompt.thread, prompt.message)
    deadline = time.monotonic() + 20
    while not chat.asked and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.2)
    command.send_signal(number)
    assert command.wait(10) == -number and prompt.files() == set()


def test_a_large_file_is_not_held_in_memory(prompt, chat):
    chat.attach("large.bin", lambda: (200, [], (bytes(1 << 20) for _ in range(150))))
    command = prompt.start("save", prompt.thread, prompt.message)
    # The peak of its own memory; what wait4 tells has this process's in it.
    peak = 0
    while command.poll() is None:
        with contextlib.suppress(OSError, TypeError):
            peak = int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{command.pid}/status").read_text())[1])
        time.sleep(0.01)
    assert command.returncode == 0 and (prompt.home / "large.bin").stat().st_size == 150 << 20
    assert 0 < peak < 80 << 10


def test_the_token_goes_to_no_other_server(prompt, chat, emulator):
    with Other() as other:
        chat.attach("a.png", url=f"{other.root}/image")
        chat.attach("b.png", url=f"http://127.0.0.1:{chat.root.rsplit(':', 1)[1]}.example/x")
        chat.attach("c.png", url=f"{chat.root.replace('://', '://x@')}/image")
        chat.attach("d.png", url="file:///etc/passwd")
        chat.attach("e.docx", kind="file", url=f"{emulator.facts['httpsEndpoint'].rstrip('/')}/chat/threads?api-version=2024-03-07")
        done = prompt.save("a.png")
        assert done.returncode == 65 and "not https" in done.stderr
        for name in ("b.png", "c.png", "d.png"):
            done = prompt.save(name)
            assert done.returncode in (65, 69), done
        # With the token the emulator would answer 200.
        done = prompt.save("e.docx")
        assert done.returncode == 77 and "401" in done.stderr and "SharePoint" in done.stderr, done
        assert other.asked == [] and chat.asked == [] and prompt.files() == set()


def test_the_emulator_has_none_and_says_so(prompt, chat):
    chat.attach("sunset.png", url=f"{chat.root}/chat/threads/{prompt.thread}/images/x/views/original?api-version=2024-03-07")
    done = prompt.save()
    assert done.returncode == 69 and "names attachments only" in done.stderr and prompt.files() == set(), done


def test_a_pipe_that_nobody_reads_ends_it(prompt, chat):
    chat.attach("large.bin", lambda: (200, [], (bytes(1 << 20) for _ in range(50))))
    command = prompt.start("save", prompt.thread, prompt.message, "-o", "-", stdout=subprocess.PIPE)
    assert command.stdout.read(10) == bytes(10)
    command.stdout.close()
    assert command.wait(20) == -signal.SIGPIPE


def test_a_full_disk_is_told(prompt, chat):
    chat.attach("large.bin", lambda: (200, [], (bytes(1 << 20) for _ in range(4))))
    done = subprocess.run(
        ["bash", "-c", 'ulimit -f 1024; trap "" XFSZ; exec "$0" "$@"', *prompt.command("save", prompt.thread, prompt.message)],
        capture_output=True, text=True, timeout=60, env=prompt.environment, cwd=prompt.home)
    assert done.returncode == 65 and "cannot be written: File too large" in done.stderr and prompt.files() == set(), done


def test_a_wait_that_the_service_asks_for_is_kept(prompt, chat, emulator):
    answers = [(429, [("Retry-After", "3")], b""), (200, [], IMAGE)]
    chat.attach("sunset.png", lambda: answers.pop(0))
    with Faults(emulator).cleared() as faults:
        faults.on("status", 429, "--retry-after", 3, "--operation", "GET /chat/threads/*/messages/*")
        began = time.monotonic()
        done = prompt.save()
        took = time.monotonic() - began
    assert done.returncode == 0 and (prompt.home / "sunset.png").read_bytes() == IMAGE, done
    # On a busy machine a part of the time may have passed before it is told.
    assert len(re.findall(r"the service asks to wait [23] s \(messages\)", done.stderr)) == 2, done.stderr
    assert took >= 6, f"two waits of 3 s took {took:.1f} s"
