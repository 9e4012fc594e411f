//! What affixes a stem takes, and what they make of it.

use std::collections::{BTreeMap, BTreeSet};

use super::conditions::{Set, Test};
use super::tables::{Morpheme, Order, Tables};
use super::{fold, grammar};
use crate::error::Result;
use crate::morph::Grammar;

/// An affix pair with what a word that takes it is: prefix and suffix folded, whether a pronoun follows, grammar.
pub(super) type Form = (String, String, bool, Grammar);

/// What stems share that take the same affixes: class, conditions asked and given, features.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Signature {
    pub(super) class: String,
    pub(super) asks: String,
    pub(super) gives: String,
    pub(super) features: Vec<(String, String)>,
}

/// Classes that clitic segmentation has cut away before: only their absence is tried here.
const CLITICS: &[&str] = &["[QUES]", "[CONJ]", "[CONJ-ACC]", "[PREP]", "[EMPH]", "[PRON2]"];
/// Suffixes of the energetic mood, which news never uses and which only make words ambiguous.
const LEFT_OUT: &[&str] = &["IVSuff.E", "IVSuff.X", "CVSuff.E", "CVSuff.X"];

/// All forms of stems with a signature.
pub(super) fn forms(tables: &mut Tables, signature: &Signature) -> Result<BTreeSet<Form>> {
    let stem_sets = tables.names.set(&signature.gives)?;
    let stem_test = tables.names.tests(&[signature.asks.as_str()])?.remove(0);
    let mut found = BTreeSet::new();
    for order in tables.orders.iter().filter(|o| o.stem.first() == Some(&signature.class)) {
        if order.suffix.iter().any(|class| LEFT_OUT.iter().any(|out| class.contains(out))) {
            continue;
        }
        let mut walk = Walk { tables, order, stem_sets, stem_test: &stem_test, signature, found: &mut found };
        walk.choose(0, &mut Vec::new());
    }
    Ok(found)
}

/// Chooses a morpheme for every class of an order, in all ways.
struct Walk<'a> {
    tables: &'a Tables,
    order: &'a Order,
    stem_sets: Set,
    stem_test: &'a Test,
    signature: &'a Signature,
    found: &'a mut BTreeSet<Form>,
}

impl<'a> Walk<'a> {
    fn choose(&mut self, at: usize, chosen: &mut Vec<&'a Morpheme>) {
        let order = self.order;
        let classes = order.prefix.iter().chain(&order.stem[1..]).chain(&order.suffix);
        let Some(class) = classes.clone().nth(at) else { return self.take(chosen) };
        let clitic = CLITICS.contains(&class.as_str()) || class.starts_with("[VPART");
        let pronoun = class.starts_with("[PRON");
        let Some(morphemes) = self.tables.morphemes.get(class) else { return };
        for morpheme in morphemes {
            if clitic && morpheme.form != "_" {
                continue;
            }
            // Pronouns themselves are cut away; one of the third person stands for them all.
            if pronoun && morpheme.form != "_" && !morpheme.form.starts_with('h') {
                continue;
            }
            chosen.push(morpheme);
            self.choose(at + 1, chosen);
            chosen.pop();
        }
    }

    fn take(&mut self, chosen: &[&'a Morpheme]) {
        let sets = chosen.iter().fold(self.stem_sets, |sets, m| sets | m.sets);
        if !self.stem_test.holds(sets) || !chosen.iter().all(|m| m.test.holds(sets)) {
            return;
        }
        let prefixes = self.order.prefix.len();
        let pronoun = self
            .order
            .suffix
            .iter()
            .position(|class| class.starts_with("[PRON"))
            .map(|i| prefixes + self.order.stem.len() - 1 + i);
        let text = |from: usize, to: usize| {
            fold(&chosen[from..to].iter().filter(|m| m.form != "_").map(|m| m.form.as_str()).collect::<String>())
        };
        let end = pronoun.unwrap_or(chosen.len());
        let followed = pronoun.is_some_and(|at| chosen[at].form != "_");
        let mut features: BTreeMap<&str, &str> = BTreeMap::new();
        let all = self.signature.features.iter().chain(chosen.iter().flat_map(|m| &m.features));
        for (name, value) in all {
            features.insert(name, value);
        }
        self.found.insert((text(0, prefixes), text(prefixes, end), followed, grammar(&features)));
    }
}
