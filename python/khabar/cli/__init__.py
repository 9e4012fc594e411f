"""The command line: ``khabar analyze``, ``khabar normalize``, ``khabar tokenize``, ``khabar tagger``."""

from khabar.cli.commands import main

__all__ = ["main"]
