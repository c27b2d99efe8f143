"""The helper's program: it reads the PDFs that come on standard input, and answers on standard output."""

from __future__ import annotations

import pickle
import sys
from contextlib import suppress

from annual_report.readers.published.limits import limit_memory
from annual_report.readers.published.pdf.document import read


def main(memory_limit: int) -> None:
    """Answer until the input ends: blocks, or the error that a file makes."""
    limit_memory(memory_limit)
    answer: object
    with suppress(EOFError, MemoryError):  # the parent process knows what an ending without an answer means
        while True:
            data, source = pickle.load(sys.stdin.buffer)  # noqa: S301  # the parent process has written it
            try:
                answer = read(data, source)
            except MemoryError:
                raise
            except Exception as error:  # noqa: BLE001  # the parent process raises it
                answer = error
            pickle.dump(answer, sys.stdout.buffer)
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
