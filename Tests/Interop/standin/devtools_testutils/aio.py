"""The asynchronous half."""

import asyncio
import functools
import inspect


def recorded_by_proxy_async(test):
    """A plain test that runs the asynchronous one to its end.

    Upstream, tests with parameters call it through a wrapper that forgets to wait, and so pass without having run; here
    none can be forgotten.
    """
    @functools.wraps(test)
    def run(*arguments, **options):
        return asyncio.run(test(*arguments, **options))

    # Else pytest would take it for the asynchronous one, which `wraps` says it is.
    del run.__wrapped__
    run.__signature__ = inspect.signature(test)
    return run
