"""Microsoft's rooms SDK against the emulator."""

import asyncio
from datetime import datetime, timedelta, timezone

import pytest
from azure.communication.rooms import ParticipantRole, RoomParticipant, RoomsClient
from azure.communication.rooms.aio import RoomsClient as AsyncRoomsClient
from azure.core.exceptions import ResourceNotFoundError
from azure.identity import ClientSecretCredential

from people import identity_client


def rooms_client(emulator, **options):
    return RoomsClient.from_connection_string(emulator.connection_string, **options)


def participant(emulator, role=None):
    """A new identity with a role."""
    return RoomParticipant(communication_identifier=identity_client(emulator).create_user(), role=role)


def roles(client, room):
    return {one.communication_identifier.raw_id: one.role for one in client.list_participants(room.id)}


def test_a_room_lives_with_its_people(emulator):
    client = rooms_client(emulator)
    presenter, attendee = participant(emulator, ParticipantRole.PRESENTER), participant(emulator)
    start = datetime.now(timezone.utc) + timedelta(days=1)
    room = client.create_room(
        valid_from=start, valid_until=start + timedelta(hours=1), pstn_dial_out_enabled=True, participants=[presenter])
    assert datetime.fromisoformat(room.valid_from) == start
    client.add_or_update_participants(room_id=room.id, participants=[attendee])
    assert roles(client, room) == {
        presenter.communication_identifier.raw_id: "Presenter", attendee.communication_identifier.raw_id: "Attendee"}
    client.remove_participants(room_id=room.id, participants=[presenter])
    assert roles(client, room) == {attendee.communication_identifier.raw_id: "Attendee"}
    client.delete_room(room.id)
    with pytest.raises(ResourceNotFoundError) as caught:
        client.get_room(room.id)
    assert caught.value.error.code == "NotFound"
    assert caught.value.response.headers["x-ms-error-code"] == "NotFound"


def test_the_list_follows_its_pages(emulator):
    # Without an explicit version the SDK asks for the second page with the name of its constant, which is none.
    client = rooms_client(emulator, api_version="2025-03-13")
    made = [client.create_room().id for _ in range(101)]
    pages = [[room.id for room in page] for page in client.list_rooms().by_page()]
    assert len(pages) > 1
    listed = [room for page in pages for room in page]
    assert listed[-101:] == made
    assert len(set(listed)) == len(listed)


@pytest.mark.parametrize("version", ["2024-04-15", "2025-03-13"])
def test_collaborators_came_with_the_newest_version(emulator, version):
    client = rooms_client(emulator, api_version=version)
    room = client.create_room()
    people = [participant(emulator, ParticipantRole.COLLABORATOR)]
    if version == "2025-03-13":
        client.add_or_update_participants(room_id=room.id, participants=people)
    else:
        with pytest.raises(Exception, match="The role is invalid"):
            client.add_or_update_participants(room_id=room.id, participants=people)


def test_the_asynchronous_sdk_works_beside_it(emulator):
    async def live():
        async with AsyncRoomsClient.from_connection_string(emulator.connection_string) as client:
            room = await client.create_room(participants=[someone])
            people = [one.role async for one in client.list_participants(room.id)]
            await client.delete_room(room.id)
            return people

    someone = participant(emulator, ParticipantRole.CONSUMER)
    assert asyncio.run(live()) == ["Consumer"]


def test_an_application_of_the_tenant_may(emulator):
    facts = emulator.facts
    credential = ClientSecretCredential(
        facts["tenantId"], facts["clientId"], facts["clientSecret"], authority=facts["authority"],
        disable_instance_discovery=True)
    assert RoomsClient(emulator.endpoint, credential).create_room().id.startswith("99")


def test_rooms_and_repeated_requests_survive_a_kill(own_emulator):
    again = {"Repeatability-Request-ID": "9ba590f3-a5ad-4c7e-b425-1ea418620633",
             "Repeatability-First-Sent": "Sat, 21 Nov 2026 02:29:57 GMT"}

    def create():
        # The SDK sets these headers itself, to new values each time.
        return rooms_client(own_emulator, raw_request_hook=lambda request: request.http_request.headers.update(again)
                            ).create_room(participants=[RoomParticipant(communication_identifier=user)])

    user = identity_client(own_emulator).create_user()
    room = create()
    own_emulator.kill()
    own_emulator.restart()
    client = rooms_client(own_emulator)
    assert client.get_room(room.id) == room
    assert roles(client, room) == {user.raw_id: "Attendee"}
    assert create() == room
    assert [one.id for one in client.list_rooms()] == [room.id]
