//! The tables as published: rows of morphemes, lexica, orders and passive patterns.

use std::collections::HashMap;
use std::path::Path;

use regex::Regex;
use serde::Deserialize;

use super::conditions::{Names, Set, Test};
use crate::error::{Error, ErrorKind, Result};

/// Families of tables: conditions of one mean nothing in the other.
pub(super) enum Family {
    Verb,
    Nominal,
}

impl Family {
    fn name(&self) -> &'static str {
        match self {
            Self::Verb => "Verb",
            Self::Nominal => "Nom",
        }
    }

    fn lexica(&self) -> &'static [&'static str] {
        match self {
            Self::Verb => &["Verb-LEX-PV", "Verb-LEX-IV", "Verb-LEX-CV"],
            Self::Nominal => &[
                "Adj-LEX",
                "Adj-Comp-LEX",
                "Adj-Num-LEX",
                "Noun-Prop-LEX",
                "Noun-Num-LEX",
                "Noun-Quant-LEX",
                "Other-LEX",
            ],
        }
    }
}

/// A morpheme of a class: one way to fill its place in an order.
pub(super) struct Morpheme {
    pub(super) form: String,
    pub(super) features: Vec<(String, String)>,
    pub(super) sets: Set,
    pub(super) test: Test,
}

/// A stem of a lexicon.
pub(super) struct Stem {
    pub(super) class: String,
    pub(super) lemma: String,
    pub(super) form: String,
    pub(super) gloss: String,
    pub(super) features: Vec<(String, String)>,
    /// `COND-T` and `COND-S` as written: with the class and features they decide which affixes a stem takes.
    pub(super) asks: String,
    pub(super) gives: String,
    /// Patterns of the lemma and the stem, from the most exact to the most abstract, by which passives are found.
    pub(super) patterns: Vec<String>,
}

/// Which classes follow one another in a word.
pub(super) struct Order {
    pub(super) prefix: Vec<String>,
    /// Class of the stem, then those of what joins it to suffixes.
    pub(super) stem: Vec<String>,
    pub(super) suffix: Vec<String>,
}

#[derive(Deserialize)]
struct Row {
    #[serde(rename = "DEFINE", default)]
    define: String,
    #[serde(rename = "CLASS", default)]
    class: String,
    #[serde(rename = "FUNC", default)]
    func: String,
    #[serde(rename = "LEMMA", default)]
    lemma: String,
    #[serde(rename = "FORM", default)]
    form: String,
    #[serde(rename = "GLOSS", default)]
    gloss: String,
    #[serde(rename = "FEAT", default)]
    features: String,
    #[serde(rename = "COND-T", default)]
    asks: String,
    #[serde(rename = "COND-S", default)]
    gives: String,
    #[serde(rename = "PATTERN", default)]
    pattern: String,
    #[serde(rename = "PATTERN_LEMMA", default)]
    lemma_pattern: String,
    #[serde(rename = "PATTERN_ABSTRACT", default)]
    abstract_pattern: String,
    #[serde(rename = "ROOT", default)]
    root: String,
    #[serde(rename = "PREFIX", default)]
    prefix: String,
    #[serde(rename = "STEM", default)]
    stem: String,
    #[serde(rename = "SUFFIX", default)]
    suffix: String,
    #[serde(rename = "MATCH", default)]
    find: String,
    #[serde(rename = "SUB", default)]
    replace: String,
    #[serde(rename = "COND-T-PASS", default)]
    asks_passive: String,
    #[serde(rename = "COND-S-PASS", default)]
    gives_passive: String,
}

fn rows(folder: &Path, name: &str) -> Result<Vec<Row>> {
    let path = folder.join(format!("MSA-{name}.csv"));
    let bad = |error: csv::Error| Error::new(ErrorKind::Io, format!("{}: {error}", path.display()));
    csv::ReaderBuilder::new()
        .flexible(true)
        .from_path(&path)
        .map_err(bad)?
        .deserialize()
        .map(|r| r.map_err(bad))
        .collect()
}

fn features(column: &str) -> Vec<(String, String)> {
    column.split_whitespace().filter_map(|f| f.split_once(':')).map(|(k, v)| (k.to_owned(), v.to_owned())).collect()
}

fn classes(column: &str) -> Vec<String> {
    column.split_whitespace().map(str::to_owned).collect()
}

/// One family of tables, read.
pub(super) struct Tables {
    pub(super) names: Names,
    pub(super) morphemes: HashMap<String, Vec<Morpheme>>,
    pub(super) stems: Vec<Stem>,
    pub(super) orders: Vec<Order>,
}

impl Tables {
    pub(super) fn read(folder: &Path, family: &Family) -> Result<Self> {
        let mut names = Names::default();
        let mut morphemes: HashMap<String, Vec<Morpheme>> = HashMap::new();
        let mut groups: Vec<Vec<Row>> = Vec::new();
        for row in rows(folder, &format!("{}-MORPH", family.name()))?.into_iter().filter(|r| r.define == "MORPH") {
            match groups.iter_mut().find(|g| g[0].class == row.class && g[0].func == row.func) {
                Some(group) => group.push(row),
                None => groups.push(vec![row]),
            }
        }
        for group in groups {
            let tests = names.tests(&group.iter().map(|r| r.asks.as_str()).collect::<Vec<_>>())?;
            for (row, test) in group.into_iter().zip(tests) {
                let morpheme =
                    Morpheme { sets: names.set(&row.gives)?, form: row.form, features: features(&row.features), test };
                morphemes.entry(row.class).or_default().push(morpheme);
            }
        }
        let mut stems = Vec::new();
        for lexicon in family.lexica() {
            stems.extend(rows(folder, lexicon)?.into_iter().filter(|r| r.define == "LEXICON").map(|r| Stem {
                class: r.class,
                lemma: r.lemma,
                form: r.form,
                gloss: r.gloss,
                features: features(&r.features),
                asks: r.asks,
                gives: r.gives,
                patterns: vec![
                    with_root(&pattern(&r.lemma_pattern), &r.root),
                    pattern(&r.lemma_pattern),
                    pattern(&r.pattern),
                    pattern(&r.abstract_pattern),
                ],
            }));
        }
        if matches!(family, Family::Verb) {
            add_passives(folder, &mut stems)?;
        }
        let orders = rows(folder, &format!("{}-ORDER", family.name()))?
            .into_iter()
            .filter(|r| r.define == "ORDER")
            .map(|r| Order { prefix: classes(&r.prefix), stem: classes(&r.stem), suffix: classes(&r.suffix) })
            .collect();
        Ok(Self { names, morphemes, stems, orders })
    }
}

/// A pattern without the note on the imperfect's vowel (`1a2a3-i`), spelled as in all tables (`1aA3` for `1aAo3`).
fn pattern(written: &str) -> String {
    let bare = written.split(['-', '_']).next().unwrap_or_default();
    bare.replace("aAo", "aA").replace("ayo", "ay").replace("awo", "aw")
}

/// A pattern with the weak letters and hamzas of its root in their places, as some tables of passives have them.
fn with_root(pattern: &str, root: &str) -> String {
    let letters: Vec<&str> = root.split('.').collect();
    pattern
        .chars()
        .map(|c| match (c, letters.as_slice()) {
            ('1', [first @ ("w" | "y" | ">"), ..]) => first.to_string(),
            ('3', [_, _, last @ (">" | "w" | "y")]) => last.to_string(),
            _ => c.to_string(),
        })
        .collect()
}

/// What a stem must look like, what its passive looks like, and the row that says so.
type Passive = (Regex, String, Row);

/// Adds the passive of each perfective and imperfective stem, by the tables of passive patterns.
fn add_passives(folder: &Path, stems: &mut Vec<Stem>) -> Result<()> {
    let sorted = |conditions: &str| {
        // Transitivity and the vowel of the prefix are the stem's own, not the pattern's.
        let mut terms: Vec<&str> = conditions.split_whitespace().filter(|t| !OWN.contains(t)).collect();
        terms.sort_unstable();
        terms.join(" ")
    };
    let mut passives = Vec::new();
    for (class, table) in [("[STEM-PV]", "Verb-PV-Passive-Patterns"), ("[STEM-IV]", "Verb-IV-Passive-Patterns")] {
        let mut patterns: HashMap<(String, String, String), Vec<Passive>> = HashMap::new();
        for row in rows(folder, table)?.into_iter().filter(|r| !r.find.is_empty() && !r.replace.is_empty()) {
            let find = Regex::new(&format!("^{}$", escape(&row.find)))
                .map_err(|e| Error::new(ErrorKind::Rule, format!("{table}: {e}")))?;
            let replace = group_references(&row.replace);
            let key = (pattern(&row.pattern), sorted(&row.asks), sorted(&row.gives));
            patterns.entry(key).or_default().push((find, replace, row));
        }
        for stem in stems.iter().filter(|s| s.class == class) {
            let passive = stem.patterns.iter().find_map(|pattern| {
                let rows = patterns.get(&(pattern.clone(), sorted(&stem.asks), sorted(&stem.gives)))?;
                rows.iter().find(|(find, ..)| find.is_match(&stem.form))
            });
            let Some((find, replace, row)) = passive else { continue };
            let own = stem.gives.split_whitespace().filter(|t| matches!(*t, "trans" | "intrans" | "ditrans"));
            let mut gives = row.gives_passive.clone();
            for term in own {
                gives = format!("{gives} {term}");
            }
            if class == "[STEM-IV]" && !gives.contains("u-#") {
                gives = format!("{gives} u-#");
            }
            if stem.gives.split_whitespace().any(|t| t == ">-#") && !gives.split_whitespace().any(|t| t == ">-#") {
                gives = format!("{gives} >-#");
            }
            passives.push(Stem {
                class: stem.class.clone(),
                lemma: stem.lemma.clone(),
                form: find.replace(&stem.form, replace.as_str()).into_owned(),
                gloss: stem.gloss.clone(),
                features: stem
                    .features
                    .iter()
                    .map(|(k, v)| (k.clone(), if k == "vox" { "p".to_owned() } else { v.clone() }))
                    .collect(),
                asks: row.asks_passive.clone(),
                gives,
                patterns: Vec::new(),
            });
        }
    }
    stems.extend(passives);
    Ok(())
}

const OWN: &[&str] = &["trans", "intrans", "ditrans", "a-#", "u-#", ">-#"];

/// Braces and bars are letters of the transliteration, not operators.
fn escape(pattern: &str) -> String {
    pattern.chars().fold(String::new(), |mut out, c| {
        if matches!(c, '{' | '}' | '|' | '*' | '$') {
            out.push('\\');
        }
        out.push(c);
        out
    })
}

/// `$1` before a letter must be `${1}` to this regex engine.
fn group_references(replace: &str) -> String {
    let mut out = String::new();
    let mut chars = replace.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(d) if (c == '$' || c == '\\') && d.is_ascii_digit() => {
                out.push_str("${");
                out.push(*d);
                out.push('}');
                chars.next();
            }
            _ if c == '$' => out.push_str("$$"),
            _ => out.push(c),
        }
    }
    out
}
