//! Clusters of words: forms that stand in like contexts have like numbers. Learned from raw text without annotation
//! (`khabar-train clusters`); they tell models of words that no annotated text has.
//!
//! The file, little-endian: magic (8 bytes), version, bits of the slot index, number of fine clusters (each `u32`), checksum
//! (`u64`), a coarse cluster for each fine one (`u8`, filled up to a multiple of 4), slots (check `u16`, fine cluster + 1 `u16`;
//! 0 where empty). A form's hash names a slot and the check; forms that clash follow in the next free slots.

use std::sync::OnceLock;

use super::linear::hash;
use crate::error::{Error, ErrorKind, Result};

const MAGIC: &[u8; 8] = b"khabarWC";
const VERSION: u32 = 1;
const HEADER: usize = 28;

/// The cluster of a word, at two depths; 0 where the word is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cluster {
    /// One of about a thousand, from 1.
    pub fine: u16,
    /// One of about a hundred, from 1.
    pub coarse: u8,
}

/// A table of clusters.
pub struct Clusters {
    data: &'static [u8],
    bits: u32,
    slots: usize,
}

fn checksum(data: &[u8]) -> u64 {
    let step = |sum: u64, b: &u8| (sum ^ u64::from(*b)).wrapping_mul(0x0000_0100_0000_01B3);
    data.iter().fold(0xCBF2_9CE4_8422_2325, step)
}

fn word(data: &[u8], at: usize) -> u32 {
    data.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
}

impl Clusters {
    /// Reads and checks a table; empty data knows no word.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] where it is truncated, damaged, of another format or version.
    pub fn load(data: &'static [u8]) -> Result<Self> {
        if data.is_empty() {
            return Ok(Self { data, bits: 1, slots: 0 });
        }
        let bad = |what| Error::new(ErrorKind::Model, format!("word clusters of {} bytes: {what}", data.len()));
        if data.len() < HEADER || &data[..8] != MAGIC || word(data, 8) != VERSION {
            return Err(bad("not of this format"));
        }
        let (bits, fine) = (word(data, 12), word(data, 16) as usize);
        if !(1..=24).contains(&bits) || fine >= usize::from(u16::MAX) {
            return Err(bad("impossible header"));
        }
        let slots = HEADER + fine.next_multiple_of(4);
        if data.len() != slots + (4 << bits) {
            return Err(bad("truncated"));
        }
        let sum = u64::from(word(data, 20)) | u64::from(word(data, 24)) << 32;
        if sum != checksum(&data[HEADER..]) {
            return Err(bad("checksum differs"));
        }
        let mut entries = data[slots..].chunks_exact(4);
        if entries.any(|e| usize::from(u16::from_le_bytes([e[2], e[3]])) > fine) {
            return Err(bad("a word of no cluster"));
        }
        Ok(Self { data, bits, slots })
    }

    /// The embedded table.
    ///
    /// # Errors
    /// As [`Clusters::load`].
    pub fn shipped() -> Result<&'static Self> {
        static SHIPPED: OnceLock<Result<Clusters, String>> = OnceLock::new();
        let load = || Self::load(include_bytes!("../data/models/clusters.bin")).map_err(|e| e.to_string());
        SHIPPED.get_or_init(load).as_ref().map_err(|e| Error::new(ErrorKind::Model, e.clone()))
    }

    /// The cluster of a form, by its [`hash`].
    #[inline]
    pub fn get(&self, hash: u64) -> Cluster {
        let mask = (1usize << self.bits) - 1;
        let (mut slot, check) = ((hash >> 40) as usize & mask, hash as u16);
        // No run of taken slots is longer than this in a table at most two thirds full; a hostile one may not loop for ever.
        for _ in 0..64 {
            let entry = word(self.data, self.slots + 4 * slot);
            if self.slots == 0 || entry == 0 {
                break;
            }
            if entry as u16 == check {
                let fine = (entry >> 16) as u16;
                let coarse = self.data.get(HEADER + usize::from(fine) - 1).copied().unwrap_or(0);
                return Cluster { fine, coarse };
            }
            slot = (slot + 1) & mask;
        }
        Cluster::default()
    }

    /// Writes a table of forms with their fine clusters (from 1), given the coarse cluster (from 1) of each fine one.
    pub fn write<'a>(words: impl ExactSizeIterator<Item = (&'a str, u16)>, coarse: &[u8]) -> Vec<u8> {
        let bits = ((words.len() * 3 / 2).max(2) as u32).ilog2() + 1;
        let mask = (1usize << bits) - 1;
        let mut slots = vec![0u32; 1 << bits];
        for (form, fine) in words {
            let hash = hash(form);
            let mut slot = (hash >> 40) as usize & mask;
            while slots[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            slots[slot] = u32::from(hash as u16) | u32::from(fine) << 16;
        }
        let mut body = coarse.to_vec();
        body.resize(coarse.len().next_multiple_of(4), 0);
        body.extend(slots.iter().flat_map(|s| s.to_le_bytes()));
        let mut data = MAGIC.to_vec();
        for field in [VERSION, bits, coarse.len() as u32] {
            data.extend(field.to_le_bytes());
        }
        data.extend(checksum(&body).to_le_bytes());
        data.extend(body);
        data
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        Clusters::write([("وزير", 1), ("رئيس", 2), ("بنغازي", 3)].into_iter(), &[1, 1, 2])
    }

    #[test]
    fn what_is_written_is_found() {
        let table = Clusters::load(sample().leak()).unwrap();
        assert_eq!(table.get(hash("رئيس")), Cluster { fine: 2, coarse: 1 });
        assert_eq!(table.get(hash("بنغازي")), Cluster { fine: 3, coarse: 2 });
        assert_eq!(table.get(hash("مجهول")), Cluster::default());
        assert_eq!(Clusters::load(&[]).unwrap().get(7), Cluster::default());
    }

    #[test]
    fn damage_is_an_error() {
        let good = sample();
        for length in 1..good.len() {
            assert!(Clusters::load(good[..length].to_vec().leak()).is_err());
        }
        for bit in 0..good.len() * 8 {
            let mut bad = good.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            assert!(Clusters::load(bad.leak()).is_err(), "bit {bit}");
        }
    }

    #[test]
    fn the_shipped_table_is_whole() {
        Clusters::shipped().unwrap();
    }
}
