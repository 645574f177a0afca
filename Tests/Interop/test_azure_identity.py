"""Microsoft's azure-identity gets tokens from the emulator and uses them; PyJWT proves them and makes forged ones."""

import base64
import json
import re
import ssl
import subprocess
import time
import urllib.parse
import urllib.request
from urllib.error import HTTPError

import jwt
import pytest
from azure.communication.chat import ChatClient, CommunicationTokenCredential
from azure.communication.identity import CommunicationIdentityClient
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError
from azure.identity import (
    ClientSecretCredential, CredentialUnavailableError, DefaultAzureCredential, DeviceCodeCredential,
    ManagedIdentityCredential, WorkloadIdentityCredential)
from cryptography.hazmat.primitives import hashes, hmac, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from servers import Emulator, program

SCOPE = "https://communication.azure.com//.default"
AUDIENCES = ["https://communication.azure.com", "https://communication.azure.com/"]
#: azure-identity takes no authority but Microsoft's own without this.
UNKNOWN_HOST = {"disable_instance_discovery": True}


@pytest.fixture
def facts(emulator):
    return emulator.facts


@pytest.fixture
def machine(emulator, monkeypatch):
    """The environment of a virtual machine in Azure."""
    for name in ("IDENTITY_ENDPOINT", "IDENTITY_HEADER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AZURE_POD_IDENTITY_AUTHORITY_HOST", emulator.facts["imdsEndpoint"])


@pytest.fixture
def app(emulator, monkeypatch):
    """The environment of an app in App Service."""
    monkeypatch.setenv("IDENTITY_ENDPOINT", emulator.facts["identityEndpoint"])
    monkeypatch.setenv("IDENTITY_HEADER", emulator.facts["identityHeader"])


def uses(emulator, credential):
    """Says that a credential makes identities, and gives what its token says once PyJWT has proved it."""
    client = CommunicationIdentityClient(emulator.endpoint, credential)
    user = client.create_user()
    assert user.properties["id"].startswith(f"8:acs:{emulator.facts['resourceId']}_")
    client.delete_user(user)
    return proved(emulator.facts, credential.get_token(SCOPE).token)


def keys(facts):
    """Entra's keys, found as an OpenID Connect client finds them."""
    configuration = get(facts, f"{facts['authority']}/{facts['tenantId']}/v2.0/.well-known/openid-configuration")
    return configuration["issuer"], key_client(facts, configuration["jwks_uri"])


def key_client(facts, address):
    return jwt.PyJWKClient(address, ssl_context=ssl.create_default_context(cafile=facts["certificate"]))


def get(facts, address):
    context = ssl.create_default_context(cafile=facts["certificate"])
    with urllib.request.urlopen(address, context=context) as answer:
        return json.loads(answer.read())


def proved(facts, token, audience=AUDIENCES):
    issuer, key = keys(facts)
    return jwt.decode(
        token, key.get_signing_key_from_jwt(token).key, algorithms=["RS256"], audience=audience, issuer=issuer,
        options={"require": ["iss", "aud", "sub", "oid", "tid", "iat", "nbf", "exp", "ver"]})


def identity_forms(facts):
    return [{}, {"client_id": facts["clientId"]}, {"identity_config": {"object_id": facts["principalId"]}},
            {"identity_config": {"resource_id": facts["managedIdentityResourceId"]}}]


@pytest.mark.parametrize("form", range(4), ids=["system", "client-id", "object-id", "resource-id"])
@pytest.mark.parametrize("place", ["machine", "app"])
def test_a_managed_identity_by_each_of_its_ids(emulator, facts, place, form, request):
    request.getfixturevalue(place)
    claims = uses(emulator, ManagedIdentityCredential(**identity_forms(facts)[form]))
    assert claims["oid"] == facts["principalId"] and claims["tid"] == facts["tenantId"]


@pytest.mark.parametrize("place", ["machine", "app"])
def test_a_managed_identity_that_is_not_there(place, request):
    request.getfixturevalue(place)
    with pytest.raises(CredentialUnavailableError, match="Identity"):
        ManagedIdentityCredential(client_id="11111111-1111-4111-8111-111111111111").get_token(SCOPE)


def test_app_service_wants_its_secret(app, monkeypatch):
    monkeypatch.setenv("IDENTITY_HEADER", "guess")
    with pytest.raises(CredentialUnavailableError, match="X-IDENTITY-HEADER is missing or wrong"):
        ManagedIdentityCredential().get_token(SCOPE)


def test_the_probe_of_the_default_chain_finds_the_machine(emulator, facts, machine):
    credential = DefaultAzureCredential(
        exclude_environment_credential=True, exclude_workload_identity_credential=True, exclude_cli_credential=True,
        exclude_developer_cli_credential=True, exclude_powershell_credential=True, exclude_shared_token_cache_credential=True)
    assert uses(emulator, credential)["oid"] == facts["principalId"]


def test_a_client_secret(emulator, facts):
    claims = uses(emulator, ClientSecretCredential(
        facts["tenantId"], facts["clientId"], facts["clientSecret"], authority=facts["authority"], **UNKNOWN_HOST))
    assert claims["azp"] == facts["clientId"] and claims["azpacr"] == "1"


def test_a_client_secret_by_the_environment(emulator, facts, monkeypatch):
    for name, value in {"AUTHORITY_HOST": "authority", "TENANT_ID": "tenantId", "CLIENT_ID": "clientId",
                        "CLIENT_SECRET": "clientSecret"}.items():
        monkeypatch.setenv(f"AZURE_{name}", facts[value])
    assert uses(emulator, DefaultAzureCredential(**UNKNOWN_HOST))["azpacr"] == "1"


def test_a_wrong_client_secret(facts):
    credential = ClientSecretCredential(
        facts["tenantId"], facts["clientId"], "guess", authority=facts["authority"], **UNKNOWN_HOST)
    with pytest.raises(ClientAuthenticationError, match="AADSTS7000215: Invalid client secret provided"):
        credential.get_token(SCOPE)


def test_a_workloads_token(emulator, facts):
    claims = uses(emulator, WorkloadIdentityCredential(
        tenant_id=facts["tenantId"], client_id=facts["clientId"], token_file_path=facts["federatedTokenFile"],
        authority=facts["authority"], **UNKNOWN_HOST))
    assert claims["azpacr"] == "2"


def test_a_workloads_token_of_nobody(facts, tmp_path):
    forged = tmp_path / "token"
    forged.write_text(jwt.encode({"exp": time.time() + 60, "aud": "api://AzureADTokenExchange"}, "x" * 32))
    credential = WorkloadIdentityCredential(
        tenant_id=facts["tenantId"], client_id=facts["clientId"], token_file_path=str(forged),
        authority=facts["authority"], **UNKNOWN_HOST)
    with pytest.raises(ClientAuthenticationError, match="AADSTS700213"):
        credential.get_token(SCOPE)


def approve(emulator, *words, **environment):
    """Runs `confab emulator approve` beside the emulator."""
    return subprocess.run(
        [program("confab"), "emulator", "approve", *words], capture_output=True, text=True, timeout=10,
        env=emulator.environment | environment)


def test_a_device_code_that_somebody_approves(emulator, facts):
    ended = []

    def prompt(address, code, _):
        assert address == f"{emulator.endpoint.rstrip('/')}/entra/device"
        ended.append(approve(emulator, code.lower(), "--user", "alice@contoso.example",
                             "--ready-file", emulator.ready_file))

    credential = DeviceCodeCredential(
        tenant_id=facts["tenantId"], authority=facts["authority"], prompt_callback=prompt, **UNKNOWN_HOST)
    record = credential.authenticate(scopes=[SCOPE])
    assert ended[0].returncode == 0, ended[0].stderr
    assert re.fullmatch(r"[0-9A-Z]{9} is approved for alice@contoso.example\.\n", ended[0].stdout)
    assert record.username == "alice@contoso.example"
    claims = uses(emulator, credential)
    assert claims["preferred_username"] == "alice@contoso.example"
    assert claims["scp"] == "user_impersonation" and "roles" not in claims


def test_a_device_code_that_somebody_denies(emulator, facts):
    def prompt(_, code, __):
        done = approve(emulator, code, "--deny", "--json", "--admin", facts["adminEndpoint"])
        assert json.loads(done.stdout)["state"] == "denied"

    credential = DeviceCodeCredential(authority=facts["authority"], prompt_callback=prompt, **UNKNOWN_HOST)
    with pytest.raises(ClientAuthenticationError, match="AADSTS70018"):
        credential.get_token(SCOPE)


def test_a_device_code_that_nobody_has_to_approve(tmp_path):
    emulator = Emulator(tmp_path / "emulator")
    emulator.arguments += ["--device-code", "auto"]
    with emulator, emulator.trusted():
        credential = DeviceCodeCredential(
            authority=emulator.facts["authority"], prompt_callback=lambda *_: None, **UNKNOWN_HOST)
        assert uses(emulator, credential)["preferred_username"] == "developer@confab.example"


def test_approving_says_what_is_wrong(emulator, facts):
    unknown = approve(emulator, "BCDFGHJKL", CONFAB_EMULATOR_ADMIN=facts["adminEndpoint"])
    assert unknown.returncode == 65
    assert unknown.stderr.startswith("confab emulator approve: No sign-in waits with the code BCDFGHJKL")
    assert approve(emulator).returncode == 64
    nobody = approve(emulator, "BCDFGHJKL", "--admin", "http://127.0.0.1:9")
    assert nobody.returncode == 69 and "no emulator answers at http://127.0.0.1:9" in nobody.stderr
    assert approve(emulator, "BCDFGHJKL", "--admin", "nonsense").returncode == 78
    assert approve(emulator, "BCDFGHJKL", "--ready-file", emulator.home / "nonsense").returncode == 69


def test_user_access_tokens_are_proved_by_keys_of_their_own(emulator, facts, alice):
    own = key_client(facts, f"{emulator.endpoint.rstrip('/')}/.well-known/keys")
    claims = jwt.decode(alice.token, own.get_signing_key_from_jwt(alice.token).key, algorithms=["RS256"])
    assert f"8:{claims['skypeid']}" == alice.id
    with pytest.raises(jwt.PyJWKClientError):
        keys(facts)[1].get_signing_key_from_jwt(alice.token)


def test_chat_takes_no_entra_token_and_identity_no_user_token(emulator, facts, machine, alice):
    token = ManagedIdentityCredential().get_token(SCOPE).token
    with pytest.raises(HttpResponseError) as caught:
        list(ChatClient(emulator.endpoint, CommunicationTokenCredential(token)).list_chat_threads())
    assert caught.value.status_code == 401
    status, why = created(facts, alice.token)
    assert status == 401 and "is a user access token" in why


def created(facts, token):
    """What becomes of a request for an identity with this token: the status, and why."""
    request = urllib.request.Request(
        f"{facts['httpEndpoint'].rstrip('/')}/identities?api-version=2023-10-01", method="POST",
        headers={"Authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, None
    except HTTPError as error:
        assert json.loads(error.read()) == {
            "error": {"code": "Denied", "message": "Denied by the resource provider."}}
        return error.code, error.headers["X-Confab-Why"]


@pytest.fixture(scope="module")
def signed(tmp_path_factory):
    """An emulator whose Entra key is known here, and the claims of a token that it issued."""
    emulator = Emulator(tmp_path_factory.mktemp("signed"))
    with emulator:
        token = by_secret(emulator.facts)
        key = emulator.entra_key()
        assert created(emulator.facts, token) == (201, None), "a restart keeps the key"
        yield emulator.facts, key, jwt.decode(token, options={"verify_signature": False})


def by_secret(facts):
    """A token for the service, as `curl` would ask for it."""
    form = {"grant_type": "client_credentials", "client_id": facts["clientId"], "scope": SCOPE,
            "client_secret": facts["clientSecret"]}
    request = urllib.request.Request(
        f"{facts['httpEndpoint'].rstrip('/')}/entra/{facts['tenantId']}/oauth2/v2.0/token", method="POST",
        data=urllib.parse.urlencode(form).encode())
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read())["access_token"]


def test_a_token_that_another_tool_signed_with_the_right_key_is_taken(signed):
    facts, key, claims = signed
    assert created(facts, jwt.encode(claims, key, "RS256")) == (201, None)


@pytest.mark.parametrize("changes, why", [
    ({"aud": "https://management.azure.com/"}, "The token is for https://management.azure.com/"),
    ({"aud": None}, "The token is for nobody"),
    ({"exp": -60}, r"The token expired 6\d seconds ago"),
    ({"exp": None}, "does not tell when it expires"),
    ({"nbf": 60}, "The token is not valid for another"),
    ({"tid": "11111111-1111-4111-8111-111111111111"}, "is of the tenant 11111111"),
])
def test_a_token_with_a_wrong_claim_is_refused(signed, changes, why):
    facts, key, claims = signed
    changes = {name: int(time.time()) + value if isinstance(value, int) else value for name, value in changes.items()}
    claims = {name: value for name, value in (claims | changes).items() if value is not None}
    status, told = created(facts, jwt.encode(claims, key, "RS256"))
    assert status == 401 and re.search(why, told), told


def test_a_token_of_a_foreign_key_is_refused(signed):
    facts, _, claims = signed
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    status, why = created(facts, jwt.encode(claims, stranger, "RS256"))
    assert status == 401 and "signature" in why


def part(value):
    return base64.urlsafe_b64encode(value if isinstance(value, bytes) else json.dumps(value).encode()).rstrip(b"=")


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_of_a_swapped_algorithm_is_refused(signed, algorithm):
    facts, key, claims = signed
    private = serialization.load_pem_private_key(key.encode(), None)
    text = part({"alg": algorithm, "typ": "JWT"}) + b"." + part(claims)
    signature = b""
    if algorithm == "HS256":
        # PyJWT refuses to use a public key so; an attacker does not.
        public = private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        code = hmac.HMAC(public, hashes.SHA256())
        code.update(text)
        signature = code.finalize()
    status, why = created(facts, (text + b"." + part(signature)).decode())
    assert status == 401 and f"signed with {algorithm}" in why
