"""Standing mutants: faults that the tests of their own area must find, every time the tests run.

``*.toml`` holds the mutants, ``plugin`` makes a test of each, ``swapping`` puts one in for the time
of its tests. Run them all with ``pytest tests/mutants``, one with ``pytest tests/mutants -k word``.
"""
