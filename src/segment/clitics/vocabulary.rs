//! Words of Arabic news with how often they occur and how they are cut: a hash table read in place.
//!
//! The container, little-endian: magic (8 bytes), version (`u32`), bits of the slot index (`u32`), checksum (`u64`), slots of
//! 8 bytes each: 32 bits of the word's hash (0 where the slot is empty), its counts, its cut, flags. Open addressing, linear
//! probing. A word that is not in the table is taken for one that is once in some 10^8 look-ups.

use std::borrow::Cow;

use super::cuts::Cut;
use super::letters::{Letter, hash};
use crate::container::checksum;
use crate::error::{Error, ErrorKind, Result};

const MAGIC: &[u8; 8] = b"khabarWV";
const VERSION: u32 = 1;
const HEADER: usize = 24;
const SLOT: usize = 8;

/// What is known of a word; all zero for an unknown one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// How often it occurs as a whole word: three times the logarithm to the base of 2, and 1 more; 0 where never.
    pub(crate) words: u8,
    /// How often it occurs as a stem between clitics.
    pub(crate) stems: u8,
    /// Clitics: index of the proclitics, and 16 times that of the enclitic.
    pub(crate) cut: u8,
    /// [`NAME`], [`DECIDED`], [`HAMZATED`].
    pub(crate) flags: u8,
}

/// The word is part of listed names.
pub(crate) const NAME: u8 = 1;
/// `cut` holds.
pub(crate) const DECIDED: u8 = 2;
/// Its first letter is an alef that mostly is written with a hamza.
pub(crate) const HAMZATED: u8 = 4;

/// A count as [`Entry::words`] has it.
#[cfg(feature = "train")]
pub(crate) fn bucket(count: u64) -> u8 {
    if count == 0 { 0 } else { 1 + ((count as f64).log2() * 3.0) as u8 }
}

/// A table of words.
#[derive(Clone, Debug)]
pub(crate) struct Vocabulary {
    data: Cow<'static, [u8]>,
    bits: u32,
}

fn fingerprint(hash: u64) -> u32 {
    hash as u32 | 1
}

impl Vocabulary {
    /// Reads a container and checks it.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] where it is truncated, damaged, of another format or version.
    pub(crate) fn load(data: impl Into<Cow<'static, [u8]>>) -> Result<Self> {
        let data = data.into();
        let bad = |what: &str| Error::new(ErrorKind::Model, format!("vocabulary of {} bytes: {what}", data.len()));
        if data.len() < HEADER || &data[..8] != MAGIC {
            return Err(bad("not a vocabulary"));
        }
        let word = |at: usize| data[at..at + 4].try_into().map_or(0, u32::from_le_bytes);
        let (version, bits) = (word(8), word(12));
        if version != VERSION {
            return Err(bad(&format!("version {version}, expected {VERSION}")));
        }
        if !(1..=24).contains(&bits) || data.len() != HEADER + (SLOT << bits) {
            return Err(bad("truncated"));
        }
        let slots = &data[HEADER..];
        if u64::from(word(16)) | u64::from(word(20)) << 32 != checksum(&[], slots) {
            return Err(bad("checksum differs"));
        }
        if slots.chunks_exact(SLOT).all(|slot| slot[..4] != [0; 4]) {
            return Err(bad("no slot is free"));
        }
        Ok(Self { data, bits })
    }

    /// Writes a container.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`] where more than three quarters of the slots would be taken.
    #[cfg(feature = "train")]
    pub(crate) fn write<'a>(bits: u32, words: impl Iterator<Item = (&'a [Letter], Entry)>) -> Result<Vec<u8>> {
        let size = 1usize << bits;
        let mut slots = vec![0u8; size * SLOT];
        let mut taken = 0;
        for (word, entry) in words {
            let hash = hash(word);
            let mut slot = (hash >> (64 - bits)) as usize;
            while slots[slot * SLOT..slot * SLOT + 4] != [0; 4] {
                slot = (slot + 1) % size;
            }
            let at = slot * SLOT;
            slots[at..at + 4].copy_from_slice(&fingerprint(hash).to_le_bytes());
            slots[at + 4..at + 8].copy_from_slice(&[entry.words, entry.stems, entry.cut, entry.flags]);
            taken += 1;
            if taken > size / 4 * 3 {
                return Err(Error::new(ErrorKind::Argument, format!("more words than {bits} bits can hold")));
            }
        }
        let mut data = MAGIC.to_vec();
        data.extend(VERSION.to_le_bytes());
        data.extend(bits.to_le_bytes());
        data.extend(checksum(&[], &slots).to_le_bytes());
        data.extend(slots);
        Ok(data)
    }

    /// Looks a word up.
    #[inline]
    pub(crate) fn get(&self, word: &[Letter]) -> Entry {
        let hash = hash(word);
        let wanted = fingerprint(hash).to_le_bytes();
        let mask = (1usize << self.bits) - 1;
        let mut slot = (hash >> (64 - self.bits)) as usize;
        // A free slot ends the search: `load` saw one.
        loop {
            let at = HEADER + slot * SLOT;
            let Some(bytes) = self.data.get(at..at + SLOT) else { return Entry::default() };
            if bytes[..4] == wanted {
                return Entry { words: bytes[4], stems: bytes[5], cut: bytes[6], flags: bytes[7] };
            }
            if bytes[..4] == [0; 4] {
                return Entry::default();
            }
            slot = (slot + 1) & mask;
        }
    }
}

impl Entry {
    /// The cut that is stored for the word.
    #[inline]
    pub(crate) fn cut(self, word: &[Letter]) -> Option<Cut> {
        if self.flags & DECIDED == 0 { None } else { Cut::of(word, self.cut & 15, self.cut >> 4) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_files_are_errors() {
        let good = include_bytes!("../../data/models/words.bin");
        assert!(Vocabulary::load(&good[..]).is_ok());
        let bad = |data: Vec<u8>| assert_eq!(Vocabulary::load(data).unwrap_err().kind(), ErrorKind::Model);
        for length in [0, 7, HEADER - 1, HEADER, good.len() / 2, good.len() - 1] {
            bad(good[..length].to_vec());
        }
        for at in [0, 8, 12, 16, HEADER, good.len() / 2, good.len() - 1] {
            let mut data = good.to_vec();
            data[at] ^= 1;
            bad(data);
        }
        bad(vec![0; good.len()]);
    }
}
