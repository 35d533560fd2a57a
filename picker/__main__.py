"""Starts `python -m picker`: makes the environment at the first start, then runs the command line in it."""

# Even a Python that is far too old must be able to read this file, so that it can say so.
import sys

if sys.version_info < (3, 11):
    running = sys.version_info[:2] + (sys.executable,)
    sys.exit("Picker needs Python 3.11 or newer; this is Python %d.%d (%s)." % running)

if __name__ == "__main__":
    from picker.bootstrap import enter

    enter()

    from picker.cli import main

    main()
