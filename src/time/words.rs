//! Typed words: what each segment of a text can be in a time expression.

use std::collections::HashMap;
use std::ops::Range;

use serde::Deserialize;

use crate::lexicon::key;
use crate::number::{Number, NumberKind};
use crate::segment::{Segmentation, TokenKind};

macro_rules! classes {
    ($($name:ident $text:literal),* $(,)?) => {
        /// Class of a typed word; each is a table of `words` in `data/rules/time.toml`, or made of numbers and digits.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Class { $($name),* }

        impl Class {
            pub fn named(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$name),)* _ => None }
            }
        }
    };
}

classes! {
    Month "month", MonthRisky "month_risky", Hijri "hijri", Weekday "weekday", WeekdayBare "weekday_bare", Today "today",
    Dayword "dayword", Unit "unit", UnitRisky "unit_risky", UnitDef "unit_def", Dual "dual", DualDef "dual_def", Plural "plural",
    PluralDef "plural_def", Rel "rel", Prior "prior", This "this", Few "few", FewDef "few_def",
    Some "some", Half "half", Less "less", Part "part", Season "season", SeasonDef "season_def", SeasonWord "season_word",
    Daypart "daypart", DaypartDef "daypart_def", DaypartAdverb "daypart_adverb", Tonight "tonight", Late "late", Later "later",
    HourWord "hour_word", Zone "zone", Ref "ref", RefPast "ref_past", Decade "decade", DayName "day_name",
    DaysName "days_name", MonthName "month_name", MonthsName "months_name", YearName "year_name", YearsName "years_name",
    Fair "fair", Before "before", Quarter "quarter", Minute "minute",
    // Of numbers and digits.
    Num "num", Ord "ord", Year "year", YearShort "year_short", Date "date", Clock "clock", Vague "vague",
    // A word quoted in a pattern.
    Literal "literal",
}

impl Class {
    #[inline]
    pub fn bit(self) -> u64 {
        1 << self as u32
    }
}

/// What stands at a segment: a class, its value, and how many segments it takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Atom {
    pub class: Class,
    pub value: i32,
    pub len: u16,
}

struct Entry {
    /// Words after the first.
    rest: Vec<String>,
    class: Class,
    value: i32,
}

/// Words by their first word.
#[derive(Default)]
pub(super) struct Lexicon {
    entries: HashMap<String, Vec<Entry>>,
    literals: i32,
}

/// Tables of the file: class → value → spellings.
#[derive(Deserialize)]
#[serde(transparent)]
pub(super) struct Tables(HashMap<String, HashMap<String, String>>);

impl Lexicon {
    pub fn new(tables: Tables) -> Result<Self, String> {
        let mut lexicon = Self::default();
        for (name, table) in tables.0 {
            let class = Class::named(&name).ok_or_else(|| format!("no class {name}"))?;
            for (value, spellings) in table {
                let value = value.parse().map_err(|_| format!("{name}: {value} is no number"))?;
                for spelling in spellings.split('|') {
                    lexicon.add(spelling, class, value);
                }
            }
        }
        Ok(lexicon)
    }

    fn add(&mut self, spelling: &str, class: Class, value: i32) {
        let folded = if spelling.len() == 1 { spelling.to_owned() } else { key(spelling) };
        let mut words = folded.split(' ').map(str::to_owned);
        let first = words.next().unwrap_or_default();
        self.entries.entry(first).or_default().push(Entry { rest: words.collect(), class, value });
    }

    /// The number of a word quoted in a pattern.
    pub fn literal(&mut self, word: &str) -> i32 {
        if let Some(entry) =
            self.entries.get(word).and_then(|e| e.iter().find(|e| e.class == Class::Literal && e.rest.is_empty()))
        {
            return entry.value;
        }
        self.literals += 1;
        self.entries.entry(word.to_owned()).or_default().push(Entry {
            rest: Vec::new(),
            class: Class::Literal,
            value: self.literals,
        });
        self.literals
    }
}

/// The atoms of one text.
pub(super) struct Atoms {
    atoms: Vec<Atom>,
    /// The first segment that was read.
    start: usize,
    /// For each segment from there, and one more: its first atom.
    first: Vec<u32>,
}

impl Atoms {
    #[inline]
    pub fn at(&self, segment: usize) -> &[Atom] {
        let segment = segment.wrapping_sub(self.start);
        match (self.first.get(segment), self.first.get(segment.wrapping_add(1))) {
            (Some(&start), Some(&end)) => &self.atoms[start as usize..end as usize],
            _ => &[],
        }
    }

    /// The atoms of the segments in `range`; `numbers` are those of the whole text.
    pub fn read(lexicon: &Lexicon, s: &Segmentation<'_>, numbers: &[Number], range: Range<usize>) -> Self {
        let (start, count) = (range.start, range.end.min(s.segments.len()));
        let size = count.saturating_sub(start);
        let mut all = Self { atoms: Vec::with_capacity(size / 2), start, first: Vec::with_capacity(size + 1) };
        let numbers = &numbers[numbers.partition_point(|n| (n.segments.start as usize) < start)..];
        let mut numbers = numbers.iter().peekable();
        for at in range.start..count {
            all.first.push(all.atoms.len() as u32);
            let form = s.form(at);
            if let Some(entries) = lexicon.entries.get(form) {
                for entry in entries {
                    let fits =
                        entry.rest.iter().enumerate().all(|(i, w)| at + 1 + i < count && s.form(at + 1 + i) == w);
                    if fits {
                        let len = 1 + entry.rest.len() as u16;
                        all.atoms.push(Atom { class: entry.class, value: entry.value, len });
                    }
                }
            }
            while numbers.next_if(|n| (n.segments.start as usize) < at).is_some() {}
            let mut is_number = false;
            while let Some(number) = numbers.next_if(|n| n.segments.start as usize == at) {
                is_number = true;
                all.number(s, number);
            }
            if s.tokens[s.segments[at].token as usize].kind == TokenKind::Number && !is_number {
                all.digits(form);
            }
        }
        all.first.push(all.atoms.len() as u32);
        all
    }

    fn number(&mut self, s: &Segmentation<'_>, number: &Number) {
        let len = number.segments.len() as u16;
        let Some(value) = &number.value else {
            if number.kind == NumberKind::Cardinal {
                self.atoms.push(Atom { class: Class::Vague, value: 0, len });
            }
            return;
        };
        let Ok(value) = value.parse::<i32>() else { return };
        let class = match number.kind {
            NumberKind::Cardinal => Class::Num,
            NumberKind::Ordinal => Class::Ord,
            _ => return,
        };
        self.atoms.push(Atom { class, value, len });
        if class == Class::Num
            && s.tokens[s.segments[number.segments.start as usize].token as usize].kind == TokenKind::Number
        {
            match s.form(number.segments.start as usize).len() {
                // «more than 2011» counts.
                4 if (1000..2200).contains(&value) && len == 1 && number.modifier.is_none() => {
                    self.atoms.push(Atom { class: Class::Year, value, len });
                }
                2 if len == 1 && value > 31 => {
                    self.atoms.push(Atom { class: Class::YearShort, value: 1900 + value, len })
                }
                _ => {}
            }
        }
    }

    /// Dates and hours in digits.
    fn digits(&mut self, form: &str) {
        let separator = |c: char| matches!(c, '/' | '-' | '.' | ':');
        let Some(sign) = form.chars().find(|&c| separator(c)) else { return };
        let parts: Vec<&str> = form.split(sign).collect();
        if !parts.iter().all(|p| (1..=4).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit())) {
            return;
        }
        let n: Vec<i32> = parts.iter().filter_map(|p| p.parse().ok()).collect();
        let long = |i: usize| parts[i].len() == 4;
        let atom = match n[..] {
            [hour, minute] if sign == ':' && hour < 25 && minute < 60 => (Class::Clock, hour * 60 + minute),
            [y, m, d] if sign != ':' && long(0) => (Class::Date, y * 10_000 + m * 100 + d),
            // Day before month, unless it cannot be.
            [d, m, y] if sign != ':' && long(2) && m <= 12 => (Class::Date, y * 10_000 + m * 100 + d),
            [m, d, y] if sign != ':' && long(2) => (Class::Date, y * 10_000 + m * 100 + d),
            _ => return,
        };
        self.atoms.push(Atom { class: atom.0, value: atom.1, len: 1 });
    }
}
