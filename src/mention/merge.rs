//! The layers and the number and time stages put together: one list of mentions that never cross.

use std::cmp::Reverse;

use super::tagger::Found;
use super::{Mention, MentionType};
use crate::number::{Number, NumberKind};
use crate::segment::Segmentation;
use crate::span::{Segments, Span};
use crate::time::TimeExpression;

/// The mention type of a number.
fn number_type(kind: NumberKind) -> MentionType {
    match kind {
        NumberKind::Cardinal => MentionType::Cardinal,
        NumberKind::Ordinal => MentionType::Ordinal,
        NumberKind::Percent => MentionType::Percent,
        NumberKind::Money => MentionType::Money,
        NumberKind::Quantity => MentionType::Quantity,
    }
}

/// The mention type of a time expression.
fn time_type(time: &TimeExpression) -> MentionType {
    if time.within_day() { MentionType::Time } else { MentionType::Date }
}

/// Whether a type is a name's or a person's post, which wins over a time that it covers; laws keep theirs.
fn hides_times(kind: MentionType) -> bool {
    use MentionType::{Cardinal, Date, Law, Money, Ordinal, Percent, Quantity, Time};
    !matches!(kind, Date | Time | Money | Percent | Quantity | Cardinal | Ordinal | Law)
}

fn crosses(a: Span<Segments>, b: Span<Segments>) -> bool {
    a.overlaps(b) && !a.covers(b) && !b.covers(a)
}

/// A mention without its value.
pub(super) fn bare(
    segmentation: &Segmentation<'_>,
    segments: Span<Segments>,
    kind: MentionType,
    confidence: Option<f32>,
) -> Mention {
    Mention { span: segmentation.bytes(segments), segments, kind, value: None, entity: None, confidence }
}

/// Makes the tagger's findings mentions with values. Inner names stay where a name holds them; of two that cross the surer one
/// stays. Where the tagger found nothing at all (no model), the numbers and times are the mentions.
pub(super) fn merge(
    segmentation: &Segmentation<'_>,
    mut found: Vec<Found>,
    numbers: &[Number],
    times: &[TimeExpression],
) -> Vec<Mention> {
    found.sort_by_key(|f| (f.segments.start, Reverse(f.segments.end), f.layer));
    let mut dropped = vec![false; found.len()];
    for i in 0..found.len() {
        let inner = found[i].layer == 2;
        let held = |f: &Found| f.layer == 0 && f.segments.covers(found[i].segments) && f.segments != found[i].segments;
        if inner && !found[..i].iter().rev().take(8).any(held) {
            dropped[i] = true;
            continue;
        }
        for j in (0..i).rev().take(8).filter(|&j| crosses(found[j].segments, found[i].segments)).collect::<Vec<_>>() {
            if !dropped[j] {
                let weaker = if found[j].confidence < found[i].confidence { j } else { i };
                dropped[weaker] = true;
            }
        }
    }
    let mention = |segments, kind, confidence| bare(segmentation, segments, kind, confidence);
    let kept = found.iter().zip(&dropped).filter(|f| !f.1).map(|f| f.0);
    let mut mentions: Vec<Mention> = kept.map(|f| mention(f.segments, f.kind, Some(f.confidence))).collect();
    if !found.is_empty() {
        // The time stage draws the borders of times better than the tagger does; what it does not know is none.
        mentions.retain(|m| !matches!(m.kind, MentionType::Date | MentionType::Time));
        let names: Vec<Mention> =
            mentions.iter().filter(|m| hides_times(m.kind) || m.kind == MentionType::Law).cloned().collect();
        let first = |t: &TimeExpression| names.partition_point(|n| n.segments.start < t.segments.end);
        // A law may hold a time, but none may cross it.
        let hides = |n: &Mention, t: &TimeExpression| match n.kind {
            MentionType::Law => crosses(n.segments, t.segments),
            _ => n.segments.overlaps(t.segments),
        };
        let hidden = |t: &TimeExpression| names[..first(t)].iter().rev().take(8).any(|n| hides(n, t));
        let free: Vec<&TimeExpression> = times.iter().filter(|t| !hidden(t)).collect();
        let counts = |m: &Mention| {
            let at = free.partition_point(|t| t.segments.end <= m.segments.start);
            !hides_times(m.kind)
                && m.kind != MentionType::Law
                && free.get(at).is_some_and(|t| t.segments.overlaps(m.segments))
        };
        mentions.retain(|m| !counts(m));
        mentions.extend(free.iter().map(|t| mention(t.segments, time_type(t), None)));
        mentions.sort_by_key(|m| (m.span.start, Reverse(m.span.end)));
    } else {
        mentions.extend(times.iter().map(|t| mention(t.segments, time_type(t), None)));
        let free = |n: &&Number| {
            let at = times.partition_point(|t| t.segments.end <= n.segments.start);
            times.get(at).is_none_or(|t| !t.segments.overlaps(n.segments))
        };
        mentions.extend(numbers.iter().filter(free).map(|n| mention(n.segments, number_type(n.kind), None)));
        mentions.sort_by_key(|m| (m.span.start, Reverse(m.span.end)));
    }
    for mention in &mut mentions {
        mention.value = value(mention, numbers, times);
    }
    mentions
}

/// Makes the findings of a user's tagger mentions. None crosses another; the number and time stages' are added where they are free.
pub(super) fn fill(
    segmentation: &Segmentation<'_>,
    found: impl Iterator<Item = (Span<Segments>, MentionType, f32)>,
    numbers: &[Number],
    times: &[TimeExpression],
) -> Vec<Mention> {
    let mention = |segments, kind, confidence| bare(segmentation, segments, kind, confidence);
    let mut mentions: Vec<Mention> = found.map(|(segments, kind, sure)| mention(segments, kind, Some(sure))).collect();
    let add = |mentions: &mut Vec<Mention>, more: &mut dyn Iterator<Item = (Span<Segments>, MentionType)>| {
        let free = |segments: Span<Segments>| {
            let next = mentions.partition_point(|m| m.segments.end <= segments.start);
            mentions.get(next).is_none_or(|m| !m.segments.overlaps(segments))
        };
        let more: Vec<_> = more.filter(|m| free(m.0)).map(|(segments, kind)| mention(segments, kind, None)).collect();
        mentions.extend(more);
        mentions.sort_by_key(|m| (m.span.start, Reverse(m.span.end)));
    };
    add(&mut mentions, &mut times.iter().map(|t| (t.segments, time_type(t))));
    add(&mut mentions, &mut numbers.iter().map(|n| (n.segments, number_type(n.kind))));
    for mention in &mut mentions {
        mention.value = value(mention, numbers, times);
    }
    mentions
}

/// The value that a stage gives the mention: from the expression of its kind that is nearest to it in extent.
pub(super) fn value(mention: &Mention, numbers: &[Number], times: &[TimeExpression]) -> Option<String> {
    use MentionType::{Cardinal, Date, Money, Ordinal, Percent, Quantity, Time};
    let shared = |span: Span<Segments>| {
        let shared = span.end.min(mention.segments.end).saturating_sub(span.start.max(mention.segments.start));
        (shared, Reverse(span.len()))
    };
    match mention.kind {
        Date | Time => {
            let first = times.partition_point(|t| t.segments.end <= mention.segments.start);
            let near = times[first..].iter().take_while(|t| t.segments.start < mention.segments.end);
            near.max_by_key(|t| shared(t.segments)).map(|t| t.value.clone())
        }
        Cardinal | Ordinal | Money | Percent | Quantity => {
            let first = numbers.partition_point(|n| n.segments.end <= mention.segments.start);
            let near = numbers[first..].iter().take_while(|n| n.segments.start < mention.segments.end);
            near.max_by_key(|n| shared(n.segments)).and_then(|n| n.value.clone())
        }
        _ => None,
    }
}
