//! Training: conditional random fields over the tags of segments, the second on what the first, trained without the document,
//! found in it.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::conll::{Document, entities};
use super::dense::{Dense, Scale, Training};
use super::pass::{self, Pass, transition, width};
use super::view::{Columns, Reading};
use super::{MOST_TYPES, Score, Tagger};
use crate::error::{Error, ErrorKind, Result};
use crate::mention::chain::{Chain, Transitions};
use crate::mention::tags::{OUTSIDE, parts, tag};
use crate::model::linear::{BIAS, Linear, MAX_ROW_BITS, identity};
use crate::train::learner::{self, Random, Weights};

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Whether to use the encoder's vectors.
    pub encoder: bool,
    /// Seed of the order of sentences.
    pub seed: u64,
    /// Passes over the sentences.
    pub epochs: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { encoder: false, seed: 1, epochs: 6 }
    }
}

/// Trainings in other orders of the sentences whose weights' means are kept.
const RUNS: u64 = 3;
/// Parts of the documents, each tagged by what was trained on the others, so that the second pass learns from tags as wrong as those
/// that it will see.
const FOLDS: u64 = 4;
/// How much lower "outside" may be scored, so that more is found: what is best for F1 on documents that were not learned from.
const LEANS: [f32; 6] = [0.0, 0.25, 0.5, 0.75, 1.0, 1.25];
/// Fewer rows would make features clash.
const LEAST_ROW_BITS: u32 = 10;
/// Smaller weights change no decision and cost room.
const LEAST: f32 = 0.01;

/// A document with what is to be learned from it.
struct Example<'d> {
    columns: Columns<'d>,
    gold: Vec<u8>,
    /// Keys of each segment's features.
    keys: Vec<Vec<u32>>,
}

impl Example<'_> {
    fn read(&mut self, first: Option<&[u8]>, types: usize) {
        let mut all = vec![Vec::new(); self.gold.len()];
        pass::keys(&self.columns.view, first, types, |i, keys| all[i] = keys.to_vec());
        self.keys = all;
    }
}

/// What one training gives: sparse weights (identity of the feature, tag, weight) and those of the layer over vectors.
struct Learned {
    sparse: Vec<(u32, u8, f32)>,
    dense: Vec<f32>,
}

/// Trains a tagger of `types` on annotated documents; `stopped` is asked now and then whether to give up. Runs on rayon's
/// current pool; the result does not depend on its number of threads.
///
/// # Errors
/// [`ErrorKind::Argument`] where there is no entity or are too many types, or where it was told to give up; [`ErrorKind::Text`] where a
/// document is over 4 GiB.
///
/// ```
/// use khabar::tagger::{Settings, conll, train};
/// let file = "زار O\nالوزير O\nتونس B-LOC\n\nغادر O\nبيروت B-LOC\n\n".repeat(5);
/// let mut types = Vec::new();
/// let documents = conll::read(&file, "file", true, &mut types)?;
/// let tagger = train(&documents, types, Settings::default(), &|| false)?;
/// let tagger = khabar::tagger::Tagger::load(&tagger.to_bytes())?;
/// assert_eq!(tagger.types(), ["LOC"]);
/// # Ok::<(), khabar::Error>(())
/// ```
pub fn train(
    documents: &[Document],
    types: Vec<String>,
    settings: Settings,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Result<Tagger> {
    if types.is_empty() || types.len() > MOST_TYPES {
        let what = format!("a tagger learns from files with 1 to {MOST_TYPES} types of entities, not {}", types.len());
        return Err(Error::new(ErrorKind::Argument, what));
    }
    let reading = Reading::new(settings.encoder)?;
    let columns: Vec<Columns<'_>> =
        documents.par_iter().map(|document| Columns::new(document, &reading)).collect::<Result<_>>()?;
    let mut examples: Vec<Example<'_>> =
        columns.into_iter().map(|columns| Example { gold: columns.gold(), keys: Vec::new(), columns }).collect();
    let scale = settings.encoder.then(|| {
        let all = examples.iter().map(|e| &e.columns.view.vectors[..]);
        Scale::new(reading.vector_width(), all)
    });
    if let Some(scale) = &scale {
        examples.iter_mut().for_each(|e| scale.apply(&mut e.columns.view.vectors));
    }
    let segments: usize = examples.iter().map(|e| e.gold.len()).sum();
    // Sixteen rows a segment are enough for its own features; small files make small taggers.
    let row_bits = (segments.max(1).ilog2() + 4).clamp(LEAST_ROW_BITS, MAX_ROW_BITS);
    let learner = Learner { types: types.len(), vectors: reading.vector_width(), row_bits, settings, stopped };
    examples.iter_mut().for_each(|e| e.read(None, types.len()));
    let everything: Vec<&Example<'_>> = examples.iter().collect();
    let jobs: Vec<Option<u64>> = (0..FOLDS).map(Some).chain([None]).collect();
    let passes = jobs.into_par_iter().map(|fold| match fold {
        None => learner.pass(learner.learn_several(&everything), 0.0),
        Some(fold) => {
            let outside = everything.iter().zip(0..).filter(|(_, i)| i % FOLDS != fold).map(|(&e, _)| e);
            learner.pass(vec![learner.learn(&outside.collect::<Vec<_>>(), settings.seed)], 0.0)
        }
    });
    let mut passes: Vec<Pass> = passes.collect::<Result<_>>()?;
    let first = passes.pop();
    let apart: Vec<Vec<f32>> = everything
        .par_iter()
        .enumerate()
        .map(|(i, e)| passes[i % FOLDS as usize].scores(&e.columns.view, None, types.len()))
        .collect();
    let tag = |lean: f32| -> Vec<Vec<u8>> {
        let document = |(i, scores): (usize, &Vec<f32>)| {
            let mut scores = scores.clone();
            scores.iter_mut().step_by(width(types.len())).for_each(|outside| *outside -= lean);
            passes[i % FOLDS as usize].best(&everything[i].columns.view, &scores, types.len())
        };
        apart.par_iter().enumerate().map(document).collect()
    };
    let guessed = tag(0.0);
    let lean = LEANS.into_iter().map(|lean| (lean, f1(&everything, &tag(lean))));
    let (lean, _) = lean.fold((0.0, f64::MIN), |best, next| if next.1 > best.1 { next } else { best });
    drop((apart, passes));
    examples.iter_mut().zip(&guessed).for_each(|(e, tags)| e.read(Some(tags), types.len()));
    let second = learner.pass(learner.learn_several(&examples.iter().collect::<Vec<_>>()), lean)?;
    match first {
        Some(first) if !stopped() => Ok(Tagger::new(types, reading, scale, first, second)),
        _ => Err(Error::new(ErrorKind::Argument, "training was broken off")),
    }
}

/// Micro F1 of tags.
fn f1(examples: &[&Example<'_>], tags: &[Vec<u8>]) -> f64 {
    let mut score = Score::default();
    for (example, tags) in examples.iter().zip(tags) {
        for (found, sentence) in example.columns.found(tags).iter().zip(&example.columns.document.sentences) {
            score.add(found, &entities(&sentence.labels));
        }
    }
    score.micro().f1()
}

struct Learner<'s> {
    types: usize,
    vectors: usize,
    row_bits: u32,
    settings: Settings,
    stopped: &'s (dyn Fn() -> bool + Sync),
}

impl Learner<'_> {
    /// Trains in several orders.
    fn learn_several(&self, examples: &[&Example<'_>]) -> Vec<Learned> {
        let seeds = self.settings.seed..self.settings.seed + RUNS;
        seeds.into_par_iter().map(|seed| self.learn(examples, seed)).collect()
    }

    /// A pass with the means of trainings' weights, "outside" scored lower by `lean`.
    fn pass(&self, runs: Vec<Learned>, lean: f32) -> Result<Pass> {
        let share = 1.0 / runs.len() as f32;
        let mut sparse: BTreeMap<(u32, u8), f32> = BTreeMap::new();
        let mut dense = vec![0.0; runs.first().map_or(0, |run| run.dense.len())];
        for run in runs {
            for (id, tag, weight) in run.sparse {
                *sparse.entry((id, tag)).or_default() += weight * share;
            }
            dense.iter_mut().zip(&run.dense).for_each(|(sum, weight)| *sum += weight * share);
        }
        *sparse.entry((identity(BIAS, self.row_bits), OUTSIDE)).or_default() -= lean;
        let kept = sparse.into_iter().filter(|w| w.1.abs() >= LEAST).map(|((id, tag), weight)| (id, tag, weight));
        let classes: Vec<String> = (0..width(self.types)).map(|tag| tag.to_string()).collect();
        let linear = Linear::write(&classes, self.row_bits, &kept.collect::<Vec<_>>())?;
        let dense = (self.vectors > 0).then(|| Dense::new(self.vectors, width(self.types), dense));
        Pass::new(linear, dense, self.types)
    }

    /// Trains once.
    fn learn(&self, examples: &[&Example<'_>], seed: u64) -> Learned {
        let width = width(self.types);
        let settings = learner::Settings {
            row_bits: self.row_bits,
            epochs: self.settings.epochs,
            seed,
            ..learner::Settings::default()
        };
        // Transitions are always kept.
        let moves: Vec<[u32; 1]> = (0..=self.types).map(|from| [transition(from)]).collect();
        let often = (0..settings.min_count).flat_map(|_| moves.iter().map(|m| &m[..]));
        let all = examples.iter().flat_map(|e| e.keys.iter().map(|k| &k[..]));
        let mut weights = Weights::new(width, &settings, all.chain(often));
        let bias = weights.rows(&[]);
        let moves: Vec<Vec<u32>> =
            moves.iter().map(|m| weights.rows(m).into_iter().filter(|row| !bias.contains(row)).collect()).collect();
        let rows: Vec<Vec<Vec<u32>>> =
            examples.iter().map(|e| e.keys.iter().map(|k| weights.rows(k)).collect()).collect();
        let mut dense = (self.vectors > 0).then(|| Training::new(self.vectors, width));
        let mut order: Vec<(usize, usize)> = Vec::new();
        for (e, example) in examples.iter().enumerate() {
            order.extend((0..example.columns.view.sentences.len()).map(|s| (e, s)));
        }
        let mut random = Random(seed);
        let mut chain = Chain::default();
        let (mut scores, mut marginals, mut counts, mut step) = (Vec::new(), Vec::new(), Vec::new(), vec![0.0; width]);
        let states = self.types + 1;
        for _ in 0..settings.epochs {
            random.shuffle(&mut order);
            for &(e, s) in &order {
                if (self.stopped)() {
                    break;
                }
                let view = &examples[e].columns.view;
                let segments = view.sentences[s].segments;
                scores.clear();
                scores.resize(segments.len() * width, 0.0);
                for (i, row) in segments.range().zip(scores.chunks_exact_mut(width)) {
                    weights.add_scores(&rows[e][i], row);
                }
                if let Some(dense) = &dense {
                    dense.layer.add_scores(view.vectors(segments), &mut scores);
                }
                let transitions = self.transitions(&weights, &moves, &mut step);
                chain.marginals(&scores, width, 0, &transitions, &mut marginals);
                counts.clear();
                counts.resize(states * states, 0.0);
                chain.add_transitions(segments.len(), &transitions, &mut counts);
                // From what is expected to what is expected less what is right: the gradient.
                let mut from = 0;
                for (&right, row) in examples[e].gold[segments.range()].iter().zip(marginals.chunks_exact_mut(width)) {
                    row[usize::from(right)] -= 1.0;
                    let (to, place) = parts(right).map_or((0, 3), |(kind, place)| (kind + 1, place));
                    if matches!(place, 0 | 3) {
                        counts[from * states + to] -= 1.0;
                        from = to;
                    }
                }
                for (counts, rows) in counts.chunks_exact(states).zip(&moves) {
                    step.fill(0.0);
                    step[0] = counts[0];
                    (1..states).for_each(|to| step[usize::from(tag(to - 1, 0))] = counts[to]);
                    weights.step(rows, &step);
                }
                if let Some(dense) = &mut dense {
                    dense.step(view.vectors(segments), &marginals);
                }
                for (i, row) in segments.range().zip(marginals.chunks_exact(width)) {
                    weights.step(&rows[e][i], row);
                }
            }
        }
        Learned { sparse: weights.entries(), dense: dense.map_or_else(Vec::new, |d| d.layer.into_weights()) }
    }

    fn transitions(&self, weights: &Weights, moves: &[Vec<u32>], scores: &mut [f32]) -> Transitions {
        let mut all = Vec::with_capacity(moves.len() * moves.len());
        for rows in moves {
            scores.fill(0.0);
            weights.add_scores(rows, scores);
            all.push(scores[0]);
            all.extend((0..self.types).map(|kind| scores[usize::from(tag(kind, 0))]));
        }
        Transitions::new(self.types, all)
    }
}
