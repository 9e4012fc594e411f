//! Dates of documents as Python gives them.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyString};

use super::errors;
use crate::error::ErrorKind;
use crate::time::DocumentDate;

/// Reads `"2025-09-05"`, `"2025-09"`, `"2025"`, a full date followed by a time of day, a `datetime.date` or a `datetime.datetime`.
/// None and what pandas puts for a missing value are none.
///
/// # Errors
/// `ArgumentError` for a string that is no date; `TypeError` for other types.
pub(super) fn date(value: Option<&Bound<'_, PyAny>>) -> PyResult<Option<DocumentDate>> {
    let Some(value) = value else { return Ok(None) };
    let py = value.py();
    if let Ok(string) = value.cast::<PyString>() {
        let string = string.to_string_lossy();
        return match read(string.trim()) {
            Some(date) => Ok(Some(date)),
            None => Err(errors::raise(
                py,
                ErrorKind::Argument,
                format!("no date: {string:?}; a date is YYYY-MM-DD, YYYY-MM or YYYY"),
            )),
        };
    }
    // NaN and NaT differ from themselves.
    if value.ne(value)? {
        return Ok(None);
    }
    if !value.is_instance_of::<PyDate>() {
        return Err(PyTypeError::new_err(format!(
            "date is a str, datetime.date or datetime.datetime, not {}",
            value.get_type().name()?
        )));
    }
    let part = |name: &str| value.getattr(name);
    Ok(Some(DocumentDate {
        year: part("year")?.extract()?,
        month: Some(part("month")?.extract()?),
        day: Some(part("day")?.extract()?),
    }))
}

/// A date in ISO 8601, to the year, month or day; a time of day after a full date is passed over.
fn read(string: &str) -> Option<DocumentDate> {
    let string = match string.as_bytes() {
        [_, _, _, _, b'-', _, _, b'-', _, _, b'T' | b' ', b'0'..=b'2', b'0'..=b'9', b':', ..] => &string[..10],
        _ => string,
    };
    let digits = |part: &str, length: usize| {
        (part.len() == length && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<i16>().ok()).flatten()
    };
    let mut parts = string.splitn(3, '-');
    let year = digits(parts.next()?, 4).filter(|&year| year > 0)?;
    let month = match parts.next() {
        Some(part) => Some(i8::try_from(digits(part, 2)?).ok()?),
        None => None,
    };
    let day = match parts.next() {
        Some(part) => Some(i8::try_from(digits(part, 2)?).ok()?),
        None => None,
    };
    jiff::civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
    Some(DocumentDate { year, month, day })
}

/// The date as `Document.date` writes it.
pub(super) fn write(date: DocumentDate) -> String {
    match (date.month, date.day) {
        (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", date.year),
        (Some(month), None) => format!("{:04}-{month:02}", date.year),
        _ => format!("{:04}", date.year),
    }
}

#[cfg(test)]
mod tests {
    use super::{read, write};

    #[test]
    fn reads_what_it_writes_and_nothing_else() {
        for good in ["2025-09-05", "2025-09", "2025", "0962-02-28", "2024-02-29"] {
            assert_eq!(read(good).map(write).as_deref(), Some(good));
        }
        assert_eq!(read("2025-09-05T10:00:00Z").map(write).as_deref(), Some("2025-09-05"));
        for bad in [
            "",
            "25",
            "2025-9",
            "2025-13",
            "2025-02-30",
            "2025-09-05-01",
            "0000",
            "2025/09/05",
            "أمس",
            "2025-09-05X",
            "+025",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
