//! The compiled lists and how they are read.
//!
//! Layout, little-endian, each part preceded by its length in the header: magic, then
//! `fst` (key → word classes << 32 | position in `lists` + 1), `lists` (u32: entry number, top bit on the last of a list),
//! `entries` (records of [`RECORD`] bytes), `strings` (a length byte, then the text).

use std::sync::OnceLock;

use fst::raw::Fst;

use super::{KINDS, WordCodes, fold};
use crate::container::{self, number};
use crate::error::Result;
use crate::mention::MentionType;

pub(super) const MAGIC: &[u8; 8] = b"khablex1";
/// Bytes of an entry: name, latin, subtype, countries (u32 offsets of strings each), kind (u8), three unused.
pub(super) const RECORD: usize = 20;
/// Marks the last entry of a list.
pub(super) const LAST: u32 = 1 << 31;

/// The compiled lists. [`Lexicon::shipped`] is the embedded one.
pub struct Lexicon {
    pub(super) fst: Fst<&'static [u8]>,
    lists: &'static [u8],
    entries: &'static [u8],
    strings: &'static [u8],
}

impl Lexicon {
    /// The embedded lists; read in place, so the first call costs nothing either.
    ///
    /// # Panics
    /// Never with the file that is embedded; a test of the crate reads it.
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Lexicon> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            Self::read(include_bytes!("../data/compiled/lexicon.bin")).expect("the embedded lexicon is whole")
        })
    }

    /// Reads compiled lists in place.
    ///
    /// # Errors
    /// [`ErrorKind::Model`](crate::ErrorKind::Model) where the file is truncated or something else.
    pub(super) fn read(bytes: &'static [u8]) -> Result<Self> {
        let [fst, lists, entries, strings] = container::read(bytes, MAGIC, "lexicon")?;
        Ok(Self { fst: container::automaton(fst, "lexicon")?, lists, entries, strings })
    }

    fn string(&self, offset: u32) -> &'static str {
        let offset = offset as usize;
        let Some(&len) = self.strings.get(offset) else { return "" };
        let bytes = self.strings.get(offset + 1..offset + 1 + len as usize).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// The entry with a number; None past the last.
    pub fn entry(&self, id: u32) -> Option<Entry> {
        let record = self.entries.get(id as usize * RECORD..(id as usize + 1) * RECORD)?;
        Some(Entry {
            id,
            kind: *KINDS.get(record[16] as usize)?,
            name: self.string(number(record, 0)),
            latin: Some(self.string(number(record, 4))).filter(|s| !s.is_empty()),
            subtype: self.string(number(record, 8)),
            countries: self.string(number(record, 12)),
        })
    }

    pub(super) fn list(&'static self, at: u32) -> Entries {
        Entries { lexicon: self, at: Some(at) }
    }

    fn value(&self, name: &str) -> u64 {
        self.fst.get(fold::key(name)).map_or(0, fst::raw::Output::value)
    }

    /// All entries of a name in any spelling that folding takes away; a clitic must have been cut off.
    ///
    /// ```
    /// use khabar::{lexicon::Lexicon, mention::MentionType};
    /// let entry = Lexicon::shipped().entries("انقره").next().unwrap();
    /// assert_eq!((entry.kind, entry.latin, entry.country()), (MentionType::Gpe, Some("Ankara"), Some("TR")));
    /// ```
    pub fn entries(&'static self, name: &str) -> Entries {
        Entries { lexicon: self, at: position(self.value(name)) }
    }

    /// The classes of a single word.
    pub fn word(&self, word: &str) -> WordCodes {
        codes(self.value(word))
    }

    /// The country that a nationality belongs to, in all genders and numbers, with or without article.
    ///
    /// ```
    /// let lexicon = khabar::lexicon::Lexicon::shipped();
    /// assert_eq!(lexicon.country_of_demonym("الأتراك"), Some("TR"));
    /// assert_eq!(lexicon.country_of_demonym("أميركية"), Some("US"));
    /// assert_eq!(lexicon.country_of_demonym("عربي"), None);
    /// ```
    pub fn country_of_demonym(&'static self, name: &str) -> Option<&'static str> {
        self.entries(name).filter(|e| e.kind == MentionType::Norp).find_map(Entry::country)
    }

    /// The entry of the country with an ISO 3166 code.
    pub fn country(&'static self, code: &str) -> Option<Entry> {
        // Countries are also listed under their code, after a sign that no text's word begins with.
        Entries { lexicon: self, at: position(self.fst.get(format!("\u{1}{code}")).map_or(0, fst::raw::Output::value)) }
            .next()
    }

    /// A country's usual Arabic name by its ISO 3166 code.
    ///
    /// ```
    /// assert_eq!(khabar::lexicon::Lexicon::shipped().country_name("GR"), Some("اليونان"));
    /// ```
    pub fn country_name(&'static self, code: &str) -> Option<&'static str> {
        self.country(code).map(|e| e.name)
    }

    /// The country whose capital has this name.
    pub fn capital_of(&'static self, name: &str) -> Option<&'static str> {
        self.entries(name).filter(|e| e.subtype == "capital").find_map(Entry::country)
    }

    /// The usual Latin spelling of a listed name.
    pub fn latin(&'static self, name: &str) -> Option<&'static str> {
        self.entries(name).find_map(|e| e.latin)
    }
}

/// Position in the lists out of a value of the automaton.
#[inline]
pub(super) fn position(value: u64) -> Option<u32> {
    (value as u32).checked_sub(1)
}

/// Word classes out of a value of the automaton.
#[inline]
pub(super) fn codes(value: u64) -> WordCodes {
    WordCodes::of_bits((value >> 32) as u16)
}

/// What a listed name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number; the same for all names of one thing.
    pub id: u32,
    /// Its type.
    pub kind: MentionType,
    /// The usual name.
    pub name: &'static str,
    /// The usual Latin spelling, where known.
    pub latin: Option<&'static str>,
    /// The list's own, finer type: `party`, `capital`, `head_of_state`, `demonym`…
    pub subtype: &'static str,
    /// ISO 3166 codes, joined by `|`; empty where none.
    pub countries: &'static str,
}

impl Entry {
    /// The country that it belongs to, where it is exactly one.
    pub fn country(self) -> Option<&'static str> {
        (!self.countries.is_empty() && !self.countries.contains('|')).then_some(self.countries)
    }

    /// Whether it belongs to a country, alone or with others.
    pub fn in_country(self, code: &str) -> bool {
        self.countries.split('|').any(|c| c == code)
    }
}

/// The entries of a name.
#[derive(Clone)]
pub struct Entries {
    lexicon: &'static Lexicon,
    at: Option<u32>,
}

impl Iterator for Entries {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        let at = self.at?;
        let item = number(self.lexicon.lists, at as usize * 4);
        self.at = (item & LAST == 0).then_some(at + 1);
        let entry = self.lexicon.entry(item & !LAST);
        if entry.is_none() {
            self.at = None;
        }
        entry
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_files_are_errors() {
        for bytes in [&b""[..], b"khablex1", b"khablex0aaaaaaaaaaaaaaaaaaaaaaaa", b"khablex1aaaaaaaaaaaaaaaaaaaaaaaa"] {
            assert_eq!(Lexicon::read(bytes).err().map(|e| e.kind()), Some(crate::ErrorKind::Model));
        }
    }
}
