"""Credentials for tests that are not live; no test here is one."""

from azure.core.credentials import AccessToken


class FakeTokenCredential:
    def get_token(self, *_scopes, **_options):
        return AccessToken("fake", 0)
