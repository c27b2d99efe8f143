"""The console command: chooses the language, and says what to install if the extra is missing."""

from __future__ import annotations

NOT_RECONCILED = 1
"""The exit status if a report has errors, or one of several files could not be read."""

UNUSABLE = 2
"""The exit status if there is no report to work with."""

INTERRUPTED = 130

OBJECTS = 100_000
"""How many objects are made between two garbage collections; importing everything makes fewer."""


def main() -> None:
    """Run the command line, or say in one line what it needs."""
    try:
        _run()
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    except RuntimeError as error:
        if isinstance(error.__cause__, KeyboardInterrupt):  # as Python tells of Ctrl-C while it makes a class
            raise SystemExit(INTERRUPTED) from None
        raise


def _run() -> None:
    # Imported here, since Ctrl-C may come from the very beginning.
    import gc
    import os
    import sys
    from importlib.util import find_spec

    from annual_report.errors import missing_extra
    from annual_report.messages import message

    gc.set_threshold(OBJECTS)
    _choose_language(sys.argv[1:])
    if find_spec("typer") is None or find_spec("rich") is None:
        missing = missing_extra(message("the command line"), "typer", "rich")
        sys.stderr.write(f"{missing}\n")
        sys.exit(UNUSABLE)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # to find them, it reads what is installed
    from annual_report.cli.program import run  # the help texts are translated when it is imported

    run()


def _choose_language(arguments: list[str]) -> None:
    """Let `--lang` override the environment's variable, wherever it is given."""
    import os

    from annual_report.messages import LANGUAGES, VARIABLE

    for option, following in zip(arguments, [*arguments, ""][1:], strict=True):
        name, equals, value = option.partition("=")
        if name == "--lang" and (value if equals else following) in LANGUAGES:
            os.environ[VARIABLE] = value if equals else following
