//! Examples for the two scorers, out of annotated documents.

use super::candidate::{self, Opening, Start};
use super::decode::YES;
use super::speaker::{self, Last, Voice};
use super::view::View;
use super::{Quote, find_quotes};
use crate::model::linear::{Features, Linear};
use crate::model::{Linears, Task};
use crate::span::{Segments, Span};
use crate::train::gold::{Aligned, covering};
use crate::train::learner::Example;

/// Examples of one document: quotations (where they begin and end), speakers.
#[derive(Clone, Debug, Default)]
pub struct Examples {
    /// For [`Task::Quote`].
    pub quotes: Vec<Example>,
    /// For [`Task::Speaker`].
    pub speakers: Vec<Example>,
    /// Gold quotations that have a candidate, and all.
    pub reached: (usize, usize),
}

/// The classes of both tasks.
pub fn classes() -> Vec<String> {
    ["no", "yes"].map(str::to_owned).to_vec()
}

/// Makes the examples of a document with gold mentions and entities.
pub fn examples(aligned: &Aligned<'_>) -> Examples {
    let view = View::new(aligned.linked());
    let s = &aligned.segmentation;
    let gold: Vec<(Span<Segments>, &Quote)> =
        aligned.document.quotes.iter().map(|q| (view.trim(covering(s, q.span)), q)).collect();
    let mut out = Examples { reached: (0, gold.len()), ..Examples::default() };
    let mut features = Features::default();
    let (mut starts, mut ends, mut voices) = (Vec::new(), Vec::new(), Vec::new());
    let mut reached = vec![false; gold.len()];
    let mut last = Last::default();
    for (number, sentence) in (0..).zip(&s.sentences) {
        starts.clear();
        candidate::starts(&view, number, sentence, &mut starts);
        for c in &starts {
            let found = matching(&view, c, &gold);
            candidate::start_features(&view, c, &mut features);
            let example = |features: &Features, yes| Example {
                features: features.keys().to_vec(),
                class: if yes { YES } else { 1 - YES },
                weight: 1.0,
            };
            out.quotes.push(example(&features, found.is_some()));
            let Some(index) = found else { continue };
            if std::mem::replace(&mut reached[index], true) {
                continue;
            }
            let (span, quote) = gold[index];
            if c.opening != Opening::Marks {
                candidate::ends(&view, c, &mut ends);
                for (number, &at) in ends.iter().enumerate() {
                    candidate::end_features(&view, c, at, number, &mut features);
                    let right = view.trim(Span::new(c.start, at)).end >= span.end;
                    out.quotes.push(example(&features, right));
                    if right {
                        break;
                    }
                }
            }
            speaker::voices(&view, c, span.end, &last, &mut voices);
            for &voice in &voices {
                let right = match voice {
                    Voice::Mention(m) => {
                        quote.speaker.is_some() && aligned.mentions[m as usize].entity == quote.speaker
                    }
                    Voice::Text(span) => {
                        quote.speaker_text.as_deref().is_some_and(|t| shared(s.surface(s.bytes(span)), t))
                    }
                    Voice::Before => match quote.speaker {
                        Some(entity) => last.entity == Some(entity),
                        None => {
                            quote.speaker_text.as_deref().zip(last.text.as_deref()).is_some_and(|(a, b)| shared(a, b))
                        }
                    },
                };
                speaker::features(&view, c, voice, &voices, &last, &mut features);
                out.speakers.push(example(&features, right));
            }
            last = Last { entity: quote.speaker, text: quote.speaker_text.clone(), sentence: number };
        }
    }
    out.reached.0 = reached.iter().filter(|&&r| r).count();
    out
}

/// The gold quotation that begins at a candidate (or a segment or two away, where marks and pronouns stand).
fn matching(view: &View<'_>, c: &Start, gold: &[(Span<Segments>, &Quote)]) -> Option<usize> {
    gold.iter().position(|(span, _)| {
        let near = span.start.abs_diff(c.start) <= 1
            || span.start.abs_diff(c.start) <= 3
                && (c.start.min(span.start)..c.start.max(span.start))
                    .all(|at| view.is_punctuation(at) || view.is_enclitic(at) || view.form(at) == "ان");
        near && c.start < span.end
    })
}

/// Whether two texts share half of their words.
fn shared(a: &str, b: &str) -> bool {
    let words = |t: &str| t.split_whitespace().map(crate::lexicon::key).collect::<Vec<_>>();
    let (a, mut b) = (words(a), words(b));
    let longer = a.len().max(b.len());
    let hits = a.iter().filter(|w| b.iter().position(|x| x == *w).map(|i| b.swap_remove(i)).is_some()).count();
    longer > 0 && hits * 2 >= longer
}

/// Quotations found with given models, from gold mentions and entities.
///
/// # Errors
/// As [`Linear::load`].
pub fn find(aligned: &Aligned<'_>, quote: Vec<u8>, speaker: Vec<u8>) -> crate::Result<Vec<Quote>> {
    let scorer = Linears::default()
        .with(Task::Quote, Some(Linear::load(quote)?))
        .with(Task::Speaker, Some(Linear::load(speaker)?));
    Ok(find_quotes(aligned.linked(), &scorer))
}

/// What was found of the gold quotations: by a shared half of the spans, and of these with the right speaker.
#[derive(Clone, Copy, Debug, Default)]
pub struct Report {
    /// Found, among them right ones, gold ones, right ones with the right speaker.
    pub counts: [usize; 4],
}

/// For each gold quotation the one found that shares half of it, each found one used once.
pub fn matches(gold: &[Quote], found: &[Quote]) -> Vec<Option<usize>> {
    let mut used = vec![false; found.len()];
    let share = |g: &Quote, f: &Quote| {
        let inter = f.span.end.min(g.span.end).saturating_sub(f.span.start.max(g.span.start));
        f64::from(inter) / f64::from(f.span.end.max(g.span.end) - f.span.start.min(g.span.start)).max(1.0)
    };
    let mut best = |g: &Quote| {
        let free = (0..found.len()).filter(|&i| !used[i]);
        let best = free.max_by(|&a, &b| share(g, &found[a]).total_cmp(&share(g, &found[b])));
        let best = best.filter(|&b| share(g, &found[b]) >= 0.5);
        if let Some(best) = best {
            used[best] = true;
        }
        best
    };
    gold.iter().map(&mut best).collect()
}

/// Whether the speaker found is the gold one: the same entity, or half of the words.
pub fn same_speaker(gold: &Quote, found: &Quote) -> bool {
    match gold.speaker {
        Some(speaker) => found.speaker == Some(speaker),
        None => found.speaker_text.as_deref().zip(gold.speaker_text.as_deref()).is_some_and(|(a, b)| shared(a, b)),
    }
}

impl Report {
    /// Adds a document.
    pub fn add(&mut self, gold: &[Quote], found: &[Quote]) {
        let matched = matches(gold, found);
        self.counts[0] += found.len();
        self.counts[2] += gold.len();
        for (g, f) in gold.iter().zip(matched).filter_map(|(g, f)| Some((g, &found[f?]))) {
            self.counts[1] += 1;
            self.counts[3] += usize::from(same_speaker(g, f));
        }
    }
}
