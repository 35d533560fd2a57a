"""Runs the checks and the tests: `python3 -m tests`, or `python3 -m tests ARGUMENTS` for pytest alone with these.

`python3 -m tests --changed` runs what the change since the last commit touches.

Needs nothing but Python: the environment is made at the first start, as for `python3 -m picker`. Without arguments:
ruff (rules and layout), mypy, import contracts, then all tests; the exit code is that of the worst.
"""

# Even a Python that is far too old must be able to read this file, so that it can say so.
import sys

if sys.version_info < (3, 11):
    found = sys.version_info[:2] + (sys.executable,)
    sys.exit("Picker needs Python 3.11 or newer; this is Python %d.%d (%s)." % found)

if __name__ == "__main__":
    from picker.bootstrap import enter

    if sys.argv[1:] in (["-h"], ["--help"]):
        sys.exit(__doc__ + "\nAll of pytest's options: python3 -m pytest --help in the environment.")
    enter(tests=True)

    from tests.run import main

    sys.exit(main(sys.argv[1:]))
