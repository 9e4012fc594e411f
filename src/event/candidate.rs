//! Words that can tell of an event, and what their surroundings say about it.

use std::sync::OnceLock;

use super::frame::{Ambiguity, Shape};
use super::view::{Known, Name, State, View, class};
use crate::mention::MentionType;
use crate::model::linear::{Features, hash};
use crate::segment::Zone;
use crate::span::{Segments, Span};

/// A word that can be a trigger.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// The segment.
    pub(super) at: u32,
    /// Its sentence.
    pub(super) sentence: u32,
}

/// Forms that are parts of predicates but never told of an event in the annotated documents, often as they occur there
/// (`khabar-train event` writes the list): looking at them costs time and gives nothing.
fn quiet() -> &'static [u64] {
    static QUIET: OnceLock<Vec<u64>> = OnceLock::new();
    QUIET.get_or_init(|| {
        let mut forms: Vec<u64> = include_str!("../data/lexicon/event_quiet.txt").lines().map(hash).collect();
        forms.sort_unstable();
        forms
    })
}

/// Shortest form, in bytes, that is considered without being known.
const SHORTEST: usize = 6;

/// The candidates of a text, in text order.
pub(super) fn candidates(view: &View<'_>) -> Vec<Candidate> {
    let (mut all, quiet) = (Vec::new(), quiet());
    for (sentence, s) in (0..).zip(&view.linked.segmentation.sentences) {
        // Events have a named actor or recipient, told in the sentence or just before it.
        if !matches!(s.zone, Zone::Body | Zone::Title) {
            continue;
        }
        for at in s.segments.start..s.segments.end {
            let word = &view.words[at as usize];
            if word.class & class::STEM == 0 || view.linked.segmentation.form(at as usize).len() < SHORTEST - 2 {
                continue;
            }
            if quiet.binary_search(&word.form).is_ok() {
                continue;
            }
            if word.known.1 != 0 || word.unpaired != 0 && word.noun == 0 {
                all.push(Candidate { at, sentence });
            }
        }
    }
    all
}

/// A distance in a few steps.
#[inline]
pub(super) fn bucket(distance: u32) -> u64 {
    match distance {
        0..=3 => u64::from(distance),
        4..=5 => 4,
        6..=8 => 5,
        9..=13 => 6,
        14..=24 => 7,
        _ => 8,
    }
}

/// The letters of a form that roots are made of, in order: shared by verb and noun of one root, with some noise.
fn skeleton(form: &str) -> u64 {
    let bare = form.strip_prefix("ال").unwrap_or(form);
    let mut letters = String::new();
    letters
        .extend(bare.chars().filter(|c| !matches!(c, 'ا' | 'و' | 'ي' | 'ت' | 'ه' | 'ن' | 'م' | 'س' | 'ء' | 'ئ' | 'ؤ')));
    hash(&letters)
}

/// What is known of a document's repeated words, computed once.
pub(super) struct Repeats {
    /// (lemma, candidate index), sorted.
    lemmas: Vec<(u64, u32)>,
}

impl Repeats {
    pub(super) fn new(view: &View<'_>, candidates: &[Candidate]) -> Self {
        let mut lemmas: Vec<_> = (0..).zip(candidates).map(|(i, c)| (view.words[c.at as usize].lemma, i)).collect();
        lemmas.sort_unstable();
        Self { lemmas }
    }

    /// How often the lemma came before and comes after, in other sentences and in this one.
    fn around(&self, candidates: &[Candidate], index: u32, lemma: u64) -> (u32, u32, u32) {
        let own = candidates[index as usize].sentence;
        // Candidates are in text order, so all these borders can be looked up: a word may stand in a text very often.
        let sentence = |i: u32| candidates[i as usize].sentence;
        let first = self.lemmas.partition_point(|s| s.0 < lemma);
        let sentence_start = self.lemmas.partition_point(|s| (s.0, sentence(s.1)) < (lemma, own));
        let here = self.lemmas.partition_point(|s| *s < (lemma, index));
        let sentence_end = self.lemmas.partition_point(|s| (s.0, sentence(s.1)) <= (lemma, own));
        let last = self.lemmas.partition_point(|s| s.0 <= lemma);
        ((sentence_start - first) as u32, (last - sentence_end) as u32, (here - sentence_start) as u32)
    }
}

/// Number of the best shape among the known predicates, passive verbs apart, for features.
pub(super) fn shape_of(view: &View<'_>, at: u32) -> u64 {
    let passive = u64::from(view.words[at as usize].passive);
    view.known(at).iter().map(|k| k.shape).min().map_or(9, |s| s as u64) + 10 * passive
}

/// The nearest names that are not inside others, before and after a segment of a sentence.
pub(super) struct Around<'v> {
    pub(super) before: [Option<&'v Name>; 2],
    pub(super) after: [Option<&'v Name>; 3],
    pub(super) total: usize,
}

pub(super) fn around<'v>(view: &'v View<'_>, at: u32, sentence: Span<Segments>) -> Around<'v> {
    let names = view.names_in(sentence);
    let (mut before, mut after, mut b, mut a) = ([None; 2], [None; 3], 0, 0);
    let middle = names.partition_point(|n| n.segments.start <= at);
    for name in names[..middle].iter().rev().filter(|n| !n.nested && !n.appended || n.kind == MentionType::Norp) {
        if b < before.len() && !name.segments.contains(at) {
            before[b] = Some(name);
            b += 1;
        }
    }
    for name in names[middle..].iter().filter(|n| !n.nested && !n.appended || n.kind == MentionType::Norp) {
        if a < after.len() {
            after[a] = Some(name);
            a += 1;
        }
    }
    Around { before, after, total: names.iter().filter(|n| !n.nested).count() }
}

fn state_number(known: &Known) -> u64 {
    match known.state {
        State::Alone => 0,
        State::Paired => 1,
        State::Unpaired => 2,
        State::Companion => 3,
    }
}

/// Describes a candidate for [`Task::EventTrigger`](crate::model::Task::EventTrigger).
pub(super) fn describe(view: &View<'_>, candidates: &[Candidate], repeats: &Repeats, index: usize, out: &mut Features) {
    out.clear();
    let Candidate { at, sentence } = candidates[index];
    let segmentation = view.linked.segmentation;
    let s = &segmentation.sentences[sentence as usize];
    let (word, i) = (view.words[at as usize], i64::from(at));
    let inside = |j: i64| j >= i64::from(s.segments.start) && j < i64::from(s.segments.end);
    let near = |d: i64| if inside(i + d) { view.word(i + d) } else { view.word(-1) };
    let form = segmentation.form(at as usize);
    let shape = shape_of(view, at);
    let article = u64::from(word.class & class::ARTICLE != 0);

    out.add(1, &[word.form]);
    out.add(2, &[word.lemma]);
    out.add(3, &[skeleton(form)]);
    out.add(4, &[shape, article]);
    let pos = |w: &super::view::Word| u64::from(w.pos);
    out.add(5, &[pos(&word), shape]);
    out.add(6, &[pos(&word), word.lemma]);
    out.add(7, &[pos(&near(-1)), pos(&word), pos(&near(1))]);

    // What the lexicon allows.
    let (mut types, mut sure) = (0u16, 0u16);
    let names = around(view, at, s.segments);
    let first = names.after[0].map_or((0, 9), |n| (n.kind as u64 + 1, bucket(n.segments.start - at)));
    let last = names.before[0].map_or((0, 9), |n| (n.kind as u64 + 1, bucket(at - n.segments.end.min(at))));
    let link = names.after[0].map_or(1, |n| n.connector);
    for known in view.known(at) {
        let p = &view.predicates.all[known.predicate as usize];
        let (id, kind, state) = (u64::from(known.predicate) + 1, p.kind as u64 + 1, state_number(known));
        types |= 1 << p.kind as u16;
        if p.ambiguity == Ambiguity::Low {
            sure |= 1 << p.kind as u16;
        }
        out.add(10, &[id]);
        out.add(11, &[id, state, known.shape as u64]);
        out.add(12, &[kind, p.ambiguity as u64, state]);
        out.add(13, &[kind, p.ambiguity as u64, known.shape as u64, article]);
        out.add(14, &[kind, hash(p.mode)]);
        out.add(15, &[kind, first.0, first.1]);
        out.add(16, &[kind, last.0, last.1]);
        out.add(17, &[kind, link]);
        out.add(18, &[id, u64::from(first.1 < 4), u64::from(last.1 < 4)]);
    }
    out.add(19, &[u64::from(types), u64::from(sure)]);
    out.add(20, &[u64::from(types.count_ones()), u64::from(word.unpaired.count_ones().min(5))]);
    for kind in 0..16u64 {
        if word.unpaired >> kind & 1 == 1 {
            out.add(21, &[kind]);
            out.add(22, &[kind, near(1).lemma]);
        }
    }

    // Words around it.
    let (p1, p2, n1, n2, n3) = (near(-1), near(-2), near(1), near(2), near(3));
    out.add(30, &[p1.form]);
    out.add(31, &[n1.form]);
    out.add(32, &[p1.lemma, word.lemma]);
    out.add(33, &[word.lemma, n1.lemma]);
    out.add(34, &[p2.form, p1.form]);
    out.add(35, &[n1.form, n2.form]);
    out.add(36, &[word.lemma, n2.lemma]);
    out.add(37, &[p1.form, shape]);
    out.add(38, &[p2.form]);
    out.add(39, &[n2.form]);
    for d in -5..=7i64 {
        let w = near(d);
        if d != 0 && w.class & class::STEM != 0 {
            out.add(if d < 0 { 40 } else { 41 }, &[w.lemma]);
            out.add(if d < 0 { 80 } else { 81 }, &[u64::from(w.cluster.fine)]);
        }
    }
    out.add(42, &[u64::from(p1.class), u64::from(n1.class)]);
    out.add(43, &[word.lemma, n3.lemma]);

    let fine = |w: &super::view::Word| u64::from(w.cluster.fine);
    out.add(44, &[fine(&word)]);
    out.add(45, &[fine(&word), shape]);
    out.add(46, &[fine(&p1), shape]);
    out.add(47, &[fine(&n1), shape]);
    out.add(48, &[word.lemma, fine(&n1)]);
    out.add(49, &[fine(&word), fine(&n1)]);
    out.add(82, &[fine(&p1), fine(&word)]);

    // Names around it.
    let mention = if word.mention == 0 { 0 } else { view.linked.mentions[word.mention as usize - 1].kind as u64 + 1 };
    out.add(50, &[mention]);
    out.add(51, &[first.0, first.1]);
    out.add(52, &[last.0, last.1]);
    out.add(53, &[first.0, last.0, shape]);
    out.add(54, &[names.total.min(5) as u64]);
    out.add(55, &[link, first.1, shape]);
    out.add(56, &[word.lemma, link]);
    if let Some(second) = names.after[1] {
        out.add(57, &[first.0, link, second.kind as u64, second.connector]);
    }
    if mention != 0 {
        out.add(58, &[mention, word.lemma]);
    }

    // The clause: negation, modality, who reports it.
    let mut reported = 9;
    let mut verb = 0;
    for d in 1..=8i64 {
        let w = near(-d);
        if w.class & class::REPORTING != 0 && reported == 9 {
            reported = d as u64;
        }
        if w.class & class::VERB != 0 && verb == 0 {
            verb = w.lemma;
        }
        if w.class & class::NEGATION != 0 && d <= 3 {
            out.add(60, &[shape]);
        }
        if w.class & class::PUNCTUATION != 0 {
            break;
        }
    }
    out.add(61, &[verb]);
    out.add(62, &[verb, shape, article]);
    out.add(63, &[reported / 3]);
    out.add(64, &[u64::from(word.class & (class::REPORTING | class::FUTURE | class::MARKERS)), shape]);

    // Where in the document, and whether it is told elsewhere.
    let title = s.zone == Zone::Title;
    out.add(70, &[u64::from(title)]);
    out.add(71, &[u64::from(sentence.min(6)), u64::from(title)]);
    out.add(72, &[bucket(at - s.segments.start)]);
    out.add(73, &[bucket(s.segments.len() as u32)]);
    let (before, after, here) = repeats.around(candidates, index as u32, word.lemma);
    out.add(74, &[u64::from(before.min(2)), u64::from(after.min(2)), u64::from(title)]);
    out.add(75, &[u64::from(before.min(2)), article, names.total.min(3) as u64]);
    out.add(76, &[u64::from(here.min(2)), shape]);
    out.add(77, &[u64::from(before.min(1)), word.lemma]);
    let verbs_and_names = u64::from(shape <= Shape::Imperfect as u64) + 2 * names.total.min(2) as u64;
    out.add(78, &[verbs_and_names, u64::from(sentence == 0)]);
}
