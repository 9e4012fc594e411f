//! Compiles the tables of CAMeL Morph into `src/data/compiled/morph.bin`.

mod conditions;
mod paradigm;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use self::paradigm::{Signature, forms};
use self::tables::{Family, Stem, Tables};
use super::{Aspect, Gender, Grammar, GrammaticalNumber, Pos, Voice};
use crate::error::Result;
use crate::normalize::{Scheme, fold_into, to_arabic};

/// The tables' transliteration as Arabic letters with marks.
fn arabic(transliterated: &str) -> String {
    // `#`, `@` and digits after `_` or `-` are notes of the tables, not letters.
    let bare = transliterated.split(['_', '-']).next().unwrap_or_default();
    let letters: String = bare.chars().filter(|c| !matches!(c, '#' | '@' | '\u{0640}')).collect();
    to_arabic(&letters, Scheme::Buckwalter)
}

/// A transliterated form as running text has it once folded: no marks.
fn fold(transliterated: &str) -> String {
    let mut folded = String::new();
    fold_into(&arabic(transliterated), &mut folded);
    folded
}

/// The grammar that the tables' features tell.
fn grammar(features: &BTreeMap<&str, &str>) -> Grammar {
    let get = |name: &str| features.get(name).copied().unwrap_or("-");
    let nominal = |own: &str, form: &str| if get(own) == "-" { get(form).to_owned() } else { get(own).to_owned() };
    let pos = match get("pos") {
        "verb" | "verb_nom" => Pos::Verb,
        "verb_pseudo" | "part_emphac" | "part_voc" | "part_neg" | "part" | "part_restrict" | "part_focus"
        | "part_interrog" | "part_verb" | "part_det" => Pos::Part,
        "part_fut" => Pos::Aux,
        "adj" | "adj_comp" | "adj_num" => Pos::Adj,
        "noun_prop" => Pos::Propn,
        "noun_num" | "digit" => Pos::Num,
        "prep" => Pos::Adp,
        "conj" | "part_connect" => Pos::Cconj,
        "conj_sub" => Pos::Sconj,
        "adv" | "adv_rel" | "adv_interrog" => Pos::Adv,
        "interj" => Pos::Intj,
        "abbrev" => Pos::X,
        tag if tag.starts_with("pron") => Pos::Pron,
        _ => Pos::Noun,
    };
    let verb = pos == Pos::Verb;
    Grammar {
        pos,
        aspect: match get("asp") {
            "p" if verb => Some(Aspect::Perfective),
            "i" if verb => Some(Aspect::Imperfective),
            "c" if verb => Some(Aspect::Imperative),
            _ => None,
        },
        voice: match get("vox") {
            "a" if verb => Some(Voice::Active),
            "p" if verb => Some(Voice::Passive),
            _ => None,
        },
        person: get("per").parse().ok(),
        gender: match nominal("gen", "form_gen").as_str() {
            "m" => Some(Gender::Masculine),
            "f" => Some(Gender::Feminine),
            _ => None,
        },
        number: match nominal("num", "form_num").as_str() {
            "s" => Some(GrammaticalNumber::Singular),
            "d" => Some(GrammaticalNumber::Dual),
            "p" => Some(GrammaticalNumber::Plural),
            _ => None,
        },
    }
}

/// What is written into the compiled file.
#[derive(Default)]
pub(super) struct Compiled {
    /// Folded stem → (lemma, signature), each an index below.
    pub(super) stems: BTreeMap<String, BTreeSet<(u32, u16)>>,
    /// Lemma with its marks, gloss.
    pub(super) lemmas: Vec<(String, String)>,
    /// For each signature its forms.
    pub(super) paradigms: Vec<BTreeSet<paradigm::Form>>,
}

/// Compiles the tables in a folder; gives the bytes of the file.
///
/// # Errors
/// [`ErrorKind::Io`](crate::ErrorKind::Io) where a table is missing or not CSV, [`ErrorKind::Rule`](crate::ErrorKind::Rule)
/// where one says what cannot be understood.
pub fn compile(folder: &Path) -> Result<Vec<u8>> {
    let mut compiled = Compiled::default();
    let mut lemmas: BTreeMap<(String, String), u32> = BTreeMap::new();
    // Signatures with the same forms are one: most conditions change only marks, which are folded away.
    let mut paradigms: BTreeMap<BTreeSet<paradigm::Form>, u16> = BTreeMap::new();
    for family in [Family::Verb, Family::Nominal] {
        let mut tables = Tables::read(folder, &family)?;
        let mut signatures: BTreeMap<Signature, u16> = BTreeMap::new();
        for stem in std::mem::take(&mut tables.stems) {
            let signature = signature(&stem);
            let paradigm = match signatures.get(&signature) {
                Some(&paradigm) => paradigm,
                None => {
                    let forms = forms(&mut tables, &signature)?;
                    let next = paradigms.len() as u16;
                    let paradigm = *paradigms.entry(forms).or_insert(next);
                    signatures.insert(signature, paradigm);
                    paradigm
                }
            };
            let next = lemmas.len() as u32;
            let gloss = stem.gloss.split("###").next().unwrap_or_default().replace('_', " ");
            let lemma = *lemmas.entry((arabic(&stem.lemma), gloss)).or_insert(next);
            compiled.stems.entry(fold(&stem.form)).or_default().insert((lemma, paradigm));
        }
    }
    compiled.lemmas = vec![Default::default(); lemmas.len()];
    for (lemma, id) in lemmas {
        compiled.lemmas[id as usize] = lemma;
    }
    compiled.paradigms = vec![BTreeSet::new(); paradigms.len()];
    for (forms, id) in paradigms {
        compiled.paradigms[id as usize] = forms;
    }
    super::store::write(&compiled)
}

fn signature(stem: &Stem) -> Signature {
    let keep = |name: &str| matches!(name, "pos" | "asp" | "vox" | "per" | "gen" | "num");
    Signature {
        class: stem.class.clone(),
        asks: stem.asks.clone(),
        gives: stem.gives.clone(),
        features: stem.features.iter().filter(|(name, _)| keep(name)).cloned().collect(),
    }
}
