"""The look of a report: what a house style may set, and the named presets."""

from __future__ import annotations
