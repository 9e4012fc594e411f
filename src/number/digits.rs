//! Numbers written in digits.

use super::decimal::Decimal;
use crate::segment::{Segmentation, TokenKind};

/// A number in digits: its value, how many segments it takes, and whether a percent sign stands with it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Digits {
    pub value: Decimal,
    pub end: usize,
    pub percent: bool,
}

/// What one token of digits holds.
struct Group<'f> {
    body: &'f str,
    negative: bool,
    percent: bool,
}

fn group<'f>(s: &'f Segmentation<'_>, at: usize) -> Option<Group<'f>> {
    let segment = s.segments.get(at)?;
    if s.tokens[segment.token as usize].kind != TokenKind::Number {
        return None;
    }
    let form = s.form(at);
    let trimmed = form.trim_matches(['%', '٪']);
    let negative = trimmed.starts_with(['-', '−']);
    Some(Group { body: trimmed.trim_start_matches(['-', '−', '+']), negative, percent: trimmed.len() < form.len() })
}

/// Whether the segment is a sign written against what follows and parted from what stands before (`26 .1`).
fn turned(s: &Segmentation<'_>, at: usize) -> bool {
    let glued = |a: usize, b: usize| match (s.segments.get(a), s.segments.get(b)) {
        (Some(a), Some(b)) => a.span.end == b.span.start,
        _ => false,
    };
    s.segments.get(at).is_some_and(|x| s.surface(x.span) == ".") && glued(at, at + 1) && !glued(at - 1, at)
}

/// Whether a comma stands there, written against what is on both sides.
fn inner_comma(s: &Segmentation<'_>, at: usize) -> bool {
    match s.segments.get(at - 1..at + 2) {
        Some([before, comma, after]) => {
            before.span.end == comma.span.start && comma.span.end == after.span.start && s.form(at) == ","
        }
        _ => false,
    }
}

/// Reads the number in digits that starts at a segment. `scaled` tells whether a scale or a percent sign may follow, which makes
/// a full stop before three digits a decimal point; `unit` whether a unit stands at a segment.
pub(super) fn read(
    s: &Segmentation<'_>,
    at: usize,
    scaled: impl Fn(usize) -> bool,
    unit: impl Fn(usize) -> bool,
) -> Option<Digits> {
    let first = group(s, at)?;
    let plain = |body: &str| !body.is_empty() && body.bytes().all(|b| b.is_ascii_digit());
    // Right-to-left typesetting turned the groups of `1.26` and `1.552.110` round: the last group stands first.
    if plain(first.body) && !first.percent && turned(s, at + 1) {
        let mut groups = vec![first.body];
        let (mut end, mut percent) = (at + 1, false);
        while let Some(next) = group(s, end + 1).filter(|g| turned(s, end) && plain(g.body) && !percent) {
            groups.push(next.body);
            percent = next.percent;
            end += 2;
        }
        if groups.len() > 1 {
            let decimals = groups[0];
            groups.reverse();
            groups.pop();
            let value = Decimal::parse(&format!("{}.{decimals}", groups.concat()))?;
            return Some(Digits { value: if first.negative { value.negate() } else { value }, end, percent });
        }
    }
    // A comma after four digits parts decimals only where a unit or percent sign follows (2917،5 نقطة), else years of a list.
    let second = group(s, at + 2).filter(|g| plain(g.body) && g.body.len() < 3 && !g.negative);
    if let Some(second) = second.filter(|_| plain(first.body) && first.body.len() > 3 && inner_comma(s, at + 1))
        && (second.percent || unit(at + 3))
    {
        let value = Decimal::parse(&format!("{}.{}", first.body, second.body))?;
        let value = if first.negative { value.negate() } else { value };
        return Some(Digits { value, end: at + 3, percent: second.percent });
    }
    let decimal_point = first.percent || scaled(at + 1);
    let value = Decimal::parse(&plain_notation(first.body, decimal_point)?)?;
    Some(Digits { value: if first.negative { value.negate() } else { value }, end: at + 1, percent: first.percent })
}

/// The number of a token in plain notation; None for dates, hours and ratios.
fn plain_notation(body: &str, decimal_point: bool) -> Option<String> {
    if body.contains(['/', ':']) || body.get(1..).is_some_and(|b| b.contains('-')) {
        return None;
    }
    let separator = |c: char| !c.is_ascii_digit();
    let signs: Vec<char> = body.chars().filter(|&c| separator(c)).collect();
    let parts: Vec<&str> = body.split(separator).collect();
    let grouped = parts[0].len() <= 3 && !parts[0].starts_with('0') && parts[1..].iter().all(|p| p.len() == 3);
    Some(match signs[..] {
        [] => body.to_owned(),
        ['٫' | 'ر'] => format!("{}.{}", parts[0], parts[1]),
        ['٬' | '\'' | '’'] => parts.concat(),
        ['.' | ',' | '،'] if !grouped || decimal_point => format!("{}.{}", parts[0], parts[1]),
        [_] => parts.concat(),
        // 1,234.5 and 1.234,5: the last sign differs from the rest.
        [.., last] if signs[0] != last => format!("{}.{}", parts[..parts.len() - 1].concat(), parts[parts.len() - 1]),
        _ if grouped => parts.concat(),
        // 2017.03.27 and other numbers of no value.
        _ => return None,
    })
}
