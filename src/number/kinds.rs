//! What a number counts: its unit, and where the expression begins and ends.

use super::read::{Plain, Reader};
use super::words::{Word, Words};
use super::{Number, NumberKind};
use crate::segment::{Segmentation, TokenKind};
use crate::span::{Bytes, Segments, Span};

/// A unit after (or before) a number.
struct Unit {
    kind: NumberKind,
    name: Option<String>,
    end: usize,
}

pub(super) fn find(s: &Segmentation<'_>) -> Vec<Number> {
    let reader = Reader { s, words: Words::shipped() };
    let mut numbers = Vec::new();
    for sentence in &s.sentences {
        let (mut at, end) = (sentence.segments.start as usize, sentence.segments.end as usize);
        while at < end {
            at = match reader.expression(at) {
                Some(number) if number.segments.end as usize > at => {
                    let next = number.segments.end as usize;
                    numbers.push(number);
                    next
                }
                _ => at + 1,
            };
        }
    }
    numbers
}

impl Reader<'_, '_> {
    fn expression(&self, at: usize) -> Option<Number> {
        let token = self.s.tokens[self.s.segments[at].token as usize];
        if matches!(token.kind, TokenKind::Punctuation | TokenKind::Latin) {
            return self.sign_first(at);
        }
        if token.kind != TokenKind::Number && self.words.get(self.form(at)).is_none() {
            return None;
        }
        if let Some((value, end)) = self.ordinal(at) {
            let before = at.checked_sub(1).map_or("", |b| self.form(b));
            let bare = before.strip_prefix("ال").unwrap_or(before);
            if self.words.no_ordinal_after.iter().any(|w| w == bare) {
                return None;
            }
            let span = self.span(at, end);
            return Some(self.make(at, at, end, span, NumberKind::Ordinal, Some(value.to_string()), None));
        }
        if self.mangled(at) {
            return None;
        }
        if let Some(score) = self.score(at) {
            return Some(score);
        }
        let Some(plain) = self.number(at) else { return self.dual_unit(at) };
        let value = plain.value.map(|v| v.to_string());
        if let Some(unit) = self.unit(&plain) {
            let span = self.span(at, unit.end);
            return Some(self.make(at, at, unit.end, span, unit.kind, value, unit.name));
        }
        if let Some(range) = self.range(at, &plain) {
            return Some(range);
        }
        self.bare(at, &plain, value)
    }

    /// A number without a unit.
    fn bare(&self, at: usize, plain: &Plain, value: Option<String>) -> Option<Number> {
        // «The one share» counts nothing.
        if matches!(self.form(at), "الواحد" | "الواحده") && plain.end == at + 1 {
            return None;
        }
        let mut span = self.span(at, plain.end);
        let mut kind = NumberKind::Cardinal;
        let mut start = at;
        // ال15 and الـ15.
        if plain.digits && at > 0 && self.form(at - 1) == "ال" {
            let article = self.s.segments[at - 1].span;
            if article.end == span.start {
                span = article.join(span);
                start = at - 1;
                let noun_before = at >= 2 && self.form(at - 2).starts_with("ال");
                if noun_before {
                    kind = NumberKind::Ordinal;
                }
            }
        }
        Some(self.make(at, start, plain.end, span, kind, value, None))
    }

    fn span(&self, start: usize, end: usize) -> Span<Bytes> {
        self.s.bytes(Span::of(start, end))
    }

    #[allow(clippy::too_many_arguments)]
    fn make(
        &self,
        at: usize,
        start: usize,
        end: usize,
        span: Span<Bytes>,
        kind: NumberKind,
        value: Option<String>,
        unit: Option<String>,
    ) -> Number {
        let modifier = match kind {
            NumberKind::Ordinal => None,
            _ => self.words.modifier(|i| self.form(i), at).map(str::to_owned),
        };
        Number { span, segments: Span::<Segments>::of(start, end), kind, value, unit, modifier }
    }

    /// The unit that follows a number.
    fn unit(&self, plain: &Plain) -> Option<Unit> {
        let end = plain.end;
        let percent = |end| Some(Unit { kind: NumberKind::Percent, name: None, end });
        if plain.percent {
            return percent(end);
        }
        let next = self.form(end);
        match next {
            "%" | "٪" => return percent(end + 1),
            "ب" if self.words.percent_b.iter().any(|w| w == self.form(end + 1)) => return percent(end + 2),
            "في" if self.words.percent_fi.iter().any(|w| w == self.form(end + 1)) => return percent(end + 2),
            _ => {}
        }
        if next.strip_prefix('ب').is_some_and(|rest| self.words.percent_b.iter().any(|w| w == rest)) {
            return percent(end + 1);
        }
        if let Some(unit) = self.unit_at(end).filter(|u| !self.counts(u, plain)) {
            return Some(unit);
        }
        // مليارات الدولارات has its noun next; مئات الملايين من الدولارات after من.
        if plain.vague && next == "من" {
            return self.unit_at(end + 1);
        }
        None
    }

    /// Whether what looks like a unit is only counted (3 نقاط).
    fn counts(&self, unit: &Unit, plain: &Plain) -> bool {
        let least = self.words.measures.iter().find(|m| unit.name.as_ref() == Some(&m.0)).map_or(0, |m| m.1);
        plain.value.and_then(|v| v.to_whole()).is_some_and(|v| v < least)
    }

    /// The number of a character that was not decoded (#187;), and «and one of» where it looks like one.
    fn mangled(&self, at: usize) -> bool {
        let surface = self.s.surface(self.s.segments[at].span);
        at > 0 && self.form(at - 1) == "#" && self.form(at + 1) == ";"
            || surface.starts_with("وأ")
            || surface.starts_with("وإ")
    }

    /// The result of a match (3-1, 2-صفر).
    fn score(&self, at: usize) -> Option<Number> {
        let goals = |at: usize| {
            let plain = self.number(at).filter(|p| p.end == at + 1)?;
            plain.value?.to_whole().filter(|v| (0..20).contains(v))
        };
        let first = goals(at)?;
        let sign = self.s.segments.get(at + 1).filter(|x| x.span.start == self.s.segments[at].span.end)?;
        let second = self.s.segments.get(at + 2).filter(|x| x.span.start == sign.span.end)?;
        let digits = |at: usize| {
            self.s.tokens[self.s.segments[at].token as usize].kind == TokenKind::Number || self.form(at) == "صفر"
        };
        if self.form(at + 1) != "-" || !digits(at) || !digits(at + 2) || second.span.is_empty() {
            return None;
        }
        goals(at + 2)?;
        let after = self.form(at + 3);
        if after == "-" || self.unit_at(at + 3).is_some() {
            return None;
        }
        Some(self.make(at, at, at + 3, self.span(at, at + 3), NumberKind::Cardinal, Some(first.to_string()), None))
    }

    fn unit_at(&self, at: usize) -> Option<Unit> {
        if let Some(&index) = self.words.signs.get(self.form(at)) {
            let name = self.words.currencies[index as usize].code.clone();
            return Some(Unit { kind: NumberKind::Money, name, end: at + 1 });
        }
        let found = self.meaning(at, |w| match w {
            Word::Currency(i, false) => Some((NumberKind::Money, i)),
            Word::Measure(i, false) => Some((NumberKind::Quantity, i)),
            _ => None,
        });
        let (kind, index) = found?;
        Some(self.with_attributes(kind, index, at + 1))
    }

    /// What stands after a unit and belongs to it: the country of a currency, square and cubic.
    fn with_attributes(&self, kind: NumberKind, index: u16, end: usize) -> Unit {
        let attribute = self.meaning(end, |w| if let Word::Attribute(i) = w { Some(i) } else { None });
        let attribute = attribute.map(|i| self.words.attributes[i as usize].as_str());
        if kind == NumberKind::Money {
            let currency = &self.words.currencies[index as usize];
            let adjective = self.form(end);
            let bare = adjective.strip_prefix("ال").unwrap_or(adjective);
            let accusative = bare.strip_suffix('ا').unwrap_or(bare);
            if let Some(code) = currency.by.get(bare).or_else(|| currency.by.get(accusative)) {
                return Unit { kind, name: Some(code.clone()), end: end + 1 };
            }
            let known = currency.adjectives.iter().any(|a| a == bare || a == accusative) || attribute == Some("one");
            return Unit { kind, name: currency.code.clone(), end: end + usize::from(known) };
        }
        let mut name = self.words.measures[index as usize].0.clone();
        match attribute {
            Some(mark) => {
                match mark {
                    "one" => {}
                    "nautical" => name.insert_str(0, "nautical "),
                    mark => name.push_str(mark),
                }
                Unit { kind, name: Some(name), end: end + 1 }
            }
            None => Unit { kind, name: Some(name), end },
        }
    }

    /// درهمين, كيلومتر واحد: the unit itself counts.
    fn dual_unit(&self, at: usize) -> Option<Number> {
        let dual = self.meaning(at, |w| match w {
            Word::Currency(i, true) => Some((NumberKind::Money, i)),
            Word::Measure(i, true) => Some((NumberKind::Quantity, i)),
            _ => None,
        });
        if let Some((kind, index)) = dual {
            let unit = self.with_attributes(kind, index, at + 1);
            let span = self.span(at, unit.end);
            return Some(self.make(at, at, unit.end, span, kind, Some("2".to_owned()), unit.name));
        }
        // Not «per the one feddan».
        let one = self.words.get(self.form(at + 1)).filter(|e| !e.definite)?;
        let one = one.find(|w| if let Word::Cardinal(1) = w { Some(()) } else { None });
        let unit = self.unit_at(at).filter(|_| one.is_some())?;
        let span = self.span(at, at + 2);
        Some(self.make(at, at, at + 2, span, unit.kind, Some("1".to_owned()), unit.name))
    }

    /// $500, %50.
    fn sign_first(&self, at: usize) -> Option<Number> {
        let sign = self.form(at);
        let percent = matches!(sign, "%" | "٪");
        let currency = self.words.signs.get(sign);
        if !percent && currency.is_none() {
            return None;
        }
        let plain = self.number(at + 1).filter(|p| p.value.is_some())?;
        let span = self.span(at, plain.end);
        let value = plain.value.map(|v| v.to_string());
        let kind = if percent { NumberKind::Percent } else { NumberKind::Money };
        let unit = currency.and_then(|&i| self.words.currencies[i as usize].code.clone());
        Some(self.make(at, at, plain.end, span, kind, value, unit))
    }

    /// 25 إلى 35 ميلا, 50 و20 دينارا: two numbers with one unit are one expression.
    fn range(&self, at: usize, first: &Plain) -> Option<Number> {
        if !matches!(self.form(first.end), "و" | "الي" | "-" | "او" | "–") {
            return None;
        }
        let second = self.number(first.end + 1)?;
        let unit = self.unit(&second)?;
        let span = self.span(at, unit.end);
        let value = first.value.map(|v| v.to_string());
        Some(self.make(at, at, unit.end, span, unit.kind, value, unit.name))
    }
}
