"""Raised characters as Unicode has them, so that a note's number is not taken for a digit of the number before it.

Lowered characters are given in the same way: they are no digits of the number either.
"""

from __future__ import annotations

_RAISED = str.maketrans("0123456789０１２３４５６７８９+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")


def raised(text: str) -> str:
    """Return text that is set raised in the characters that Unicode has for it; other characters stay as they are.

    Examples
    --------
    >>> raised("[12]")
    '[¹²]'
    """
    return text.translate(_RAISED)
