//! The one engine that patterns of relations and quotations, frames of events and users' own rules run on.
//!
//! Rules are data: TOML files with a name, a pattern over segments and mentions, what the rule yields, and examples where it
//! must and must not match.
//!
//! ```toml
//! [classes]
//! kin = ["نجل", "ابن", "شقيق"]
//!
//! [[rule]]
//! name = "kin-of"
//! pattern = "<PERS head> [،] @kin <PERS tail>"
//! yields = { relation = "relative_of" }
//! match = [{ text = "حضر [PERS سالم النعيمي] نجل [PERS راشد النعيمي]", head = "سالم النعيمي", tail = "راشد النعيمي" }]
//! reject = ["حضر [PERS سالم النعيمي] مع [PERS راشد النعيمي]"]
//! ```
//!
//! Examples mark mentions as `[TYPE …]`, which may be nested. A rule without examples of both kinds is an error.
//!
//! A search starts only where a rule's anchor, its rarest word that must be there, occurs: a rule costs nothing elsewhere.
//! From the anchor the pattern is tried in both directions; what failed at a place is not tried there again, so a try is linear
//! in the pattern and the window of 128 segments that it may look at (the bit-state matching of Russ Cox, 2010).

mod example;
mod file;
mod matcher;
mod pattern;
mod program;

use std::collections::{BTreeMap, HashMap};

pub use example::{Example, parse_marked};
pub use matcher::Capture;

use crate::error::{Error, ErrorKind, Result};
use crate::mention::Mention;
use crate::segment::{Segmentation, segment};
use crate::span::{Segments, Span};
use matcher::{Captures, Machine, View, Vocabulary};
use program::{Anchor, Variant};

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name; results carry it.
    pub name: String,
    /// What it yields, for the stage that uses it.
    pub yields: BTreeMap<String, String>,
    /// Names of the parts that it keeps; the same name may stand for several.
    pub captures: Vec<String>,
    /// Where it must match.
    pub matches: Vec<Example>,
    /// Where it must not.
    pub rejects: Vec<Example>,
    variants: Vec<Variant>,
}

/// A rule that matched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    /// Index of the rule.
    pub rule: u32,
    /// Everything that the pattern covers.
    pub segments: Span<Segments>,
    captures: Captures,
}

impl Match {
    /// The parts kept under a name, in the order of the pattern.
    pub fn captured<'m>(&'m self, rule: &'m Rule, name: &'m str) -> impl Iterator<Item = Capture> + 'm {
        rule.captures.iter().zip(&self.captures).filter(move |(n, _)| n.as_str() == name).filter_map(|(_, c)| *c)
    }
}

/// Compiled rules.
#[derive(Debug, Default)]
pub struct Rules {
    rules: Vec<Rule>,
    vocabulary: Vocabulary,
    /// For each number of the vocabulary the (rule, variant)s that it is the anchor of.
    by_word: Vec<Vec<(u32, u32)>>,
    /// Those anchored at mentions, with the mask of their types.
    by_mention: Vec<(u32, u32, u32)>,
}

impl Rules {
    /// Compiles a file of rules; `name` stands for it in messages.
    ///
    /// # Errors
    /// [`ErrorKind::Rule`] with line and column where the file is no TOML, a key is unknown or missing, a pattern cannot be
    /// read or has nothing that must occur, a name is used twice, or examples are missing.
    pub fn parse(name: &str, source: &str) -> Result<Self> {
        let mut rules = Self::default();
        rules.add_file(name, source)?;
        Ok(rules)
    }

    /// Adds a file to the rules, as [`Rules::parse`].
    ///
    /// # Errors
    /// As [`Rules::parse`]; nothing of the file is kept then but the words of its patterns.
    pub fn add_file(&mut self, name: &str, source: &str) -> Result<()> {
        for draft in file::read(name, source)? {
            if self.rules.iter().any(|r| r.name == draft.rule.name) {
                return Err(draft.error(format!("the name '{}' is used twice", draft.rule.name)));
            }
            let variants = self.compile(&draft.pattern).map_err(|message| draft.error(message))?;
            self.push(draft.rule, variants);
        }
        Ok(())
    }

    /// Adds a rule that comes from a lexicon: its entry is its own example.
    ///
    /// # Errors
    /// [`ErrorKind::Rule`] where the pattern cannot be read.
    pub fn add(&mut self, name: &str, pattern: &str, yields: BTreeMap<String, String>) -> Result<()> {
        let fail = |message: String| Error::new(ErrorKind::Rule, format!("{name}: {message} in '{pattern}'"));
        let pattern = pattern::parse(pattern, &HashMap::new()).map_err(|e| fail(e.message))?;
        let variants = self.compile(&pattern).map_err(fail)?;
        let (name, captures) = (name.to_owned(), pattern.captures);
        let rule = Rule { name, yields, captures, matches: Vec::new(), rejects: Vec::new(), variants: Vec::new() };
        self.push(rule, variants);
        Ok(())
    }

    /// All rules; [`Match::rule`] is an index into them.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    fn compile(&mut self, pattern: &pattern::Pattern) -> Result<Vec<Variant>, String> {
        let vocabulary = &mut self.vocabulary;
        program::compile(pattern, &mut |word| {
            let next = vocabulary.len() as u32 + 1;
            *vocabulary.entry(normalized(word).into()).or_insert(next)
        })
    }

    fn push(&mut self, rule: Rule, variants: Vec<Variant>) {
        let number = self.rules.len() as u32;
        self.by_word.resize(self.vocabulary.len() + 1, Vec::new());
        for (i, variant) in variants.iter().enumerate() {
            match &variant.anchor {
                Anchor::Words(ids) => ids.iter().for_each(|&id| self.by_word[id as usize].push((number, i as u32))),
                Anchor::Mention(mask) => self.by_mention.push((number, i as u32, *mask)),
            }
        }
        self.rules.push(Rule { variants, ..rule });
    }

    /// Finds where rules match, in text order of their anchors; at one anchor a rule matches once.
    /// `mentions` are in the order of [`find_mentions`](crate::mention::find_mentions).
    pub fn find(&self, segmentation: &Segmentation<'_>, mentions: &[Mention]) -> Vec<Match> {
        let view = View::new(segmentation, mentions, &self.vocabulary);
        let mut machine = Machine::new(&view);
        let mut matches = Vec::new();
        for sentence in view.sentences() {
            machine.sentence = sentence;
            for at in sentence.start..sentence.end {
                let (id, (joined, _)) = (view.ids[at as usize], view.joined[at as usize]);
                for id in [id, joined] {
                    if id != 0 {
                        self.by_word[id as usize]
                            .iter()
                            .for_each(|&(r, v)| self.attempt(&mut machine, r, v, at, &mut matches));
                    }
                }
                if self.by_mention.is_empty() || view.starting(at).is_empty() {
                    continue;
                }
                let mask = view.starting(at).fold(0, |mask, m| mask | pattern::bit(mentions[m as usize].kind));
                for &(rule, variant, _) in self.by_mention.iter().filter(|(_, _, m)| m & mask != 0) {
                    self.attempt(&mut machine, rule, variant, at, &mut matches);
                }
            }
        }
        matches
    }

    fn attempt(&self, machine: &mut Machine<'_, '_>, rule: u32, variant: u32, at: u32, matches: &mut Vec<Match>) {
        let variant = &self.rules[rule as usize].variants[variant as usize];
        machine.captures = Captures::default();
        let Some(end) = machine.run(&variant.forward, at, true) else { return };
        let Some(start) = machine.run(&variant.backward, at, false) else { return };
        let found = Match { rule, segments: Span::new(start, end), captures: machine.captures };
        if !matches.iter().rev().take_while(|m| m.segments.start >= start).any(|m| *m == found) {
            matches.push(found);
        }
    }
}

/// A word as segmentation normalizes it, cut or not.
fn normalized(word: &str) -> String {
    let Ok(cut) = segment(word) else { return word.to_owned() };
    (0..cut.segments.len()).map(|i| cut.form(i)).collect()
}
