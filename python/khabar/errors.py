"""Exceptions. All of them are a [KhabarError][khabar.KhabarError], so one ``except`` catches whatever khabar itself raises."""

__all__ = ["ArgumentError", "IoError", "KhabarError", "ModelError", "RuleError", "TextError"]


class KhabarError(Exception):
    """What every exception of khabar descends from (a value of a wrong *type* raises the usual ``TypeError``)."""


class TextError(KhabarError, ValueError):
    """A text cannot be read: it holds lone surrogates, or is over 4 GiB."""


class ArgumentError(KhabarError, ValueError):
    """An argument has a value that means nothing: an unknown model or preset, a date that is none."""


class ModelError(KhabarError):
    """A model or compiled lexicon is truncated, damaged, or of another format or version."""


class RuleError(KhabarError):
    """A rule or lexicon file has a mistake; the message names line and column."""


class IoError(KhabarError):
    """Reading or writing failed."""
