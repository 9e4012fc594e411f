//! The rules of `data/rules/time.toml`, read once, and their use on a text.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use serde::Deserialize;

use super::pattern::{Capture, Pattern};
use super::value::{Base, Build, Value};
use super::words::{Atoms, Class, Lexicon, Tables};
use crate::number::Number;
use crate::segment::Segmentation;
use crate::span::{Segments, Span};

#[derive(Deserialize)]
struct File {
    words: Tables,
    define: HashMap<String, String>,
    rule: Vec<RuleFile>,
}

#[derive(Deserialize)]
struct RuleFile {
    name: String,
    build: Build,
    #[serde(default)]
    before: bool,
    pattern: String,
    #[serde(default, rename = "match")]
    matching: Vec<(String, String)>,
    #[serde(default)]
    reject: Vec<String>,
}

struct Rule {
    build: Build,
    /// Whether a preposition must stand before it.
    before: bool,
    pattern: Pattern,
}

/// Examples of a rule: texts with the value of their first expression, and texts in which it finds nothing.
#[allow(dead_code)] // Read by the generated test alone.
pub(super) struct Examples {
    pub rule: String,
    pub matching: Vec<(String, String)>,
    pub reject: Vec<String>,
}

pub(super) struct Grammar {
    lexicon: Lexicon,
    rules: Vec<Rule>,
    /// Rules by the class that they can start with.
    starts: [u64; 64],
    /// Classes that a rule can start with.
    first: u64,
}

/// A time found: its segments and its value.
pub(super) struct Found {
    pub segments: Span<Segments>,
    pub value: Value,
}

fn compile(source: &str) -> Result<(Grammar, Vec<Examples>), String> {
    let file: File = toml::from_str(source).map_err(|e| e.to_string())?;
    let mut grammar = Grammar { lexicon: Lexicon::new(file.words)?, rules: Vec::new(), starts: [0; 64], first: 0 };
    let mut examples = Vec::new();
    if file.rule.len() > 64 {
        return Err("more than 64 rules".to_owned());
    }
    for rule in file.rule {
        let pattern = Pattern::compile(&rule.pattern, &file.define, &mut grammar.lexicon)
            .map_err(|e| format!("{}: {e}", rule.name))?;
        let number = grammar.rules.len();
        for (class, rules) in grammar.starts.iter_mut().enumerate() {
            if pattern.first & (1 << class) != 0 {
                *rules |= 1 << number;
            }
        }
        grammar.first |= pattern.first;
        grammar.rules.push(Rule { build: rule.build, before: rule.before, pattern });
        examples.push(Examples { rule: rule.name, matching: rule.matching, reject: rule.reject });
    }
    Ok((grammar, examples))
}

const SOURCE: &str = include_str!("../data/rules/time.toml");

impl Grammar {
    /// The shipped grammar.
    pub fn shipped() -> &'static Self {
        static GRAMMAR: OnceLock<Grammar> = OnceLock::new();
        GRAMMAR.get_or_init(|| match compile(SOURCE) {
            Ok((grammar, _)) => grammar,
            Err(e) => unreachable!("the shipped time.toml compiles in every test: {e}"),
        })
    }

    /// The typed words of some segments of a text.
    pub fn atoms(&self, s: &Segmentation<'_>, numbers: &[Number], range: Range<usize>) -> Atoms {
        Atoms::read(&self.lexicon, s, numbers, range)
    }

    /// All times of a text, in order.
    pub fn find(&self, s: &Segmentation<'_>, atoms: &Atoms, base: Base) -> Vec<Found> {
        let mut found = Vec::new();
        let mut scratch = Vec::new();
        for sentence in &s.sentences {
            let mut at = sentence.segments.start;
            while at < sentence.segments.end {
                match self.longest(atoms, at, sentence.segments.end, base, &mut scratch) {
                    Some((end, value)) => {
                        if let Some(value) = value {
                            found.push(Found { segments: Span::new(at, end), value });
                        }
                        at = end;
                    }
                    None => at += 1,
                }
            }
        }
        found
    }

    /// The longest time that starts at a segment: its end, and its value where it is to be told.
    pub fn longest(
        &self,
        atoms: &Atoms,
        at: u32,
        limit: u32,
        base: Base,
        scratch: &mut Vec<Capture>,
    ) -> Option<(u32, Option<Value>)> {
        let here = atoms.at(at as usize);
        let mut rules = 0;
        for atom in here {
            if self.first & atom.class.bit() != 0 {
                rules |= self.starts[atom.class as usize];
            }
        }
        let mut best: Option<(u32, Option<Value>)> = None;
        while rules != 0 {
            let number = rules.trailing_zeros() as usize;
            rules &= rules - 1;
            let rule = &self.rules[number];
            let Some(end) = rule.pattern.longest(atoms, at, limit, scratch) else { continue };
            if best.as_ref().is_some_and(|b| b.0 >= end) || rule.before && !preceded(atoms, at) {
                continue;
            }
            if let Some(value) = rule.build.value(scratch, base) {
                best = Some((end, value));
            }
        }
        best
    }
}

/// Whether a preposition or the like stands before a segment.
fn preceded(atoms: &Atoms, at: u32) -> bool {
    (1..=2).any(|back| {
        at.checked_sub(back).is_some_and(|start| {
            atoms.at(start as usize).iter().any(|a| a.class == Class::Before && u32::from(a.len) == back)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::parse_numbers;
    use crate::segment::segment;
    use crate::time::{DocumentDate, parse_times};

    #[test]
    fn every_rule_keeps_its_examples() {
        let (_, examples) = compile(SOURCE).unwrap();
        let date = Some(DocumentDate { year: 2024, month: Some(6), day: Some(15) });
        let values = |text: &str| -> Vec<String> {
            let s = segment(text).unwrap();
            parse_times(&s, &parse_numbers(&s), date).into_iter().map(|t| t.value).collect()
        };
        let mut wrong = Vec::new();
        for Examples { rule, matching, reject } in examples {
            for (text, value) in matching {
                if values(&text).first() != Some(&value) {
                    wrong.push(format!("{rule}: {text}: {:?}, not {value}", values(&text)));
                }
            }
            for text in reject {
                if !values(&text).is_empty() {
                    wrong.push(format!("{rule}: {text}: {:?}", values(&text)));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
