"""Microsoft's asynchronous chat SDK against the emulator: aiohttp writes requests in another way."""

import asyncio

import pytest
from azure.communication.chat import ChatParticipant
from azure.communication.chat.aio import ChatClient, CommunicationTokenCredential
from azure.communication.identity.aio import CommunicationIdentityClient
from azure.core.exceptions import HttpResponseError


def test_the_whole_of_a_conversation(emulator):
    asyncio.run(converse(emulator))


async def converse(emulator):
    async with CommunicationIdentityClient.from_connection_string(emulator.connection_string) as identities:
        (anna, anna_token), (ben, ben_token) = [
            await identities.create_user_and_token(["chat"]) for _ in range(2)]
        # aiohttp sends the colons of the id as they are, and the signature covers them so.
        assert (await identities.get_token(anna, ["chat"])).token

        async with (ChatClient(emulator.endpoint, CommunicationTokenCredential(anna_token.token)) as of_anna,
                    ChatClient(emulator.endpoint, CommunicationTokenCredential(ben_token.token)) as of_ben):
            made = await of_anna.create_chat_thread("Async")
            by_anna = of_anna.get_chat_thread_client(made.chat_thread.id)
            by_ben = of_ben.get_chat_thread_client(made.chat_thread.id)

            async with by_anna, by_ben:
                with pytest.raises(HttpResponseError) as caught:
                    await by_ben.send_message("not yet")
                assert caught.value.status_code == 403

                assert await by_anna.add_participants([ChatParticipant(identifier=ben, display_name="Ben")]) == []
                sent = await by_ben.send_message("now", sender_display_name="Ben")
                await by_ben.update_message(sent.id, content="now!")
                await by_ben.send_typing_notification()
                await by_anna.send_read_receipt(sent.id)
                assert (await by_anna.get_message(sent.id)).content.message == "now!"
                assert [one.chat_message_id async for one in by_ben.list_read_receipts()] == [sent.id]
                assert len([one async for one in by_anna.list_messages(results_per_page=2)]) == 4
                await by_ben.delete_message(sent.id)
                await by_anna.remove_participant(ben)
                assert [one.identifier.properties["id"] async for one in by_anna.list_participants()] == [
                    anna.properties["id"]]
                await of_anna.delete_chat_thread(made.chat_thread.id)
        await identities.delete_user(ben)
