//! Learners of linear models.
//!
//! Logistic regression trained by FTRL-proximal (McMahan et al., "Ad Click Prediction: a View from the Trenches", KDD 2013):
//! a learning rate of its own for each weight, and an L1 penalty that leaves weights at exactly zero, so models are small.

use std::collections::{BTreeMap, HashMap};

use crate::error::Result;
use crate::model::linear::{BIAS, Linear, identity, softmax};

/// How to train.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Bits of the row index, 1 to 18: 16 for 100,000 features, 18 for a million. Each costs 4 bytes a row.
    pub row_bits: u32,
    /// Passes over the examples.
    pub epochs: usize,
    /// Learning rate.
    pub rate: f32,
    /// L1 penalty, in units of one example's gradient: higher gives fewer weights.
    pub l1: f32,
    /// L2 penalty.
    pub l2: f32,
    /// Features seen in fewer examples are left out.
    pub min_count: u32,
    /// Seed of the order of examples.
    pub seed: u64,
    /// A weight for each class's examples; empty for 1 each.
    pub class_weights: Vec<f32>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { row_bits: 16, epochs: 8, rate: 0.1, l1: 0.3, l2: 0.1, min_count: 2, seed: 1, class_weights: Vec::new() }
    }
}

/// A candidate whose class is known.
#[derive(Clone, Debug)]
pub struct Example {
    /// Keys, as [`Features::keys`](crate::model::linear::Features::keys) gives them.
    pub features: Vec<u32>,
    /// Index of the right class.
    pub class: usize,
    /// How much it counts; 1 is usual.
    pub weight: f32,
}

/// Weights in training: one row a feature seen, one column a class.
pub struct Weights {
    row_bits: u32,
    rows: HashMap<u32, u32>,
    columns: usize,
    settings: Settings,
    /// FTRL's sums of gradients (less what the weights moved), and of their squares.
    sums: Vec<f32>,
    squares: Vec<f32>,
    weights: Vec<f32>,
}

impl Weights {
    /// All zero, with rows for the features that occur often enough in `candidates`.
    pub fn new<'a>(columns: usize, settings: &Settings, candidates: impl Iterator<Item = &'a [u32]>) -> Self {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for &key in candidates.flatten() {
            *counts.entry(identity(key, settings.row_bits)).or_default() += 1;
        }
        counts.insert(identity(BIAS, settings.row_bits), u32::MAX);
        let mut kept: Vec<u32> = counts.into_iter().filter(|c| c.1 >= settings.min_count).map(|c| c.0).collect();
        kept.sort_unstable();
        let size = kept.len() * columns;
        let rows = kept.into_iter().zip(0..).collect();
        let zero = vec![0.0; size];
        let (row_bits, settings) = (settings.row_bits, settings.clone());
        Self { row_bits, rows, columns, settings, sums: zero.clone(), squares: zero.clone(), weights: zero }
    }

    /// The rows of a candidate's features, the bias included; to be computed once and kept over the epochs.
    pub fn rows(&self, features: &[u32]) -> Vec<u32> {
        let bias = [BIAS];
        bias.iter().chain(features).filter_map(|&key| self.rows.get(&identity(key, self.row_bits)).copied()).collect()
    }

    /// Adds the weights of rows to `scores`, one a class.
    pub fn add_scores(&self, rows: &[u32], scores: &mut [f32]) {
        for &row in rows {
            let at = row as usize * self.columns;
            for (score, weight) in scores.iter_mut().zip(&self.weights[at..at + self.columns]) {
                *score += weight;
            }
        }
    }

    /// One step against the gradient of the loss by the scores.
    pub fn step(&mut self, rows: &[u32], gradient: &[f32]) {
        let Settings { rate, l1, l2, .. } = self.settings;
        for &row in rows {
            let at = row as usize * self.columns;
            for (i, &g) in (at..).zip(gradient) {
                // Most classes are certain to be wrong; their gradients change nothing but cost half the time.
                if g.abs() < 1e-4 {
                    continue;
                }
                let (square, weight) = (self.squares[i], self.weights[i]);
                let next = square + g * g;
                self.sums[i] += g - (next.sqrt() - square.sqrt()) / rate * weight;
                self.squares[i] = next;
                let sum = self.sums[i];
                self.weights[i] =
                    if sum.abs() <= l1 { 0.0 } else { -(sum - l1.copysign(sum)) / ((1.0 + next.sqrt()) / rate + l2) };
            }
        }
    }

    /// The container with what was learned.
    ///
    /// # Errors
    /// As [`Linear::write`].
    pub fn write(&self, classes: &[String]) -> Result<Vec<u8>> {
        Linear::write(classes, self.row_bits, &self.entries())
    }

    /// The weights other than zero: identity of the feature, class, weight.
    pub fn entries(&self) -> Vec<(u32, u8, f32)> {
        let mut entries = Vec::new();
        for (&id, &row) in &self.rows {
            let at = row as usize * self.columns;
            let weights = self.weights[at..at + self.columns].iter().zip(0u8..);
            entries.extend(weights.filter(|w| *w.0 != 0.0).map(|(&weight, class)| (id, class, weight)));
        }
        entries
    }
}

/// How many trainings [`averaged`] takes the means of.
const RUNS: u64 = 5;
/// Smaller means change no decision and cost room.
const LEAST: f32 = 0.03;

/// Trains in several orders of the examples and gives the container with the means of the weights: what the trainings agree in is less
/// of chance.
///
/// # Errors
/// As [`Linear::write`].
pub fn averaged(classes: &[String], settings: &Settings, mut run: impl FnMut(&Settings) -> Weights) -> Result<Vec<u8>> {
    let mut sums: BTreeMap<(u32, u8), f32> = BTreeMap::new();
    for seed in 0..RUNS {
        let settings = Settings { seed: settings.seed + seed, ..settings.clone() };
        for (id, class, weight) in run(&settings).entries() {
            *sums.entry((id, class)).or_default() += weight / RUNS as f32;
        }
    }
    let kept = sums.into_iter().filter(|s| s.1.abs() >= LEAST).map(|((id, class), weight)| (id, class, weight));
    Linear::write(classes, settings.row_bits, &kept.collect::<Vec<_>>())
}

/// Numbers that look random, the same in every run (SplitMix64).
pub struct Random(pub u64);

impl Random {
    /// The next number below `bound`, which is at least 1.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % bound.max(1) as u64) as usize
    }

    /// Puts items in random order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

/// Trains multi-class logistic regression and gives the container.
///
/// # Errors
/// [`ErrorKind::Argument`](crate::ErrorKind::Argument) where the settings or classes are outside the format.
pub fn train(classes: &[String], examples: &[Example], settings: &Settings) -> Result<Vec<u8>> {
    averaged(classes, settings, |settings| run(classes, examples, settings))
}

fn run(classes: &[String], examples: &[Example], settings: &Settings) -> Weights {
    let mut weights = Weights::new(classes.len(), settings, examples.iter().map(|e| &e.features[..]));
    let rows: Vec<Vec<u32>> = examples.iter().map(|e| weights.rows(&e.features)).collect();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = Random(settings.seed);
    let mut scores = vec![0.0; classes.len()];
    for _ in 0..settings.epochs {
        random.shuffle(&mut order);
        for &i in &order {
            let example = &examples[i];
            scores.fill(0.0);
            weights.add_scores(&rows[i], &mut scores);
            softmax(&mut scores);
            scores[example.class] -= 1.0;
            let weight = example.weight * settings.class_weights.get(example.class).unwrap_or(&1.0);
            scores.iter_mut().for_each(|s| *s *= weight);
            weights.step(&rows[i], &scores);
        }
    }
    weights
}

/// Lets a model judge items that it was not trained on: for each of `folds` parts of `0..items`, `learn` gets the indices
/// outside the part, and `apply` what it gave with each index of the part. Items go to parts in turn; give whole documents.
pub fn jackknife<M>(
    items: usize,
    folds: usize,
    mut learn: impl FnMut(&[usize]) -> M,
    mut apply: impl FnMut(&M, usize),
) {
    for fold in 0..folds.max(2) {
        let outside: Vec<usize> = (0..items).filter(|i| i % folds.max(2) != fold).collect();
        let model = learn(&outside);
        for i in (fold..items).step_by(folds.max(2)) {
            apply(&model, i);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::linear::key;

    fn examples() -> Vec<Example> {
        let mut random = Random(3);
        (0..400)
            .map(|_| {
                let (a, b, noise) = (random.below(2) as u64, random.below(2) as u64, random.below(50) as u64);
                let features = vec![key(1, &[a]), key(2, &[b]), key(3, &[a, b]), key(4, &[noise])];
                Example { features, class: (a ^ b) as usize, weight: 1.0 }
            })
            .collect()
    }

    #[test]
    fn learns_from_conjunctions_and_drops_noise() {
        let classes = ["same".to_owned(), "other".to_owned()];
        let data = train(&classes, &examples(), &Settings { l1: 1.0, ..Settings::default() }).unwrap();
        let model = Linear::load(data).unwrap();
        let mut scores = Vec::new();
        for example in examples() {
            model.scores(&example.features, &mut scores);
            assert!(scores[example.class] > scores[1 - example.class]);
        }
        model.scores(&[key(4, &[7])], &mut scores);
        softmax(&mut scores);
        assert!((scores[0] - 0.5).abs() < 0.2, "{scores:?}");
    }

    #[test]
    fn training_twice_gives_the_same_file() {
        let classes = ["same".to_owned(), "other".to_owned()];
        let once = || train(&classes, &examples(), &Settings::default()).unwrap();
        assert_eq!(once(), once());
    }

    #[test]
    fn jackknife_applies_each_item_once_and_never_to_its_own_model() {
        let mut seen = vec![0; 11];
        jackknife(11, 3, <[usize]>::to_vec, |outside, i| {
            assert!(!outside.contains(&i));
            seen[i] += 1;
        });
        assert_eq!(seen, [1; 11]);
    }
}
