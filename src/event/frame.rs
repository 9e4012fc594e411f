//! Lines of the predicate lexicon (`src/data/lexicon/events.tsv`, notation in `FRAMES.md`): type, mode, who stands where.

use super::EventType;
use crate::lexicon::fold::key;
use crate::model::linear::hash;

/// What kind of form a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// Perfect: done.
    Perfect,
    /// Imperfect: going on, to come, or negated.
    Imperfect,
    /// Verbal noun or event noun.
    Noun,
    /// Participle.
    Participle,
}

impl Shape {
    /// Numbered from 0, as in the compiled file.
    pub(super) const ALL: [Self; 4] = [Self::Perfect, Self::Imperfect, Self::Noun, Self::Participle];
}

/// What a mention can be to an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Who acts.
    Actor,
    /// Whom it is done to.
    Recipient,
    /// Where.
    Place,
}

/// Where a role stands beside the predicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Filler {
    /// Subject of the verb.
    Subject,
    /// Its object, first or second.
    Object,
    /// Genitive or pronoun after the noun.
    Genitive,
    /// Adjective of nationality after the noun.
    Adjective,
    /// After a preposition, by the hash of its folded form.
    Preposition(u64),
    /// Beside a linking verb or participle (هجوم استهدف), by the hash of its folded form.
    Verb(u64),
}

/// A role and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The role.
    pub role: Role,
    /// Its place.
    pub filler: Filler,
}

/// How likely the form is something else (the lexicon's judgement).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ambiguity {
    /// Nearly always this event.
    Low,
    /// Often.
    Mid,
    /// Seldom.
    High,
}

/// A predicate.
#[derive(Debug)]
pub struct Predicate {
    /// Class of the events that it tells.
    pub kind: EventType,
    /// Sub-class.
    pub mode: &'static str,
    /// The lexicon's own wording; events carry it as their rule.
    pub name: &'static str,
    /// How far to trust it.
    pub ambiguity: Ambiguity,
    /// All parties are actors.
    pub mutual: bool,
    /// Slots after the verb.
    pub verbal: Vec<Slot>,
    /// Slots after the noun.
    pub nominal: Vec<Slot>,
    /// The preposition that must follow (تحدث مع), by hash; 0 where none must.
    pub preposition: u64,
    /// It holds only when negated (لن يشارك).
    pub negated: bool,
}

/// Prepositions and what stands like them, as the lexicon writes them.
pub(super) fn preposition(word: &str) -> u64 {
    hash(key(word.trim_end_matches('\u{0640}')).trim())
}

fn slots(frame: &'static str) -> Vec<Slot> {
    let mut slots = Vec::new();
    for slot in frame.split(';') {
        let Some((role, fillers)) = slot.trim().split_once('=') else { continue };
        let role = match role.trim() {
            "actor" => Role::Actor,
            "recipient" => Role::Recipient,
            "place" => Role::Place,
            _ => continue,
        };
        let mut prefix = "";
        for filler in fillers.split('|') {
            let mut filler = filler.trim();
            for p in ["prep:", "clause:", "verb:"] {
                if let Some(rest) = filler.strip_prefix(p) {
                    (prefix, filler) = (p, rest);
                }
            }
            let filler = match (filler, prefix) {
                ("subj", _) => Filler::Subject,
                ("obj" | "obj2", _) => Filler::Object,
                ("idafa" | "poss", _) => Filler::Genitive,
                ("adj", _) => Filler::Adjective,
                (word, "prep:") => {
                    slots.push(Slot { role, filler: Filler::Preposition(preposition(word)) });
                    continue;
                }
                (word, "verb:") => {
                    slots.push(Slot { role, filler: Filler::Verb(preposition(word)) });
                    continue;
                }
                _ => continue,
            };
            prefix = "";
            slots.push(Slot { role, filler });
        }
    }
    slots
}

/// The frame of the noun where none is given: what subject and object become.
fn nominal(verbal: &[Slot]) -> Vec<Slot> {
    let mut slots = Vec::new();
    for slot in verbal {
        match slot.filler {
            Filler::Subject | Filler::Object => {
                slots.push(Slot { filler: Filler::Genitive, ..*slot });
                if slot.filler == Filler::Subject {
                    slots.push(Slot { filler: Filler::Adjective, ..*slot });
                } else {
                    slots.push(Slot { filler: Filler::Preposition(hash("ل")), ..*slot });
                }
            }
            _ => slots.push(*slot),
        }
    }
    slots
}

/// Prepositions that a verb of the lexicon can be bound to.
const PREPOSITIONS: &[&str] =
    &["ب", "ل", "من", "الي", "علي", "في", "عن", "مع", "بين", "ضد", "تحت", "حول", "امام", "ك", "لدي", "نحو"];
/// Particles of negation that a predicate can begin with.
pub(super) const NEGATIONS: &[&str] = &["لن", "لا", "لم", "ما"];

/// A line cut into its parts: what [`Predicate`] keeps, and the words that its forms are made of.
#[cfg_attr(not(feature = "train"), expect(dead_code, reason = "the compiler of predicates reads the words"))]
pub(super) struct Line {
    pub(super) predicate: Predicate,
    pub(super) verb: &'static str,
    pub(super) imperfect: &'static str,
    pub(super) nouns: &'static str,
    pub(super) participles: &'static str,
}

/// Words of a wording: the head, and the word that it needs beside it (folded; None where the head is enough).
#[cfg_attr(not(feature = "train"), expect(dead_code, reason = "the compiler of predicates reads the words"))]
pub(super) struct Wording {
    pub(super) head: String,
    pub(super) companion: Option<String>,
    pub(super) preposition: u64,
    pub(super) negated: bool,
}

/// Takes a wording of the lexicon apart: `قام بـ + زيارة`, `تحدث مع`, `إجراء زيارة`, `لن يشارك`.
pub(super) fn wording(text: &str) -> Option<Wording> {
    let (first, second) = text.split_once('+').map_or((text, ""), |(a, b)| (a, b.trim()));
    let mut words = first.split_whitespace().peekable();
    let negated = words.next_if(|w| NEGATIONS.contains(w)).is_some();
    let head = words.next()?.to_owned();
    let rest: Vec<&str> = words.collect();
    let preposition = match rest.first().map(|w| key(w.trim_end_matches('\u{0640}'))) {
        Some(w) if rest.len() == 1 && PREPOSITIONS.contains(&&*w) => hash(&w),
        _ => 0,
    };
    let words: Vec<&str> = if second.is_empty() { rest } else { second.split_whitespace().collect() };
    let words: Vec<&str> =
        words.into_iter().filter(|w| !PREPOSITIONS.contains(&&*key(w.trim_end_matches('\u{0640}')))).collect();
    // A genitive decides (رفع حالة الطوارئ), an adjective does not (نظم مناورات مشتركة).
    let companion = match words[..] {
        [.., last] if last.starts_with("ال") || last.starts_with("لل") || last.starts_with("بال") => Some(last),
        [first, ..] => Some(first),
        [] => None,
    };
    Some(Wording { head, companion: companion.map(str::to_owned), preposition, negated })
}

/// Reads a line; None where it is no predicate.
pub(super) fn line(text: &'static str) -> Option<Line> {
    let mut columns = text.trim_end_matches('\r').split('\t');
    let mut next = || columns.next().map(str::trim);
    let (verb, imperfect, nouns, participles, kind, mode, frame) =
        (next()?, next()?, next()?, next()?, next()?.parse().ok()?, next()?, next()?);
    let ambiguity = match next()? {
        "low" => Ambiguity::Low,
        "mid" => Ambiguity::Mid,
        _ => Ambiguity::High,
    };
    let (verbal, noun) = frame.split_once(" / ").map_or((frame, None), |(v, n)| (v, Some(n)));
    let mutual = frame.split([';', '/']).any(|f| f.trim() == "mutual");
    let verbal = slots(verbal);
    let nominal = noun.map_or_else(|| nominal(&verbal), slots);
    let Wording { preposition, negated, .. } = wording(verb)?;
    let predicate = Predicate { kind, mode, name: verb, ambiguity, mutual, verbal, nominal, preposition, negated };
    Some(Line { predicate, verb, imperfect, nouns, participles })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line() {
        let line = line(
            "أغاث\tيغيث\tإغاثة\tمغيث|مغاث\tAID\trelief\tactor=subj; recipient=obj|prep:من قبل|لـ / actor=idafa\tlow\t-",
        )
        .unwrap();
        let p = &line.predicate;
        assert_eq!((p.kind, p.mode, p.ambiguity), (EventType::Aid, "relief", Ambiguity::Low));
        let slot = |role, filler| Slot { role, filler };
        assert_eq!(p.verbal[..2], [slot(Role::Actor, Filler::Subject), slot(Role::Recipient, Filler::Object)]);
        assert_eq!(p.verbal[3], slot(Role::Recipient, Filler::Preposition(hash("ل"))));
        assert_eq!(p.nominal, [slot(Role::Actor, Filler::Genitive)]);
    }

    #[test]
    fn wordings() {
        let parts = |text| wording(text).map(|w| (w.head, w.companion, w.preposition != 0, w.negated)).unwrap();
        assert_eq!(parts("قام بـ + زيارة"), ("قام".into(), Some("زيارة".into()), true, false));
        assert_eq!(parts("رفع + حالة الطوارئ"), ("رفع".into(), Some("الطوارئ".into()), false, false));
        assert_eq!(parts("تحدث مع"), ("تحدث".into(), None, true, false));
        assert_eq!(parts("لن يشارك"), ("يشارك".into(), None, false, true));
    }
}
