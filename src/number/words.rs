//! The words of numbers, read once from `data/rules/number.toml`.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use serde::Deserialize;

use super::decimal::Decimal;
use crate::lexicon::key;

/// What a word can be in a number expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A number below a thousand.
    Cardinal(u16),
    /// أحد before عشر.
    Teen(u16),
    /// ألف: what stands before is multiplied.
    Scale(i64),
    /// ألفين: twice the scale.
    Dual(i64),
    /// نصف, in hundredths.
    Fraction(u8),
    /// الثالث.
    Ordinal(u16),
    /// حادي before عشر or a ten.
    OrdinalPart(u16),
    /// Index of a currency; whether dual.
    Currency(u16, bool),
    /// Index of a measure; whether dual.
    Measure(u16, bool),
    /// Index of an attribute of units.
    Attribute(u16),
}

/// What is known of one word.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    pub meanings: Vec<Word>,
    /// A plural that counts vaguely (عشرات).
    pub vague: bool,
    /// With ال.
    pub definite: bool,
}

impl Entry {
    pub fn find<T>(&self, pick: impl Fn(Word) -> Option<T>) -> Option<T> {
        self.meanings.iter().find_map(|&w| pick(w))
    }
}

pub(super) struct Currency {
    pub code: Option<String>,
    /// Code by the nationality that follows.
    pub by: HashMap<String, String>,
    /// Nationalities that may follow without a change.
    pub adjectives: Vec<String>,
}

pub(super) struct Words {
    entries: HashMap<String, Entry>,
    pub currencies: Vec<Currency>,
    pub signs: HashMap<String, u16>,
    /// Name of each measure, and the least whole number of it that is a quantity.
    pub measures: Vec<(String, i64)>,
    /// Words after which an ordinal is none.
    pub no_ordinal_after: Vec<String>,
    pub attributes: Vec<String>,
    pub percent_b: Vec<String>,
    pub percent_fi: Vec<String>,
    /// Words before a number (folded, in order), and the modifier that they make.
    pub modifiers: Vec<(Vec<String>, String)>,
}

#[derive(Deserialize)]
struct File {
    cardinal: BTreeMap<String, String>,
    bare: Listed,
    teen: BTreeMap<String, String>,
    scale: BTreeMap<String, String>,
    scale_dual: BTreeMap<String, String>,
    vague: Listed,
    fraction: BTreeMap<String, String>,
    ordinal: BTreeMap<String, String>,
    ordinal_part: BTreeMap<String, String>,
    percent: Percent,
    no_ordinal_after: Listed,
    modifier: BTreeMap<String, String>,
    currency: Vec<CurrencyFile>,
    measure: Vec<MeasureFile>,
    attribute: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Listed {
    words: String,
}

#[derive(Deserialize)]
struct Percent {
    after_b: String,
    after_fi: String,
}

#[derive(Deserialize)]
struct CurrencyFile {
    code: Option<String>,
    words: String,
    #[serde(default)]
    dual: String,
    #[serde(default)]
    signs: String,
    #[serde(default)]
    adjectives: String,
    #[serde(default)]
    by: HashMap<String, String>,
}

#[derive(Deserialize)]
struct MeasureFile {
    unit: String,
    #[serde(default)]
    from: i64,
    words: String,
    #[serde(default)]
    dual: String,
}

fn folded(list: &str) -> Vec<String> {
    list.split_whitespace().map(key).collect()
}

impl Words {
    /// The shipped words.
    pub fn shipped() -> &'static Self {
        static WORDS: OnceLock<Words> = OnceLock::new();
        WORDS.get_or_init(|| {
            let file = toml::from_str(include_str!("../data/rules/number.toml"));
            file.map(Self::build).unwrap_or_else(|e| unreachable!("the shipped number.toml is read in every test: {e}"))
        })
    }

    #[inline]
    pub fn get(&self, form: &str) -> Option<&Entry> {
        self.entries.get(form)
    }

    fn build(file: File) -> Self {
        let mut words = Self {
            entries: HashMap::new(),
            currencies: Vec::new(),
            signs: HashMap::new(),
            measures: Vec::new(),
            no_ordinal_after: folded(&file.no_ordinal_after.words),
            attributes: Vec::new(),
            percent_b: folded(&file.percent.after_b),
            percent_fi: folded(&file.percent.after_fi),
            modifiers: Vec::new(),
        };
        let bare = folded(&file.bare.words);
        let number = |text: &String| text.parse::<i64>().unwrap_or_default();
        let mut table = |table: &BTreeMap<String, String>, make: &dyn Fn(i64) -> Word| {
            for (value, list) in table {
                words.add(list, make(number(value)), &bare);
            }
        };
        table(&file.cardinal, &|n| Word::Cardinal(n as u16));
        table(&file.teen, &|n| Word::Teen(n as u16));
        table(&file.scale, &Word::Scale);
        table(&file.scale_dual, &Word::Dual);
        table(&file.ordinal, &|n| Word::Ordinal(n as u16));
        table(&file.ordinal_part, &|n| Word::OrdinalPart(n as u16));
        for (value, list) in &file.fraction {
            let hundredths = value.parse::<f32>().unwrap_or_default() * 100.0;
            words.add(list, Word::Fraction(hundredths as u8), &bare);
        }
        for form in folded(&file.vague.words) {
            for form in [format!("ال{form}"), form] {
                let definite = form.starts_with("ال");
                let entry = words.entries.entry(form).or_insert_with(|| Entry { definite, ..Entry::default() });
                entry.vague = true;
            }
        }
        for currency in file.currency {
            let index = words.currencies.len() as u16;
            words.add(&currency.words, Word::Currency(index, false), &[]);
            words.add(&currency.dual, Word::Currency(index, true), &[]);
            for sign in currency.signs.split_whitespace() {
                words.signs.insert(sign.to_ascii_lowercase(), index);
            }
            words.currencies.push(Currency {
                code: currency.code,
                by: currency.by.into_iter().map(|(adjective, code)| (key(&adjective), code)).collect(),
                adjectives: folded(&currency.adjectives),
            });
        }
        for measure in file.measure {
            let index = words.measures.len() as u16;
            words.add(&measure.words, Word::Measure(index, false), &[]);
            words.add(&measure.dual, Word::Measure(index, true), &[]);
            words.measures.push((measure.unit, measure.from));
        }
        for (mark, list) in &file.attribute {
            words.add(list, Word::Attribute(words.attributes.len() as u16), &[]);
            words.attributes.push(mark.clone());
        }
        for (name, list) in &file.modifier {
            // Single words are parted by white space; where there is a bar, each part is one modifier of several words.
            let parts: Vec<&str> =
                if list.contains('|') { list.split('|').collect() } else { list.split_whitespace().collect() };
            for part in parts {
                words.modifiers.push((folded(part), name.clone()));
            }
        }
        // Longer ones first, so that «لا يزيد على» is not read as «يزيد على».
        words.modifiers.sort_by_key(|m| std::cmp::Reverse(m.0.len()));
        words
    }

    fn add(&mut self, list: &str, word: Word, bare: &[String]) {
        for form in folded(list) {
            let mut put = |form: String, definite| {
                let entry = self.entries.entry(form).or_insert_with(|| Entry { definite, ..Entry::default() });
                if !entry.meanings.contains(&word) {
                    entry.meanings.push(word);
                }
            };
            if !bare.contains(&form) {
                put(format!("ال{form}"), true);
            }
            put(form, false);
        }
    }

    /// The modifier that the words up to `end` make.
    pub fn modifier<'f>(&self, form: impl Fn(usize) -> &'f str, end: usize) -> Option<&str> {
        let fits =
            |words: &[String]| words.len() <= end && words.iter().rev().zip((0..end).rev()).all(|(w, i)| w == form(i));
        self.modifiers.iter().find(|m| fits(&m.0)).map(|m| m.1.as_str())
    }
}

impl Word {
    pub fn fraction(self) -> Option<Decimal> {
        match self {
            Self::Fraction(hundredths) => Decimal::parse(&format!("0.{hundredths:02}")),
            _ => None,
        }
    }
}
