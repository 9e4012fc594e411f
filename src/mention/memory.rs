//! What the first pass found in the whole document, as features of the second: a name that is sure in one sentence helps
//! where it stands alone (last names), and what is repeated is judged alike.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::features::Word;
use super::tags::{LAYERS, parts};
use crate::model::linear::Features;

/// Forms are hashes already.
#[derive(Default)]
struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }
    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

/// How often a form stood in which tag: outside, then types of the first layer, then OCC; for types also the place.
#[derive(Clone, Copy, Default)]
struct Counts {
    kinds: [u16; KINDS],
    /// By type: last of a longer mention, alone.
    last: [u16; KINDS],
    alone: [u16; KINDS],
}

const KINDS: usize = LAYERS[0].len() + 2;

/// The first pass's tags of a document, and what they tell of each form.
pub struct Memory<'a> {
    words: &'a [Word],
    tags: &'a [[u8; 3]],
    /// What the rest of the document says of each segment's form.
    elsewhere: Vec<(u64, u64)>,
}

/// Type (0 outside, then the first layer's, then OCC) and place of a segment's tags.
#[inline]
fn kind(tags: [u8; 3]) -> (usize, usize) {
    match (parts(tags[0]), parts(tags[1])) {
        (Some((kind, place)), _) => (kind + 1, place),
        (None, Some((_, place))) => (KINDS - 1, place),
        (None, None) => (0, 3),
    }
}

/// What the rest of the document says of a form that stands once more in `tags`, given the counts of all of it: the commonest type,
/// its share, and where it stood; 0 for a form that stands once.
fn elsewhere(mut counts: Counts, tags: [u8; 3]) -> (u64, u64) {
    let (own, place) = kind(tags);
    counts.kinds[own] = counts.kinds[own].saturating_sub(1);
    match place {
        2 => counts.last[own] = counts.last[own].saturating_sub(1),
        3 => counts.alone[own] = counts.alone[own].saturating_sub(1),
        _ => {}
    }
    let total: u32 = counts.kinds.iter().map(|&c| u32::from(c)).sum();
    if total == 0 {
        return (0, 0);
    }
    let best = (0..KINDS).fold(0, |best, k| if counts.kinds[k] > counts.kinds[best] { k } else { best });
    let named = (1..KINDS).fold(1, |best, k| if counts.kinds[k] > counts.kinds[best] { k } else { best });
    let share = u64::from(counts.kinds[best]) * 4 / u64::from(total);
    let role = match (counts.alone[best] > 0, counts.last[best] > 0) {
        (false, false) => 0,
        (false, true) => 1,
        (true, false) => 2,
        (true, true) => 3,
    };
    let second = if counts.kinds[named] > 0 { named as u64 } else { 0 };
    (((1 + best as u64) << 8) | (share << 4) | role, 1 + second)
}

impl<'a> Memory<'a> {
    /// Counts the tags of all three layers of each segment.
    pub fn new(words: &'a [Word], tags: &'a [[u8; 3]]) -> Self {
        let mut forms: HashMap<u64, Counts, BuildHasherDefault<Identity>> = HashMap::default();
        forms.reserve(words.len() / 2);
        for (word, &tags) in words.iter().zip(tags) {
            let counts = forms.entry(word.form).or_default();
            let (kind, place) = kind(tags);
            counts.kinds[kind] = counts.kinds[kind].saturating_add(1);
            match place {
                2 => counts.last[kind] = counts.last[kind].saturating_add(1),
                3 => counts.alone[kind] = counts.alone[kind].saturating_add(1),
                _ => {}
            }
        }
        let known = |(word, &tags): (&Word, _)| forms.get(&word.form).map_or((0, 0), |&counts| elsewhere(counts, tags));
        let elsewhere = words.iter().zip(tags).map(known).collect();
        Self { words, tags, elsewhere }
    }

    /// The features of segment `i` of a sentence that goes from `start` to `end`, written over `features`.
    pub fn extract(&self, start: usize, end: usize, i: usize, features: &mut Features) {
        let tags = |by: isize| {
            let at = i.checked_add_signed(by).filter(|n| (start..end).contains(n));
            at.map_or([255; 3], |n| self.tags[n]).map(u64::from)
        };
        let memory = |by: isize| {
            let at = i.checked_add_signed(by).filter(|n| (start..end).contains(n));
            at.map_or((1 << 20, 1 << 20), |n| self.elsewhere[n])
        };
        let [b1, here, a1] = [tags(-1), tags(0), tags(1)];
        let [mb, mh, ma] = [memory(-1), memory(0), memory(1)];
        features.clear();
        let mut template = 100;
        let mut add = |parts: &[u64]| {
            template += 1;
            features.add(template, parts);
        };
        add(&[here[0]]);
        add(&[here[1]]);
        add(&[here[2]]);
        add(&[here[0], here[1], here[2]]);
        add(&[b1[0], here[0]]);
        add(&[here[0], a1[0]]);
        add(&[b1[1], here[1], a1[1]]);
        add(&[b1[0], a1[0]]);
        add(&[tags(-2)[0], tags(2)[0]]);
        add(&[mh.0]);
        add(&[mh.0 >> 8]);
        add(&[mh.1]);
        add(&[mh.0, here[0]]);
        add(&[mh.1, here[0]]);
        add(&[mb.0 >> 8, mh.0 >> 8]);
        add(&[mh.0 >> 8, ma.0 >> 8]);
        add(&[mb.1, mh.1, ma.1]);
        add(&[self.words[i].form, here[0]]);
    }
}
