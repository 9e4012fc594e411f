//! Trains the mention tagger: conditional random fields over the tags of each layer, the second on what the first, trained
//! without the document, found in it.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::gold::Aligned;
use super::learner::{Random, Settings, Weights, jackknife};
use crate::error::Result;
use crate::mention::Mention;
use crate::mention::chain::{Chain, Transitions};
use crate::mention::features::{self, Word};
use crate::mention::memory::Memory;
use crate::mention::tagger::{Tagger, is_read, transition};
use crate::mention::tags::{self, LAYERS, OUTSIDE, WIDTH, encode, offset, width};
use crate::model::Scorer;
use crate::model::clusters::Clusters;
use crate::model::linear::{BIAS, Features, Linear, identity};
use crate::segment::Sentence;

/// A document ready for training.
pub struct Text<'a> {
    sentences: Vec<Sentence>,
    words: Vec<Word>,
    tags: Vec<[u8; 3]>,
    aligned: &'a Aligned<'a>,
}

impl<'a> Text<'a> {
    /// Lays the gold mentions of a document upon its segments as tags.
    ///
    /// # Errors
    /// As [`Clusters::shipped`].
    pub fn new(aligned: &'a Aligned<'a>) -> Result<Self> {
        let segmentation = &aligned.segmentation;
        let clusters = Clusters::shipped()?;
        let words = features::words(segmentation, &aligned.hits, &aligned.numbers, &aligned.times, clusters);
        let mut order = aligned.mentions.clone();
        // A chain ends with its sentence: what goes on into the next could never be learned.
        let whole = |m: &Mention| segmentation.sentences.iter().any(|s| s.segments.covers(m.segments));
        order.retain(whole);
        order.sort_by_key(|m| (m.segments.start, Reverse(m.segments.end)));
        let layers = tags::layers(&order);
        let mut all = vec![[OUTSIDE; 3]; words.len()];
        let mut row = vec![OUTSIDE; words.len()];
        for layer in 0..LAYERS.len() {
            row.fill(OUTSIDE);
            let of_layer = order.iter().zip(&layers).filter(|m| *m.1 == Some(layer));
            let tagged = of_layer.map(|(m, _)| tags::Tagged { segments: m.segments, kind: m.kind });
            encode(layer, tagged, 0, &mut row);
            all.iter_mut().zip(&row).for_each(|(tags, &tag)| tags[layer] = tag);
        }
        let sentences = segmentation.sentences.iter().filter(|s| is_read(s)).copied().collect();
        Ok(Self { sentences, words, tags: all, aligned })
    }

    /// The sentences that the tagger reads.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// The gold tags of each segment, by layer.
    pub fn tags(&self) -> &[[u8; 3]] {
        &self.tags
    }

    /// The scores of all tags that the tagger decodes, a row of `WIDTH` a segment; None where the scorer has no tagger.
    pub fn scores(&self, scorer: &dyn Scorer) -> Option<Vec<f32>> {
        let mut reader = scorer.read(&self.aligned.segmentation);
        Some(Tagger::new(&mut *reader)?.scores(&self.aligned.segmentation, &self.words))
    }

    /// The document.
    pub fn aligned(&self) -> &Aligned<'a> {
        self.aligned
    }

    /// Keys of each read segment's features; those of the document's memory too where first-pass tags are given.
    fn features(&self, first: Option<&[[u8; 3]]>) -> Vec<Vec<u32>> {
        let memory = first.map(|tags| Memory::new(&self.words, tags));
        let mut all = vec![Vec::new(); self.words.len()];
        let mut features = Features::default();
        for sentence in &self.sentences {
            let range = sentence.segments.range();
            for i in range.clone() {
                features::extract(&self.words, sentence, i, &mut features);
                all[i].extend_from_slice(features.keys());
                if let Some(memory) = &memory {
                    memory.extract(range.start, range.end, i, &mut features);
                    all[i].extend_from_slice(features.keys());
                }
            }
        }
        all
    }
}

/// The names of all tags, in the order of scores.
pub fn names() -> Vec<String> {
    tags::names().collect()
}

/// The scores of types coming after one another in each layer that the tagger decodes with, as
/// `Transitions`: `[from * (types + 1) + to]`, 0 being outside. None where the scorer has no tagger.
pub fn transitions(scorer: &dyn Scorer, text: &Text<'_>) -> Option<[Vec<f32>; 3]> {
    let mut reader = scorer.read(&text.aligned.segmentation);
    let tagger = Tagger::new(&mut *reader)?;
    Some([0, 1, 2].map(|layer| {
        let states = LAYERS[layer].len() + 1;
        let moves = &tagger.transitions[1][layer];
        (0..states * states).map(|i| moves.score(i / states, i % states)).collect()
    }))
}

/// One pass's weights.
struct Pass {
    weights: Weights,
    /// Rows of the transition features: by layer, by type.
    moves: Vec<Vec<Vec<u32>>>,
}

impl Pass {
    fn transitions(&self, layer: usize) -> Transitions {
        let types = LAYERS[layer].len();
        let mut all = Vec::new();
        let mut scores = vec![0.0; WIDTH];
        for rows in &self.moves[layer] {
            scores.fill(0.0);
            self.weights.add_scores(rows, &mut scores);
            let entries =
                std::iter::once(offset(layer)).chain((0..types).map(|t| offset(layer) + tags::tag(t, 0) as usize));
            all.extend(entries.map(|class| scores[class]));
        }
        Transitions::new(types, all)
    }

    /// Tags of all segments of a text.
    fn tag(&self, text: &Text<'_>, keys: &[Vec<u32>]) -> Vec<[u8; 3]> {
        let mut all = vec![[OUTSIDE; 3]; text.words.len()];
        let transitions: Vec<_> = (0..LAYERS.len()).map(|layer| self.transitions(layer)).collect();
        let (mut chain, mut best, mut scores) = (Chain::default(), Vec::new(), Vec::new());
        for sentence in &text.sentences {
            let range = sentence.segments.range();
            self.scores(range.clone().map(|i| self.weights.rows(&keys[i])), &mut scores);
            for (layer, transitions) in transitions.iter().enumerate() {
                chain.best(&scores, WIDTH, offset(layer), transitions, &mut best);
                all[range.clone()].iter_mut().zip(&best).for_each(|(tags, &tag)| tags[layer] = tag);
            }
        }
        all
    }

    fn scores(&self, rows: impl Iterator<Item = Vec<u32>>, scores: &mut Vec<f32>) {
        scores.clear();
        for rows in rows {
            let at = scores.len();
            scores.resize(at + WIDTH, 0.0);
            self.weights.add_scores(&rows, &mut scores[at..]);
        }
    }

    fn train(texts: &[&Text<'_>], keys: &[&[Vec<u32>]], settings: &Settings) -> Self {
        // Transitions are always kept.
        let moves = |layer: usize| (0..=LAYERS[layer].len()).map(move |from| [transition(layer, from)]);
        let all_moves: Vec<[u32; 1]> = (0..LAYERS.len()).flat_map(moves).collect();
        let often = (0..settings.min_count).flat_map(|_| all_moves.iter().map(|m| &m[..]));
        let mut weights =
            Weights::new(WIDTH, settings, keys.iter().flat_map(|k| k.iter().map(|k| &k[..])).chain(often));
        let bias = weights.rows(&[]);
        let without_bias = |rows: Vec<u32>| rows.into_iter().filter(|r| !bias.contains(r)).collect::<Vec<u32>>();
        let moves: Vec<Vec<Vec<u32>>> =
            (0..LAYERS.len()).map(|layer| moves(layer).map(|m| without_bias(weights.rows(&m))).collect()).collect();
        let mut sentences: Vec<(usize, usize)> = Vec::new();
        for (t, text) in texts.iter().enumerate() {
            sentences.extend((0..text.sentences.len()).map(|s| (t, s)));
        }
        let rows: Vec<Vec<Vec<u32>>> = keys.iter().map(|k| k.iter().map(|k| weights.rows(k)).collect()).collect();
        let mut pass = Self { weights: Weights::new(0, settings, std::iter::empty()), moves };
        std::mem::swap(&mut pass.weights, &mut weights);
        let mut random = Random(settings.seed);
        let mut chain = Chain::default();
        let (mut scores, mut marginals, mut gradient) = (Vec::new(), Vec::new(), Vec::new());
        for epoch in 0..settings.epochs {
            random.shuffle(&mut sentences);
            let mut loss = 0.0;
            for &(t, s) in &sentences {
                let text = texts[t];
                let range = text.sentences[s].segments.range();
                scores.clear();
                for i in range.clone() {
                    let at = scores.len();
                    scores.resize(at + WIDTH, 0.0);
                    pass.weights.add_scores(&rows[t][i], &mut scores[at..]);
                }
                gradient.clear();
                gradient.resize(scores.len(), 0.0);
                for layer in 0..LAYERS.len() {
                    let transitions = pass.transitions(layer);
                    let log_sum = chain.marginals(&scores, WIDTH, offset(layer), &transitions, &mut marginals);
                    let states = LAYERS[layer].len() + 1;
                    let mut counts = vec![0.0; states * states];
                    chain.add_transitions(range.len(), &transitions, &mut counts);
                    let mut from = 0;
                    let mut right = 0.0;
                    for (n, i) in range.clone().enumerate() {
                        let gold = text.tags[i][layer];
                        let row = &mut gradient[n * WIDTH + offset(layer)..][..width(layer)];
                        row.copy_from_slice(&marginals[n * width(layer)..(n + 1) * width(layer)]);
                        row[usize::from(gold)] -= 1.0;
                        right += scores[n * WIDTH + offset(layer) + usize::from(gold)];
                        let (to, place) = tags::parts(gold).map_or((0, 3), |(kind, place)| (kind + 1, place));
                        if matches!(place, 0 | 3) {
                            counts[from * states + to] -= 1.0;
                            right += transitions.score(from, to);
                            from = to;
                        }
                    }
                    loss += f64::from(log_sum - right);
                    let mut step = vec![0.0; WIDTH];
                    for from in 0..states {
                        step.fill(0.0);
                        for to in 0..states {
                            let entry = if to == 0 { 0 } else { usize::from(tags::tag(to - 1, 0)) };
                            step[offset(layer) + entry] = counts[from * states + to];
                        }
                        pass.weights.step(&pass.moves[layer][from], &step);
                    }
                }
                for (i, gradient) in range.zip(gradient.chunks_exact(WIDTH)) {
                    pass.weights.step(&rows[t][i], gradient);
                }
            }
            eprintln!("epoch {epoch}: loss {loss:.0}");
        }
        pass
    }
}

/// What training gives.
pub struct Trained {
    first: Vec<(u32, u8, f32)>,
    second: Vec<(u32, u8, f32)>,
    bits: u32,
}

impl Trained {
    /// The containers of [`Task::MentionFirst`](crate::model::Task::MentionFirst) and
    /// [`Task::MentionSecond`](crate::model::Task::MentionSecond). "Outside" is scored lower by `recall` in the second pass: more
    /// is found, with less precision.
    ///
    /// # Errors
    /// As [`Linear::write`].
    pub fn write(&self, recall: f32) -> Result<[Vec<u8>; 2]> {
        let mut first = self.first.clone();
        for layer in 0..LAYERS.len() {
            let (bias, class) = (identity(BIAS, self.bits), (WIDTH + offset(layer)) as u8);
            match first.iter_mut().find(|e| (e.0, e.1) == (bias, class)) {
                Some(entry) => entry.2 -= recall,
                None => first.push((bias, class, -recall)),
            }
        }
        let names = |pass: u8| tags::names().map(move |name| format!("{pass}:{name}"));
        let both: Vec<String> = names(1).chain(names(2)).collect();
        Ok([
            Linear::write(&both, self.bits, &first)?,
            Linear::write(&names(2).collect::<Vec<_>>(), self.bits, &self.second)?,
        ])
    }
}

/// Trains both passes; `folds` parts for the jackknife.
pub fn train(refs: &[&Text<'_>], settings: &Settings, folds: usize) -> Trained {
    let texts = refs;
    let keys: Vec<Vec<Vec<u32>>> = texts.iter().map(|t| t.features(None)).collect();
    let slices: Vec<&[Vec<u32>]> = keys.iter().map(|k| &k[..]).collect();
    let first = Pass::train(refs, &slices, settings);
    // The second pass must learn from tags as wrong as those that it will see.
    let mut guessed = vec![Vec::new(); texts.len()];
    let shorter = Settings { epochs: settings.epochs.div_ceil(2), ..settings.clone() };
    jackknife(
        texts.len(),
        folds,
        |outside| {
            let pick: Vec<&Text<'_>> = outside.iter().map(|&i| refs[i]).collect();
            let keys: Vec<&[Vec<u32>]> = outside.iter().map(|&i| slices[i]).collect();
            Pass::train(&pick, &keys, &shorter)
        },
        |pass, i| guessed[i] = pass.tag(refs[i], slices[i]),
    );
    let all: Vec<Vec<Vec<u32>>> = texts.iter().zip(&guessed).map(|(t, g)| t.features(Some(g))).collect();
    let slices: Vec<&[Vec<u32>]> = all.iter().map(|k| &k[..]).collect();
    let second = Pass::train(refs, &slices, settings);
    parted(&keys, &first, &second, settings.row_bits)
}

/// The second pass's weights of what the first sees too go into the first's file, beside the first's own.
fn parted(keys: &[Vec<Vec<u32>>], first: &Pass, second: &Pass, bits: u32) -> Trained {
    let mut seen: HashSet<u32> = keys.iter().flatten().flatten().map(|&key| identity(key, bits)).collect();
    seen.insert(identity(BIAS, bits));
    for (layer, types) in LAYERS.iter().enumerate() {
        seen.extend((0..=types.len()).map(|from| identity(transition(layer, from), bits)));
    }
    let (shared, own): (Vec<_>, Vec<_>) = second.weights.entries().into_iter().partition(|e| seen.contains(&e.0));
    let mut entries = first.weights.entries();
    entries.extend(shared.into_iter().map(|(id, class, weight)| (id, class + WIDTH as u8, weight)));
    Trained { first: entries, second: own, bits }
}
