//! Linear models over hashed features: a checked container of sparse integer weights.
//!
//! A feature is a key of 26 bits ([`Features`]). Its upper bits name a row of the table (at most 2^18 rows, so that the
//! index stays in the caches), its low 8 bits tell it from others of the same row; features that agree in both share their
//! weights, in training as in use. The file holds only the weights that training left other than zero.
//!
//! The container, little-endian: magic (8 bytes), version, bits of the row index, number of classes, number of weights,
//! scale (`f32`), length of the names (each `u32`), checksum (`u64`), names of the classes parted by line feeds and filled up
//! with zero bytes to a multiple of 4, row starts (`u32`, one more than rows), weights (`u32`: check 8 bits, class 8 bits, `i16`).

use std::borrow::Cow;

use crate::container::checksum;
use crate::error::{Error, ErrorKind, Result};

/// Bits of a feature's key.
pub const KEY_BITS: u32 = 26;
/// Most bits that the row index may have.
pub const MAX_ROW_BITS: u32 = 18;
/// Bits of a key that tell it from others of its row.
pub(crate) const CHECK_BITS: u32 = 8;
/// The feature that every candidate has.
pub const BIAS: u32 = 0;

const MAGIC: &[u8; 8] = b"khabarLM";
const VERSION: u32 = 1;
const HEADER: usize = 40;

/// Mixes a value into a hash (wyhash's folded multiplication).
#[inline]
fn mix(hash: u64, value: u64) -> u64 {
    let wide = u128::from(hash ^ 0x9E37_79B9_7F4A_7C15) * u128::from(value ^ 0xD6E8_FEB8_6659_FD93);
    (wide as u64) ^ ((wide >> 64) as u64)
}

/// Hash of a text, to be a part of features; the same on every machine.
#[inline]
pub fn hash(text: &str) -> u64 {
    hash_bytes(text.as_bytes())
}

/// [`hash`] of bytes.
#[inline]
pub(super) fn hash_bytes(bytes: &[u8]) -> u64 {
    let mut state = bytes.len() as u64;
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        state = mix(state, u64::from_le_bytes(word.try_into().unwrap_or_default()));
    }
    let mut last = [0; 8];
    last[..words.remainder().len()].copy_from_slice(words.remainder());
    mix(state, u64::from_le_bytes(last))
}

/// The features of one candidate: keys made of a template's number and the parts that fill it. Kept and cleared
/// between candidates, so that none is allocated.
///
/// ```
/// use khabar::model::linear::{Features, hash};
/// let mut features = Features::default();
/// let (word, next) = (hash("وزير"), hash("الدفاع"));
/// features.add(1, &[word]);
/// features.add(2, &[word, next]);
/// assert_eq!(features.keys().len(), 2);
/// features.clear();
/// assert!(features.keys().is_empty());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Features {
    keys: Vec<u32>,
}

impl Features {
    /// Drops all features.
    #[inline]
    pub fn clear(&mut self) {
        self.keys.clear();
    }

    /// Adds a feature: a template and what fills it (hashes of texts, or plain numbers).
    #[inline]
    pub fn add(&mut self, template: u32, parts: &[u64]) {
        self.keys.push(key(template, parts));
    }

    /// Adds a feature whose parts are texts.
    #[inline]
    pub fn add_texts(&mut self, template: u32, parts: &[&str]) {
        let state = parts.iter().fold(u64::from(template), |state, part| mix(state, hash(part)));
        self.keys.push(finish(state));
    }

    /// The keys so far, as [`Candidate::features`](super::Candidate) wants them.
    #[inline]
    pub fn keys(&self) -> &[u32] {
        &self.keys
    }
}

/// The key of one feature.
#[inline]
pub fn key(template: u32, parts: &[u64]) -> u32 {
    finish(parts.iter().fold(u64::from(template), |state, &part| mix(state, part)))
}

#[inline]
fn finish(state: u64) -> u32 {
    (mix(state, 0x2545_F491_4F6C_DD1D) >> (64 - KEY_BITS)) as u32
}

/// The part of a key that a model with so many row bits can tell apart.
#[inline]
pub fn identity(key: u32, row_bits: u32) -> u32 {
    let low = 1 << CHECK_BITS;
    ((key >> (KEY_BITS - row_bits)) * low) | (key & (low - 1))
}

/// A linear classifier. The file's weights are laid out anew for looking up: by row, for each feature a head (check, number
/// of its weights) and its weights; features that speak of most classes have a number for each class, which adds up faster.
#[derive(Clone, Debug)]
pub struct Linear {
    classes: Vec<String>,
    shift: u32,
    scale: f32,
    /// Where in `groups` each row starts, and the end.
    starts: Vec<u32>,
    /// Check, count (or [`DENSE`]), then class and weight in turn, or the weights of all classes.
    groups: Vec<u16>,
    file: Cow<'static, [u8]>,
}

const DENSE: u16 = u16::MAX;

/// Features looked up together.
const CHUNK: usize = 64;

fn word(data: &[u8], at: usize) -> u32 {
    data.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
}

impl Linear {
    /// Reads a container and checks all of it: what passes can be used without a further look.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] where it is truncated, damaged, of another format or version.
    pub fn load(data: impl Into<Cow<'static, [u8]>>) -> Result<Self> {
        let data = data.into();
        let bad = |what: &str| Error::new(ErrorKind::Model, format!("linear model of {} bytes: {what}", data.len()));
        if data.len() < HEADER {
            return Err(bad("truncated in its header"));
        }
        if &data[..8] != MAGIC {
            return Err(bad("not a khabar model"));
        }
        let field = |i: usize| word(&data, 8 + 4 * i);
        if field(0) != VERSION {
            return Err(bad(&format!("version {}, expected {VERSION}", field(0))));
        }
        let (bits, count, entries, names_len) = (field(1), field(2) as usize, field(3) as usize, field(5) as usize);
        let scale = f32::from_bits(field(4));
        if bits == 0 || bits > MAX_ROW_BITS || count == 0 || count > 256 || !scale.is_finite() {
            return Err(bad("impossible header"));
        }
        let rows = 1usize << bits;
        // Field by field in u64: sums of hostile lengths must not wrap on 32-bit machines.
        let size = HEADER as u64 + names_len as u64 + 4 * (rows as u64 + 1) + 4 * entries as u64;
        if names_len % 4 != 0 || size != data.len() as u64 {
            return Err(bad(&format!("its header tells of {size} bytes")));
        }
        let sum = u64::from(word(&data, 32)) | u64::from(word(&data, 36)) << 32;
        if sum != checksum(&data[..32], &data[HEADER..]) {
            return Err(bad("checksum differs"));
        }
        let names =
            std::str::from_utf8(&data[HEADER..HEADER + names_len]).map_err(|_| bad("class names are not UTF-8"))?;
        let classes: Vec<String> = names.trim_end_matches('\0').split('\n').map(str::to_owned).collect();
        if classes.len() != count {
            return Err(bad("class names are missing"));
        }
        let starts = HEADER + names_len;
        let entries_at = starts + 4 * (rows + 1);
        let mut last = 0;
        for row in 0..=rows {
            let start = word(&data, starts + 4 * row);
            if start < last || start as usize > entries {
                return Err(bad("rows out of order"));
            }
            last = start;
        }
        if word(&data, starts) != 0 || last as usize != entries {
            return Err(bad("rows do not hold all weights"));
        }
        if data[entries_at..].chunks_exact(4).any(|entry| usize::from(entry[1]) >= count) {
            return Err(bad("a weight of no class"));
        }
        let row = |row: usize| {
            let (start, end) = (word(&data, starts + 4 * row) as usize, word(&data, starts + 4 * row + 4) as usize);
            data[entries_at + 4 * start..entries_at + 4 * end].chunks_exact(4)
        };
        let mut laid = Vec::with_capacity(rows + 1);
        let mut groups = Vec::with_capacity(entries * 5 / 2);
        for number in 0..rows {
            laid.push(groups.len() as u32);
            let weights: Vec<&[u8]> = row(number).collect();
            for group in weights.chunk_by(|a, b| a[0] == b[0]) {
                lay(group, count, &mut groups);
            }
        }
        laid.push(groups.len() as u32);
        Ok(Self { classes, shift: KEY_BITS - bits, scale, starts: laid, groups, file: data })
    }

    /// Writes a container. `weights` are (identity of the feature, class, weight), see [`identity`]; those of one feature
    /// and class count once each.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`] where bits, classes or weights are outside the format.
    pub fn write(classes: &[String], row_bits: u32, weights: &[(u32, u8, f32)]) -> Result<Vec<u8>> {
        let bad = |what: &str| Error::new(ErrorKind::Argument, format!("linear model: {what}"));
        if row_bits == 0 || row_bits > MAX_ROW_BITS {
            return Err(bad(&format!("{row_bits} row bits, expected 1 to {MAX_ROW_BITS}")));
        }
        if classes.is_empty() || classes.len() > 256 || classes.iter().any(|c| c.contains(['\n', '\0'])) {
            return Err(bad("1 to 256 classes without line feeds and zero bytes expected"));
        }
        let rows = 1usize << row_bits;
        if weights
            .iter()
            .any(|w| (w.0 >> CHECK_BITS) as usize >= rows || usize::from(w.1) >= classes.len() || !w.2.is_finite())
        {
            return Err(bad("a weight of no row or class, or not finite"));
        }
        let largest = weights.iter().fold(0f32, |m, w| m.max(w.2.abs()));
        let scale = if largest > 0.0 { largest / 32_767.0 } else { 1.0 };
        let mut entries: Vec<(u32, u8, i16)> = weights
            .iter()
            .map(|&(id, class, w)| (id, class, (w / scale).round() as i16))
            .filter(|e| e.2 != 0)
            .collect();
        entries.sort_unstable();

        let mut names = classes.join("\n").into_bytes();
        names.resize(names.len().next_multiple_of(4), 0);
        let mut data = MAGIC.to_vec();
        for field in
            [VERSION, row_bits, classes.len() as u32, entries.len() as u32, scale.to_bits(), names.len() as u32]
        {
            data.extend(field.to_le_bytes());
        }
        let mut body = names;
        let mut next = 0;
        for row in 0..=rows {
            while next < entries.len() && ((entries[next].0 >> CHECK_BITS) as usize) < row {
                next += 1;
            }
            body.extend((next as u32).to_le_bytes());
        }
        for (id, class, weight) in entries {
            let [low, high] = weight.to_le_bytes();
            body.extend([id as u8, class, low, high]);
        }
        data.extend(checksum(&data, &body).to_le_bytes());
        data.extend(body);
        Ok(data)
    }

    /// The container.
    pub fn data(&self) -> &[u8] {
        &self.file
    }

    /// The classes, in the order of scores.
    pub fn classes(&self) -> &[String] {
        &self.classes
    }

    /// Scores of all classes for a candidate, written over `scores`; [`BIAS`] is added to the features.
    pub fn scores(&self, features: &[u32], scores: &mut Vec<f32>) {
        scores.clear();
        self.append_scores(features, scores);
    }

    /// As [`Linear::scores`], written behind what `scores` has.
    pub fn append_scores(&self, features: &[u32], scores: &mut Vec<f32>) {
        let count = self.classes.len();
        let mut scale = |sums: &[i32]| scores.extend(sums[..count].iter().map(|&s| s as f32 * self.scale));
        match count {
            ..=8 => scale(&self.sums::<8>(features)),
            9..=32 => scale(&self.sums::<32>(features)),
            _ => scale(&self.sums::<256>(features)),
        }
    }

    /// Sums of weights; `N` is a power of two, at least the number of classes, so that no index needs a check. Some thousands
    /// of 16-bit integers cannot overflow.
    #[inline]
    fn sums<const N: usize>(&self, features: &[u32]) -> [i32; N] {
        let mut sums = [0i32; N];
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has what the function is compiled for.
            unsafe { self.add_all_avx2::<N>(features, &mut sums) };
            return sums;
        }
        self.add_all::<N>(features, &mut sums);
        sums
    }

    /// As [`Linear::add_all`], compiled for registers of twice the width: half of the weights are those of features that speak of most
    /// classes.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn add_all_avx2<const N: usize>(&self, features: &[u32], sums: &mut [i32; N]) {
        self.add_all::<N>(features, sums);
    }

    #[inline(always)]
    fn add_all<const N: usize>(&self, features: &[u32], sums: &mut [i32; N]) {
        let classes = self.classes.len().min(N);
        self.add::<N>(&[BIAS], classes, sums);
        for chunk in features.chunks(CHUNK) {
            self.add::<N>(chunk, classes, sums);
        }
    }

    /// Adds the weights of at most [`CHUNK`] features. Nearly every row has to come from far memory, so all are asked for before
    /// the first is read.
    #[inline(always)]
    fn add<const N: usize>(&self, features: &[u32], classes: usize, sums: &mut [i32; N]) {
        let mut rows = [(0u32, 0u32); CHUNK];
        for (span, &key) in rows.iter_mut().zip(features) {
            let row = (key >> self.shift) as usize;
            if let Some(&[start, end]) = self.starts.get(row..row + 2) {
                *span = (start, end);
            }
        }
        let mut heads = [0u16; CHUNK];
        for (head, &(start, _)) in heads.iter_mut().zip(&rows[..features.len()]) {
            *head = self.groups.get(start as usize).copied().unwrap_or_default();
        }
        for ((&key, &(start, end)), &head) in features.iter().zip(&rows).zip(&heads) {
            let check = u16::from(key as u8);
            let mut rest = self.groups.get(start as usize..end as usize).unwrap_or_default();
            let mut found = head;
            while let [_, count, weights @ ..] = rest {
                let size = if *count == DENSE { classes } else { 2 * usize::from(*count) };
                let Some((weights, after)) = weights.split_at_checked(size) else { break };
                if found == check {
                    if *count == DENSE {
                        for (sum, &weight) in sums[..classes].iter_mut().zip(weights) {
                            *sum = sum.wrapping_add(i32::from(weight as i16));
                        }
                    } else {
                        for entry in weights.chunks_exact(2) {
                            let sum = &mut sums[usize::from(entry[0]) & (N - 1)];
                            *sum = sum.wrapping_add(i32::from(entry[1] as i16));
                        }
                    }
                    break;
                }
                rest = after;
                found = rest.first().copied().unwrap_or_default();
            }
        }
    }
}

/// Lays out the weights of one feature, given as entries of the file.
fn lay(group: &[&[u8]], classes: usize, groups: &mut Vec<u16>) {
    let Some(first) = group.first() else { return };
    groups.push(u16::from(first[0]));
    let weight = |entry: &[u8]| u16::from_le_bytes([entry[2], entry[3]]);
    if classes > 8 && group.len() * 4 > classes {
        groups.push(DENSE);
        let start = groups.len();
        groups.resize(start + classes, 0);
        for entry in group {
            groups[start + usize::from(entry[1])] = weight(entry);
        }
    } else {
        groups.push(group.len() as u16);
        groups.extend(group.iter().flat_map(|entry| [u16::from(entry[1]), weight(entry)]));
    }
}

/// Natural log-odds scores as probabilities, in place.
///
/// ```
/// let mut scores = vec![0.0, 0.0];
/// khabar::model::linear::softmax(&mut scores);
/// assert_eq!(scores, [0.5, 0.5]);
/// ```
pub fn softmax(scores: &mut [f32]) {
    let top = scores.iter().fold(f32::NEG_INFINITY, |m, &s| m.max(s));
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - top).exp();
        sum += *score;
    }
    for score in scores {
        *score /= sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sample() -> Vec<u8> {
        let classes = ["O".to_owned(), "وزير".to_owned(), "x".to_owned()];
        let (a, b) = (identity(key(1, &[7]), 6), identity(BIAS, 6));
        Linear::write(&classes, 6, &[(a, 1, 2.0), (a, 2, -1.0), (b, 0, 0.5), (b, 2, 0.0)]).unwrap()
    }

    #[test]
    fn what_is_written_is_read() {
        let model = Linear::load(sample()).unwrap();
        assert_eq!(model.classes(), ["O", "وزير", "x"]);
        let mut scores = Vec::new();
        model.scores(&[key(1, &[7])], &mut scores);
        let expected = [0.5, 2.0, -1.0];
        assert!(scores.iter().zip(expected).all(|(s, e)| (s - e).abs() < 1e-3), "{scores:?}");
        model.scores(&[], &mut scores);
        assert!((scores[0] - 0.5).abs() < 1e-3 && scores[1] == 0.0, "{scores:?}");
    }

    #[test]
    fn every_truncation_and_every_flipped_bit_is_an_error() {
        let good = sample();
        for length in 0..good.len() {
            assert_eq!(Linear::load(good[..length].to_vec()).unwrap_err().kind(), ErrorKind::Model);
        }
        for bit in 0..good.len() * 8 {
            let mut bad = good.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(Linear::load(bad).unwrap_err().kind(), ErrorKind::Model, "bit {bit}");
        }
    }

    #[test]
    fn bad_input_to_the_writer_is_an_error() {
        let one = ["a".to_owned()];
        for (classes, bits, weights) in [
            (&one[..], 19, vec![]),
            (&one[..], 0, vec![]),
            (&[][..], 4, vec![]),
            (&one[..], 4, vec![(0, 1, 1.0)]),
            (&one[..], 4, vec![(1 << 20, 0, 1.0)]),
            (&one[..], 4, vec![(0, 0, f32::NAN)]),
        ] {
            assert_eq!(Linear::write(classes, bits, &weights).unwrap_err().kind(), ErrorKind::Argument);
        }
    }

    /// Recomputes the checksum, so that the checks behind it are reached too.
    fn sealed(mut data: Vec<u8>) -> Vec<u8> {
        if data.len() >= HEADER {
            let sum = checksum(&data[..32], &data[HEADER..]);
            data[32..40].copy_from_slice(&sum.to_le_bytes());
        }
        data
    }

    #[test]
    fn both_ways_of_adding_give_the_same() {
        let model = Linear::load(&include_bytes!("../data/models/mention_first.bin")[..]).unwrap();
        let keys: Vec<u32> = (0..1 << KEY_BITS).step_by(9973).collect();
        let (mut scores, mut sums) = (Vec::new(), [0; 256]);
        model.scores(&keys, &mut scores);
        model.add_all::<256>(&keys, &mut sums);
        assert!(scores.iter().zip(sums).all(|(score, sum)| *score == sum as f32 * model.scale));
    }

    proptest! {
        #[test]
        fn hostile_files_never_panic(edits in prop::collection::vec((0usize..600, any::<u8>()), 0..8), cut in 0usize..600, keys in prop::collection::vec(any::<u32>(), 0..5)) {
            let mut data = sample();
            for (at, byte) in edits {
                let at = at % data.len();
                data[at] = byte;
            }
            data.truncate(data.len() - cut % 3 * (cut % data.len()) / 3);
            if let Ok(model) = Linear::load(sealed(data)) {
                let mut scores = Vec::new();
                let keys: Vec<u32> = keys.iter().map(|k| k >> (32 - KEY_BITS)).collect();
                model.scores(&keys, &mut scores);
                prop_assert_eq!(scores.len(), model.classes().len());
            }
        }

        #[test]
        fn foreign_bytes_are_an_error(data in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(Linear::load(data).is_err());
        }
    }
}
