"""Microsoft's identity SDK against the emulator."""

import base64
import json
from datetime import datetime, timedelta, timezone

import pytest
from azure.communication.identity import CommunicationIdentityClient, CommunicationTokenScope
from azure.core.exceptions import HttpResponseError

from people import identity_client

CHAT, VOIP = CommunicationTokenScope.CHAT, CommunicationTokenScope.VOIP


@pytest.fixture
def identities(emulator):
    return identity_client(emulator)


def claims(token):
    """What a token says, unverified."""
    body = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))


def test_a_user_is_created_with_an_id_of_the_resource(identities, emulator):
    user = identities.create_user()
    assert user.properties["id"].startswith(f"8:acs:{emulator.facts['resourceId']}_")


def test_two_users_are_not_the_same(identities):
    assert identities.create_user().properties["id"] != identities.create_user().properties["id"]


def test_a_user_is_created_together_with_a_token(identities, emulator):
    user, token = identities.create_user_and_token([CHAT, VOIP])
    said = claims(token.token)
    assert "8:" + said["skypeid"] == user.properties["id"]
    assert said["acsScope"] == "chat,voip"
    assert said["resourceId"] == emulator.facts["resourceId"]
    assert said["exp"] - said["iat"] == 24 * 3600
    assert abs(datetime.fromisoformat(token.expires_on).timestamp() - said["exp"]) <= 1


@pytest.mark.parametrize("scopes, said", [([CHAT], "chat"), ([VOIP], "voip"), ([CHAT, VOIP], "chat,voip")])
def test_a_token_has_the_scopes_that_were_asked_for(identities, scopes, said):
    token = identities.get_token(identities.create_user(), scopes)
    assert claims(token.token)["acsScope"] == said


def test_a_token_lives_as_long_as_was_asked_for(identities):
    token = identities.get_token(identities.create_user(), [CHAT], token_expires_in=timedelta(minutes=60))
    left = datetime.fromisoformat(token.expires_on) - datetime.now(timezone.utc)
    assert timedelta(minutes=59) < left <= timedelta(minutes=60)


@pytest.mark.parametrize("minutes", [59, 1441])
def test_a_lifetime_outside_the_limits_is_refused(identities, minutes):
    with pytest.raises(HttpResponseError) as caught:
        identities.get_token(identities.create_user(), [CHAT], token_expires_in=timedelta(minutes=minutes))
    assert caught.value.status_code == 400
    assert caught.value.error.code == "ValidationError"
    assert f"ExpiresInMinutes value {minutes} is invalid" in caught.value.error.message


def test_a_deleted_user_gets_no_token(identities):
    user = identities.create_user()
    identities.delete_user(user)
    with pytest.raises(HttpResponseError) as caught:
        identities.get_token(user, [CHAT])
    assert 400 <= caught.value.status_code < 500


def test_revoked_tokens_are_refused_and_later_ones_are_not(identities, emulator, alice):
    list(alice.chat.list_chat_threads())
    identities.revoke_tokens(alice.user)
    with pytest.raises(HttpResponseError) as caught:
        list(alice.chat.list_chat_threads())
    assert caught.value.status_code == 401
    alice.token = identities.get_token(alice.user, [CHAT]).token
    assert list(alice.chat.list_chat_threads()) == []


def test_a_wrong_key_is_refused(emulator):
    parts = dict(part.split("=", 1) for part in emulator.connection_string.split(";") if part)
    wrong = base64.b64encode(b"not the key of this resource at all").decode()
    stranger = CommunicationIdentityClient.from_connection_string(f"endpoint={parts['endpoint']};accesskey={wrong}")
    with pytest.raises(HttpResponseError) as caught:
        stranger.create_user()
    assert caught.value.status_code == 401
    assert caught.value.error.code == "Denied"


def test_an_identity_of_another_resource_is_refused(identities):
    stranger = identities.create_user()
    stranger.properties["id"] = "8:acs:00000000-0000-4000-8000-000000000000_0000000c-005a-9fcc-ac00-343a0d007710"
    with pytest.raises(HttpResponseError) as caught:
        identities.get_token(stranger, [CHAT])
    assert caught.value.status_code == 401
    assert caught.value.error.code == "IdentityNotOwned"
