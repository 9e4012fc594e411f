//! The compiled predicate lexicon.

use std::sync::OnceLock;

use fst::Map;

use super::frame::{self, Predicate, Shape};
use crate::error::{Error, ErrorKind, Result};

pub(super) const MAGIC: &[u8; 8] = b"khabevt1";
/// Stands for a predicate: a reporting verb.
pub(super) const REPORTING: u16 = 0xFF00;
/// Stand for predicates: markers of the statuses, in the order of [`Status`](super::Status).
pub(super) const MARKERS: u16 = 0xFF10;
/// The lexicon as written; its frames are read when first needed.
pub(super) const SOURCE: &str = include_str!("../data/lexicon/events.tsv");
static FORMS: &[u8] = include_bytes!("../data/compiled/events.bin");

/// What a form can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Index of the predicate.
    pub(super) predicate: u16,
    pub(super) shape: Shape,
    /// It is not the head but the word that decides beside it (زيارة in قام بزيارة).
    pub(super) companion: bool,
    /// The head needs something beside it: a companion, a preposition, a negation.
    pub(super) needs: bool,
}

impl Entry {
    #[cfg(feature = "train")]
    pub(super) fn pack(self) -> u32 {
        u32::from(self.predicate)
            | ((self.shape as u32) << 16)
            | (u32::from(self.companion) << 18)
            | (u32::from(self.needs) << 19)
    }

    #[inline]
    fn unpack(packed: u32) -> Self {
        Self {
            predicate: packed as u16,
            shape: Shape::ALL[((packed >> 16) & 3) as usize],
            companion: (packed >> 18) & 1 == 1,
            needs: (packed >> 19) & 1 == 1,
        }
    }
}

/// Forms and predicates.
pub(super) struct Predicates {
    forms: Map<&'static [u8]>,
    lists: &'static [u8],
    pub(super) all: Vec<Predicate>,
}

impl Predicates {
    /// The shipped ones.
    pub(super) fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Predicates> = OnceLock::new();
        SHIPPED.get_or_init(|| Self::read(FORMS).expect("the embedded predicates are whole; a test reads them"))
    }

    fn read(bytes: &'static [u8]) -> Result<Self> {
        let damaged = || Error::new(ErrorKind::Model, "compiled predicates: not whole");
        let rest = bytes.strip_prefix(MAGIC).ok_or_else(damaged)?;
        let (len, rest) = rest.split_first_chunk::<4>().ok_or_else(damaged)?;
        let (lists, forms) = rest.split_at_checked(u32::from_le_bytes(*len) as usize).ok_or_else(damaged)?;
        let forms = Map::new(forms).map_err(|_| damaged())?;
        let all = SOURCE.lines().filter_map(frame::line).map(|l| l.predicate).collect();
        Ok(Self { forms, lists, all })
    }

    /// The entries of a folded form, packed lists read in place.
    #[inline]
    pub(super) fn look_up(&self, form: &str) -> impl Iterator<Item = Entry> + Clone + use<> {
        let found = self.forms.get(form).unwrap_or(0) as usize;
        let (place, len) = (found >> 12, found & 4095);
        let list = self.lists.get(place * 4..(place + len) * 4).unwrap_or_default();
        list.chunks_exact(4).map(|b| Entry::unpack(u32::from_le_bytes([b[0], b[1], b[2], b[3]])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "train")]
    #[test]
    fn the_compiled_file_is_up_to_date() {
        assert!(super::super::compile::compile(SOURCE).unwrap() == FORMS, "run khabar-compile -- events");
    }

    #[test]
    fn inflected_forms_lead_to_their_predicates() {
        let predicates = Predicates::shipped();
        let names = |form: &str| -> Vec<&str> {
            predicates
                .look_up(form)
                .filter(|e| !e.companion && e.predicate < REPORTING)
                .map(|e| predicates.all[e.predicate as usize].name)
                .collect()
        };
        for (form, name) in
            [("التقت", "التقى"), ("زرت", "زار"), ("لقائ", "التقى"), ("دعت", "دعا إلى"), ("يدينون", "أدان")]
        {
            assert!(names(form).contains(&name), "{form}: {:?}", names(form));
        }
        assert!(names("طاوله").is_empty());
    }
}
