"""Every credential of a resource, as options and variables of a program; the emulator stands in for Azure.

An entry of `KEYS` and `IDENTITIES` takes an emulator and a folder for files, and gives arguments and variables. Those of
`IDENTITIES` lack `--endpoint`.
"""

import json
import secrets
import urllib.request

#: An address that no request of these tests may leave this machine for.
NOWHERE = "http://127.0.0.1:9"


def secret_file(folder, text, mode=0o600):
    """A file with a secret."""
    path = folder / f"secret-{secrets.token_hex(4)}"
    path.touch(mode=mode)
    path.write_text(text)
    path.chmod(mode)
    return path


def entra(emulator):
    """The variables of an application that is registered at the emulator."""
    return {"AZURE_AUTHORITY_HOST": emulator.facts["authority"], "AZURE_TENANT_ID": emulator.facts["tenantId"],
            "AZURE_CLIENT_ID": emulator.facts["clientId"]}


def imds(emulator):
    return {"AZURE_POD_IDENTITY_AUTHORITY_HOST": emulator.facts["imdsEndpoint"]}


def app_service(emulator):
    return {"IDENTITY_ENDPOINT": emulator.facts["identityEndpoint"],
            "IDENTITY_HEADER": emulator.facts["identityHeader"]}


def workload(emulator):
    return entra(emulator) | {"AZURE_FEDERATED_TOKEN_FILE": emulator.facts["federatedTokenFile"]}


def client_secret(emulator):
    return entra(emulator) | {"AZURE_CLIENT_SECRET": emulator.facts["clientSecret"]}


def azure_cli(emulator, folder, script=None):
    """A folder with an `az` that is signed in at the emulator, and what it was called with."""
    address = (f"{emulator.facts['imdsEndpoint']}/metadata/identity/oauth2/token"
               "?api-version=2018-02-01&resource=https://communication.azure.com/")
    request = urllib.request.Request(address, headers={"Metadata": "true"})
    with urllib.request.urlopen(request) as answer:
        token = json.loads(answer.read())
    said = json.dumps({"accessToken": token["access_token"], "expires_on": int(token["expires_on"]),
                       "expiresOn": "2026-01-01 00:00:00.000000", "tokenType": "Bearer"})
    folder.mkdir()
    az = folder / "az"
    az.touch(mode=0o700)
    az.write_text(f"#!/bin/sh\necho \"$@\" >> {folder}/calls\n" + (script or f"echo '{said}'\n"))
    return {"PATH": str(folder)}


KEYS = {
    "connection string, file": lambda e, f: (
        ["--connection-string-file", secret_file(f, e.connection_string)], {}),
    "connection string, environment": lambda e, f: ([], {"CONFAB_CONNECTION_STRING": e.connection_string}),
    "access key, file": lambda e, f: (
        ["--endpoint", e.endpoint, "--access-key-file", secret_file(f, e.facts["accessKey"] + "\n")], {}),
    "access key, environment": lambda e, f: (
        [], {"CONFAB_ENDPOINT": e.endpoint + "/", "CONFAB_ACCESS_KEY": e.facts["accessKey"]}),
}

IDENTITIES = {
    "imds": lambda e, f: (["--identity-source", "imds"], imds(e)),
    "imds, client id": lambda e, f: (
        ["--identity-source", "imds", "--client-id", e.facts["clientId"]], imds(e)),
    "imds, object id": lambda e, f: (
        ["--identity-source", "imds", "--object-id", e.facts["principalId"]], imds(e)),
    "imds, resource id": lambda e, f: (
        ["--identity-source", "imds", "--resource-id", e.facts["managedIdentityResourceId"]], imds(e)),
    "app-service": lambda e, f: (["--identity-source", "app-service"], app_service(e)),
    "workload": lambda e, f: (["--identity-source", "workload"], workload(e)),
    "client-secret": lambda e, f: (["--identity-source", "client-secret"], client_secret(e)),
    "client-secret, file": lambda e, f: (
        ["--identity-source", "client-secret", "--client-id", e.facts["clientId"], "--tenant-id", e.facts["tenantId"],
         "--client-secret-file", secret_file(f, e.facts["clientSecret"])],
        {"AZURE_AUTHORITY_HOST": e.facts["authority"]}),
    "cli": lambda e, f: (["--identity-source", "cli"], azure_cli(e, f / "cli")),
    "chain to client secret": lambda e, f: (["--managed-identity"], client_secret(e) | imds(e)),
    "chain to workload": lambda e, f: (["--managed-identity"], workload(e) | imds(e)),
    "chain to app service": lambda e, f: (["--managed-identity"], app_service(e) | imds(e)),
    "chain to imds": lambda e, f: (["--managed-identity"], imds(e)),
    "chain to cli": lambda e, f: (["--managed-identity"], azure_cli(e, f / "cli")),
}
