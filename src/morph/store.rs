//! The compiled tables and how they are read.
//!
//! Layout, little-endian, the length of each part in the header: magic; automaton of stems (→ first entry << 10 | number of
//! entries); entries (u32: lemma << 12 | paradigm); automata of prefixes and suffixes (→ number); paradigm keys (u32, sorted:
//! paradigm, prefix, suffix, pronoun) with their grammars (u32: first << 8 | number); grammars (u16); lemmas (u32 offsets);
//! strings (length byte and text, twice: lemma, gloss).

use std::sync::OnceLock;

use fst::raw::Fst;

use super::{Aspect, Gender, Grammar, GrammaticalNumber, Pos, Voice};
use crate::container;
use crate::error::Result;

const MAGIC: &[u8; 8] = b"khabmor1";
const COUNT_BITS: u32 = 10;
const PARADIGM_BITS: u32 = 12;
const PREFIX_BITS: u32 = 8;
const SUFFIX_BITS: u32 = 10;

/// A way to read a form: a lemma and what grammar says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reading {
    /// Number of the lemma, for [`Morphology::lemma`].
    pub lemma: u32,
    /// What the form is.
    pub grammar: Grammar,
}

/// The compiled morphology. [`Morphology::shipped`] is the embedded one.
pub struct Morphology {
    stems: Fst<&'static [u8]>,
    entries: &'static [u8],
    prefixes: Fst<&'static [u8]>,
    suffixes: Fst<&'static [u8]>,
    keys: &'static [u8],
    values: &'static [u8],
    grammars: &'static [u8],
    lemmas: &'static [u8],
    strings: &'static [u8],
}

/// The `u32` at a place of an array of them.
fn number(array: &[u8], index: usize) -> u32 {
    container::number(array, index * 4)
}

/// One of an enum's values by its place, shifted by one so that zero is none.
fn value<T: Copy>(all: &[T], packed: u16, shift: u32, bits: u32) -> Option<T> {
    let at = usize::from(packed >> shift) & ((1 << bits) - 1);
    at.checked_sub(1).and_then(|at| all.get(at)).copied()
}

fn unpack(packed: u16) -> Grammar {
    Grammar {
        pos: value(Pos::ALL, packed, 0, 5).unwrap_or(Pos::X),
        aspect: value(Aspect::ALL, packed, 5, 2),
        voice: value(Voice::ALL, packed, 7, 2),
        person: value(&[1, 2, 3], packed, 9, 2),
        gender: value(Gender::ALL, packed, 11, 2),
        number: value(GrammaticalNumber::ALL, packed, 13, 2),
    }
}

impl Morphology {
    /// The embedded tables; read in place, so that the first call costs nothing either.
    ///
    /// # Panics
    /// Never with the file that is embedded; a test of the crate reads it.
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Morphology> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            Self::read(include_bytes!("../data/compiled/morph.bin")).expect("the embedded morphology is whole")
        })
    }

    /// Reads compiled tables in place.
    ///
    /// # Errors
    /// [`ErrorKind::Model`](crate::ErrorKind::Model) where the file is truncated or something else.
    pub(super) fn read(bytes: &'static [u8]) -> Result<Self> {
        let [stems, entries, prefixes, suffixes, keys, values, grammars, lemmas, strings] =
            container::read(bytes, MAGIC, "morphology")?;
        let automaton = |part| container::automaton(part, "morphology");
        Ok(Self {
            stems: automaton(stems)?,
            entries,
            prefixes: automaton(prefixes)?,
            suffixes: automaton(suffixes)?,
            keys,
            values,
            grammars,
            lemmas,
            strings,
        })
    }

    /// The ways to read a form without clitics, each handed to `take`; `followed` where a pronoun was cut off behind it.
    ///
    /// # Arguments
    /// `form` as segments have it ([`Segmentation::form`](crate::segment::Segmentation::form)).
    pub fn readings(&self, form: &str, followed: bool, mut take: impl FnMut(Reading)) {
        let bytes = form.as_bytes();
        let mut node = self.prefixes.root();
        let mut output = 0;
        let mut start = 0;
        loop {
            if node.is_final() {
                let prefix = (output + node.final_output().value()) as u32;
                self.with_prefix(&form[start..], prefix, followed, &mut take);
            }
            // One letter further; letters here are one or two bytes long.
            for _ in 0..form[start..].chars().next().map_or(0, char::len_utf8) {
                let Some(at) = bytes.get(start).and_then(|&b| node.find_input(b)) else { return };
                let transition = node.transition(at);
                output += transition.out.value();
                node = self.prefixes.node(transition.addr);
                start += 1;
            }
            if start >= bytes.len() {
                return;
            }
        }
    }

    /// All stems that `rest` begins with, where what follows is a suffix that they take.
    fn with_prefix(&self, rest: &str, prefix: u32, followed: bool, take: &mut impl FnMut(Reading)) {
        let bytes = rest.as_bytes();
        let mut node = self.stems.root();
        let mut output = 0;
        for (at, &byte) in bytes.iter().enumerate() {
            let Some(next) = node.find_input(byte) else { return };
            let transition = node.transition(next);
            output += transition.out.value();
            node = self.stems.node(transition.addr);
            if node.is_final()
                && rest.is_char_boundary(at + 1)
                && let Some(suffix) = self.suffixes.get(&bytes[at + 1..])
            {
                let found = output + node.final_output().value();
                self.entries(found, prefix, suffix.value() as u32, followed, take);
            }
        }
    }

    fn entries(&self, found: u64, prefix: u32, suffix: u32, followed: bool, take: &mut impl FnMut(Reading)) {
        let first = (found >> COUNT_BITS) as usize;
        let count = (found & ((1 << COUNT_BITS) - 1)) as usize;
        for index in first..first + count {
            let entry = number(self.entries, index);
            let (lemma, paradigm) = (entry >> PARADIGM_BITS, entry & ((1 << PARADIGM_BITS) - 1));
            let Some(at) = self.find(key(paradigm, prefix, suffix, followed)) else { continue };
            let grammars = number(self.values, at);
            for index in (grammars >> 8)..(grammars >> 8) + (grammars & 0xFF) {
                let at = index as usize * 2;
                if let Some(&[a, b]) = self.grammars.get(at..at + 2) {
                    take(Reading { lemma, grammar: unpack(u16::from_le_bytes([a, b])) });
                }
            }
        }
    }

    fn find(&self, key: u32) -> Option<usize> {
        let (mut low, mut high) = (0, self.keys.len() / 4);
        while low < high {
            let middle = low.midpoint(high);
            match number(self.keys, middle).cmp(&key) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// How many lemmas there are; their numbers are below it.
    pub fn lemmas(&self) -> usize {
        self.lemmas.len() / 4
    }

    /// A lemma with its marks, and its English gloss (empty where there is none).
    pub fn lemma(&self, lemma: u32) -> (&'static str, &'static str) {
        let at = number(self.lemmas, lemma as usize) as usize;
        let text = |at: usize| {
            let length = self.strings.get(at).copied().map_or(0, usize::from);
            let bytes = self.strings.get(at + 1..at + 1 + length).unwrap_or_default();
            (std::str::from_utf8(bytes).unwrap_or_default(), at + 1 + length)
        };
        let (lemma, next) = text(at);
        (lemma, text(next).0)
    }
}

fn key(paradigm: u32, prefix: u32, suffix: u32, followed: bool) -> u32 {
    (((paradigm << PREFIX_BITS | prefix) << SUFFIX_BITS | suffix) << 1) | u32::from(followed)
}

#[cfg(feature = "train")]
pub(super) use writing::write;

#[cfg(feature = "train")]
mod writing {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::error::{Error, ErrorKind};
    use crate::morph::compile::Compiled;

    fn place<T: PartialEq>(all: &[T], value: Option<T>) -> u16 {
        value.and_then(|value| all.iter().position(|other| *other == value)).map_or(0, |at| at as u16 + 1)
    }

    fn pack(grammar: Grammar) -> u16 {
        place(Pos::ALL, Some(grammar.pos))
            | place(Aspect::ALL, grammar.aspect) << 5
            | place(Voice::ALL, grammar.voice) << 7
            | place(&[1, 2, 3], grammar.person) << 9
            | place(Gender::ALL, grammar.gender) << 11
            | place(GrammaticalNumber::ALL, grammar.number) << 13
    }

    fn automaton(keys: impl Iterator<Item = (String, u64)>) -> Result<Vec<u8>> {
        let failed = |e: fst::Error| Error::new(ErrorKind::Io, e.to_string());
        let mut builder = fst::raw::Builder::memory();
        for (key, value) in keys {
            builder.insert(key, value).map_err(failed)?;
        }
        builder.into_inner().map_err(failed)
    }

    fn full(what: &str) -> Error {
        Error::new(ErrorKind::Rule, format!("too many {what} for the compiled form"))
    }

    /// The bytes of the compiled file.
    pub(in crate::morph) fn write(compiled: &Compiled) -> Result<Vec<u8>> {
        let all = || compiled.paradigms.iter().flatten();
        let number_all = |texts: BTreeSet<&str>| -> BTreeMap<String, u64> {
            texts.into_iter().enumerate().map(|(i, t)| (t.to_owned(), i as u64)).collect()
        };
        let prefixes = number_all(all().map(|form| form.0.as_str()).collect());
        let suffixes = number_all(all().map(|form| form.1.as_str()).collect());
        if prefixes.len() > 1 << PREFIX_BITS || suffixes.len() > 1 << SUFFIX_BITS {
            return Err(full("affixes"));
        }
        if compiled.paradigms.len() > 1 << PARADIGM_BITS {
            return Err(full("paradigms"));
        }
        let mut entries = Vec::new();
        let mut stems = Vec::new();
        for (stem, found) in &compiled.stems {
            if found.len() >= 1 << COUNT_BITS {
                return Err(full("readings of one stem"));
            }
            stems.push((stem.clone(), ((entries.len() / 4) as u64) << COUNT_BITS | found.len() as u64));
            for &(lemma, paradigm) in found {
                entries.extend((lemma << PARADIGM_BITS | u32::from(paradigm)).to_le_bytes());
            }
        }
        let mut table: BTreeMap<u32, BTreeSet<u16>> = BTreeMap::new();
        for (paradigm, forms) in compiled.paradigms.iter().enumerate() {
            for (prefix, suffix, followed, grammar) in forms {
                let key = key(paradigm as u32, prefixes[prefix] as u32, suffixes[suffix] as u32, *followed);
                table.entry(key).or_default().insert(pack(*grammar));
            }
        }
        let (mut keys, mut values, mut grammars) = (Vec::new(), Vec::new(), Vec::new());
        let mut sets: BTreeMap<BTreeSet<u16>, u32> = BTreeMap::new();
        for (key, set) in table {
            keys.extend(key.to_le_bytes());
            let count = set.len() as u32;
            let first = *sets.entry(set).or_insert_with_key(|set| {
                let first = (grammars.len() / 2) as u32;
                set.iter().for_each(|g| grammars.extend(g.to_le_bytes()));
                first
            });
            values.extend((first << 8 | count).to_le_bytes());
        }
        let (mut lemmas, mut strings) = (Vec::new(), Vec::new());
        for (lemma, gloss) in &compiled.lemmas {
            lemmas.extend((strings.len() as u32).to_le_bytes());
            for text in [lemma, gloss] {
                let cut = (0..=text.len().min(255)).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
                strings.push(cut as u8);
                strings.extend(&text.as_bytes()[..cut]);
            }
        }
        let parts = [
            automaton(stems.into_iter())?,
            entries,
            automaton(prefixes.into_iter())?,
            automaton(suffixes.into_iter())?,
            keys,
            values,
            grammars,
            lemmas,
            strings,
        ];
        Ok(container::write(MAGIC, &parts))
    }
}
