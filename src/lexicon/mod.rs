//! What is known of words and names: finite-state look-up of listed names and of the classes of words.
//!
//! # How to use it
//!
//! [`look_up`] walks a segmented text once and gives [`Hits`]:
//!
//! - `hits.at(segment)`: all listed names that start at a segment, longest first ([`Match`]: the segments covered and its entries);
//! - `hits.longest(segment)`: the first of them; `hits.exact(span)`: the listed name that a span is, no more and no less;
//! - `hits.word(segment)`: the [`WordCodes`] of the word that starts at a segment: can it be a given name, a surname, a place…
//!
//! An [`Entry`] tells what a listed name stands for: its type ([`MentionType`]: PERS ORG GPE LOC FAC EVENT LAW PRODUCT OCC LANGUAGE, and NORP
//! for nationalities, peoples, religions), subtype (the lists' own: `party`, `capital`, `demonym`…), country codes, usual Arabic and
//! Latin name. Two names of one thing have entries of one [`Entry::id`]. A name may have several entries (طرابلس in Libya and Lebanon).
//!
//! Facts without a text come from [`Lexicon::shipped`]: [`Lexicon::entries`], [`Lexicon::country_of_demonym`],
//! [`Lexicon::country_name`], [`Lexicon::capital_of`], [`Lexicon::latin`].
//!
//! Names match on folded spelling (as segments' forms: no marks, one alef, ى as ي, ة as ه), start at a segment's start (so also
//! after a proclitic) and end at a segment's end; inside a name the cuts of the segmenter do not matter. A hyphen counts as a space.
//!
//! Users add names of their own by a [`UserLexicon`], which [`Analyzer::with_lexicon`](crate::Analyzer::with_lexicon) takes.
//!
//! The lists are `src/data/lexicon/*.tsv`; `khabar-compile` makes `src/data/compiled/lexicon.bin` of them, which is embedded.

#[cfg(feature = "train")]
pub mod compile;
pub(crate) mod fold;
mod hits;
mod store;
mod user;

pub(crate) use fold::key;
pub use hits::{Hits, Match, look_up};
pub(crate) use hits::{OwnMatch, look_up_with};
pub use store::{Entries, Entry, Lexicon};
pub use user::{Priority, UserEntry, UserLexicon};

use crate::mention::MentionType;

/// Classes of a single word out of the word list: what it can be a part of. A word may have several.
///
/// ```
/// use khabar::lexicon::{Lexicon, WordCodes};
/// let codes = Lexicon::shipped().word("يوسف");
/// assert!(codes.has(WordCodes::GIVEN) && codes.has(WordCodes::MALE) && !codes.has(WordCodes::PLACE));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct WordCodes(u16);

impl WordCodes {
    /// Given name.
    pub const GIVEN: Self = Self(1);
    /// Given name of men (with [`Self::GIVEN`]).
    pub const MALE: Self = Self(1 << 1);
    /// Given name of women (with [`Self::GIVEN`]).
    pub const FEMALE: Self = Self(1 << 2);
    /// Surname, or nisba used as one.
    pub const SURNAME: Self = Self(1 << 3);
    /// Place with a government.
    pub const PLACE: Self = Self(1 << 4);
    /// Other geography.
    pub const GEOGRAPHY: Self = Self(1 << 5);
    /// Word of organisations' names.
    pub const ORG: Self = Self(1 << 6);
    /// Demonym, religious, ethnic, political adherence.
    pub const ADHERENCE: Self = Self(1 << 7);
    /// Product or work.
    pub const PRODUCT: Self = Self(1 << 8);
    /// Title, rank or profession.
    pub const TITLE: Self = Self(1 << 9);
    /// At least as common as an ordinary word.
    pub const ORDINARY: Self = Self(1 << 10);

    /// Whether one of the given classes is among these.
    #[inline]
    pub const fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }

    /// Whether the word is not listed: judged to be no part of names, or unknown.
    #[inline]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The classes as a bit set, for features.
    #[inline]
    pub const fn bits(self) -> u16 {
        self.0
    }

    pub(crate) const fn of_bits(bits: u16) -> Self {
        Self(bits)
    }

    /// The classes of both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Reads the letters of the word list (`FmS`, `Gx`); an unknown letter gives None.
    #[cfg(feature = "train")]
    pub(crate) fn parse(codes: &str) -> Option<Self> {
        let mut all = Self::default();
        for letter in codes.chars() {
            all = all.and(match letter {
                'F' => Self::GIVEN,
                'm' => Self::MALE,
                'f' => Self::FEMALE,
                'S' => Self::SURNAME,
                'G' => Self::PLACE,
                'L' => Self::GEOGRAPHY,
                'O' => Self::ORG,
                'N' => Self::ADHERENCE,
                'P' => Self::PRODUCT,
                'T' => Self::TITLE,
                'x' => Self::ORDINARY,
                _ => return None,
            });
        }
        Some(all)
    }
}

/// Types of entries, in the order of their numbers in the compiled file.
const KINDS: [MentionType; 11] = [
    MentionType::Pers,
    MentionType::Norp,
    MentionType::Occ,
    MentionType::Org,
    MentionType::Gpe,
    MentionType::Loc,
    MentionType::Fac,
    MentionType::Event,
    MentionType::Law,
    MentionType::Product,
    MentionType::Language,
];
