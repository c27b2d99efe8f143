"""What texts and amounts may be."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from memory import memory_at_most
from pydantic import TypeAdapter, ValidationError

from annual_report.form.values import MAX_NAME, Amount, Line, Lines, Name, printable

NONCHARACTERS = [*range(0xFDD0, 0xFDF0), *(plane << 16 | end for plane in range(17) for end in (0xFFFE, 0xFFFF))]


def test_text_holds_all_of_unicode_but_control_characters_surrogates_and_noncharacters():
    validate = TypeAdapter(Lines).validate_python
    refused = set()
    for code in range(0x110000):
        try:
            validate(f"某{chr(code)}局")
        except ValidationError:
            refused.add(code)
    controls = {code for code in range(0x100) if unicodedata.category(chr(code)) == "Cc"} - {*b"\t\n\r", 0x85}
    assert refused == controls | {*range(0xD800, 0xE000)} | {*NONCHARACTERS}


@pytest.mark.parametrize(
    "character", ["\u200b", "\u202e", "\ufeff", "\ufffd", "\ue000", "\U0010fffd", "\xad", "\u0378"]
)
def test_characters_that_office_programs_leave_in_texts_are_kept(character):
    assert printable(f"某{character}局") == f"某{character}局"


def test_the_first_character_that_is_refused_is_named():
    with pytest.raises(ValidationError, match=r"U\+0093 at position 3"):
        TypeAdapter(Line).validate_python("某局\x93\x94")


@pytest.mark.parametrize("field", [Name])
def test_a_name_has_at_most_100_characters(field):
    adapter = TypeAdapter(field)
    assert adapter.validate_python("𠮷" * MAX_NAME) == "𠮷" * MAX_NAME
    with pytest.raises(ValidationError, match="at most 100 characters"):
        adapter.validate_python("𠮷" * (MAX_NAME + 1))
    assert adapter.json_schema() == {"type": "string", "minLength": 1, "maxLength": 100, "pattern": r"\S"}


@pytest.mark.parametrize(
    "number",
    [
        *("1E+999999999", "1E-999999999", "0E-999999999", "0E+5", "NaN", "sNaN", "Infinity", "-0", "0." + "1" * 10**6),
        *("9" * 10**6, "9" * 41, "0." + "0" * 39, "1" * 20 + "." + "1" * 20),
    ],
)
def test_a_decimal_that_is_no_amount_is_refused_without_writing_it_out(number):
    adapter, value = TypeAdapter(Amount), Decimal(number)
    with memory_at_most(64 << 20), pytest.raises(ValidationError):
        adapter.validate_python(value)


@pytest.mark.parametrize("number", ["9" * 40, "0." + "1" * 38, "0.00000010", "1" * 20 + "." + "1" * 19])
def test_a_decimal_of_40_characters_is_kept(number):
    assert format(TypeAdapter(Amount).validate_python(Decimal(number)), "f") == number
