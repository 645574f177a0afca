"""Credentials for tests that are not live; no test here is one."""

from azure.core.credentials import AccessToken


class AsyncFakeCredential:
    async def get_token(self, *_scopes, **_options):
        return AccessToken("fake", 0)

    async def close(self):
        pass

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        pass
