//! What describes a way to cut a word.

use super::cuts::{self, ALEF, Cut, LAM, PREFIXES, SEEN, SUFFIXES};
use super::letters::{HAMZA, Letter, MOST, hash, letter};
use super::vocabulary::{Entry, NAME, Vocabulary};
use crate::model::linear::key;

/// A word made of others' parts, on the stack.
struct Joined {
    letters: [Letter; MOST + 8],
    len: usize,
}

impl Joined {
    fn of(parts: [&[Letter]; 3]) -> Self {
        let mut joined = Self { letters: [0; MOST + 8], len: 0 };
        for part in parts {
            let end = (joined.len + part.len()).min(joined.letters.len());
            let taken = end - joined.len;
            joined.letters[joined.len..end].copy_from_slice(&part[..taken]);
            joined.len = end;
        }
        joined
    }

    fn letters(&self) -> &[Letter] {
        &self.letters[..self.len]
    }
}

/// How often the parts' joined form occurs as a word.
fn count(vocabulary: &Vocabulary, parts: [&[Letter]; 3]) -> Entry {
    vocabulary.get(Joined::of(parts).letters())
}

/// How a stem before a pronoun is written without it: the forms that it may stand for, with what the last letter becomes.
pub(crate) fn restored(stem: &[Letter]) -> Option<(&[Letter], Letter)> {
    const TEH: Letter = letter('ت');
    const HAMZA_WAW: Letter = letter('ؤ');
    const HAMZA_YEH: Letter = letter('ئ');
    let (&last, before) = stem.split_last()?;
    let becomes = match last {
        TEH => letter('ة'),
        HAMZA_WAW | HAMZA_YEH => letter('ء'),
        ALEF => letter('ى'),
        _ => return None,
    };
    (before.len() > 1).then_some((before, becomes))
}

/// Coarser than the buckets of the vocabulary: a step is four times as often.
fn coarse(count: u8) -> u64 {
    u64::from(count.div_ceil(6))
}

/// What is known of a word's neighbours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Context {
    /// Hash of the word before.
    before: u64,
    /// Hash of its last two letters.
    before_tail: u64,
    /// Whether it is part of names, has the article; whether the word after is part of names.
    shape: u64,
}

impl Context {
    /// From the words before and after; nothing where the neighbour is no word.
    pub(crate) fn of(before: &[Letter], after: &[Letter], vocabulary: &Vocabulary) -> Self {
        let name = |word: &[Letter]| u64::from(!word.is_empty() && vocabulary.get(word).flags & NAME != 0);
        let article = u64::from(before.starts_with(&[ALEF, LAM]));
        Self {
            before: hash(before),
            before_tail: hash(&before[before.len().saturating_sub(2)..]),
            shape: 1 + (name(before) | article << 1 | name(after) << 2 | u64::from(before.is_empty()) << 3),
        }
    }
}

/// Keys of the features of one cut of a word; `context` where its neighbours are known.
pub(crate) fn of(word: &[Letter], cut: Cut, context: Option<Context>, vocabulary: &Vocabulary, keys: &mut Vec<u32>) {
    keys.clear();
    let stem = cut.stem(word);
    let (p, e) = (u64::from(cut.prefix), u64::from(cut.suffix));
    let pe = p << 8 | e;
    let whole = vocabulary.get(word);
    let own = if p == 0 && e == 0 { whole } else { vocabulary.get(stem) };
    let (words, stems) = (coarse(own.words), coarse(own.stems));
    let (name, named) = (u64::from(own.flags & NAME), u64::from(whole.flags & NAME));
    let head = |n: usize| hash(&stem[..n.min(stem.len())]);
    let tail = |n: usize| hash(&stem[stem.len() - n.min(stem.len())..]);
    let identity = hash(stem);
    let mut add = |template: u32, parts: &[u64]| keys.push(key(template, parts));
    // The proclitic next to the stem, whatever stands before it.
    let q = if cut.start > 0 { u64::from(word[usize::from(cut.start) - 1]) } else { 0 };
    add(1, &[p]);
    add(50, &[q]);
    add(51, &[q, words, coarse(whole.words)]);
    add(52, &[q, stems]);
    add(53, &[q, identity]);
    add(54, &[q, head(2)]);
    add(55, &[q, head(3)]);
    add(56, &[q, name, named]);
    add(57, &[q, tail(2)]);
    add(58, &[q, e]);
    add(2, &[e]);
    add(3, &[pe]);

    // What the stem is as a word and as a stem, against the whole.
    add(4, &[p, words]);
    add(5, &[e, words]);
    add(6, &[p, stems]);
    add(7, &[e, stems]);
    add(8, &[p, words, coarse(whole.words)]);
    add(9, &[e, words, coarse(whole.words)]);
    add(10, &[p, stems, coarse(whole.words)]);
    add(11, &[e, stems, coarse(whole.words)]);
    add(12, &[p, name, named]);
    add(13, &[e, name, named]);
    add(14, &[p, name, named, words, coarse(whole.words)]);

    // Its letters.
    for n in 1..=3 {
        add(20 + n, &[p, head(n as usize)]);
        add(24 + n, &[e, tail(n as usize)]);
    }
    add(28, &[pe, head(2)]);
    add(29, &[pe, tail(2)]);
    let length = stem.len().min(9) as u64;
    add(30, &[p, length]);
    add(31, &[e, length]);
    add(32, &[p, head(1), tail(1), length]);
    add(33, &[e, head(1), tail(1), length]);
    add(34, &[p, identity]);
    add(35, &[e, identity]);
    add(36, &[identity]);
    add(37, &[pe, hash(word)]);
    add(38, &[p, tail(2)]);
    add(39, &[e, head(2)]);
    if stem.first().is_some_and(|first| first & HAMZA != 0) && q > 0 {
        add(79, &[q, words]);
        add(80, &[coarse(whole.words), words]);
    }
    if p == 0 && cuts::doubtful(word) && word.get(1).is_some_and(|second| second & HAMZA != 0) {
        add(81, &[head(1), words]);
    }
    if stem.starts_with(&[ALEF, LAM]) && q > 0 {
        add(82, &[q, words]);
        add(83, &[words, coarse(whole.words)]);
    }
    add(66, &[words, stems, coarse(whole.words)]);

    if cuts::doubtful(stem) {
        // What has the article or a preposition before it begins with no proclitic.
        let mut article = count(vocabulary, [&[ALEF, LAM], stem, &[]]).words;
        let mut most =
            count(vocabulary, [PREFIXES[3], stem, &[]]).words.max(count(vocabulary, [PREFIXES[4], stem, &[]]).words);
        if e > 0
            && let Some((before, last)) = restored(stem)
        {
            article = article.max(count(vocabulary, [&[ALEF, LAM], before, &[last]]).words);
            for preposition in [PREFIXES[3], PREFIXES[4]] {
                most = most.max(count(vocabulary, [preposition, before, &[last]]).words);
            }
        }
        let (article, most) = (coarse(article), coarse(most));
        add(67, &[q.min(1), article, words]);
        add(68, &[q.min(1), article, most]);
        add(69, &[q.min(1), most, words]);
        add(78, &[head(1), article, most]);
    }
    if let [SEEN, rest @ ..] = stem
        && cuts::future(rest)
        && rest.len() > 3
    {
        // A verb of the imperfect may be inside.
        let inner = coarse(count(vocabulary, [rest, &[], &[]]).words);
        add(84, &[inner, words]);
        add(85, &[inner, hash(&rest[..2])]);
    }
    if q == u64::from(SEEN) {
        add(86, &[words, coarse(count(vocabulary, [&[SEEN], stem, &[]]).words)]);
    }
    if p > 0 {
        // Whether the stem is also seen with the article, and with other proclitics.
        let article = if cut.start > 0 && stem.first() == Some(&LAM) && word[usize::from(cut.start) - 1] == LAM {
            count(vocabulary, [&[ALEF], stem, &[]])
        } else {
            count(vocabulary, [&[ALEF, LAM], stem, &[]])
        };
        add(40, &[p, coarse(article.words)]);
        add(41, &[p, coarse(article.words), words]);
        let others = [1usize, 3, 4, 6].into_iter().filter(|&other| other as u64 != p);
        let most = others.map(|other| count(vocabulary, [PREFIXES[other], stem, &[]]).words).max().unwrap_or(0);
        add(42, &[p, coarse(most)]);
        add(43, &[p, coarse(most), words]);
        add(59, &[q, coarse(most), words]);
        add(60, &[q, coarse(article.words), words]);
        if q == u64::from(LAM) && cuts::future(stem) {
            // Verbs of the imperfect, which stand after ل as after س.
            let future = coarse(count(vocabulary, [&[SEEN], stem, &[]]).words);
            add(61, &[future, coarse(whole.words)]);
            add(62, &[future, words, name, named]);
        }
    }
    if e > 0 {
        // Whether the stem is a word once its last letter is as before nothing, and whether it takes other pronouns.
        let bare = restored(stem).map_or(0, |(before, last)| count(vocabulary, [before, &[last], &[]]).words);
        add(44, &[e, coarse(bare), tail(1)]);
        add(45, &[e, coarse(bare.max(own.words))]);
        let before = &word[..usize::from(cut.end)];
        let others = [1usize, 2, 3].into_iter().filter(|&other| other as u64 != e);
        let most = others.map(|other| count(vocabulary, [before, SUFFIXES[other], &[]]).words).max().unwrap_or(0);
        add(46, &[e, coarse(most)]);
        add(47, &[e, coarse(most), coarse(bare.max(own.words))]);
        add(48, &[e, coarse(most), coarse(whole.words)]);
        // The same whichever pronoun it is, against the word without its proclitics.
        let rest = coarse(count(vocabulary, [&word[usize::from(cut.start)..], &[], &[]]).words);
        add(63, &[coarse(bare.max(own.words)), rest]);
        add(64, &[coarse(bare), rest, tail(1)]);
        add(65, &[coarse(most), rest]);
        add(49, &[e, u64::from(stem.starts_with(&[ALEF, LAM]))]);
    }
    if let Some(Context { before, before_tail, shape }) = context {
        add(70, &[q, before]);
        add(71, &[e, before]);
        add(72, &[q, before_tail]);
        add(73, &[q, shape]);
        add(74, &[q, shape, name, named]);
        add(75, &[q, shape, words, coarse(whole.words)]);
        add(76, &[e, shape]);
        add(77, &[p, shape]);
    }
}
