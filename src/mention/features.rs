//! What the tagger sees of a segment: its form, endings, cluster, the lexicon's and the number and time stages' word on it,
//! and the same of its neighbours.

use crate::lexicon::{Hits, WordCodes};
use crate::model::clusters::{Cluster, Clusters};
use crate::model::linear::{Features, hash};
use crate::number::{Number, NumberKind};
use crate::segment::{Segment, SegmentKind, Segmentation, Sentence, TokenKind};
use crate::time::{TimeExpression, TimeType};

/// What features are made of, one a segment; computed once, read by its neighbours too.
#[derive(Clone, Copy, Default)]
pub struct Word {
    /// Hash of the form, digits as 0.
    pub form: u64,
    /// Hashes of the first 2 and 3 letters and of the last 2 and 3.
    edges: [u64; 4],
    /// Class of the token, kind of the segment, article, length.
    shape: u64,
    cluster: Cluster,
    codes: WordCodes,
    /// The listed name that covers it, longest first from the left: types, place in it, subtype of its first entry.
    listed: u64,
    subtype: u64,
    /// Types of the listed name that it is alone.
    single: u64,
    /// What the number and time stages found here.
    counted: u64,
    proclitic: bool,
}

/// Place of a segment in what covers it: begins, inside, last, alone.
fn place(i: usize, start: usize, end: usize) -> u64 {
    match (i == start, i + 1 == end) {
        (true, true) => 3,
        (true, false) => 0,
        (false, true) => 2,
        (false, false) => 1,
    }
}

fn edges(form: &str) -> [u64; 4] {
    let mut cuts = form.char_indices().map(|c| c.0).skip(2);
    let (two, three) = (cuts.next().unwrap_or(form.len()), cuts.next().unwrap_or(form.len()));
    let mut back = form.char_indices().rev().map(|c| c.0).skip(1);
    let (last_two, last_three) = (back.next().unwrap_or(0), back.next().unwrap_or(0));
    [hash(&form[..two]), hash(&form[..three]), hash(&form[last_two..]), hash(&form[last_three..])]
}

fn shape(segmentation: &Segmentation<'_>, segment: &Segment, form: &str) -> u64 {
    let token = &segmentation.tokens[segment.token as usize];
    let article = u64::from(form.starts_with("ال") && form.len() > 6);
    let length = (form.len() / 2).min(7) as u64;
    let capital = u64::from(segmentation.surface(segment.span).starts_with(|c: char| c.is_uppercase()));
    let year = u64::from(form.len() == 4 && (form.starts_with("19") || form.starts_with("20")));
    (token.kind as u64) << 12 | (segment.kind as u64) << 10 | article << 9 | length << 4 | capital << 1 | year
}

/// The form's hash; numbers of like writing are one word.
fn form_hash(kind: TokenKind, form: &str, room: &mut String) -> u64 {
    if kind != TokenKind::Number {
        return hash(form);
    }
    room.clear();
    room.extend(form.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }));
    hash(room)
}

/// Reads a text into words.
pub fn words(
    segmentation: &Segmentation<'_>,
    hits: &Hits,
    numbers: &[Number],
    times: &[TimeExpression],
    clusters: &Clusters,
) -> Vec<Word> {
    let mut room = String::new();
    let mut words: Vec<Word> = (segmentation.segments.iter().enumerate())
        .map(|(i, segment)| {
            let form = segmentation.form(i);
            let kind = segmentation.tokens[segment.token as usize].kind;
            Word {
                form: form_hash(kind, form, &mut room),
                edges: edges(form),
                shape: shape(segmentation, segment, form),
                cluster: clusters.get(hash(form)),
                codes: hits.word(i),
                proclitic: segment.kind == SegmentKind::Proclitic,
                ..Word::default()
            }
        })
        .collect();
    let mut covered = 0;
    for (i, name) in hits.all().iter().map(|m| (m.segments.start as usize, m)) {
        let end = (name.segments.end as usize).min(words.len());
        let alone = end == i + 1;
        if i < covered && !alone {
            continue;
        }
        let kinds = name.entries().fold(0, |bits, e| bits | 1u64 << (e.kind as u32));
        if alone {
            words[i].single = kinds;
        }
        if i >= covered {
            let subtype = name.entries().next().map_or(0, |e| hash(e.subtype));
            for (at, word) in words.iter_mut().enumerate().take(end).skip(i) {
                word.listed = kinds << 2 | place(at, i, end);
                word.subtype = subtype;
            }
            covered = end;
        }
    }
    // The user's names are seen as listed ones, in the place of those.
    covered = 0;
    for own in hits.own() {
        let Some(entry) = hits.entry(*own) else { continue };
        let (start, end) = (own.segments.start as usize, (own.segments.end as usize).min(words.len()));
        let kinds = 1 << (entry.kind as u32);
        if end == start + 1 {
            words[start].single = kinds;
        }
        if start >= covered {
            for (at, word) in words.iter_mut().enumerate().take(end).skip(start) {
                word.listed = kinds << 2 | place(at, start, end);
                word.subtype = 0;
            }
            covered = end;
        }
    }
    let mut mark = |start: u32, end: u32, kind: u64| {
        let (start, end) = (start as usize, (end as usize).min(words.len()));
        for (at, word) in words.iter_mut().enumerate().take(end).skip(start) {
            // A time may hold a number: both count.
            word.counted = (word.counted << 8) | (((kind << 2) | place(at, start, end)) + 1);
        }
    };
    for number in numbers {
        let kind = match number.kind {
            NumberKind::Cardinal => 0,
            NumberKind::Ordinal => 1,
            NumberKind::Percent => 2,
            NumberKind::Money => 3,
            NumberKind::Quantity => 4,
        };
        mark(number.segments.start, number.segments.end, kind);
    }
    for time in times {
        mark(time.segments.start, time.segments.end, if time.kind == TimeType::Time { 6 } else { 5 });
    }
    words
}

/// The features of segment `i` of a sentence, written over `features`.
pub fn extract(words: &[Word], sentence: &Sentence, i: usize, features: &mut Features) {
    const NONE: Word = Word {
        form: 1,
        edges: [1; 4],
        shape: 1 << 20,
        cluster: Cluster { fine: u16::MAX, coarse: u8::MAX },
        codes: WordCodes::ORDINARY,
        listed: 1 << 60,
        subtype: 1,
        single: 1 << 60,
        counted: 0,
        proclitic: false,
    };
    let range = sentence.segments.range();
    let near = |by: isize| i.checked_add_signed(by).filter(|n| range.contains(n)).map_or(&NONE, |n| &words[n]);
    let [b3, b2, b1, here, a1, a2, a3] = [near(-3), near(-2), near(-1), near(0), near(1), near(2), near(3)];
    // Proclitics tell little: the words around are those beyond them.
    let before = if b1.proclitic { b2 } else { b1 };
    let after = if a1.proclitic { a2 } else { a1 };
    let codes = |w: &Word| u64::from(w.codes.bits());
    let coarse = |w: &Word| u64::from(w.cluster.coarse);
    let fine = |w: &Word| u64::from(w.cluster.fine);

    features.clear();
    let mut template = 0;
    let mut add = |parts: &[u64]| {
        template += 1;
        features.add(template, parts);
    };
    add(&[here.form]);
    add(&[b1.form]);
    add(&[a1.form]);
    add(&[b2.form]);
    add(&[a2.form]);
    add(&[b1.form, here.form]);
    add(&[here.form, a1.form]);
    add(&[before.form, after.form]);
    add(&[before.form, here.form, 1]);
    add(&[here.edges[0]]);
    add(&[here.edges[1]]);
    add(&[here.edges[2]]);
    add(&[here.edges[3]]);
    add(&[before.edges[3]]);
    add(&[after.edges[3]]);
    add(&[here.shape]);
    add(&[b1.shape, here.shape, a1.shape]);
    add(&[fine(here)]);
    add(&[fine(before)]);
    add(&[fine(after)]);
    add(&[fine(b2)]);
    add(&[fine(a2)]);
    add(&[coarse(here)]);
    add(&[coarse(b1), coarse(here)]);
    add(&[coarse(here), coarse(a1)]);
    add(&[coarse(before), coarse(here), coarse(after)]);
    add(&[codes(here)]);
    add(&[codes(b1)]);
    add(&[codes(a1)]);
    add(&[codes(before), codes(here)]);
    add(&[codes(here), codes(after)]);
    add(&[codes(b1), codes(here), codes(a1)]);
    add(&[codes(b2), codes(b1)]);
    add(&[codes(a1), codes(a2)]);
    add(&[here.listed]);
    add(&[b1.listed, here.listed]);
    add(&[here.listed, a1.listed]);
    add(&[here.listed, here.subtype]);
    add(&[here.listed, codes(here)]);
    add(&[here.listed, before.form]);
    add(&[here.listed, coarse(before), coarse(after)]);
    add(&[here.single, here.listed]);
    add(&[b1.single, a1.single]);
    add(&[here.counted]);
    add(&[b1.counted, here.counted, a1.counted]);
    add(&[b3.form]);
    add(&[a3.form]);
    add(&[sentence.zone as u64, u64::from(i == range.start)]);
}
