//! The date of a document, as text.

use std::fmt;
use std::str::FromStr;

use super::DocumentDate;
use crate::error::{Error, ErrorKind};

impl FromStr for DocumentDate {
    type Err = Error;

    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (what follows a full date after `T` or a space is left out).
    ///
    /// ```
    /// use khabar::time::DocumentDate;
    /// let date: DocumentDate = "2025-09".parse()?;
    /// assert_eq!(date, DocumentDate { year: 2025, month: Some(9), day: None });
    /// assert!("2025-02-30".parse::<DocumentDate>().is_err());
    /// # Ok::<(), khabar::Error>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, Error> {
        let bad =
            || Error::new(ErrorKind::Argument, format!("{text:?} is no date, expected YYYY, YYYY-MM or YYYY-MM-DD"));
        let date = text.trim().split(['T', ' ']).next().unwrap_or_default();
        let digits = |part: &str, len: usize| {
            let right = part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
            right.then(|| part.parse::<i16>().ok()).flatten()
        };
        let mut parts = date.split('-');
        let year = parts.next().and_then(|p| digits(p, 4)).ok_or_else(bad)?;
        let mut small = || parts.next().map(|p| digits(p, 2).map(|n| n as i8).ok_or_else(bad)).transpose();
        let (month, day) = (small()?, small()?);
        jiff::civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).map_err(|_| bad())?;
        match parts.next() {
            None => Ok(Self { year, month, day }),
            Some(_) => Err(bad()),
        }
    }
}

impl fmt::Display for DocumentDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.month.and(self.day)].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}
