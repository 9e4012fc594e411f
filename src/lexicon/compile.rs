//! Makes the compiled lists out of `src/data/lexicon/*.tsv`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::Path;

use fst::MapBuilder;

use super::store::{LAST, MAGIC};
use super::{KINDS, WordCodes, fold};
use crate::container;
use crate::error::{Error, ErrorKind, Result};

/// The lists of names: six columns each (name, type, subtype, countries, latin, aliases).
const LISTS: [&str; 18] = [
    "countries",
    "places",
    "places_geonames",
    "people_mena",
    "people_levant_gulf",
    "people_world",
    "orgs_politics",
    "orgs_international",
    "media",
    "companies",
    "sports",
    "universities",
    "named_events",
    "laws",
    "products",
    "titles",
    "demonyms",
    "names_cldr",
];

/// The lists of single words.
const WORD_LISTS: [&str; 2] = ["words", "words_names"];

/// Names of the types as the lists write them, in the order of [`KINDS`].
const KIND_NAMES: [&str; KINDS.len()] =
    ["PERS", "NORP", "OCC", "ORG", "GPE", "LOC", "FAC", "EVENT", "LAW", "PRODUCT", "LANGUAGE"];

/// Reads all lists in a folder and gives the compiled file. The same lists give the same bytes.
///
/// # Errors
/// [`ErrorKind::Io`] where a list is missing, [`ErrorKind::Rule`] (with file and line) where a line is wrong.
pub fn compile(folder: &Path) -> Result<Vec<u8>> {
    let mut builder = Builder::default();
    for list in LISTS {
        let demonyms = list == "demonyms";
        for_lines(folder, list, |columns| {
            let &[name, kind, subtype, countries, latin, aliases] = columns else {
                return Err(format!("{} columns where 6 are expected", columns.len()));
            };
            let kind = KIND_NAMES.iter().position(|k| *k == kind).ok_or_else(|| format!("unknown type {kind}"))?;
            let entry = builder.entry(name, kind as u8, subtype, countries, latin)?;
            let names = std::iter::once(name).chain(aliases.split('|')).filter(|n| !n.is_empty() && *n != "-");
            if demonyms {
                for name in names {
                    inflect(name).iter().for_each(|n| builder.name(n, entry));
                    // The accusative (سورياً) only where it is not a name of something else (سوريا).
                    let accusative = format!("{name}ا");
                    if !name.starts_with('=') && !builder.names.contains_key(&fold::key(&accusative)) {
                        builder.name(&accusative, entry);
                    }
                }
            } else {
                names.for_each(|n| builder.name(n, entry));
            }
            if subtype == "country" || subtype == "territory" {
                builder.country(countries, entry);
            }
            Ok(())
        })?;
    }
    for list in WORD_LISTS {
        for_lines(folder, list, |columns| {
            let (Some(word), Some(codes)) = (columns.first(), columns.get(1)) else {
                return Err("too few columns".into());
            };
            builder.word(word, WordCodes::parse(codes).ok_or_else(|| format!("unknown codes {codes}"))?);
            Ok(())
        })?;
    }
    builder.finish()
}

fn for_lines(folder: &Path, list: &str, mut take: impl FnMut(&[&str]) -> Result<(), String>) -> Result<()> {
    let path = folder.join(format!("{list}.tsv"));
    let text = fs::read_to_string(&path).map_err(|e| Error::new(ErrorKind::Io, format!("{}: {e}", path.display())))?;
    for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        take(&columns).map_err(|e| Error::new(ErrorKind::Rule, format!("{list}.tsv:{}: {e}", i + 1)))?;
    }
    Ok(())
}

/// All genders, numbers and cases of a nisba, without and with article. A `=` before it keeps the form as it is (broken plurals).
/// In two words both are inflected where both are nisbas (كوري جنوبي), else the last one only (جنوب أفريقي).
fn inflect(base: &str) -> Vec<String> {
    const SUFFIXES: [&str; 8] = ["", "ة", "ون", "ين", "ات", "ان", "تان", "تين"];
    let (base, suffixes) = match base.strip_prefix('=') {
        Some(fixed) => (fixed, &SUFFIXES[..1]),
        None => (base, &SUFFIXES[..]),
    };
    let words: Vec<&str> = base.split(' ').collect();
    let nisba = |w: &str| w.ends_with('ي');
    let all = words.iter().all(|w| nisba(w));
    let mut forms = Vec::new();
    for suffix in suffixes {
        for article in ["", "ال"] {
            let form = words.iter().enumerate().map(|(i, word)| {
                let article = if all || i == 0 { article } else { "" };
                let suffix = if all || i + 1 == words.len() { *suffix } else { "" };
                format!("{article}{word}{suffix}")
            });
            forms.push(form.collect::<Vec<_>>().join(" "));
        }
    }
    forms
}

#[derive(Default)]
struct Builder {
    strings: Vec<u8>,
    offsets: HashMap<String, u32>,
    entries: Vec<u8>,
    names: BTreeMap<String, (WordCodes, Vec<u32>)>,
    codes: HashSet<String>,
}

impl Builder {
    fn string(&mut self, text: &str) -> Result<u32, String> {
        let text = if text == "-" { "" } else { text };
        if let Some(&offset) = self.offsets.get(text) {
            return Ok(offset);
        }
        let len = u8::try_from(text.len()).map_err(|_| format!("{text}: over 255 bytes"))?;
        let offset = self.strings.len() as u32;
        self.strings.push(len);
        self.strings.extend(text.as_bytes());
        self.offsets.insert(text.to_owned(), offset);
        Ok(offset)
    }

    fn entry(&mut self, name: &str, kind: u8, subtype: &str, countries: &str, latin: &str) -> Result<u32, String> {
        let id = (self.entries.len() / super::store::RECORD) as u32;
        for text in [name.trim_start_matches('='), latin, subtype, countries] {
            let offset = self.string(text)?;
            self.entries.extend(offset.to_le_bytes());
        }
        self.entries.extend([kind, 0, 0, 0]);
        Ok(id)
    }

    fn add(&mut self, key: String, entry: u32) {
        let list = &mut self.names.entry(key).or_default().1;
        if !list.contains(&entry) {
            list.push(entry);
        }
    }

    /// Lists an entry under a name and its spellings عبد الله = عبدالله.
    fn name(&mut self, name: &str, entry: u32) {
        let key = fold::key(name);
        if key.is_empty() {
            return;
        }
        for key in fold::spellings(&key) {
            self.add(key, entry);
        }
    }

    /// Lists a country under its code; the first with a code has it.
    fn country(&mut self, code: &str, entry: u32) {
        if code.len() == 2 && self.codes.insert(code.to_owned()) {
            self.add(format!("\u{1}{code}"), entry);
        }
    }

    fn word(&mut self, word: &str, codes: WordCodes) {
        let slot = &mut self.names.entry(fold::key(word)).or_default().0;
        *slot = slot.and(codes);
    }

    fn finish(self) -> Result<Vec<u8>> {
        let wrong = |e: fst::Error| Error::new(ErrorKind::Rule, e.to_string());
        let mut fst = MapBuilder::memory();
        let mut lists: Vec<u8> = Vec::new();
        let mut seen: HashMap<&[u32], u32> = HashMap::new();
        for (key, (codes, ids)) in &self.names {
            let mut value = u64::from(codes.bits()) << 32;
            if let Some((last, rest)) = ids.split_last() {
                let at = *seen.entry(ids).or_insert_with(|| {
                    let at = (lists.len() / 4) as u32;
                    rest.iter().for_each(|id| lists.extend(id.to_le_bytes()));
                    lists.extend((last | LAST).to_le_bytes());
                    at
                });
                value |= u64::from(at + 1);
            }
            fst.insert(key, value).map_err(wrong)?;
        }
        let fst = fst.into_inner().map_err(wrong)?;
        Ok(container::write(MAGIC, &[fst, lists, self.entries, self.strings]))
    }
}
