//! The one error type of the crate.

use std::fmt;

/// What went wrong. Opaque, so that causes can be added; [`Error::kind`] tells the class.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

/// Classes of errors; each is an exception type of its own in Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The text cannot be read: not UTF-8, or over 4 GiB.
    Text,
    /// An argument has a value that means nothing: an unknown preset, a date that is none.
    Argument,
    /// A model or compiled lexicon is truncated, damaged, of another format or version.
    Model,
    /// A rule or lexicon file of the user has a mistake; the message names line and column.
    Rule,
    /// Reading or writing failed.
    Io,
}

/// `Result` with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error of a class, with a message for people: what was found, where, and what was expected.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// The class of the error.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::new(ErrorKind::Io, error.to_string())
    }
}
