"""Microsoft's authentication sample, as its client meets it: an Entra sign-in by azure-identity, then `/api/token` and `/api/user`."""

import pytest
from azure.communication.chat import ChatClient, CommunicationTokenCredential
from azure.identity import DeviceCodeCredential

from callers import Service
from servers import Emulator

SCOPE = "https://communication.azure.com//.default"


@pytest.fixture
def sample(tmp_path):
    """An emulator whose authority approves every sign-in, and a service that takes its tokens."""
    emulator = Emulator(tmp_path / "emulator")
    emulator.arguments += ["--device-code", "auto"]
    with emulator, emulator.trusted():
        credential = DeviceCodeCredential(
            authority=emulator.facts["authority"], prompt_callback=lambda *_: None, disable_instance_discovery=True)
        token = credential.get_token(SCOPE).token
        issuer = f"{emulator.facts['authority']}/{emulator.facts['tenantId']}/v2.0"
        with Service(tmp_path / "service", emulator, "--oidc-issuer", issuer, "--oidc-audience",
                     "https://communication.azure.com", "--oidc-audience", "https://communication.azure.com/") as service:
            yield emulator, service, token


def test_an_entra_sign_in_leads_to_a_user_access_token_and_its_end(sample):
    emulator, service, token = sample
    assert service.ask("/api/user", token).status == 404
    granted = service.ask("/api/token", token)
    assert granted.status == 201, granted.text
    assert set(granted.json) == {"token", "expiresOn", "user"}
    assert service.ask("/api/user", token).json == {"acsUserIdentity": granted.identity}
    assert service.ask("/api/user", token, "POST").status == 200
    chat = ChatClient(emulator.endpoint, CommunicationTokenCredential(granted.json["token"]))
    assert list(chat.list_chat_threads()) == []
    assert service.ask("/token", token, "DELETE").status == 204
    with pytest.raises(Exception, match="401|Unauthorized|[Dd]enied"):
        list(chat.list_chat_threads())
    assert service.ask("/api/token", token).identity == granted.identity
    assert service.ask("/api/user", token, "DELETE").status == 204
    gone = service.ask("/api/user", token)
    assert (gone.status, gone.json["code"]) == (404, 404)
    assert service.ask("/api/token", token).identity != granted.identity
    assert service.ask("/api/token").status == 401
