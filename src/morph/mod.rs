//! Morphology: what a word can be, by the tables of CAMeL Morph (Khairallah et al. 2024, Habash et al. 2022) for verbs,
//! adjectives, proper nouns, numerals and particles, compiled into finite-state form.
//!
//! A word is looked up as prefix, stem and suffix; the stem's paradigm tells whether the two go with it and what the word
//! then is. Clitics (و ف ب ل ك س, object and possessive pronouns) are cut before, by segmentation in running text and in all
//! possible ways by [`analyze_word`].

#[cfg(feature = "train")]
pub mod compile;
mod conllu;
mod derived;
mod features;
pub(crate) mod lemma;
pub mod plurals;
mod stem;
mod stop;
mod store;
pub(crate) mod tagger;
mod word;
mod words;

pub use conllu::to_conllu;
pub use derived::{Derivation, Verb, verb_of, verbs_of};
pub use stem::stem;
pub use stop::is_stop;
pub use store::{Morphology, Reading};
pub use word::{Analysis, analyze_word};
pub use words::{Words, read, tag};

/// Verb forms by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
#[rustfmt::skip]
pub enum Aspect { Perfective, Imperfective, Imperative }

/// Active or passive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
#[rustfmt::skip]
pub enum Voice { Active, Passive }

/// Grammatical gender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
#[rustfmt::skip]
pub enum Gender { Masculine, Feminine }

/// Grammatical number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
#[rustfmt::skip]
pub enum GrammaticalNumber { Singular, Dual, Plural }

/// Universal part of speech (UD version 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
#[rustfmt::skip]
pub enum Pos { Adj, Adp, Adv, Aux, Cconj, Det, Intj, Noun, Num, Part, Pron, Propn, Punct, Sconj, Sym, Verb, X }

/// What grammar says of a word form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Grammar {
    /// Part of speech.
    pub pos: Pos,
    /// Of verbs.
    pub aspect: Option<Aspect>,
    /// Of verbs.
    pub voice: Option<Voice>,
    /// 1, 2 or 3, of verbs.
    pub person: Option<u8>,
    /// Masculine or feminine.
    pub gender: Option<Gender>,
    /// Singular, dual or plural.
    pub number: Option<GrammaticalNumber>,
}
