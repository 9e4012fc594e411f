//! Who speaks: names around the cue, the words that stand for an unnamed speaker, or the speaker of the quotation before.

use super::candidate::{Opening, Start, bucket};
use super::reporting::{Shape, Subject};
use super::view::{View, speaks};
use crate::mention::MentionType;
use crate::model::linear::{Features, hash};
use crate::segment::SegmentKind;
use crate::span::{Segments, Span};

/// Who may speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// Index of a mention that has an entity.
    Mention(u32),
    /// Words after (or before) the cue.
    Text(Span<Segments>),
    /// The one who spoke before.
    Before,
}

/// The last speaker of a text, while it is read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Last {
    pub entity: Option<u32>,
    pub text: Option<String>,
    /// Sentence of its quotation.
    pub sentence: u32,
}

/// Words that end a noun phrase.
const STOPS: [&str; 26] = [
    "ان",
    "في",
    "ل",
    "الي",
    "علي",
    "عن",
    "خلال",
    "قبل",
    "بعد",
    "منذ",
    "امام",
    "عقب",
    "حول",
    "مع",
    "امس",
    "اليوم",
    "و",
    "ب",
    "الذي",
    "التي",
    "الذين",
    "لدي",
    "اثر",
    "عبر",
    "بشان",
    "قائلا",
];

/// The noun phrase that begins at a segment.
pub(super) fn phrase(view: &View<'_>, start: u32, limit: u32) -> Span<Segments> {
    let mut at = start;
    while at < limit && at < start + 7 {
        let word = view.form(at);
        let fits =
            !view.is_punctuation(at) && !STOPS.contains(&word) && view.cue(at).is_none_or(|c| c.shape == Shape::Noun);
        if !fits || view.is_enclitic(at) && at == start {
            break;
        }
        at += 1;
    }
    Span::new(start, at)
}

/// Words that end even a long noun phrase.
const FAR_STOPS: [&str; 20] = [
    "ان",
    "ل",
    "الي",
    "خلال",
    "قبل",
    "بعد",
    "منذ",
    "عقب",
    "مع",
    "امس",
    "اليوم",
    "الذي",
    "التي",
    "الذين",
    "لدي",
    "عبر",
    "بشان",
    "قائلا",
    "حول",
    "امام",
];

/// A noun phrase with what follows by a preposition (متحدث باسم الشرطة, مسؤول في الوزارة).
fn long_phrase(view: &View<'_>, start: u32, limit: u32) -> Span<Segments> {
    let mut at = start;
    while at < limit && at < start + 12 {
        let stops = view.is_punctuation(at) || FAR_STOPS.contains(&view.form(at));
        if stops || view.cue(at).is_some_and(|c| c.shape != Shape::Noun) {
            break;
        }
        at += 1;
    }
    // Not to end in a preposition.
    while at > start && matches!(view.form(at - 1), "و" | "في" | "ب" | "من" | "علي" | "عن") {
        at -= 1;
    }
    Span::new(start, at)
}

/// A noun without article and ending: what المصدر and مصدر, الوزارة and وزارة share.
fn head(form: &str) -> &str {
    let bare = form.strip_prefix("ال").unwrap_or(form);
    bare.strip_suffix('ه').unwrap_or(bare)
}

/// Segments before a cue in which its subject may stand.
const NEAR: u32 = 150;

/// All who may speak a quotation that begins with `c` and ends before `end`.
pub(super) fn voices(view: &View<'_>, c: &Start, end: u32, last: &Last, out: &mut Vec<Voice>) {
    out.clear();
    let s = view.linked.segmentation;
    let sentence = s.sentences[c.sentence as usize];
    let mut add = |span: Span<Segments>| {
        for i in view.mentions(span) {
            let mention = &view.linked.mentions[i];
            if speaks(mention.kind) && mention.entity.is_some() && mention.segments.end <= span.end {
                out.push(Voice::Mention(i as u32));
            }
        }
    };
    let said = Span::<Segments>::new(c.start, end.max(c.start));
    // A subject may stand in the sentence before, whose last names are nearest.
    if let Some(previous) =
        (c.sentence as usize).checked_sub(1).map(|i| s.sentences[i]).filter(|p| p.segments.len() < 120)
    {
        add(previous.segments);
    }
    let near = sentence.segments.start.max(c.cue.saturating_sub(NEAR));
    add(Span::new(near, sentence.segments.end.min(said.start)));
    if said.end < sentence.segments.end {
        add(Span::new(said.end, sentence.segments.end.min(said.end + 30)));
    }
    if out.len() > 50 {
        out.drain(..out.len() - 50);
    }
    if c.opening != Opening::Title {
        let text = phrase(view, c.cue + 1, c.by.max(c.cue + 1));
        if !text.is_empty() {
            out.push(Voice::Text(text));
            let long = long_phrase(view, c.cue + 1, c.by.max(c.cue + 1));
            if long.len() > text.len() {
                out.push(Voice::Text(long));
            }
        }
        // قالت أمس مصادر; مصدر مسؤول قال إن.
        let start = (sentence.segments.start.max(c.cue.saturating_sub(6))..c.cue)
            .find(|&at| !view.is_punctuation(at) && s.segments[at as usize].kind == SegmentKind::Stem);
        if let Some(start) = start.filter(|&start| phrase(view, start, c.cue).end == c.cue) {
            out.push(Voice::Text(Span::new(start, c.cue)));
        }
    }
    if last.entity.is_some() || last.text.is_some() {
        out.push(Voice::Before);
    }
}

/// Whether a noun with the article, and no name, stands right after the cue.
fn definite(view: &View<'_>, c: &Start) -> bool {
    c.by > c.cue + 1 && view.form(c.cue + 1).starts_with("ال") && view.named(c.cue + 1).is_none()
}

/// Describes one who may speak. `all` are all voices, for their order.
pub(super) fn features(view: &View<'_>, c: &Start, voice: Voice, all: &[Voice], last: &Last, out: &mut Features) {
    out.clear();
    let s = view.linked.segmentation;
    let sentence = s.sentences[c.sentence as usize].segments;
    let cue = view.cue(c.cue);
    let shape = cue.map_or(9, |f| f.shape as u64);
    let subject = cue.map_or(9, |f| f.subject as u64);
    let lemma = cue.map_or(u64::MAX, |f| u64::from(f.lemma));
    let opening = c.opening as u64;
    // What stands right after the cue: an elided subject, a pronoun, a name, another noun.
    let after = if c.by == c.cue + 1 || view.is_punctuation(c.cue + 1) {
        0
    } else if view.is_enclitic(c.cue + 1) {
        1
    } else if view.named(c.cue + 1).is_some() {
        2
    } else if STOPS.contains(&view.form(c.cue + 1)) {
        3
    } else if definite(view, c) {
        5
    } else {
        4
    };
    let named_before =
        view.mentions(Span::new(sentence.start, c.cue)).any(|i| speaks(view.linked.mentions[i].kind)) as u64;
    let same = |entity: Option<u32>| entity.is_some() && entity == last.entity;
    match voice {
        Voice::Before => {
            let far = u64::from((c.sentence - last.sentence.min(c.sentence)).min(4));
            out.add(1, &[after]);
            out.add(2, &[after, shape]);
            out.add(3, &[after, far, named_before]);
            out.add(4, &[lemma, after]);
            out.add(5, &[subject, after, u64::from(last.entity.is_some())]);
            out.add(6, &[hash(view.form(c.cue + 1)), after]);
            out.add(7, &[opening, far]);
            let told = last.text.as_deref().and_then(|t| t.split_whitespace().next()).map(crate::lexicon::key);
            let again = told.is_some_and(|t| head(&t) == head(view.form(c.cue + 1)));
            out.add(9, &[after, u64::from(again)]);
            if let Some(entity) = last.entity {
                let kind = view.linked.entities.get(entity as usize).map_or(99, |e| e.kind as u64);
                out.add(8, &[kind, subject, after]);
                out.add(10, &[kind, hash(view.form(c.cue + 1)), after]);
            }
        }
        Voice::Text(span) => {
            let before = u64::from(span.end <= c.cue);
            let first = hash(view.form(span.start));
            let has_name = view.mentions(span).any(|i| view.linked.mentions[i].entity.is_some());
            let long = long_phrase(view, span.start, c.by).end == span.end;
            let short = phrase(view, span.start, c.by).end == span.end;
            let which = u64::from(long) * 2 + u64::from(short);
            let told = last.text.as_deref().and_then(|t| t.split_whitespace().next()).map(crate::lexicon::key);
            let again = told.is_some_and(|t| head(&t) == head(view.form(span.start)));
            out.add(28, &[which, before, u64::from(has_name)]);
            out.add(29, &[which, first]);
            out.add(30, &[which, hash(view.form(phrase(view, span.start, c.by).end)), u64::from(has_name)]);
            out.add(31, &[u64::from(again), after, before]);
            out.add(20, &[before, after, u64::from(has_name)]);
            out.add(21, &[first, before]);
            out.add(22, &[hash(view.form(span.end - 1)), before]);
            out.add(23, &[span.len().min(6) as u64, before]);
            out.add(24, &[shape, subject, before, u64::from(has_name)]);
            out.add(25, &[hash(view.form(span.end)), before]);
            out.add(26, &[lemma, before]);
            out.add(27, &[hash(view.form_before(span.start, 1)), before]);
        }
        Voice::Mention(index) => {
            let mention = &view.linked.mentions[index as usize];
            let kind = mention.kind as u64;
            let span = mention.segments;
            // 0 the sentence before, 1 before the cue, 2 between cue and what is said, 3 after it.
            let place = match span {
                _ if span.end <= sentence.start => 0,
                _ if span.start < c.cue => 1,
                _ if span.start < c.start => 2,
                _ => 3u64,
            };
            let mentions: Vec<u32> =
                all.iter().filter_map(|v| if let Voice::Mention(m) = v { Some(*m) } else { None }).collect();
            let here = |m: u32| view.linked.mentions[m as usize].segments;
            let like = |m: u32| match here(m) {
                x if x.end <= sentence.start => 0,
                x if x.start < c.cue => 1,
                x if x.start < c.start => 2,
                _ => 3u64,
            };
            let rank = mentions.iter().filter(|&&m| like(m) == place && m < index).count().min(5) as u64;
            let left = mentions.iter().filter(|&&m| like(m) == place && m > index).count().min(5) as u64;
            let persons = |side: u64| {
                mentions.iter().any(|&m| {
                    like(m) == side && m != index && view.linked.mentions[m as usize].kind == MentionType::Pers
                })
            };
            let distance = bucket(if place == 2 || place == 3 {
                span.start.saturating_sub(c.cue + 1)
            } else {
                c.cue.saturating_sub(span.end)
            });
            let prior = hash(view.form_before(span.start, 1));
            let nested = mentions.iter().any(|&m| m != index && here(m).covers(span));
            let entity = mention.entity.and_then(|e| view.linked.entities.get(e as usize));
            let owner = entity.map_or(99, |e| e.kind as u64);
            let comma = Span::<Segments>::new(c.cue.min(span.end), span.start.max(c.cue))
                .range()
                .any(|at| view.form(at as u32) == ",");
            let noun = view.form(c.cue + 1);
            if after == 5 {
                // الوزارة: a name that begins with the same noun, the nearest one first.
                let echo = span.range().any(|at| head(view.form(at as u32)) == head(noun));
                let subtype =
                    view.linked.hits.exact(span).map_or(0, |m| m.entries().next().map_or(0, |e| hash(e.subtype)));
                let nearest = mentions
                    .iter()
                    .rev()
                    .find(|&&m| like(m) == 0 && view.linked.mentions[m as usize].kind == mention.kind);
                let nearest = nearest == Some(&index);
                out.add(62, &[u64::from(echo), kind, place, left]);
                out.add(63, &[hash(noun), kind, place]);
                out.add(64, &[hash(noun), subtype]);
                out.add(65, &[hash(noun), kind, u64::from(nearest)]);
                out.add(66, &[u64::from(echo), u64::from(nearest), kind]);
            }
            out.add(40, &[kind, place]);
            out.add(41, &[kind, place, rank]);
            out.add(42, &[kind, place, left]);
            out.add(43, &[place, distance, kind]);
            out.add(44, &[place, prior]);
            out.add(45, &[place, prior, kind]);
            out.add(46, &[place, after, kind]);
            out.add(47, &[place, shape, kind]);
            out.add(48, &[place, subject, kind]);
            out.add(49, &[place, u64::from(nested), kind, owner]);
            out.add(50, &[place, rank, u64::from(persons(place)), kind]);
            out.add(51, &[place, u64::from(persons(2)), u64::from(persons(1)), kind]);
            out.add(52, &[u64::from(same(mention.entity)), place, after]);
            out.add(53, &[opening, place, kind, u64::from(span.start == sentence.start)]);
            out.add(54, &[lemma, place, after]);
            out.add(55, &[hash(view.form(span.end)), place, kind]);
            out.add(56, &[u64::from(comma), place, distance]);
            out.add(57, &[owner, place, rank, after]);
            out.add(58, &[u64::from(distance == 0), place, kind, subject]);
            out.add(59, &[place, owner, shape, left]);
            if subject == Subject::Feminine as u64 {
                out.add(60, &[kind, place, hash(last_letters(view.form(span.start)))]);
            }
        }
    }
}

/// The last letter of a word: its gender, mostly.
fn last_letters(word: &str) -> &str {
    word.char_indices().next_back().map_or("", |(i, _)| &word[i..])
}
