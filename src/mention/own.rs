//! The user's names among the mentions: they win, or fill what is empty, as their priority says.

use std::cmp::Reverse;

use super::{Mention, MentionType, merge, tagger};
use crate::lexicon::{Hits, OwnMatch, Priority};
use crate::number::Number;
use crate::segment::Segmentation;
use crate::span::{Segments, Span};
use crate::time::TimeExpression;

/// Whether a mention of one type may hold one of another (guidelines, section 1: a NORP in an ORG, a GPE in an OCC…).
fn may_hold(outer: MentionType, inner: MentionType) -> bool {
    use MentionType::{Date, Event, Fac, Gpe, Language, Law, Loc, Norp, Occ, Ordinal, Org, Pers, Product};
    match outer {
        Org | Occ | Event | Fac | Law | Product => match inner {
            Pers | Norp | Occ | Org | Gpe | Loc | Fac | Event | Language | Ordinal => true,
            Date => outer == Law,
            _ => false,
        },
        Loc => matches!(inner, Norp | Gpe | Loc),
        Gpe => matches!(inner, Norp | Loc),
        _ => false,
    }
}

/// Whether both can be mentions of one text.
fn agree(a: (Span<Segments>, MentionType), b: (Span<Segments>, MentionType)) -> bool {
    if !a.0.overlaps(b.0) {
        return true;
    }
    let holds = |outer: (Span<Segments>, MentionType), inner: (Span<Segments>, MentionType)| {
        outer.0 != inner.0 && outer.0.covers(inner.0) && may_hold(outer.1, inner.1)
    };
    holds(a, b) || holds(b, a)
}

/// Puts the user's names among the mentions of a text, which are ordered by start, longer ones first, and stay so.
pub(super) fn apply(
    segmentation: &Segmentation<'_>,
    hits: &Hits,
    numbers: &[Number],
    times: &[TimeExpression],
    mentions: &mut Vec<Mention>,
) {
    let own = hits.own();
    if own.is_empty() {
        return;
    }
    let read = |m: &&OwnMatch| {
        let sentences = &segmentation.sentences;
        let at = sentences.partition_point(|s| s.segments.end <= m.segments.start);
        sentences.get(at).is_some_and(|s| tagger::is_read(s) && s.segments.covers(m.segments))
    };
    let of = |priority: Priority| {
        let entry = |m: &OwnMatch| hits.entry(*m).filter(|entry| entry.priority == priority);
        let mut found: Vec<(Span<Segments>, MentionType)> =
            own.iter().filter(read).filter_map(|m| Some((m.segments, entry(m)?.kind))).collect();
        found.sort_by_key(|(span, _)| (Reverse(span.len()), span.start));
        found
    };
    let mut winners = Winners::new(segmentation.segments.len());
    of(Priority::Override).into_iter().for_each(|own| winners.add(own));
    let mut there = vec![false; winners.list.len()];
    mentions.retain(|mention| {
        let this = (mention.segments, mention.kind);
        let met: Vec<usize> = winners.overlapping(mention.segments);
        // The user's name inside a longer one of its type (a last name inside a full name) is a part of that.
        let part = |w: usize| {
            let own = winners.list[w];
            own.1 == this.1 && own.0 != this.0 && this.0.covers(own.0) && !may_hold(this.1, own.1)
        };
        // One within the user's name, of its type and with an end in common, is the model's other idea of the same name.
        let rival = |w: usize| {
            let own = winners.list[w];
            own.1 == this.1
                && own.0 != this.0
                && own.0.covers(this.0)
                && (own.0.start == this.0.start || own.0.end == this.0.end)
        };
        let fits = |w: usize| winners.list[w] == this || part(w) || (agree(winners.list[w], this) && !rival(w));
        let stays = met.iter().all(|&w| fits(w));
        if stays {
            met.iter().filter(|&&w| winners.list[w] == this || part(w)).for_each(|&w| there[w] = true);
        }
        stays
    });
    let make = |(segments, kind): (Span<Segments>, MentionType)| {
        let mut mention = merge::bare(segmentation, segments, kind, None);
        mention.value = merge::value(&mention, numbers, times);
        mention
    };
    let mut taken = vec![false; segmentation.segments.len()];
    let added = winners.list.iter().zip(&there).filter(|(_, there)| !**there).map(|(&own, _)| own);
    mentions.extend(added.map(make));
    mentions.iter().for_each(|m| taken[m.segments.range()].fill(true));
    for own in of(Priority::Fill) {
        if !taken[own.0.range()].contains(&true) {
            taken[own.0.range()].fill(true);
            mentions.push(make(own));
        }
    }
    mentions.sort_by_key(|m| (m.span.start, Reverse(m.span.end)));
}

/// Names of the user's that win, longest first; one inside another only where its type may stand there.
struct Winners {
    list: Vec<(Span<Segments>, MentionType)>,
    /// What each of them stands in.
    inside: Vec<Option<usize>>,
    /// The innermost one at each segment.
    at: Vec<Option<usize>>,
}

impl Winners {
    fn new(segments: usize) -> Self {
        Self { list: Vec::new(), inside: Vec::new(), at: vec![None; segments] }
    }

    /// Adds a name that is no longer than those before, where it can stand with them.
    fn add(&mut self, own: (Span<Segments>, MentionType)) {
        let range = own.0.range();
        let Some(&first) = self.at.get(range.start) else { return };
        // None that is longer lies within it: so it crosses one if its ends are not in the same.
        if self.at[range.clone()].iter().any(|&at| at != first) || first.is_some_and(|w| !agree(self.list[w], own)) {
            return;
        }
        self.at[range].fill(Some(self.list.len()));
        self.list.push(own);
        self.inside.push(first);
    }

    /// Those that share a segment with a span.
    fn overlapping(&self, span: Span<Segments>) -> Vec<usize> {
        let mut met = Vec::new();
        for &at in &self.at[span.range()] {
            let mut next = at;
            while let Some(w) = next.filter(|w| !met.contains(w)) {
                met.push(w);
                next = self.inside[w];
            }
        }
        met
    }
}
