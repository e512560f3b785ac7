"""Run the command line interface as ``python -m termcheck``."""

from termcheck.cli import main

if __name__ == "__main__":
    main()
