"""Runs a sample of Microsoft's to its end.

One opens a client again after it was closed, which today's azure-core refuses: here it may.
"""

import runpy
import sys

from azure.core.pipeline.transport import AioHttpTransport

_close = AioHttpTransport.close


async def close(self):
    await _close(self)
    self._has_been_opened = False


AioHttpTransport.close = close
runpy.run_path(sys.argv[1], run_name="__main__")
