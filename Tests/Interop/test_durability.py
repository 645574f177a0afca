"""What the emulator has acknowledged outlives a kill -9."""

from people import create_person, create_thread, identity_client
from servers import Emulator


def test_identities_threads_and_messages_survive(own_emulator):
    alice, bob = (create_person(own_emulator, name) for name in ("Alice", "Bob"))
    thread = create_thread(alice, "Kept", bob)
    kept = [thread.send_message(f"kept {number}").id for number in range(20)]
    before = own_emulator.facts

    own_emulator.kill()
    own_emulator.restart()

    assert own_emulator.facts["resourceId"] == before["resourceId"]
    assert own_emulator.facts["accessKey"] == before["accessKey"]
    # The old tokens and the old certificate are still good.
    messages = bob.chat.get_chat_thread_client(thread.thread_id).list_messages()
    assert [one.id for one in messages if one.type == "text"] == list(reversed(kept))
    assert identity_client(own_emulator).get_token(bob.user, ["chat"]).token
    assert {one.display_name for one in thread.list_participants()} >= {"Bob"}
    assert int(thread.send_message("after").id) > int(kept[-1])


def test_it_ends_in_good_order_when_asked(tmp_path):
    emulator = Emulator(tmp_path).start()
    assert emulator.stop() == 0
