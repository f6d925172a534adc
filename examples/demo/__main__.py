"""`make demo`: the servers of the suite, shown by a client that plays the AI assistant.

Run as `python -m examples.demo` in the root of the repository. The exit code is 0 only if every step went as it should.
"""

from __future__ import annotations

import asyncio
import sys
import time

from examples.demo import database, files, policy
from examples.demo.client import Failed
from examples.demo.transcript import Transcript


async def _walk(transcript: Transcript) -> None:
    transcript.title(
        "An AI assistant meets a database and a folder of files, through mcp-db-server and mcp-fs-server",
        "An assistant such as Claude reaches company data through servers like these. Here a small program plays"
        " the assistant: → is what it sends, below is what it gets. The servers, PostgreSQL and the files are real.",
    )
    await database.walk(transcript)
    await policy.walk(transcript)
    await files.walk(transcript)
    await database.give_the_configuration(transcript)


def main() -> int:
    """Run the walk and sum it up."""
    transcript = Transcript()
    began = time.monotonic()
    try:
        asyncio.run(_walk(transcript))
    except Failed as failure:
        transcript.check(False, str(failure))
    seconds = time.monotonic() - began
    transcript.chapter("In sum")
    if transcript.failures:
        transcript.check(False, f"{len(transcript.failures)} of {transcript.checks} steps did not go as they should")
        return 1
    transcript.check(True, f"all {transcript.checks} steps went as they should, in {seconds:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
