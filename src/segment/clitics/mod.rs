//! Clitics: cutting a word into what is written together.
//!
//! All ways to cut a word by its proclitics and pronouns are scored by a linear model that knows the counts of words and stems
//! in news, the letters, and words seen in training. For the words of the vocabulary that was done beforehand: they are looked up.
//! A word is cut alone, without its neighbours: of the words in annotated news fewer than three in a thousand are cut in two ways.

pub(crate) mod cuts;
pub(crate) mod features;
mod letters;
mod vocabulary;

use std::sync::OnceLock;

use super::SegmentKind;
use crate::error::Result;
use crate::model::linear::Linear;
use cuts::{ALEF, Cut, LAM};
use letters::{Letter, Letters, letter};
use vocabulary::Vocabulary;

/// What the trainer needs.
#[cfg(feature = "train")]
pub(crate) mod training {
    pub(crate) use super::cuts::{self, Cut};
    pub(crate) use super::features;
    pub(crate) use super::letters::{Letter, Letters};
    pub(crate) use super::vocabulary::{DECIDED, Entry, NAME, Vocabulary, bucket};
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

/// A part of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// First byte, counted from the word's start.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it is.
    pub kind: SegmentKind,
    pub(super) restored: Restored,
}

impl Part {
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
    pub(super) fn embedded() -> Result<&'static Self> {
        static CUTTER: OnceLock<Result<Cutter>> = OnceLock::new();
        let cutter = CUTTER.get_or_init(|| {
            Ok(Self {
                vocabulary: Vocabulary::load(&include_bytes!("../../data/models/words.bin")[..])?,
                model: Linear::load(&include_bytes!("../../data/models/clitics.bin")[..])?,
            })
        });
        cutter.as_ref().map_err(|e| crate::Error::new(e.kind(), e.to_string()))
    }

    /// How a word is cut.
    #[inline]
    pub(crate) fn cut(&self, word: &[Letter], scratch: &mut Scratch) -> Cut {
        match self.vocabulary.get(word).cut(word) {
            Some(cut) => cut,
            None => self.decide(word, scratch),
        }
    }

    /// The cut that the model likes best.
    pub(crate) fn decide(&self, word: &[Letter], scratch: &mut Scratch) -> Cut {
        let Scratch { cuts, keys, scores } = scratch;
        cuts::all(word, cuts);
        let mut best = (f32::NEG_INFINITY, Cut::none(word.len()));
        if let [only] = cuts[..] {
            return only;
        }
        for &cut in cuts.iter() {
            features::of(word, cut, &self.vocabulary, keys);
            self.model.scores(keys, scores);
            if scores.first().is_some_and(|&score| score > best.0) {
                best = (scores[0], cut);
            }
        }
        best.1
    }

    /// Cuts a word into its parts, written over `parts`.
    #[inline]
    pub(super) fn parts(&self, word: &str, scratch: &mut Scratch, parts: &mut Vec<Part>) {
        parts.clear();
        let Some(letters) = Letters::read(word) else {
            parts.push(Part::whole(word));
            return;
        };
        let numbers = letters.numbers();
        let cut = self.cut(numbers, scratch);
        for i in 0..usize::from(cut.start) {
            let (start, end) = (letters.offset(i), letters.offset(i + 1));
            parts.push(Part { start, end, kind: SegmentKind::Proclitic, restored: Restored::Nothing });
        }
        let (start, end) = (letters.offset(usize::from(cut.start)), letters.offset(usize::from(cut.end)));
        let restored = if cut.prefix == 0 && cut.suffix == 0 { Restored::Nothing } else { self.restored(numbers, cut) };
        parts.push(Part { start, end, kind: SegmentKind::Stem, restored });
        if cut.suffix > 0 {
            let (start, end) = (end, letters.offset(numbers.len()));
            parts.push(Part { start, end, kind: SegmentKind::Enclitic, restored: Restored::Nothing });
        }
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
                    HAMZA => 'ء',
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
const HAMZA: Letter = letter('ء');

/// Cuts a word in Arabic letters into proclitics (و ف ب ل ك س), stem and enclitic pronoun; the parts tile the word.
///
/// # Errors
/// [`ErrorKind::Model`](crate::ErrorKind::Model) where an embedded file is damaged.
///
/// ```
/// let parts = |word| -> Vec<&str> {
///     let parts = khabar::segment::segment_word(word).unwrap();
///     parts.iter().map(|p| &word[p.start as usize..p.end as usize]).collect()
/// };
/// assert_eq!(parts("وقواته"), ["و", "قوات", "ه"]);
/// assert_eq!(parts("للحشد"), ["ل", "لحشد"]);
/// assert_eq!(parts("وزير"), ["وزير"]);
/// ```
pub fn segment_word(word: &str) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    Cutter::embedded()?.parts(word, &mut Scratch::default(), &mut parts);
    Ok(parts)
}
