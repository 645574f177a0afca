"""What others write never steers the terminal."""

import re

from azure.communication.chat import ChatParticipant

# Sequences that no program of ours sends, each with a number to find it by.
HOSTILE = [
    "\x1b]0;1337\x07", "\x1b[1337;1m", "\x1b[?1337h", "\x1bP1337q\x1b\\", "\x1b]52;c;MTMzNw==\x07", "\x9b1337m", "\x9d0;1337\x9c",
    "\x1b[1337n", "\x0e\x0f\x07\x08\x0b\x0c\x7f", "\r\n\r\n", "\u202e1337\u202c", "a" + "\u0301" * 200, "\u2028\u2029\ufeff",
]


def test_escape_sequences_in_topics_names_and_messages(known, open_client):
    alice, bob = known("Alice"), known("Bob")
    evil = "".join(HOSTILE)
    made = bob.chat.create_chat_thread(f"Topic {evil}", thread_participants=[alice.participant])
    thread = bob.chat.get_chat_thread_client(made.chat_thread.id)
    thread.add_participants([ChatParticipant(identifier=known("Mallory").user, display_name=f"Mallory {evil}")])
    for number, text in enumerate(HOSTILE):
        thread.send_message(f"before{number} {text} after{number}", sender_display_name=f"Bob{text}")
    thread.update_topic(f"Renamed {evil}")

    terminal = open_client(alice, columns=120, rows=60)
    terminal.wait_for("Renamed", *(f"after{number}" for number in range(len(HOSTILE))))
    for key in ("F1", "F1", "F2", "F2", "C-t", "C-t", "Tab", "Up", "Esc", "C-l"):
        terminal.press(key)
        terminal.settle(quiet=0.1)
    terminal.resize(40, 12)
    terminal.settle()
    terminal.press("C-q")
    assert terminal.exit_code() == 0

    text = terminal.raw.decode()
    assert not re.search("\x1b[^A-Za-z]{0,8}1337|\x1b]52|\x1bP", text)
    assert not re.search(r"[\x80-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", text)
    # The bell ends the terminal's title, which is ours; nothing else rings.
    assert "\x07" not in re.sub(r"\x1b\]2;[^\x1b\x07]*\x07", "", text)
