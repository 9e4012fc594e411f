//! Tags of segments: how nested mentions become chains of labels, one a layer, and come back from them.
//!
//! Three layers, each a flat sequence of B (begins), I (inside), L (last), U (alone) and O tags: the outermost mentions of all
//! types but OCC; posts (OCC), which hold names and stand in them; and names inside names of the first layer. In the
//! annotated corpora 1 mention in 500 is nested too deep for them.

use crate::mention::MentionType;
use crate::span::{Segments, Span};
use MentionType::*;

/// Types of the first layer.
const OUTER: &[MentionType] = &[
    Pers, Norp, Org, Gpe, Loc, Fac, Event, Law, Product, Date, Time, Money, Percent, Quantity, Cardinal, Ordinal,
    Language, Website,
];

/// The layers, each with its types.
pub const LAYERS: [&[MentionType]; 3] = [OUTER, &[Occ], &[Pers, Norp, Org, Gpe, Loc, Fac]];

/// Number of tags of a layer.
pub const fn width(layer: usize) -> usize {
    1 + 4 * LAYERS[layer].len()
}

/// Number of tags of all layers.
pub const WIDTH: usize = width(0) + width(1) + width(2);

/// First tag of a layer among those of all layers.
pub const fn offset(layer: usize) -> usize {
    match layer {
        0 => 0,
        1 => width(0),
        _ => width(0) + width(1),
    }
}

/// Tag of segments outside all mentions of a layer.
pub const OUTSIDE: u8 = 0;

/// A tag of a layer: type (index in the layer's types) and place in the mention: 0 begins, 1 inside, 2 last, 3 alone.
#[inline]
pub const fn tag(kind: usize, place: usize) -> u8 {
    (1 + 4 * kind + place) as u8
}

/// Type and place of a tag; None outside.
#[inline]
pub const fn parts(tag: u8) -> Option<(usize, usize)> {
    if tag == OUTSIDE { None } else { Some(((tag as usize - 1) / 4, (tag as usize - 1) % 4)) }
}

/// The names of all tags, in order, as the model's file keeps them.
#[cfg(feature = "train")]
pub fn names() -> impl Iterator<Item = String> {
    LAYERS.iter().enumerate().flat_map(|(layer, types)| {
        let inside = types.iter().flat_map(move |t| "BILU".chars().map(move |place| format!("{layer}:{place}-{t}")));
        std::iter::once(format!("{layer}:O")).chain(inside)
    })
}

/// A mention of a layer in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// The segments covered.
    pub segments: Span<Segments>,
    /// Its type.
    pub kind: MentionType,
}

/// Writes mentions of a layer as tags of `tags`, whose first is that of segment `start`. One that overlaps an earlier one, lies
/// outside, or has a type that the layer lacks is left out.
#[cfg(feature = "train")]
pub fn encode(layer: usize, mentions: impl Iterator<Item = Tagged>, start: usize, tags: &mut [u8]) {
    for Tagged { segments, kind } in mentions {
        let Some(kind) = LAYERS[layer].iter().position(|&t| t == kind) else { continue };
        if segments.is_empty() || (segments.start as usize) < start {
            continue;
        }
        let cover = tags.get_mut(segments.start as usize - start..segments.end as usize - start);
        cover.into_iter().for_each(|cover| put(cover, kind));
    }
}

/// Reads the mentions out of a layer's tags, the first of which is that of segment `start`.
pub fn decode(layer: usize, tags: &[u8], start: usize) -> impl Iterator<Item = Tagged> {
    spans(tags, start).map(move |(segments, kind)| Tagged { segments, kind: LAYERS[layer][kind] })
}

/// Writes a type's tags over the segments of a mention, unless one of them is in another.
pub fn put(cover: &mut [u8], kind: usize) {
    if cover.iter().any(|&t| t != OUTSIDE) {
        return;
    }
    match cover {
        [only] => *only = tag(kind, 3),
        [first, middle @ .., last] => {
            *first = tag(kind, 0);
            middle.fill(tag(kind, 1));
            *last = tag(kind, 2);
        }
        [] => {}
    }
}

/// The mentions that tags stand for, each with the index of its type; the first tag is that of segment `start`.
pub fn spans(tags: &[u8], start: usize) -> impl Iterator<Item = (Span<Segments>, usize)> {
    let mut begun = None;
    tags.iter().enumerate().filter_map(move |(i, &tag)| {
        let (kind, place) = parts(tag)?;
        if matches!(place, 0 | 3) {
            begun = Some(i);
        }
        let first = begun.filter(|_| matches!(place, 2 | 3))?;
        begun = None;
        Some((Span::of(start + first, start + i + 1), kind))
    })
}

/// Which layer each of a text's mentions (ordered by start, longer ones first) belongs to; None where none can hold it.
#[cfg(feature = "train")]
pub fn layers(mentions: &[super::Mention]) -> Vec<Option<usize>> {
    let mut outer: Span<Segments> = Span::default();
    let mut inner: Span<Segments> = Span::default();
    let mut posts: Span<Segments> = Span::default();
    let place = |m: &super::Mention| {
        let span = m.segments;
        if m.kind == Occ {
            let free = !posts.overlaps(span);
            posts = if free { span } else { posts };
            free.then_some(1)
        } else if !outer.overlaps(span) {
            outer = span;
            Some(0)
        } else if !inner.overlaps(span) && outer.covers(span) && outer != span && LAYERS[2].contains(&m.kind) {
            inner = span;
            Some(2)
        } else {
            None
        }
    };
    mentions.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_as_many_as_tags() {
        assert_eq!(names().count(), WIDTH);
        assert_eq!(names().nth(offset(1)).as_deref(), Some("1:O"));
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded(parts in prop::collection::vec((0usize..3, 1usize..4, 0usize..6), 0..6)) {
            let mut at = 10;
            let mut mentions = Vec::new();
            for (gap, length, kind) in parts {
                at += gap;
                mentions.push(Tagged { segments: Span::of(at, at + length), kind: LAYERS[2][kind] });
                at += length;
            }
            let mut tags = vec![OUTSIDE; at - 10];
            encode(2, mentions.iter().copied(), 10, &mut tags);
            prop_assert_eq!(decode(2, &tags, 10).collect::<Vec<_>>(), mentions);
        }

        #[test]
        fn any_tags_can_be_decoded(tags in prop::collection::vec(0u8..25, 0..30)) {
            let found: Vec<_> = decode(2, &tags, 0).collect();
            prop_assert!(found.windows(2).all(|w| w[0].segments.end <= w[1].segments.start));
        }
    }
}
