"""Names of tests."""

import os


def get_test_id():
    """The test that runs, as pytest names it."""
    return os.environ.get("PYTEST_CURRENT_TEST", "").split(" ")[0]
