"""The command line: ``khabar analyze``, ``khabar normalize``, ``khabar tokenize``."""

from khabar.cli.commands import main

__all__ = ["main"]
