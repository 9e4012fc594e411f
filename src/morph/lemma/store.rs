//! What the lemmatizer knows besides the tables of morphology: irregular forms, right spellings, how frequent verbs are.
//!
//! Layout (see [`crate::container`]): the linear model; automaton of folded forms without article (→ place << 8 | number of entries);
//! entries (u32: place of the lemma << 2 | kind); strings (length byte and text); a frequency for each lemma of the tables (u8).

use fst::raw::Fst;

use crate::container::{self, number};
use crate::error::{Error, ErrorKind, Result};
use crate::model::linear::Linear;
use crate::morph::Morphology;

const MAGIC: &[u8; 8] = b"khablem1";

/// Where an entry comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A plural that no ending makes.
    Plural,
    /// Seen with this lemma in annotated text.
    Seen,
    /// The usual spelling of a word that is often written without its hamza.
    Spelling,
}

const KINDS: [Kind; 3] = [Kind::Plural, Kind::Seen, Kind::Spelling];

/// An entry of a form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Entry<'a> {
    pub(crate) lemma: &'a str,
    pub(crate) kind: Kind,
}

pub(crate) struct Store {
    pub(crate) model: Linear,
    forms: Fst<&'static [u8]>,
    entries: &'static [u8],
    strings: &'static [u8],
    frequencies: &'static [u8],
}

impl Store {
    /// Reads a compiled file in place.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] where it is damaged, or made with other tables of morphology.
    pub(crate) fn read(bytes: &'static [u8]) -> Result<Self> {
        let [model, forms, entries, strings, frequencies] = container::read(bytes, MAGIC, "lemmas")?;
        if frequencies.len() != Morphology::shipped().lemmas() {
            return Err(Error::new(ErrorKind::Model, "compiled lemmas: made with other tables of morphology"));
        }
        let forms = container::automaton(forms, "lemmas")?;
        Ok(Self { model: Linear::load(model)?, forms, entries, strings, frequencies })
    }

    /// The entries of a folded form without article.
    pub(crate) fn entries(&self, form: &str) -> impl Iterator<Item = Entry<'static>> + use<'_> {
        let found = self.forms.get(form.as_bytes()).map_or(0, |output| output.value());
        let (place, count) = ((found >> 8) as usize, (found & 0xFF) as usize);
        (place..place + count).filter_map(|index| {
            let entry = number(self.entries, index * 4);
            let at = (entry >> 2) as usize;
            let length = usize::from(*self.strings.get(at)?);
            let lemma = std::str::from_utf8(self.strings.get(at + 1..at + 1 + length)?).ok()?;
            Some(Entry { lemma, kind: *KINDS.get(entry as usize & 3)? })
        })
    }

    /// How frequent a lemma of the tables is in news: twice the logarithm to the base of 2 of its count, and 1 more; 0 where never.
    #[inline]
    pub(crate) fn frequency(&self, lemma: u32) -> u8 {
        self.frequencies.get(lemma as usize).copied().unwrap_or(0)
    }
}

/// The bytes of a compiled file.
///
/// # Errors
/// [`ErrorKind::Model`] where the forms do not fit the format.
#[cfg(feature = "train")]
pub(crate) fn write(
    model: &[u8],
    forms: &std::collections::BTreeMap<String, std::collections::BTreeSet<(String, Kind)>>,
    frequencies: &[u8],
) -> Result<Vec<u8>> {
    use std::collections::HashMap;
    let failed = |e: fst::Error| Error::new(ErrorKind::Model, format!("lemmas: {e}"));
    let (mut entries, mut strings) = (Vec::<u8>::new(), Vec::<u8>::new());
    let mut places: HashMap<&str, u32> = HashMap::new();
    let mut builder = fst::raw::Builder::memory();
    for (form, lemmas) in forms {
        let place = entries.len() as u64 / 4;
        for (lemma, kind) in lemmas.iter().filter(|l| l.0.len() < 256).take(255) {
            let at = *places.entry(lemma).or_insert_with(|| {
                let at = strings.len() as u32;
                strings.push(lemma.len() as u8);
                strings.extend(lemma.as_bytes());
                at
            });
            entries.extend((at << 2 | *kind as u32).to_le_bytes());
        }
        builder.insert(form, place << 8 | (entries.len() as u64 / 4 - place)).map_err(failed)?;
    }
    let forms = builder.into_inner().map_err(failed)?;
    Ok(container::write(MAGIC, &[model.to_vec(), forms, entries, strings, frequencies.to_vec()]))
}
