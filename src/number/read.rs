//! The value of number words and digits: units, tens, hundreds joined by و, multiplied by scales.

use super::decimal::Decimal;
use super::digits;
use super::words::{Word, Words};
use crate::segment::Segmentation;

/// A plain number: its value (None where vague) and where it ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plain {
    pub value: Option<Decimal>,
    pub end: usize,
    pub percent: bool,
    /// Made of digits alone.
    pub digits: bool,
    /// Whether it is (or ends in) a scale or vague plural that a noun with ال or من may follow.
    pub vague: bool,
}

/// Reads numbers in one text.
pub(super) struct Reader<'a, 't> {
    pub s: &'a Segmentation<'t>,
    pub words: &'static Words,
}

impl Reader<'_, '_> {
    #[inline]
    pub fn form(&self, at: usize) -> &str {
        if at < self.s.segments.len() { self.s.form(at) } else { "" }
    }

    pub fn meaning<T>(&self, at: usize, pick: impl Fn(Word) -> Option<T>) -> Option<T> {
        self.words.get(self.form(at))?.find(pick)
    }

    fn cardinal(&self, at: usize) -> Option<u16> {
        self.meaning(at, |w| if let Word::Cardinal(n) = w { Some(n) } else { None })
    }

    fn scale(&self, at: usize) -> Option<i64> {
        self.meaning(at, |w| if let Word::Scale(n) = w { Some(n) } else { None })
    }

    fn dual(&self, at: usize) -> Option<i64> {
        self.meaning(at, |w| if let Word::Dual(n) = w { Some(n) } else { None })
    }

    fn is_unit(&self, at: usize) -> bool {
        let unit = |w| matches!(w, Word::Currency(..) | Word::Measure(..) | Word::Scale(_)).then_some(());
        self.meaning(at, unit).is_some() || matches!(self.form(at), "%" | "٪")
    }

    fn vague(&self, at: usize) -> bool {
        self.words.get(self.form(at)).is_some_and(|e| e.vague)
    }

    /// The segment after a joining و.
    fn joined(&self, at: usize) -> Option<usize> {
        (self.form(at) == "و").then_some(at + 1)
    }

    /// A number below a thousand in words: [hundreds] و [units] و [tens].
    fn below_thousand(&self, start: usize) -> Option<(u16, usize)> {
        let ten = |at| matches!(self.cardinal(at), Some(10)).then_some(());
        let mut at = start;
        if let Some(teen) = self.meaning(at, |w| if let Word::Teen(n) = w { Some(n) } else { None })
            && ten(at + 1).is_some()
        {
            return Some((10 + teen, at + 2));
        }
        let mut sum = 0;
        let first = self.cardinal(at)?;
        match first {
            // ثلاث مئة
            3..=9
                if self.cardinal(at + 1) == Some(100)
                    && self.words.get(self.form(at + 1)).is_none_or(|e| !e.definite) =>
            {
                sum = first * 100;
                at += 2;
            }
            100.. => {
                sum = first;
                at += 1;
            }
            _ => {}
        }
        if at > start {
            let Some(next) = self.joined(at) else { return Some((sum, at)) };
            return match self.below_hundred(next) {
                // A scale after the second part belongs to it all; one that stands alone starts a number of its own.
                Some((rest, end)) => Some((sum + rest, end)),
                None => Some((sum, at)),
            };
        }
        self.below_hundred(start)
    }

    fn below_hundred(&self, at: usize) -> Option<(u16, usize)> {
        if let Some(teen) = self.meaning(at, |w| if let Word::Teen(n) = w { Some(n) } else { None }) {
            return (self.cardinal(at + 1) == Some(10)).then_some((10 + teen, at + 2));
        }
        let first = self.cardinal(at).filter(|&n| n < 100)?;
        if first >= 20 {
            return Some((first, at + 1));
        }
        if (1..=9).contains(&first) {
            if self.cardinal(at + 1) == Some(10) && self.words.get(self.form(at + 1)).is_none_or(|e| !e.definite) {
                return Some((10 + first, at + 2));
            }
            if let Some(next) = self.joined(at + 1)
                && let Some(tens) = self.cardinal(next).filter(|n| (20..100).contains(n))
            {
                return Some((tens + first, next + 1));
            }
        }
        Some((first, at + 1))
    }

    /// One term: what is multiplied, and its scales (1 where none).
    fn term(&self, at: usize) -> Option<(Plain, i64)> {
        if let Some(scale) = self.dual(at) {
            let (scale, end) = self.scales(at + 1, scale);
            let value = Decimal::whole(2).times(Decimal::whole(scale));
            return Some((Plain { value, end, percent: false, digits: false, vague: false }, scale));
        }
        let read = digits::read(self.s, at, |next| self.scale(next).is_some(), |next| self.is_unit(next));
        let (value, end, percent, is_digits) = match read {
            Some(d) => (d.value, d.end, d.percent, true),
            None => match self.below_thousand(at) {
                Some((n, end)) => (Decimal::whole(i64::from(n)), end, false, false),
                None => {
                    let fraction = self.meaning(at, Word::fraction);
                    if let Some(fraction) = fraction.filter(|_| self.scale(at + 1).is_some()) {
                        (fraction, at + 1, false, false)
                    } else if self.scale(at).is_some() && !self.vague(at) {
                        (Decimal::whole(1), at, false, false)
                    } else {
                        return None;
                    }
                }
            },
        };
        let (scale, end) = if percent { (1, end) } else { self.scales(end, 1) };
        let mut value = value.times(Decimal::whole(scale));
        let mut end = end;
        // مليون ونصف المليون
        if scale > 1
            && let Some(next) = self.joined(end)
            && let Some(fraction) = self.meaning(next, Word::fraction)
        {
            let repeated = self.scale(next + 1) == Some(scale);
            let part = fraction.times(Decimal::whole(scale));
            value = value.zip(part).and_then(|(a, b)| a.plus(b));
            end = next + 1 + usize::from(repeated);
        }
        Some((Plain { value, end, percent, digits: is_digits && scale == 1, vague: false }, scale))
    }

    /// Scales that follow each other are multiplied (مئة ألف مليون).
    fn scales(&self, mut at: usize, mut scale: i64) -> (i64, usize) {
        while let Some(next) = self.scale(at)
            && let Some(product) = scale.checked_mul(next).filter(|&p| p <= 1_000_000_000_000_000)
        {
            scale = product;
            at += 1;
        }
        (scale, at)
    }

    /// Vague plurals: عشرات، مئات الآلاف، آلاف.
    fn vague_number(&self, at: usize) -> Option<Plain> {
        if !self.vague(at) {
            return None;
        }
        let mut end = at + 1;
        loop {
            let next = if self.form(end) == "من" { end + 1 } else { end };
            if !self.vague(next) {
                break;
            }
            end = next + 1;
        }
        Some(Plain { value: None, end, percent: false, digits: false, vague: true })
    }

    /// The plain number that starts at a segment.
    pub fn number(&self, at: usize) -> Option<Plain> {
        if let Some(vague) = self.vague_number(at) {
            return Some(vague);
        }
        let (mut sum, mut last) = self.term(at)?;
        while last > 1
            || (!sum.digits && sum.value.is_some_and(|v| v.to_whole().is_some_and(|v| v >= 100 && v % 100 == 0)))
        {
            let Some(next) = self.joined(sum.end) else { break };
            let Some((term, scale)) = self.term(next) else { break };
            let smaller = scale < last && !term.percent;
            // 12 ألفا و883, but not «ألف و2000».
            let fits = term.value.and_then(Decimal::to_whole).is_some_and(|v| v < last);
            if !smaller || !fits {
                break;
            }
            let value = sum.value.zip(term.value).and_then(|(a, b)| a.plus(b));
            sum = Plain { value, end: term.end, digits: false, ..sum };
            last = scale;
        }
        Some(sum)
    }

    /// The ordinal that starts at a segment.
    pub fn ordinal(&self, at: usize) -> Option<(u16, usize)> {
        let part = self.meaning(at, |w| match w {
            Word::Ordinal(n) => Some((n, true)),
            Word::OrdinalPart(n) => Some((n, false)),
            _ => None,
        });
        if let Some((n, alone)) = part {
            if n < 10 {
                if self.cardinal(at + 1) == Some(10) && self.words.get(self.form(at + 1)).is_some_and(|e| !e.definite) {
                    return Some((10 + n, at + 2));
                }
                if let Some(next) = self.joined(at + 1)
                    && let Some(tens) = self.cardinal(next).filter(|n| (20..100).contains(n))
                    && self.words.get(self.form(next)).is_some_and(|e| e.definite)
                {
                    return Some((tens + n, next + 1));
                }
            }
            return alone.then_some((n, at + 1));
        }
        None
    }
}
