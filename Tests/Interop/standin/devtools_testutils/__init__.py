"""Stands in for the package of this name that Microsoft's test suites import and that is published nowhere.

There it records exchanges and plays them back; here every test is live, so nothing is recorded and nothing sanitised.
"""

import functools
import uuid

import msal
import pytest

# MSAL takes no authority but Microsoft's own without this, and would ask Microsoft about ours.
msal.PublicClientApplication.__init__ = functools.partialmethod(
    msal.PublicClientApplication.__init__, instance_discovery=False)
# It asks an authority where a person signs in, and forgets the authority's port: here it is always at the authority.
msal.authority.Authority.user_realm_discovery = lambda *_arguments, **_options: {"account_type": "Managed"}


def is_live():
    return True


def is_live_and_not_recording():
    return True


def recorded_by_proxy(test):
    """The test itself: nothing stands between it and the service."""
    return test


def _nothing(*_arguments, **_options):
    """What would change a recording."""


add_body_key_sanitizer = add_general_regex_sanitizer = add_general_string_sanitizer = _nothing
add_header_regex_sanitizer = add_oauth_response_sanitizer = add_uri_regex_sanitizer = _nothing
add_uri_string_sanitizer = add_remove_header_sanitizer = remove_batch_sanitizers = _nothing
set_bodiless_matcher = set_custom_default_matcher = set_default_session_settings = _nothing


@pytest.fixture(scope="session")
def test_proxy():
    """The process that would record."""


def get_credential(**options):
    """How the suites authenticate where they do not use a connection string."""
    if options.pop("is_async", False):
        from azure.identity.aio import DefaultAzureCredential
    else:
        from azure.identity import DefaultAzureCredential
    return DefaultAzureCredential(**options)


class AzureRecordedTestCase:
    """What the test classes inherit from."""

    is_live = True
    in_recording = False

    def is_playback(self):
        return False

    def get_credential(self, *_arguments, **options):
        return get_credential(**options)

    def create_random_name(self, name):
        return name + uuid.uuid4().hex[:8]


AzureTestCase = AzureRecordedTestCase


class PowerShellPreparer:
    """Would take settings from the environment of a pipeline: here they stand in the environment already."""

    def __init__(self, *_arguments, **_options):
        pass

    def __call__(self, test):
        return test


EnvironmentVariableLoader = PowerShellPreparer
