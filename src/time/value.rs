//! From the typed words of an expression to its TIMEX3 value.

mod calendar;
mod clock;

use jiff::Span as Length;
use jiff::civil::Date;
use serde::Deserialize;

use super::pattern::Capture;
use super::words::Class;
use super::{DocumentDate, TimeType};
pub(super) use calendar::{bounds, granularity};

/// What relative times are counted from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Base {
    year: Option<i16>,
    month: Option<i8>,
    date: Option<Date>,
}

impl Base {
    pub fn new(date: Option<DocumentDate>) -> Self {
        let Some(date) = date else { return Self { year: None, month: None, date: None } };
        let full = date.month.zip(date.day).and_then(|(m, d)| Date::new(date.year, m, d).ok());
        Self { year: Some(date.year), month: date.month, date: full }
    }

    /// The day so many days away.
    fn day(self, offset: i32) -> Option<Date> {
        self.date?.checked_add(Length::new().try_days(offset).ok()?).ok()
    }

    /// Year and month so many months away.
    fn month(self, offset: i32) -> Option<(i32, i32)> {
        let count = i32::from(self.year?) * 12 + i32::from(self.month?) - 1 + offset;
        Some((count.div_euclid(12), count.rem_euclid(12) + 1))
    }

    fn year(self, offset: i32) -> String {
        self.year.map_or_else(|| "XXXX".to_owned(), |y| format!("{:04}", i32::from(y) + offset))
    }
}

/// A TIMEX3 value with its type.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub kind: TimeType,
    pub text: String,
    pub modifier: Option<&'static str>,
}

impl Value {
    fn new(kind: TimeType, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), modifier: None }
    }
}

/// How a rule makes its value.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(super) enum Build {
    /// It is no time, and hides what lies in it.
    None,
    /// A day, month or year.
    Date,
    /// From one such to another.
    Range,
    /// A month of the Hijri calendar.
    Hijri,
    /// A unit seen from now (العام الماضي).
    Unit,
    Decade,
    /// The second day, the 28th minute: how long it has lasted.
    Numbered,
    /// A quarter or half of a year.
    Quarter,
    Season,
    Duration,
    /// Two durations.
    Durations,
    /// An unknown number of units.
    Vague,
    /// Vaguely before or after now.
    Around,
    Ref,
    Fair,
    Set,
    /// An hour or a part of a day.
    Time,
}

impl Build {
    /// The value of a match; the outer None where the rule does not hold (a day 35), the inner one where it is no time.
    pub fn value(self, captures: &[Capture], base: Base) -> Option<Option<Value>> {
        let modifier = captures.iter().find(|c| c.class == Class::Part).map(|c| match c.value {
            1 => "START",
            2 => "MID",
            _ => "END",
        });
        let value = match self {
            Self::None => return Some(None),
            Self::Date => Value::new(TimeType::Date, Day::read(captures)?.value(base)?),
            Self::Range => Value::new(TimeType::Date, range(captures, base)?),
            Self::Hijri => Value::new(TimeType::Date, calendar::hijri(captures, base)?),
            Self::Unit => Value::new(TimeType::Date, unit(captures, base)?),
            Self::Decade => {
                let decade = captures.iter().find(|c| c.class == Class::Decade)?;
                Value::new(TimeType::Date, format!("19{}X", decade.value / 10))
            }
            Self::Numbered => {
                let unit = captures.iter().find(|c| matches!(c.class, Class::UnitDef | Class::Minute))?.value;
                let count = captures.iter().find(|c| matches!(c.class, Class::Ord | Class::Num))?.value;
                Value::new(TimeType::Duration, one_duration(count, unit)?)
            }
            Self::Quarter => Value::new(TimeType::Date, quarter(captures, base)?),
            Self::Season => Value::new(TimeType::Date, season(captures, base)?),
            Self::Duration => Value::new(TimeType::Duration, duration(captures)?),
            Self::Durations => Value::new(TimeType::Duration, durations(captures)?),
            Self::Vague => {
                let unit = captures.iter().find(|c| matches!(c.class, Class::Plural | Class::PluralDef))?.value;
                let (hours, letter) = letter(unit);
                Value::new(TimeType::Duration, format!("P{}X{letter}", if hours { "T" } else { "" }))
            }
            Self::Around | Self::Ref => {
                let rel = captures
                    .iter()
                    .rfind(|c| matches!(c.class, Class::Rel | Class::Ref | Class::RefPast | Class::Later))?;
                let text = match rel.value {
                    ..0 => "PAST_REF",
                    0 => "PRESENT_REF",
                    1.. => "FUTURE_REF",
                };
                Value::new(TimeType::Date, text)
            }
            Self::Fair => Value::new(TimeType::Date, base.year(0)),
            Self::Set => Value::new(TimeType::Set, set(captures)?),
            Self::Time => clock::time(captures, base)?,
        };
        Some(Some(Value { modifier: value.modifier.or(modifier), ..value }))
    }
}

/// What is said of a day, a month or a year.
#[derive(Clone, Debug, Default)]
struct Day {
    offset: Option<i32>,
    weekdays: Vec<i32>,
    days: Vec<i32>,
    months: Vec<i32>,
    years: Vec<i32>,
    /// Before or after now: the day or month, and the year.
    rel: Option<i32>,
    year_rel: Option<i32>,
    /// A date in digits: year, month, day.
    full: Option<(i32, i32, i32)>,
}

impl Day {
    fn read(captures: &[Capture]) -> Option<Self> {
        let mut day = Self::default();
        let (mut this, mut in_year) = (false, false);
        for c in captures {
            let value = c.value;
            match c.class {
                Class::Today | Class::Dayword => day.offset = Some(value),
                Class::Weekday => day.weekdays.push(value),
                Class::Num | Class::Ord => day.days.push(Some(value).filter(|d| (1..=31).contains(d))?),
                Class::Month | Class::MonthRisky if !day.months.contains(&value) => day.months.push(value),
                Class::Year | Class::YearShort => day.years.push(value),
                Class::This => this = true,
                Class::YearName | Class::YearsName => {
                    in_year = true;
                    day.year_rel = this.then_some(0);
                }
                Class::Rel | Class::Prior if in_year => day.year_rel = Some(value),
                Class::Rel | Class::Prior => day.rel = Some(value),
                Class::Date => day.full = Some((value / 10_000, value / 100 % 100, value % 100)),
                _ => {}
            }
        }
        Some(day)
    }

    /// The year that a month (and day) lies in, where it can be told.
    fn year(&self, month: i32, day: Option<i32>, base: Base) -> Option<i32> {
        if let Some(&year) = self.years.last() {
            return Some(year);
        }
        let now = i32::from(base.year?);
        if let Some(rel) = self.year_rel {
            return Some(now + rel);
        }
        let base_month = i32::from(base.month?);
        let base_day = base.date.map(|d| i32::from(d.day()));
        let here = (base_month, base_day.unwrap_or(15));
        let there = (month, day.unwrap_or(here.1));
        Some(match self.rel {
            Some(..0) => now - i32::from(there >= here),
            Some(0) => now,
            Some(1..) => now + i32::from(there < here),
            // The nearest one.
            None => match month - base_month {
                7.. => now - 1,
                ..=-7 => now + 1,
                _ => now,
            },
        })
    }

    fn dated(&self, month: i32, day: Option<i32>, base: Base) -> Option<String> {
        let year = self.year(month, day, base);
        if let Some(day) = day {
            // The 29th of February is a day of some year.
            Date::new(year.unwrap_or(2000) as i16, month as i8, day as i8).ok()?;
        }
        let year = year.map_or_else(|| "XXXX".to_owned(), |y| format!("{y:04}"));
        Some(match day {
            Some(day) => format!("{year}-{month:02}-{day:02}"),
            None => format!("{year}-{month:02}"),
        })
    }

    fn weekday(&self, weekday: i32, base: Base) -> String {
        let Some(date) = base.date else { return "XXXX-XX-XX".to_owned() };
        let today = i32::from(date.weekday().to_monday_one_offset());
        let back = (today - weekday).rem_euclid(7);
        let offset = match self.rel {
            None | Some(0) => -back,
            Some(..0) => -(if back == 0 { 7 } else { back }),
            Some(1..) => 7 - back,
        };
        base.day(offset).map_or_else(|| "XXXX-XX-XX".to_owned(), |d| d.to_string())
    }

    fn value(&self, base: Base) -> Option<String> {
        if let Some((y, m, d)) = self.full {
            return Date::new(i16::try_from(y).ok()?, i8::try_from(m).ok()?, i8::try_from(d).ok()?)
                .ok()
                .map(|d| d.to_string());
        }
        if let Some(&month) = self.months.first() {
            return self.dated(month, self.days.first().copied(), base);
        }
        if let Some(&year) = self.years.first() {
            return Some(format!("{year:04}"));
        }
        if let Some(&day) = self.days.first() {
            let month = base.month(self.rel.unwrap_or(0));
            return Some(match month {
                Some((y, m)) => Date::new(y as i16, m as i8, day as i8).ok()?.to_string(),
                None => format!("XXXX-XX-{day:02}"),
            });
        }
        if let Some(offset) = self.offset {
            // «today» of a text without a date is the day of writing only where a weekday says so.
            let undated = if offset == 0 && self.weekdays.is_empty() { "PRESENT_REF" } else { "XXXX-XX-XX" };
            return Some(base.day(offset).map_or_else(|| undated.to_owned(), |d| d.to_string()));
        }
        self.weekdays.first().map(|&w| self.weekday(w, base))
    }
}

fn range(captures: &[Capture], base: Base) -> Option<String> {
    let day = Day::read(captures)?;
    let pair = match (&day.days[..], &day.months[..], &day.years[..], &day.weekdays[..]) {
        (&[a, b], &[month], ..) => [day.dated(month, Some(a), base)?, day.dated(month, Some(b), base)?],
        (&[a, b], &[first, second], ..) => [day.dated(first, Some(a), base)?, day.dated(second, Some(b), base)?],
        (&[], &[first, second], ..) => [day.dated(first, None, base)?, day.dated(second, None, base)?],
        (&[], &[], &[a, b], _) => [format!("{:04}", a.min(b)), format!("{:04}", a.max(b))],
        (&[], &[], &[], &[a, b]) => [day.weekday(a, base), day.weekday(b, base)],
        _ => return None,
    };
    Some(pair.join("/"))
}

fn unit(captures: &[Capture], base: Base) -> Option<String> {
    let unit = captures.iter().find(|c| c.class == Class::UnitDef)?.value;
    let rel = captures.iter().find(|c| matches!(c.class, Class::Rel | Class::Prior)).map_or(0, |c| c.value);
    if let Some(year) = captures.iter().find(|c| c.class == Class::Year) {
        return Some(format!("{:04}", year.value));
    }
    Some(match unit {
        0 => base.day(rel).map_or_else(|| "XXXX-XX-XX".to_owned(), |d| d.to_string()),
        1 => base.day(7 * rel).map_or_else(
            || "XXXX-WXX".to_owned(),
            |d| {
                let week = d.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            },
        ),
        2 => base.month(rel).map_or_else(|| "XXXX-XX".to_owned(), |(y, m)| format!("{y:04}-{m:02}")),
        3 | 9 => base.year(rel),
        4 => "P10Y".to_owned(),
        5 => match base.year.map_or(20, |y| i32::from(y) / 100) + rel {
            century @ 0..100 => format!("{century:02}XX"),
            _ => return None,
        },
        _ => return None,
    })
}

fn quarter(captures: &[Capture], base: Base) -> Option<String> {
    let parts = captures.iter().find(|c| c.class == Class::Quarter)?.value;
    let number =
        captures.iter().find(|c| c.class == Class::Ord).map(|c| c.value).filter(|n| (1..=parts).contains(n))?;
    let rel = captures.iter().find(|c| c.class == Class::Rel).map_or(0, |c| c.value);
    let year = captures.iter().find(|c| c.class == Class::Year).map(|c| format!("{:04}", c.value));
    let letter = if parts == 4 { "Q" } else { "H" };
    Some(format!("{}-{letter}{number}", year.unwrap_or_else(|| base.year(rel))))
}

fn season(captures: &[Capture], base: Base) -> Option<String> {
    let season = captures.iter().find(|c| matches!(c.class, Class::Season | Class::SeasonDef))?.value;
    let rel = captures.iter().find(|c| c.class == Class::Rel).map_or(0, |c| c.value);
    let year = captures.iter().find(|c| c.class == Class::Year).map(|c| format!("{:04}", c.value));
    let name = match season {
        1 => "SP",
        2 => "SU",
        3 => "FA",
        _ => "WI",
    };
    Some(format!("{}-{name}", year.unwrap_or_else(|| base.year(rel))))
}

/// The letter of a unit in a duration, and whether it belongs after T.
fn letter(unit: i32) -> (bool, &'static str) {
    match unit {
        0 => (false, "D"),
        1 => (false, "W"),
        2 => (false, "M"),
        6 => (true, "H"),
        7 => (true, "M"),
        8 | 10 => (true, "S"),
        _ => (false, "Y"),
    }
}

/// How many of its letter a unit is.
fn times(unit: i32) -> i32 {
    match unit {
        4 => 10,
        5 => 100,
        _ => 1,
    }
}

fn one_duration(count: i32, unit: i32) -> Option<String> {
    let (hours, letter) = letter(unit);
    Some(format!("P{}{}{letter}", if hours { "T" } else { "" }, count.checked_mul(times(unit))?))
}

fn is_unit(class: Class) -> bool {
    matches!(
        class,
        Class::Unit
            | Class::UnitRisky
            | Class::UnitDef
            | Class::Dual
            | Class::DualDef
            | Class::Plural
            | Class::PluralDef
    )
}

fn duration(captures: &[Capture]) -> Option<String> {
    let unit = captures.iter().find(|c| is_unit(c.class))?;
    let count = match unit.class {
        Class::Dual | Class::DualDef => 2,
        _ => captures.iter().find(|c| c.class == Class::Num).map_or(1, |c| c.value),
    };
    let half = captures.iter().find(|c| c.class == Class::Half);
    if let Some(half) = half {
        // نصف ساعة: the half of one; ساعة ونصف: one and a half.
        let alone = half.start < unit.start;
        let whole = if alone { 0 } else { count };
        return Some(match unit.value {
            3 => format!("P{}M", whole * 12 + half.value / 5),
            6 if whole == 0 => format!("PT{}M", half.value),
            6 => format!("PT{whole}H{}M", half.value),
            7 => format!("PT{}S", whole * 60 + half.value),
            2 => format!("P{}D", whole * 30 + half.value / 2),
            0 => format!("PT{}H", whole * 24 + half.value * 2 / 5),
            4 | 5 => format!("P{}Y", times(unit.value) * whole + times(unit.value) * half.value / 60),
            _ => return None,
        });
    }
    let first = one_duration(count, unit.value)?;
    // «9 years and 8 months», «3 hours and 30 minutes».
    let rest: Vec<&Capture> = captures.iter().filter(|c| c.start > unit.start).collect();
    let second = rest.iter().find(|c| c.class == Class::Num).zip(rest.iter().find(|c| is_unit(c.class)));
    match second {
        Some((count, smaller)) if smaller.value != unit.value => {
            let (hours, letter) = letter(smaller.value);
            let mark = if hours && !first.contains('T') { "T" } else { "" };
            Some(format!("{first}{mark}{}{letter}", count.value))
        }
        _ => Some(first),
    }
}

fn durations(captures: &[Capture]) -> Option<String> {
    let numbers: Vec<i32> = captures.iter().filter(|c| c.class == Class::Num).map(|c| c.value).collect();
    let units: Vec<i32> = captures.iter().filter(|c| is_unit(c.class)).map(|c| c.value).collect();
    let (&[a, b], first, last) = (&numbers[..], *units.first()?, *units.last()?) else { return None };
    Some(format!("{}/{}", one_duration(a, first)?, one_duration(b, last)?))
}

fn set(captures: &[Capture]) -> Option<String> {
    match captures.iter().find(|c| c.class == Class::WeekdayBare) {
        Some(weekday) => Some(format!("XXXX-WXX-{}", weekday.value)),
        None => duration(captures),
    }
}
