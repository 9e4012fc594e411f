//! Ways to cut a word: which clitics may stand before and after a stem.

use super::letters::{HAMZA, Letter, letter};

/// Where a word is cut, and by which clitics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    /// Index into [`PREFIXES`].
    pub(crate) prefix: u8,
    /// Index into [`SUFFIXES`].
    pub(crate) suffix: u8,
    /// First letter of the stem.
    pub(crate) start: u8,
    /// One past the last letter of the stem.
    pub(crate) end: u8,
}

const WAW: Letter = letter('و');
const FEH: Letter = letter('ف');
const BEH: Letter = letter('ب');
const KAF: Letter = letter('ك');
pub(super) const SEEN: Letter = letter('س');
const HEH: Letter = letter('ه');
const MEEM: Letter = letter('م');
const NOON: Letter = letter('ن');
const YEH: Letter = letter('ي');
const TEH: Letter = letter('ت');
const TEH_MARBUTA: Letter = letter('ة');
const ALEF_MAQSURA: Letter = letter('ى');
pub(crate) const ALEF: Letter = letter('ا');
pub(crate) const LAM: Letter = letter('ل');

/// Rows of proclitics; every letter is one. At most 16: an index takes 4 bits in the vocabulary.
pub(crate) const PREFIXES: [&[Letter]; 15] = [
    &[],
    &[WAW],
    &[FEH],
    &[BEH],
    &[LAM],
    &[KAF],
    &[SEEN],
    &[WAW, BEH],
    &[WAW, LAM],
    &[WAW, KAF],
    &[WAW, SEEN],
    &[FEH, BEH],
    &[FEH, LAM],
    &[FEH, KAF],
    &[FEH, SEEN],
];

/// Enclitic pronouns. At most 16.
pub(crate) const SUFFIXES: [&[Letter]; 13] = [
    &[],
    &[HEH],
    &[HEH, ALEF],
    &[HEH, MEEM],
    &[HEH, MEEM, ALEF],
    &[HEH, NOON],
    &[NOON, ALEF],
    &[YEH],
    &[NOON, YEH],
    &[KAF],
    &[KAF, MEEM],
    &[KAF, MEEM, ALEF],
    &[KAF, NOON],
];

impl Cut {
    /// The word as one piece.
    pub(crate) fn none(letters: usize) -> Self {
        Self { prefix: 0, suffix: 0, start: 0, end: letters as u8 }
    }

    /// From the indices of its clitics; None where the word does not have them.
    pub(crate) fn of(word: &[Letter], prefix: u8, suffix: u8) -> Option<Self> {
        let (before, after) = (PREFIXES.get(usize::from(prefix))?, SUFFIXES.get(usize::from(suffix))?);
        let fits = word.len() > before.len() + after.len() && word.starts_with(before) && word.ends_with(after);
        fits.then(|| Self { prefix, suffix, start: before.len() as u8, end: (word.len() - after.len()) as u8 })
    }

    /// The letters of the stem.
    #[inline]
    pub(crate) fn stem(self, word: &[Letter]) -> &[Letter] {
        &word[usize::from(self.start)..usize::from(self.end)]
    }
}

/// All ways to cut a word, uncut first. A stem has two letters at least, but for ل and ب before a pronoun; س stands before verbs
/// of the imperfect; ة and ى are no letters before a pronoun.
pub(crate) fn all(word: &[Letter], cuts: &mut Vec<Cut>) {
    cuts.clear();
    for prefix in 0..PREFIXES.len() as u8 {
        if !word.starts_with(PREFIXES[usize::from(prefix)]) {
            continue;
        }
        for suffix in 0..SUFFIXES.len() as u8 {
            let Some(cut) = Cut::of(word, prefix, suffix) else { continue };
            let stem = cut.stem(word);
            let marker = PREFIXES[usize::from(prefix)].last() == Some(&SEEN);
            if (marker && !future(stem)) || (suffix > 0 && matches!(stem, [.., TEH_MARBUTA | ALEF_MAQSURA])) {
                continue;
            }
            if stem.len() > 1 || (prefix == 0 && suffix == 0) || (suffix > 0 && matches!(stem, [LAM | BEH])) {
                cuts.push(cut);
            }
        }
    }
}

/// Whether a word begins like a proclitic.
#[inline]
pub(super) fn doubtful(word: &[Letter]) -> bool {
    matches!(word, [WAW | FEH | BEH | LAM | KAF | SEEN, ..])
}

/// Whether a word begins as verbs of the imperfect do, which alone take the س of the future.
pub(crate) fn future(word: &[Letter]) -> bool {
    word.first().is_some_and(|&first| matches!(first & !HAMZA, ALEF | NOON | YEH | TEH))
}
