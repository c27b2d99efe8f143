"""Many reports as one, and one year against another: sums over bodies, and comparisons."""
