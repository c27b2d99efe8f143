"""Sums over the reports of many bodies, and comparisons between years."""
