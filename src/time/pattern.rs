//! Patterns over typed words: classes, quoted words, groups with alternatives, `?` for what may be left out, `@name` for a
//! pattern defined elsewhere. Compiled to a small program and matched by backtracking, the longest match kept.

use std::collections::HashMap;

use super::words::{Atoms, Class, Lexicon};
use crate::lexicon::key;

#[derive(Clone, Copy, Debug)]
enum Step {
    Class(Class),
    Literal(i32),
    /// Go on at both.
    Split(u32, u32),
    Jump(u32),
}

/// A compiled pattern.
#[derive(Debug, Default)]
pub(super) struct Pattern {
    steps: Vec<Step>,
    /// Classes that it can start with.
    pub first: u64,
}

/// A typed word that a pattern has matched.
#[derive(Clone, Copy, Debug)]
pub(super) struct Capture {
    pub class: Class,
    pub value: i32,
    /// The segment that it starts at.
    pub start: u32,
}

impl Pattern {
    pub fn compile(text: &str, defined: &HashMap<String, String>, lexicon: &mut Lexicon) -> Result<Self, String> {
        let mut expanded = text.to_owned();
        for _ in 0..8 {
            if !expanded.contains('@') {
                break;
            }
            let mut out = String::new();
            for word in expanded.split_whitespace() {
                match word.strip_prefix('@') {
                    Some(name) => {
                        let (name, mark) = name.strip_suffix('?').map_or((name, ""), |n| (n, "?"));
                        let body = defined.get(name).ok_or_else(|| format!("@{name} is not defined"))?;
                        out += &format!(" ( {body} ){mark}");
                    }
                    None => {
                        out.push(' ');
                        out += word;
                    }
                }
            }
            expanded = out;
        }
        let words: Vec<&str> = expanded.split_whitespace().collect();
        let mut pattern = Self::default();
        let mut at = 0;
        pattern.alternatives(&words, &mut at, lexicon)?;
        if at != words.len() {
            return Err(format!("unbalanced: {text}"));
        }
        pattern.first = pattern.firsts(0);
        Ok(pattern)
    }

    /// `a b | c d`, up to a closing bracket or the end.
    fn alternatives(&mut self, words: &[&str], at: &mut usize, lexicon: &mut Lexicon) -> Result<(), String> {
        let mut jumps = Vec::new();
        loop {
            let split = self.steps.len();
            self.steps.push(Step::Split(split as u32 + 1, 0));
            while let Some(&word) = words.get(*at).filter(|w| !matches!(**w, "|" | ")" | ")?")) {
                self.element(word, words, at, lexicon)?;
            }
            if words.get(*at) != Some(&"|") {
                // The last alternative needs no way round it.
                self.steps[split] = Step::Jump(split as u32 + 1);
                break;
            }
            *at += 1;
            jumps.push(self.steps.len());
            self.steps.push(Step::Jump(0));
            self.steps[split] = Step::Split(split as u32 + 1, self.steps.len() as u32);
        }
        let end = self.steps.len() as u32;
        for jump in jumps {
            self.steps[jump] = Step::Jump(end);
        }
        Ok(())
    }

    fn element(&mut self, word: &str, words: &[&str], at: &mut usize, lexicon: &mut Lexicon) -> Result<(), String> {
        *at += 1;
        let split = self.steps.len();
        self.steps.push(Step::Jump(split as u32 + 1));
        let optional = if word == "(" {
            self.alternatives(words, at, lexicon)?;
            let close = words.get(*at).ok_or("a bracket is not closed")?;
            *at += 1;
            *close == ")?"
        } else {
            let (name, optional) = word.strip_suffix('?').map_or((word, false), |w| (w, true));
            let step = match name.strip_prefix('\'').and_then(|n| n.strip_suffix('\'')) {
                Some(quoted) => {
                    let folded = key(quoted);
                    let quoted = if quoted == "،" { "," } else { quoted };
                    Step::Literal(lexicon.literal(if folded.is_empty() { quoted } else { &folded }))
                }
                None => Step::Class(Class::named(name).ok_or_else(|| format!("no class {name}"))?),
            };
            self.steps.push(step);
            optional
        };
        if optional {
            self.steps[split] = Step::Split(split as u32 + 1, self.steps.len() as u32);
        }
        Ok(())
    }

    fn firsts(&self, at: usize) -> u64 {
        match self.steps.get(at) {
            None => 0,
            Some(Step::Class(class)) => class.bit(),
            Some(Step::Literal(_)) => Class::Literal.bit(),
            Some(&Step::Split(a, b)) => self.firsts(a as usize) | self.firsts(b as usize),
            Some(&Step::Jump(to)) => self.firsts(to as usize),
        }
    }

    /// The longest match that starts at a segment and ends at or before `limit`; `captures` holds what it covers.
    pub fn longest(&self, atoms: &Atoms, start: u32, limit: u32, captures: &mut Vec<Capture>) -> Option<u32> {
        let mut search = Search { atoms, limit, current: Vec::new(), best: None, kept: captures };
        search.go(&self.steps, 0, start);
        search.best
    }
}

struct Search<'a> {
    atoms: &'a Atoms,
    limit: u32,
    current: Vec<Capture>,
    best: Option<u32>,
    kept: &'a mut Vec<Capture>,
}

impl Search<'_> {
    fn go(&mut self, steps: &[Step], at: usize, position: u32) {
        let (class, literal) = match steps.get(at) {
            None => {
                if !self.current.is_empty() && self.best.is_none_or(|best| position > best) {
                    self.best = Some(position);
                    self.kept.clone_from(&self.current);
                }
                return;
            }
            Some(&Step::Jump(to)) => return self.go(steps, to as usize, position),
            Some(&Step::Split(a, b)) => {
                self.go(steps, a as usize, position);
                return self.go(steps, b as usize, position);
            }
            Some(&Step::Class(class)) => (class, None),
            Some(&Step::Literal(word)) => (Class::Literal, Some(word)),
        };
        let atoms = self.atoms;
        for atom in atoms.at(position as usize) {
            let end = position + u32::from(atom.len);
            if atom.class == class && literal.is_none_or(|w| w == atom.value) && end <= self.limit {
                self.current.push(Capture { class, value: atom.value, start: position });
                self.go(steps, at + 1, end);
                self.current.pop();
            }
        }
    }
}
