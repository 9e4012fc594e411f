//! What the first pass found in the whole document, as features of the second: a name that is sure in one sentence helps
//! where it stands alone, and what is repeated is judged alike.

use std::collections::HashMap;

use crate::mention::features::Word;
use crate::mention::tags::parts;
use crate::model::linear::Features;

/// How often a form stood in which tag: outside, then the types; for types also whether as the last of several or alone.
#[derive(Clone, Default)]
struct Counts {
    kinds: Vec<u16>,
    last: Vec<u16>,
    alone: Vec<u16>,
}

/// The first pass's tags of a document, and what they tell of each form.
pub(super) struct Memory<'a> {
    words: &'a [Word],
    tags: &'a [u8],
    counts: HashMap<u64, Counts>,
    kinds: usize,
}

/// Type (0 outside) and place of a tag.
fn kind(tag: u8) -> (usize, usize) {
    parts(tag).map_or((0, 3), |(kind, place)| (kind + 1, place))
}

impl<'a> Memory<'a> {
    /// Counts the tags of segments by their forms.
    pub(super) fn new(words: &'a [Word], tags: &'a [u8], types: usize) -> Self {
        let kinds = types + 1;
        let mut counts: HashMap<u64, Counts> = HashMap::new();
        for (word, &tag) in words.iter().zip(tags) {
            let zero = || Counts { kinds: vec![0; kinds], last: vec![0; kinds], alone: vec![0; kinds] };
            let counts = counts.entry(word.form).or_insert_with(zero);
            let (kind, place) = kind(tag);
            counts.kinds[kind] = counts.kinds[kind].saturating_add(1);
            match place {
                2 => counts.last[kind] = counts.last[kind].saturating_add(1),
                3 => counts.alone[kind] = counts.alone[kind].saturating_add(1),
                _ => {}
            }
        }
        Self { words, tags, counts, kinds }
    }

    /// What the rest of the document says of a segment's form: the commonest type, its share, and where it stood; the commonest
    /// type but "outside". 0 for a form that stands once.
    fn elsewhere(&self, i: usize) -> (u64, u64) {
        let Some(counts) = self.counts.get(&self.words[i].form) else { return (0, 0) };
        let (own, place) = kind(self.tags[i]);
        let less = |counts: &[u16], k: usize, here: bool| counts[k] - u16::from(here && k == own);
        let kinds = |k: usize| less(&counts.kinds, k, true);
        let total: u32 = (0..self.kinds).map(|k| u32::from(kinds(k))).sum();
        if total == 0 {
            return (0, 0);
        }
        let best = (0..self.kinds).fold(0, |best, k| if kinds(k) > kinds(best) { k } else { best });
        let named = (1..self.kinds).fold(1, |best, k| if kinds(k) > kinds(best) { k } else { best });
        let share = u64::from(kinds(best)) * 4 / u64::from(total);
        let last = less(&counts.last, best, place == 2) > 0;
        let alone = less(&counts.alone, best, place == 3) > 0;
        let role = u64::from(last) | u64::from(alone) << 1;
        let second = if self.kinds > 1 && kinds(named) > 0 { named as u64 } else { 0 };
        (((1 + best as u64) << 8) | (share << 4) | role, 1 + second)
    }

    /// Adds the features of segment `i` of a sentence that goes from `start` to `end`.
    pub(super) fn extract(&self, start: usize, end: usize, i: usize, features: &mut Features) {
        let near = |by: isize| i.checked_add_signed(by).filter(|n| (start..end).contains(n));
        let tag = |by: isize| near(by).map_or(255, |n| u64::from(self.tags[n]));
        let memory = |by: isize| near(by).map_or((1 << 20, 1 << 20), |n| self.elsewhere(n));
        let [b2, b1, here, a1, a2] = [tag(-2), tag(-1), tag(0), tag(1), tag(2)];
        let [mb, mh, ma] = [memory(-1), memory(0), memory(1)];
        let mut template = 100;
        let mut add = |parts: &[u64]| {
            template += 1;
            features.add(template, parts);
        };
        add(&[here]);
        add(&[b1, here]);
        add(&[here, a1]);
        add(&[b1, a1]);
        add(&[b2, a2]);
        add(&[mh.0]);
        add(&[mh.0 >> 8]);
        add(&[mh.1]);
        add(&[mh.0, here]);
        add(&[mh.1, here]);
        add(&[mb.0 >> 8, mh.0 >> 8]);
        add(&[mh.0 >> 8, ma.0 >> 8]);
        add(&[mb.1, mh.1, ma.1]);
        add(&[self.words[i].form, here]);
    }
}
