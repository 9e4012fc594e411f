//! Hours and parts of the day.

use super::{Base, Day, TimeType, Value};
use crate::time::pattern::Capture;
use crate::time::words::Class;

/// Parts of the day, as numbered in the words' file.
const SUFFIXES: [&str; 8] = ["", "TMO", "T12:00", "TAF", "TEV", "TNI", "T00:00", "TDT"];

pub(super) fn time(captures: &[Capture], base: Base) -> Option<Value> {
    // The hour is the number after «the hour» or before a part of the day; other numbers are days of a month.
    let clock = captures.iter().find(|c| c.class == Class::Clock);
    let dated = captures.iter().any(|c| matches!(c.class, Class::Month | Class::MonthRisky));
    let hours = captures.iter().any(|c| c.class == Class::HourWord) || !dated;
    let number =
        captures.iter().find(|c| matches!(c.class, Class::Num | Class::Ord)).filter(|_| hours && clock.is_none());
    let rest: Vec<Capture> = captures.iter().filter(|c| number.is_none_or(|n| n.start != c.start)).copied().collect();
    let mut day = Day::read(&rest)?;
    // Of a night between two days the first counts.
    day.weekdays.truncate(1);

    let is_part = |c: &&Capture| matches!(c.class, Class::Daypart | Class::DaypartDef | Class::DaypartAdverb);
    let part = captures.iter().find(is_part).map(|c| c.value);
    let night = captures.iter().any(|c| matches!(c.class, Class::Tonight | Class::Late));
    if captures.iter().any(|c| c.class == Class::Tonight) {
        day.offset = Some(day.rel.take().unwrap_or(0));
    }
    let date = day.value(base).or_else(|| base.day(0).map(|d| d.to_string()));
    let date = date.filter(|d| d != "PRESENT_REF").unwrap_or_else(|| "XXXX-XX-XX".to_owned());

    let minutes = match (clock, number) {
        (Some(clock), _) => Some(clock.value),
        (None, Some(number)) => {
            // 0553 is an hour in the manner of agencies.
            let value = match number.value {
                hour @ 0..=24 => hour * 60,
                four @ 25..=2400 if four % 100 < 60 => four / 100 * 60 + four % 100,
                _ => return None,
            };
            let more = captures.iter().find(|c| c.class == Class::Half).map_or(0, |c| c.value);
            let less = captures.iter().any(|c| c.class == Class::Less);
            Some(if less { value - more } else { value + more })
        }
        _ => None,
    };
    let Some(minutes) = minutes else {
        let suffix = part.map_or(if night { "TNI" } else { "" }, |p| SUFFIXES[p.clamp(0, 7) as usize]);
        return (!suffix.is_empty()).then(|| Value::new(TimeType::Time, format!("{date}{suffix}")));
    };
    let afternoon = match part {
        Some(3 | 4) => minutes < 12 * 60,
        Some(2) => minutes < 6 * 60,
        Some(5) => (6 * 60..12 * 60).contains(&minutes),
        _ => false,
    };
    let minutes = if afternoon { minutes + 12 * 60 } else { minutes };
    let zone = captures.iter().any(|c| c.class == Class::Zone && c.value == 0);
    let (hour, minute) = (minutes.div_euclid(60), minutes.rem_euclid(60));
    Some(Value::new(TimeType::Time, format!("{date}T{hour:02}:{minute:02}{}", if zone { "Z" } else { "" })))
}
