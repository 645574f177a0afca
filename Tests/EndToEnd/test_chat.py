"""Two people chat: one in the release binary, the other through Microsoft's SDK."""

from client import Client, configuration, sign_in
from people import create_thread, texts


def wait_for_message(terminal, thread, text):
    """Waits until the message is out, which the empty composer and no mark at the message tell; then the SDK reads it."""
    terminal.wait_until(
        lambda: text in terminal.text and "Write a message" in terminal.text
        and not any(mark in terminal.text for mark in ("sending", "waiting")),
        f"{text!r} to be sent")
    assert text in texts(thread), terminal.report(f"the SDK reads {texts(thread)}")


def test_what_is_typed_is_read_by_the_other_and_the_answer_appears(alice, bob, open_client):
    thread = create_thread(bob, "Boats", alice)
    terminal = open_client(alice)
    terminal.wait_until_connected("Boats")
    terminal.type("Ahoy, Bob")
    terminal.press("Enter")
    wait_for_message(terminal, thread, "Ahoy, Bob")

    thread.send_message("Ahoy yourself ⛵ 日本", sender_display_name=bob.name)
    terminal.wait_for("Ahoy yourself ⛵ 日本", timeout=3)


def test_both_messages_survive_a_kill_of_the_emulator(own_emulator, own_service, tmp_path):
    alice, bob = (sign_in(own_service, own_emulator, name) for name in ("Alice", "Bob"))
    thread = create_thread(bob, "Storm", alice)
    with Client(tmp_path / "home", configuration(own_emulator, own_service)) as terminal:
        terminal.wait_until_connected("Storm")
        terminal.type("before the storm")
        terminal.press("Enter")
        wait_for_message(terminal, thread, "before the storm")
        thread.send_message("hold fast", sender_display_name="Bob")
        terminal.wait_for("hold fast")

        own_emulator.kill()
        terminal.wait_for("offline", "next try in")
        terminal.type("during the storm")
        terminal.press("Enter")
        terminal.wait_for("waiting", "offline, 1 queued")
        own_emulator.restart()

        terminal.wait_until_gone("offline", timeout=40)
        terminal.wait_until_gone("waiting")
        wait_for_message(terminal, thread, "during the storm")
    assert texts(thread) == ["before the storm", "hold fast", "during the storm"]


def test_a_thread_is_made_with_somebody_found_by_name(alice, bob, open_client):
    terminal = open_client(alice)
    terminal.wait_for("No threads yet", "Ctrl-N")
    terminal.press("C-n")
    terminal.wait_for("New thread")
    terminal.type("Found")
    terminal.press("Enter")
    terminal.type(bob.name)
    terminal.wait_for(f"▸ {bob.name}")
    terminal.press("Enter")
    terminal.wait_for(f"✓ {bob.name}")
    terminal.press("C-s")
    terminal.wait_for(f"with {bob.name}")
    terminal.type("hello")
    terminal.press("Enter")
    listed = {one.topic: one.id for one in bob.chat.list_chat_threads()}
    wait_for_message(terminal, bob.chat.get_chat_thread_client(listed["Found"]), "hello")


def test_an_own_message_is_edited_and_deleted(alice, bob, open_client):
    thread = create_thread(bob, "Second thoughts", alice)
    terminal = open_client(alice)
    terminal.wait_until_connected("Second thoughts")
    terminal.type("teh sea")
    terminal.press("Enter")
    wait_for_message(terminal, thread, "teh sea")
    terminal.press("Up", "C-u")
    terminal.type("the sea")
    terminal.press("Enter")
    terminal.wait_for("the sea", "(edited)")
    assert texts(thread) == ["the sea"]

    terminal.press("Tab", "d")
    terminal.wait_for("Delete this message?")
    terminal.press("y")
    terminal.wait_until_gone("the sea")
    assert texts(thread) == []


def test_a_new_thread_of_another_person_appears(alice, bob, open_client):
    terminal = open_client(alice, polling={"list": 1})
    terminal.wait_for("No threads yet")
    create_thread(bob, "Surprise", alice)
    terminal.wait_for("Surprise", timeout=3)


def test_history_is_paged_backwards(alice, bob, open_client):
    thread = create_thread(bob, "Long", alice)
    for number in range(120):
        thread.send_message(f"line {number:03}", sender_display_name=bob.name)
    terminal = open_client(alice)
    terminal.wait_for("line 119")
    for _ in range(12):
        shown = terminal.text
        if "line 000" in shown:
            break
        terminal.press("PgUp")
        terminal.wait_until(lambda: terminal.text != shown, "an older page")
    terminal.wait_for("line 000", "named the thread “Long”")
