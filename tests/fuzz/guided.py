"""Runs a target that reads files under atheris, which keeps the mutations that reach new code.

    python tests/fuzz/guided.py json -max_total_time=600

What comes after the target's name are options of libFuzzer. Atheris is not among the project's dependencies.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from random import Random

import atheris

sys.path.insert(0, str(Path(__file__).parents[1]))

with atheris.instrument_imports(include=["annual_report"]):
    from fuzz.campaign import Failure, attempt, keep
    from fuzz.mutations import JSON_TOKENS, TOML_TOKENS, mutated
    from fuzz.targets import TARGETS


def main() -> None:
    """Run from the command line."""
    _, name, *options = sys.argv
    target = TARGETS[name]
    tokens = TOML_TOKENS if name == "style file" else JSON_TOKENS

    def run(data: bytes) -> None:
        result = attempt(target, data)
        if isinstance(result, Failure):
            keep(result, 0, 0)
        assert not isinstance(result, Failure), result.details

    def mutate(data: bytes, max_size: int, seed: int) -> bytes:
        return mutated(Random(seed), data, tokens)[:max_size]

    with tempfile.TemporaryDirectory() as corpus:
        for number in range(20):
            Path(corpus, str(number)).write_bytes(target.make(Random(number)))
        atheris.Setup([sys.argv[0], "-max_len=100000", *options, corpus], run, custom_mutator=mutate)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
