//! What a segment's lemma can be.

use std::collections::HashMap;

use super::store::{Kind, Store};
use super::{TokenKind, bare};
use crate::morph::derived::{fold, is_mark};
use crate::morph::{Gender, Grammar, GrammaticalNumber, Morphology, Pos};
use crate::segment::{SegmentKind, Segmentation};
use crate::span::{Bytes, Span};

/// Where the text of a candidate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Text {
    /// A lemma of the tables of morphology.
    Table(u32),
    /// Made from the segment: bytes of the room for texts.
    Made(Span<Bytes>),
}

/// A lemma that a segment can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) text: Text,
    pub(crate) grammar: Grammar,
    /// How it was found: the number of an ending, or one past them.
    pub(crate) how: u16,
}

/// An ending and what the lemma has instead.
struct Ending {
    ending: &'static str,
    instead: &'static str,
    gender: Option<Gender>,
    number: Option<GrammaticalNumber>,
}

/// Endings and function words.
pub(crate) struct Knowledge {
    endings: Vec<Ending>,
    function_words: HashMap<(Pos, String), &'static str>,
}

const TABLE: u16 = 100;
const LISTED: u16 = 101;
const ITSELF: u16 = 110;
const FUNCTION: u16 = 111;

fn cell(text: &'static str) -> &'static str {
    if text == "-" { "" } else { text }
}

impl Knowledge {
    /// The shipped lists.
    pub(crate) fn shipped() -> Self {
        let lines = |text: &'static str| text.lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
        let endings = lines(include_str!("../../data/lexicon/endings.tsv")).filter_map(|line| {
            let mut columns = line.split('\t');
            let (ending, instead) = (cell(columns.next()?), cell(columns.next()?));
            let gender = match columns.next()? {
                "Masc" => Some(Gender::Masculine),
                "Fem" => Some(Gender::Feminine),
                _ => None,
            };
            let number = match columns.next()? {
                "Sing" => Some(GrammaticalNumber::Singular),
                "Dual" => Some(GrammaticalNumber::Dual),
                "Plur" => Some(GrammaticalNumber::Plural),
                _ => None,
            };
            Some(Ending { ending, instead, gender, number })
        });
        let function_words = lines(include_str!("../../data/lexicon/function_words.tsv")).filter_map(|line| {
            let mut columns = line.split('\t');
            let (form, pos, lemma) = (columns.next()?, columns.next()?.parse().ok()?, columns.next()?);
            Some(((pos, form.to_owned()), lemma))
        });
        Self { endings: endings.collect(), function_words: function_words.collect() }
    }
}

/// Whether a pronoun follows in the same word.
pub(super) fn followed(segmentation: &Segmentation<'_>, i: usize) -> bool {
    let segment = &segmentation.segments[i];
    segmentation.segments.get(i + 1).is_some_and(|s| s.token == segment.token && s.kind == SegmentKind::Enclitic)
}

fn gender_of(lemma: &str) -> Gender {
    if lemma.ends_with(['ة', 'ى']) || lemma.ends_with("اء") && lemma.chars().count() > 4 {
        Gender::Feminine
    } else {
        Gender::Masculine
    }
}

/// The candidates of one segment.
#[derive(Default)]
pub(crate) struct Candidates {
    pub(crate) all: Vec<Candidate>,
    room: String,
    /// The word without marks, article and what a pronoun changed.
    pub(crate) word: String,
}

impl Candidates {
    /// The text of a candidate, without marks.
    pub(crate) fn text(&self, candidate: &Candidate) -> std::borrow::Cow<'_, str> {
        match candidate.text {
            Text::Table(lemma) => bare(Morphology::shipped().lemma(lemma).0).into(),
            Text::Made(span) => self.room[span.range()].into(),
        }
    }

    /// Finds what a segment with a part of speech can be; at least one candidate.
    pub(crate) fn find(
        &mut self,
        knowledge: &Knowledge,
        store: &Store,
        segmentation: &Segmentation<'_>,
        pos: Pos,
        i: usize,
    ) {
        self.all.clear();
        self.room.clear();
        let segment = &segmentation.segments[i];
        let nominal = matches!(pos, Pos::Noun | Pos::Adj | Pos::Num);
        let arabic = segmentation.tokens[segment.token as usize].kind == TokenKind::Arabic;
        if arabic {
            self.write(segmentation, i, nominal);
        } else {
            self.word.clear();
            self.word.push_str(segmentation.surface(segment.span));
        }
        let plain = Grammar { pos, aspect: None, voice: None, person: None, gender: None, number: None };
        if !arabic {
            return self.itself(plain);
        }
        if let Some(lemma) = knowledge.function_words.get(&(pos, self.word.clone())) {
            return self.push(&[lemma], plain, FUNCTION);
        }
        if !matches!(pos, Pos::Verb | Pos::Aux) {
            self.spell(store);
        }
        match pos {
            Pos::Verb | Pos::Aux => {
                let morphology = Morphology::shipped();
                morphology.readings(segmentation.form(i), followed(segmentation, i), |reading| {
                    if reading.grammar.pos == Pos::Verb {
                        let grammar = Grammar { pos, ..reading.grammar };
                        self.all.push(Candidate { text: Text::Table(reading.lemma), grammar, how: TABLE });
                    }
                });
            }
            Pos::Noun | Pos::Adj | Pos::Num => self.nominal(knowledge, store, pos),
            _ => {}
        }
        if self.all.is_empty() {
            self.itself(plain);
        }
    }

    /// The word as written without what does not belong to it, into `word`.
    fn write(&mut self, segmentation: &Segmentation<'_>, i: usize, nominal: bool) {
        let (surface, form) = (segmentation.surface(segmentation.segments[i].span), segmentation.form(i));
        self.word.clear();
        let cut = if nominal { segmentation.article(i).unwrap_or(0) } else { 0 };
        let stem = surface.get(cut..).unwrap_or(surface);
        // Presentation forms and foreign letters are read by their normalized form.
        if stem.chars().any(|c| !('\u{0621}'..='\u{06FF}').contains(&c)) {
            self.word.push_str(if cut > 0 { form.strip_prefix("ال").unwrap_or(form) } else { form });
            if self.word.is_empty() {
                // Nothing but what normalization drops.
                self.word.push_str(stem);
            }
            return;
        }
        self.word.extend(stem.chars().filter(|&c| !is_mark(c)));
        if self.word.is_empty() {
            // Marks alone.
            return self.word.push_str(stem);
        }
        if followed(segmentation, i) {
            let changed = match (self.word.chars().next_back(), form.chars().next_back()) {
                (Some('ت'), Some('ه')) => 'ة',
                (Some('ا'), Some('ي')) => 'ى',
                (Some('ئ' | 'ؤ'), Some('ء')) => 'ء',
                _ => return,
            };
            self.word.pop();
            self.word.push(changed);
        }
    }

    /// Gives a word its hamzas where the writer left them out.
    fn spell(&mut self, store: &Store) {
        if self.word.contains(['أ', 'إ', 'آ']) || !self.word.contains('ا') {
            return;
        }
        let usual = |stem: &str| store.entries(&fold(stem)).find(|e| e.kind == Kind::Spelling).map(|e| e.lemma);
        if let Some(usual) = usual(&self.word) {
            usual.clone_into(&mut self.word);
        } else if let Some(usual) = self.word.strip_prefix("ال").and_then(usual) {
            self.word = format!("ال{usual}");
        }
    }

    fn push(&mut self, parts: &[&str], grammar: Grammar, how: u16) {
        let start = self.room.len();
        parts.iter().for_each(|part| self.room.push_str(part));
        self.all.push(Candidate { text: Text::Made(Span::of(start, self.room.len())), grammar, how });
    }

    fn itself(&mut self, grammar: Grammar) {
        let word = std::mem::take(&mut self.word);
        self.push(&[&word], grammar, ITSELF);
        self.word = word;
    }

    fn nominal(&mut self, knowledge: &Knowledge, store: &Store, pos: Pos) {
        let word = std::mem::take(&mut self.word);
        let folded = fold(&word);
        let plain = Grammar { pos, aspect: None, voice: None, person: None, gender: None, number: None };
        let with = |gender, number| Grammar { gender, number, ..plain };
        for entry in store.entries(&folded) {
            if entry.kind != Kind::Spelling {
                let number = (entry.kind == Kind::Plural).then_some(GrammaticalNumber::Plural);
                let grammar = with(Some(gender_of(entry.lemma)), number);
                self.push(&[entry.lemma], grammar, LISTED + entry.kind as u16);
            }
        }
        if pos == Pos::Adj {
            let morphology = Morphology::shipped();
            morphology.readings(&folded, false, |reading| {
                if reading.grammar.pos == Pos::Adj {
                    self.all.push(Candidate { text: Text::Table(reading.lemma), grammar: reading.grammar, how: TABLE });
                }
            });
        }
        for (how, ending) in knowledge.endings.iter().enumerate() {
            let Some(stem) = word.strip_suffix(ending.ending) else { continue };
            // Two letters at least must be left.
            if stem.len() + ending.instead.len() < 4 && !ending.ending.is_empty() {
                continue;
            }
            let lemma_gender = if ending.ending.is_empty() { Some(gender_of(&word)) } else { ending.gender };
            self.push(&[stem, ending.instead], with(lemma_gender, ending.number), how as u16);
        }
        self.word = word;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_read() {
        let knowledge = Knowledge::shipped();
        assert!(knowledge.endings.len() > 20);
        assert_eq!(knowledge.function_words.get(&(Pos::Pron, "التي".to_owned())), Some(&"الذي"));
    }
}
