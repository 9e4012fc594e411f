//! What speaks for a candidate.

use super::candidate::{Candidate, Candidates, Text, followed};
use super::store::Store;
use crate::model::clusters::{Cluster, Clusters};
use crate::model::linear::{Features, hash};
use crate::morph::{Grammar, Morphology, Pos};
use crate::segment::{Segmentation, frequency};

/// What is known of the segment whatever the candidate is.
pub(crate) struct Context {
    verb: bool,
    pos: u64,
    /// Hash of the word as written without article, and of its last letters.
    word: u64,
    ends: [u64; 2],
    first: u64,
    cluster: Cluster,
    /// How often it occurs as it is.
    frequency: u64,
    followed: u64,
    before: u64,
    after: u64,
    before_pos: u64,
    after_pos: u64,
    after_cluster: u64,
    /// Frequency of the most frequent candidate.
    most: u8,
}

/// The last letters of a word.
fn tail(word: &str, letters: usize) -> &str {
    let at = word.char_indices().rev().nth(letters.saturating_sub(1)).map_or(0, |c| c.0);
    &word[at..]
}

/// The shape of a lemma: radicals as one letter, what derivation adds as it is.
fn pattern(word: &str) -> u64 {
    let mut shape = 7u64;
    for c in word.chars() {
        let kept = match c {
            'ا' | 'أ' | 'إ' | 'آ' | 'م' | 'ت' | 'ن' | 'س' | 'و' | 'ي' | 'ى' | 'ة' | 'ء' | 'ئ' | 'ؤ' => {
                c as u64
            }
            '\u{64E}' | '\u{64F}' | '\u{650}' | '\u{651}' | '\u{652}' | '\u{670}' => c as u64,
            _ => 1,
        };
        shape = shape.wrapping_mul(0x0100_0000_01B3).wrapping_add(kept);
    }
    shape
}

fn grammar_number(grammar: Grammar) -> u64 {
    let place = |value: Option<u64>| value.map_or(0, |v| v + 1);
    place(grammar.aspect.map(|a| a as u64))
        | place(grammar.voice.map(|a| a as u64)) << 2
        | place(grammar.person.map(u64::from)) << 4
        | place(grammar.gender.map(|a| a as u64)) << 7
        | place(grammar.number.map(|a| a as u64)) << 9
}

impl Context {
    pub(crate) fn of(
        segmentation: &Segmentation<'_>,
        pos: &[Pos],
        i: usize,
        candidates: &Candidates,
        store: &Store,
        clusters: &Clusters,
    ) -> Self {
        let near = |at: Option<usize>| {
            at.filter(|&at| at < pos.len()).map_or((0, 99), |at| (hash(segmentation.form(at)), pos[at] as u64))
        };
        let followed = followed(segmentation, i);
        let (before, before_pos) = near(i.checked_sub(1));
        let (after, after_pos) = near(Some(i + 1 + usize::from(followed)));
        let word = &candidates.word;
        let most = |c: &Candidate| if let Text::Table(lemma) = c.text { store.frequency(lemma) } else { 0 };
        Self {
            verb: matches!(pos[i], Pos::Verb | Pos::Aux),
            pos: pos[i] as u64,
            word: hash(word),
            ends: [hash(tail(word, 2)), hash(tail(word, 3))],
            first: word.chars().next().map_or(0, u64::from),
            cluster: clusters.get(hash(segmentation.form(i))),
            frequency: u64::from(frequency(word)) / 4,
            followed: u64::from(followed),
            before,
            after,
            before_pos,
            after_pos,
            after_cluster: u64::from(clusters.get(after).coarse),
            most: candidates.all.iter().map(most).max().unwrap_or(0),
        }
    }
}

/// The features of a candidate, written over `features`.
pub(crate) fn describe(
    c: &Context,
    candidate: &Candidate,
    candidates: &Candidates,
    store: &Store,
    features: &mut Features,
) {
    features.clear();
    let how = u64::from(candidate.how);
    if c.verb {
        let Text::Table(lemma) = candidate.text else { return };
        let marked = Morphology::shipped().lemma(lemma).0;
        let (id, shape) = (hash(marked), pattern(marked));
        let grammar = grammar_number(candidate.grammar);
        let aspect = grammar & 3;
        let (own, behind) = (store.frequency(lemma), c.most - store.frequency(lemma));
        let (own, behind) = (u64::from(own), u64::from(behind));
        let first = marked.chars().next().map_or(0, u64::from);
        let mut add = |template: u32, parts: &[u64]| features.add(template, parts);
        add(1, &[id]);
        add(2, &[id, c.word]);
        add(3, &[own / 2]);
        add(4, &[behind]);
        add(5, &[behind, u64::from(own == 0)]);
        add(6, &[shape]);
        add(7, &[shape, aspect]);
        add(8, &[shape, grammar & 15]);
        add(9, &[grammar]);
        add(10, &[grammar, c.before]);
        add(11, &[aspect, c.before]);
        add(12, &[shape, c.followed]);
        add(13, &[id, c.followed]);
        add(14, &[id, c.after]);
        add(15, &[id, c.before]);
        add(16, &[grammar >> 2 & 3, c.after_pos]);
        add(17, &[grammar >> 2 & 3, id]);
        add(18, &[grammar, c.after_cluster]);
        add(19, &[c.first, first, aspect]);
        add(20, &[grammar, c.before_pos, c.after_pos]);
        add(21, &[grammar, c.ends[0]]);
        add(22, &[grammar >> 2, c.before_pos]);
        add(23, &[id, c.pos]);
        return;
    }
    let text = candidates.text(candidate);
    let own = u64::from(frequency(&text)) / 4;
    let mut room = String::with_capacity(text.len() + 4);
    room.push_str("ال");
    room.push_str(&text);
    let article = u64::from(frequency(&room)) / 4;
    let (id, length) = (hash(&text), text.chars().count().min(9) as u64);
    let shape = pattern(&text);
    let number = grammar_number(candidate.grammar) >> 7;
    let mut add = |template: u32, parts: &[u64]| features.add(template, parts);
    add(40, &[how, c.pos]);
    add(41, &[how, c.pos, c.ends[0]]);
    add(42, &[how, c.pos, c.ends[1]]);
    add(43, &[how, own, c.frequency]);
    add(44, &[how, article, own]);
    add(45, &[id, c.word]);
    add(46, &[id]);
    add(47, &[how, length]);
    add(48, &[how, u64::from(c.cluster.fine)]);
    add(49, &[how, c.pos, u64::from(c.cluster.coarse)]);
    add(50, &[how, shape]);
    add(51, &[how, hash(tail(&text, 2)), c.pos]);
    add(52, &[how, hash(tail(&text, 3))]);
    add(53, &[how, c.first, length]);
    add(54, &[how, c.word]);
    add(55, &[shape, c.pos]);
    add(56, &[number, u64::from(c.cluster.fine)]);
}
