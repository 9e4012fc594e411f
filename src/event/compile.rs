//! Makes `src/data/compiled/events.bin`: all forms of the listed predicates in one automaton.

use std::collections::{BTreeMap, BTreeSet};

use super::Status;
use super::frame::{self, Shape, wording};
use super::inflect::Forms;
use super::predicates::{Entry, MAGIC, MARKERS, REPORTING};
use crate::error::{Error, ErrorKind, Result};
use crate::lexicon::fold::key;

/// Forms and the entries that they stand for.
#[derive(Default)]
struct Table {
    forms: BTreeMap<String, BTreeSet<u32>>,
}

impl Table {
    fn add(&mut self, forms: Forms, entry: impl Fn(Shape) -> Entry) {
        for (form, shape) in forms.all {
            self.forms.entry(form).or_default().insert(entry(shape).pack());
        }
    }

    /// The word that must stand beside a head: with and without the clitic that the lexicon may write (القيام بزيارة).
    fn companion(&mut self, word: &str, predicate: u16) {
        let word = key(word);
        let mut forms = Forms::default();
        let cut = |prefix: &str| word.strip_prefix(prefix).filter(|rest| rest.chars().count() > 2);
        let stem = cut("ال").or_else(|| cut("بال")).or_else(|| cut("لل")).unwrap_or(&word);
        // Folded, ة reads as ه; both endings are tried.
        let spelled = stem.strip_suffix('ه').map_or_else(|| stem.to_owned(), |s| format!("{s}ة"));
        forms.noun(&spelled, Shape::Noun);
        if let Some(rest) = stem.strip_prefix(['ب', 'ل']).filter(|rest| rest.chars().count() > 3) {
            forms.noun(&rest.strip_suffix('ه').map_or_else(|| rest.to_owned(), |s| format!("{s}ة")), Shape::Noun);
        }
        self.add(forms, |shape| Entry { predicate, shape, companion: true, needs: false });
    }
}

/// Reporting verbs and the markers of how real something is told to be.
fn cues(table: &mut Table) {
    for line in include_str!("../data/lexicon/reporting.tsv").lines() {
        let mut columns = line.split('\t');
        let (Some(verb), Some(imperfect), Some(nouns)) = (columns.next(), columns.next(), columns.next()) else {
            continue;
        };
        let Some(parts) = wording(verb) else { continue };
        // Of longer wordings (على حد قول) no single word reports.
        if parts.companion.is_some() || parts.preposition != 0 {
            continue;
        }
        let mut forms = Forms::default();
        if imperfect == "-" {
            forms.noun(&parts.head, Shape::Noun);
        } else {
            forms.verb(&parts.head, imperfect);
        }
        nouns.split('|').filter(|n| *n != "-" && !n.contains(' ')).for_each(|n| forms.noun(n, Shape::Noun));
        table.add(forms, |shape| Entry { predicate: REPORTING, shape, companion: false, needs: false });
    }
    for line in include_str!("../data/lexicon/status.tsv").lines() {
        let mut columns = line.split('\t');
        let (Some(form), Some(status), Some(_)) = (columns.next(), columns.next(), columns.next()) else { continue };
        let Ok(status) = status.parse::<Status>() else { continue };
        // Of a wording its longest word: المقرر in من المقرر.
        let longest = form.split([' ', '+']).max_by_key(|w| w.chars().count()).unwrap_or_default();
        let mut forms = Forms::default();
        if longest.chars().count() > 3 {
            forms.noun(longest, Shape::Noun);
        }
        let predicate = MARKERS + status as u16;
        table.add(forms, |shape| Entry { predicate, shape, companion: false, needs: false });
    }
}

/// Compiles the predicate lexicon.
///
/// # Errors
/// [`ErrorKind::Model`] where a line has too few columns or an unknown type.
pub fn compile(tsv: &'static str) -> Result<Vec<u8>> {
    let mut table = Table::default();
    cues(&mut table);
    for (number, text) in tsv.lines().filter(|l| !l.is_empty()).enumerate() {
        let bad = || Error::new(ErrorKind::Model, format!("events.tsv, line {}: no predicate", number + 1));
        let line = frame::line(text).ok_or_else(bad)?;
        let predicate = u16::try_from(number).map_err(|_| bad())?;
        let own = wording(line.verb).ok_or_else(bad)?;
        let needs = own.companion.is_some() || own.preposition != 0 || own.negated;
        let mut forms = Forms::default();
        let mut particles = line.imperfect.split_whitespace().filter(|w| !frame::NEGATIONS.contains(w));
        let imperfect = particles.next().unwrap_or("-");
        if imperfect == "-" {
            if line.nouns == "-" {
                forms.noun(&own.head, Shape::Noun);
            }
        } else {
            forms.verb(if own.negated { "-" } else { &own.head }, imperfect);
        }
        table.add(forms, |shape| Entry { predicate, shape, companion: false, needs });
        if let Some(companion) = &own.companion {
            table.companion(companion, predicate);
        }
        for noun in line.nouns.split('|').filter(|n| *n != "-") {
            let Some(parts) = wording(noun) else { continue };
            let mut forms = Forms::default();
            let head = parts.head.strip_prefix("ال").filter(|h| h.chars().count() > 2).unwrap_or(&parts.head);
            forms.noun(head, Shape::Noun);
            let needs = parts.companion.is_some()
                || own.preposition != 0 && parts.companion.is_none() && own.companion.is_none();
            table.add(forms, |shape| Entry { predicate, shape, companion: false, needs });
            if let Some(companion) = &parts.companion {
                table.companion(companion, predicate);
            }
        }
        let weak = imperfect.ends_with(['ي', 'ى', 'و']);
        for participle in line.participles.split('|').filter(|p| *p != "-" && !p.is_empty()) {
            let mut forms = Forms::default();
            forms.participle(participle, weak);
            table.add(forms, |shape| Entry { predicate, shape, companion: false, needs });
        }
    }
    let failed = |e: fst::Error| Error::new(ErrorKind::Model, format!("events.bin: {e}"));
    let (mut lists, mut known) = (Vec::<u8>::new(), BTreeMap::new());
    let mut builder = fst::MapBuilder::memory();
    for (form, entries) in &table.forms {
        let place = *known.entry(entries).or_insert_with(|| {
            let place = lists.len() as u64 / 4;
            entries.iter().for_each(|e| lists.extend(e.to_le_bytes()));
            place
        });
        builder.insert(form, (place << 12) | entries.len().min(4095) as u64).map_err(failed)?;
    }
    let fst = builder.into_inner().map_err(failed)?;
    let mut bytes = MAGIC.to_vec();
    bytes.extend((lists.len() as u32).to_le_bytes());
    bytes.extend(lists);
    bytes.extend(fst);
    Ok(bytes)
}
