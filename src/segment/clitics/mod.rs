//! Clitics: cutting a word into what is written together.
//!
//! All ways to cut a word by its proclitics and pronouns are scored by a linear model that knows the counts of words and stems
//! in news, the letters, words seen in training, and the neighbours. Where a word of the vocabulary leaves no doubt without its
//! neighbours, that was done beforehand and is looked up: of the words in annotated news fewer than three in a thousand are cut in
//! two ways. Names that nobody has listed are where the neighbours help (إبراهيم كالين).

pub(crate) mod cuts;
pub(crate) mod features;
mod letters;
mod question;
mod vocabulary;

use std::sync::OnceLock;

use super::SegmentKind;
use crate::error::Result;
use crate::model::linear::Linear;
use cuts::{ALEF, Cut, LAM};
use features::Context;
use letters::letter;
pub(super) use letters::{Letter, Letters};
pub(super) use vocabulary::HAMZATED;
use vocabulary::Vocabulary;

/// What the trainer needs.
#[cfg(feature = "train")]
pub(crate) mod training {
    pub(crate) use super::cuts::{self, Cut};
    pub(crate) use super::features::{self, Context};
    pub(crate) use super::letters::{HAMZA, Letter, Letters, plain};
    pub(crate) use super::vocabulary::{DECIDED, Entry, HAMZATED, NAME, Vocabulary, bucket};
    pub(crate) use super::{Cutter, Scratch};
}

/// What the normalized form of a part has that its letters do not show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Restored {
    /// Nothing.
    Nothing,
    /// Its ل stands for ال: للحشد = ل + الحشد.
    Alef,
    /// The article is not written before a ل: للغة = ل + اللغة.
    Article,
    /// Its last letter was changed by the pronoun: زيارته = زيارة + ه, أعضائه = أعضاء + ه, مستواه = مستوى + ه.
    Last(char),
}

/// A proclitic, stem or enclitic of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// First byte, counted from the word's start.
    pub(super) start: u32,
    /// One past the last byte.
    pub(super) end: u32,
    pub(super) kind: SegmentKind,
    pub(super) restored: Restored,
}

impl Piece {
    /// A word that is not cut.
    pub(super) fn whole(word: &str) -> Self {
        Self { start: 0, end: word.len() as u32, kind: SegmentKind::Stem, restored: Restored::Nothing }
    }
}

/// Room for the work on one word, kept from word to word.
#[derive(Default)]
pub(crate) struct Scratch {
    cuts: Vec<Cut>,
    keys: Vec<u32>,
    scores: Vec<f32>,
}

/// Vocabulary and model.
pub(crate) struct Cutter {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) model: Linear,
}

impl Cutter {
    /// The embedded one.
    pub(crate) fn embedded() -> Result<&'static Self> {
        static CUTTER: OnceLock<Result<Cutter>> = OnceLock::new();
        let cutter = CUTTER.get_or_init(|| {
            Ok(Self {
                vocabulary: Vocabulary::load(&include_bytes!("../../data/models/words.bin")[..])?,
                model: Linear::load(&include_bytes!("../../data/models/clitics.bin")[..])?,
            })
        });
        cutter.as_ref().map_err(|e| crate::Error::new(e.kind(), e.to_string()))
    }

    /// How a word is cut; `context` is asked for where the word alone leaves doubt.
    #[inline]
    pub(crate) fn cut(&self, word: &[Letter], context: impl FnOnce() -> Option<Context>, scratch: &mut Scratch) -> Cut {
        match self.vocabulary.get(word).cut(word) {
            // The vocabulary knows no hamza: فإن and فان are one word there.
            Some(cut)
                if cut.prefix > 0 || word.get(1).is_none_or(|l| l & letters::HAMZA == 0) || !cuts::doubtful(word) =>
            {
                cut
            }
            _ => self.decide(word, context(), scratch).0,
        }
    }

    /// The cut that the model likes best, and by how much more than the second best.
    pub(crate) fn decide(&self, word: &[Letter], context: Option<Context>, scratch: &mut Scratch) -> (Cut, f32) {
        let Scratch { cuts, keys, scores } = scratch;
        cuts::all(word, cuts);
        if let [only] = cuts[..] {
            return (only, f32::INFINITY);
        }
        let (mut best, mut top, mut second) = (Cut::none(word.len()), f32::NEG_INFINITY, f32::NEG_INFINITY);
        for &cut in cuts.iter() {
            features::of(word, cut, context, &self.vocabulary, keys);
            self.model.scores(keys, scores);
            let score = scores.first().copied().unwrap_or(0.0);
            if score > top {
                (best, second, top) = (cut, top, score);
            } else {
                second = second.max(score);
            }
        }
        (best, top - second)
    }

    fn context(&self, [before, after]: [Option<&str>; 2]) -> Context {
        let [before, after] = [before, after].map(|word| word.and_then(Letters::read));
        let [before, after] = [&before, &after].map(|letters| letters.as_ref().map_or(&[][..], |l| l.numbers()));
        Context::of(before, after, &self.vocabulary)
    }

    /// Cuts a word into its pieces, written over `pieces`. `neighbours` are the words in Arabic letters before and after.
    #[inline]
    pub(super) fn pieces(
        &self,
        word: &str,
        neighbours: Option<[Option<&str>; 2]>,
        scratch: &mut Scratch,
        pieces: &mut Vec<Piece>,
    ) {
        pieces.clear();
        let Some(letters) = Letters::read(word) else {
            pieces.push(Piece::whole(word));
            return;
        };
        let numbers = letters.numbers();
        let question = usize::from(question::begins(self, word, numbers, neighbours));
        let cut = self.cut(&numbers[question..], || neighbours.map(|n| self.context(n)), scratch);
        self.split(&letters, question, cut, pieces);
    }

    /// The pieces of a word of which the first letters (`question`: none or one) are the أ of a question and the others are cut,
    /// written behind `pieces`.
    #[inline]
    pub(super) fn split(&self, letters: &Letters, question: usize, cut: Cut, pieces: &mut Vec<Piece>) {
        let numbers = letters.numbers();
        let rest = &numbers[question..];
        let (start, end) = (question + usize::from(cut.start), question + usize::from(cut.end));
        // One character may be two letters (\u{FEFB}); what it is part of is not cut inside.
        let mut push = |from: usize, to: usize, kind, restored| {
            let (start, end) = (letters.offset(from), letters.offset(to));
            if start < end {
                pieces.push(Piece { start, end, kind, restored });
            }
        };
        if letters.offset(start) == letters.offset(end) {
            return push(0, numbers.len(), SegmentKind::Stem, Restored::Nothing);
        }
        (0..start).for_each(|i| push(i, i + 1, SegmentKind::Proclitic, Restored::Nothing));
        let restored = if cut.prefix == 0 && cut.suffix == 0 { Restored::Nothing } else { self.restored(rest, cut) };
        push(start, end, SegmentKind::Stem, restored);
        push(end, numbers.len(), SegmentKind::Enclitic, Restored::Nothing);
    }

    fn restored(&self, word: &[Letter], cut: Cut) -> Restored {
        let stem = cut.stem(word);
        let words = |parts: [&[Letter]; 2]| {
            let mut joined = [0; letters::MOST + 2];
            let (first, second) = (parts[0].len(), parts[0].len() + parts[1].len());
            joined[..first].copy_from_slice(parts[0]);
            joined[first..second].copy_from_slice(parts[1]);
            self.vocabulary.get(&joined[..second]).words
        };
        if cut.suffix > 0 {
            if let Some((before, last)) = features::restored(stem)
                && words([before, &[last]]) > words([stem, &[]])
            {
                return Restored::Last(match last {
                    TEH_MARBUTA => 'ة',
                    LONE_HAMZA => 'ء',
                    _ => 'ى',
                });
            }
        } else if cut.start > 0
            && word[usize::from(cut.start) - 1] == LAM
            && let [LAM, rest @ ..] = stem
            && rest.len() > 1
        {
            // للحشد: حشد with the article; للغة: لغة with the article; للندن: لندن without.
            let (alef, article, none) = (words([&[ALEF], stem]), words([&[ALEF, LAM], stem]), words([stem, &[]]));
            if alef >= article && alef >= none {
                return Restored::Alef;
            }
            // A common noun is as often with the article as without, a name hardly ever.
            if article + 9 >= none {
                return Restored::Article;
            }
        }
        Restored::Nothing
    }
}

const TEH_MARBUTA: Letter = letter('ة');
const LONE_HAMZA: Letter = letter('ء');
