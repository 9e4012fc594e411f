//! The Hijri calendar, and what days a value covers.

use jiff::Span as Length;
use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::Base;
use crate::time::pattern::Capture;
use crate::time::words::Class;

/// Day number (days since 1 January of year 1, Gregorian) of a date of the tabular Hijri calendar (civil epoch, leap years 2, 5, 7, 10,
/// 13, 16, 18, 21, 24, 26, 29 of 30; Reingold and Dershowitz, "Calendrical Calculations").
fn hijri_day(year: i64, month: i64, day: i64) -> i64 {
    day + 29 * (month - 1) + (6 * month - 1) / 11 + (year - 1) * 354 + (3 + 11 * year) / 30 + 227_015 - 1
}

/// The Gregorian month in which most of a Hijri month lies: the one meant by `rel`, or the nearest to the base.
pub(super) fn hijri(captures: &[Capture], base: Base) -> Option<String> {
    let month = captures.iter().find(|c| c.class == Class::Hijri)?.value;
    let rel = captures.iter().find(|c| c.class == Class::Rel).map(|c| c.value);
    let Some(date) = base.date else { return Some("XXXX-XX".to_owned()) };
    let epoch = Date::new(1, 1, 1).ok()?;
    let today = i64::from(epoch.until(date).ok()?.get_days());
    let year = (today - 227_014) * 30 / 10_631 + 1;
    // The 15th of the month in the years around.
    let middles = (year - 1..=year + 1).map(|y| hijri_day(y, i64::from(month), 15) - 1);
    let chosen = match rel {
        Some(..=-1) => middles.filter(|&m| m + 15 < today).max(),
        Some(1..) => middles.filter(|&m| m - 15 > today).min(),
        _ => middles.min_by_key(|m| m.abs_diff(today)),
    }?;
    let day = epoch.checked_add(Length::new().try_days(chosen).ok()?).ok()?;
    Some(format!("{:04}-{:02}", day.year(), day.month()))
}

/// The unit in which a value is told.
pub(crate) fn granularity(value: &str) -> &'static str {
    let first = value.split('/').next().unwrap_or_default();
    if let Some(length) = first.strip_prefix('P').filter(|l| !l.contains("_REF")) {
        let hours = length.contains('T');
        return match length.chars().last() {
            Some('D') => "day",
            Some('W') => "week",
            Some('M') if hours => "minute",
            Some('M') => "month",
            Some('H') => "hour",
            Some('S') => "second",
            Some('Y') => "year",
            _ => "vague",
        };
    }
    match first.split_once('T') {
        Some((_, time)) if time.contains(':') => return "minute",
        Some((date, _)) if date.contains('-') => return "part_of_day",
        _ => {}
    }
    match first {
        f if f.ends_with("_REF") => "vague",
        f if f.len() == 10 => "day",
        f if f.contains("-W") && !f.ends_with("-WI") => "week",
        f if f.len() == 4 && f.ends_with("XX") && f != "XXXX" => "century",
        f if f.len() == 4 && f.ends_with('X') && f != "XXXX" => "decade",
        f if f.len() == 4 => "year",
        f if f.as_bytes().get(5) == Some(&b'Q') => "quarter",
        f if f.as_bytes().get(5) == Some(&b'H') => "half",
        f if f.as_bytes().get(5).is_some_and(u8::is_ascii_alphabetic) && f.as_bytes().get(5) != Some(&b'X') => "season",
        _ => "month",
    }
}

/// First and last day that a value can mean.
pub(crate) fn bounds(value: &str) -> (Option<Date>, Option<Date>) {
    let (first, last) = value.split_once('/').unwrap_or((value, value));
    (covered(first).map(|d| d.0), covered(last).map(|d| d.1))
}

fn covered(value: &str) -> Option<(Date, Date)> {
    let date = value.split('T').next()?;
    let number = |range: std::ops::Range<usize>| date.get(range).and_then(|n| n.parse::<i16>().ok());
    let year = number(0..4);
    match (date.len(), date.as_bytes().get(5)) {
        (10, _) => date.parse().ok().map(|d| (d, d)),
        (4, _) => match year {
            Some(year) => Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
            None => {
                let known = date.trim_end_matches('X');
                let size = 10i16.checked_pow(4u32.checked_sub(known.len() as u32)?)?;
                let first = known.parse::<i16>().ok()?.checked_mul(size)?;
                Some((Date::new(first, 1, 1).ok()?, Date::new(first + size - 1, 12, 31).ok()?))
            }
        },
        (8, Some(b'W')) => {
            let week = i8::try_from(number(6..8)?).ok()?;
            let day = |d| ISOWeekDate::new(year?, week, d).ok().map(|w| w.date());
            Some((day(Weekday::Monday)?, day(Weekday::Sunday)?))
        }
        (7, Some(part @ (b'Q' | b'H'))) => {
            let months = if *part == b'Q' { 3 } else { 6 };
            let last = i8::try_from(number(6..7)?).ok()?.checked_mul(months)?;
            let first = Date::new(year?, last.checked_sub(months)? + 1, 1).ok()?;
            Some((first, Date::new(year?, last, 1).ok()?.last_of_month()))
        }
        (7, Some(b)) if b.is_ascii_digit() => {
            let first = Date::new(year?, i8::try_from(number(5..7)?).ok()?, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_covered() {
        let day = |s: &str| s.parse::<Date>().ok();
        assert_eq!(bounds("2024-02"), (day("2024-02-01"), day("2024-02-29")));
        assert_eq!(bounds("2024-10-22/2024-10-26"), (day("2024-10-22"), day("2024-10-26")));
        assert_eq!(bounds("2025-W36"), (day("2025-09-01"), day("2025-09-07")));
        assert_eq!(bounds("2024-Q4"), (day("2024-10-01"), day("2024-12-31")));
        assert_eq!(bounds("194X"), (day("1940-01-01"), day("1949-12-31")));
        assert_eq!(bounds("2017-06-09TMO"), (day("2017-06-09"), day("2017-06-09")));
        assert_eq!(bounds("PAST_REF"), (None, None));
        assert_eq!(bounds("XXXX-XX-XX"), (None, None));
    }

    #[test]
    fn units_of_values() {
        for (value, unit) in [
            ("P5Y", "year"),
            ("PT30M", "minute"),
            ("P3M", "month"),
            ("2017-06-09TMO", "part_of_day"),
            ("XXXX-XX-XXT05:00", "minute"),
            ("2024", "year"),
            ("19XX", "century"),
            ("194X", "decade"),
            ("2024-SU", "season"),
            ("XXXX-XX", "month"),
            ("2024-W03", "week"),
            ("PXD", "day"),
            ("PAST_REF", "vague"),
            ("PRESENT_REF", "vague"),
        ] {
            assert_eq!(granularity(value), unit, "{value}");
        }
    }

    #[test]
    fn hijri_new_year() {
        // 1 Muharram 1446 is 7 or 8 July 2024.
        let epoch = Date::new(1, 1, 1).unwrap();
        let day = epoch.checked_add(Length::new().days(hijri_day(1446, 1, 1) - 1)).unwrap();
        assert_eq!((day.year(), day.month()), (2024, 7));
    }
}
