//! What plain text and lists tell of lemmas.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use super::fold;
use crate::error::Result;
use crate::morph::lemma::training::{Kind, bare};
use crate::morph::{self, Morphology, Pos};
use crate::segment::{SegmentKind, TokenKind, segment, tokenize_spans};
use crate::train::raw;

/// Irregular forms, usual spellings, how frequent verbs are.
pub struct Knowledge {
    pub(super) forms: BTreeMap<String, BTreeSet<(String, Kind)>>,
    pub(super) frequencies: Vec<u8>,
}

/// How many bytes of each plain text are tagged to count verbs.
const TAGGED: usize = 12_000_000;

impl Knowledge {
    /// Reads the plain texts (`raw`) and the list of irregular plurals.
    ///
    /// # Errors
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) where a file cannot be read.
    pub fn read(texts: &Path, lexicon: &Path) -> Result<Self> {
        let mut forms: BTreeMap<String, BTreeSet<(String, Kind)>> = BTreeMap::new();
        let plurals = std::fs::read_to_string(lexicon.join("plurals.tsv"))?;
        for line in plurals.lines().filter(|l| !l.starts_with('#')) {
            let Some((singular, list)) = line.split_once('\t') else { continue };
            for plural in list.split('|').filter(|p| !p.is_empty()) {
                forms.entry(fold(plural)).or_default().insert((bare(singular), Kind::Plural));
            }
        }
        let mut spellings: HashMap<String, HashMap<String, u32>> = HashMap::new();
        let mut verbs: HashMap<(String, bool), u32> = HashMap::new();
        raw::each(texts, |text| {
            for word in tokenize_spans(text)?.iter().filter(|w| w.kind == TokenKind::Arabic) {
                let written = bare(&text[word.span.range()]);
                let stem = written.strip_prefix("ال").filter(|s| s.chars().count() > 2).unwrap_or(&written);
                if stem.contains(['أ', 'إ', 'آ', 'ا']) {
                    *spellings.entry(fold(stem)).or_default().entry(stem.to_owned()).or_default() += 1;
                }
            }
            let end = (0..=text.len().min(TAGGED)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            count_verbs(&text[..end], &mut verbs)
        })?;
        for (form, written) in spellings {
            let without = |word: &str| !word.contains(['أ', 'إ', 'آ']);
            let plain: u32 = written.iter().filter(|w| without(w.0)).map(|w| w.1).sum();
            let marked = written.iter().filter(|w| !without(w.0)).max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
            // Writers leave the hamza out far more often than they put one where none belongs.
            let Some((word, &count)) = marked.filter(|m| *m.1 >= 10 && *m.1 * 4 >= plain) else { continue };
            if count > 0 {
                forms.entry(form).or_default().insert((word.clone(), Kind::Spelling));
            }
        }
        Ok(Self { forms, frequencies: frequencies(&verbs) })
    }
}

fn count_verbs(text: &str, verbs: &mut HashMap<(String, bool), u32>) -> Result<()> {
    let cut = segment(text)?;
    let pos = morph::tag(&cut)?;
    for (i, segment) in cut.segments.iter().enumerate().filter(|s| pos[s.0] == Pos::Verb) {
        let next = cut.segments.get(i + 1);
        let followed = next.is_some_and(|s| s.token == segment.token && s.kind == SegmentKind::Enclitic);
        *verbs.entry((cut.form(i).to_owned(), followed)).or_default() += 1;
    }
    Ok(())
}

/// How often each lemma of the tables occurs, where forms of several are shared out by the others' frequency (expectation
/// maximization).
fn frequencies(verbs: &HashMap<(String, bool), u32>) -> Vec<u8> {
    let morphology = Morphology::shipped();
    let mut forms: Vec<(Vec<u32>, f64)> = Vec::new();
    let mut sorted: Vec<_> = verbs.iter().collect();
    sorted.sort_unstable();
    for ((form, followed), &count) in sorted {
        let mut lemmas = Vec::new();
        morphology.readings(form, *followed, |reading| {
            if reading.grammar.pos == Pos::Verb {
                lemmas.push(reading.lemma);
            }
        });
        lemmas.sort_unstable();
        lemmas.dedup();
        forms.push((lemmas, count.into()));
    }
    let mut weights = vec![1.0; morphology.lemmas()];
    for _ in 0..20 {
        let mut next = vec![0.0; weights.len()];
        for (lemmas, count) in &forms {
            let total: f64 = lemmas.iter().map(|&l| weights[l as usize]).sum();
            for &lemma in lemmas.iter().filter(|_| total > 0.0) {
                next[lemma as usize] += count * weights[lemma as usize] / total;
            }
        }
        weights = next;
    }
    weights.iter().map(|&w| if w < 1.0 { 0 } else { 1 + (2.0 * w.log2()) as u8 }).collect()
}
