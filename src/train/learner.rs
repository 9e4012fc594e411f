//! Learners of linear models.
//!
//! Logistic regression trained by FTRL-proximal (McMahan et al., "Ad Click Prediction: a View from the Trenches", KDD 2013):
//! a learning rate of its own for each weight, and an L1 penalty that leaves weights at exactly zero, so models are small.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::model::linear::{BIAS, CHECK_BITS, Linear, identity, softmax};

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

/// The features that have rows, numbered in the order of their identities: a bit for each identity, and how many are known before
/// each 64 of them.
struct Known {
    bits: Vec<u64>,
    before: Vec<u32>,
}

impl Known {
    fn new(identities: usize, known: impl Iterator<Item = usize>) -> Self {
        let mut bits = vec![0u64; identities.div_ceil(64)];
        known.for_each(|id| bits[id / 64] |= 1 << (id % 64));
        let before = bits.iter().scan(0, |sum, word| Some(std::mem::replace(sum, *sum + word.count_ones()))).collect();
        Self { bits, before }
    }

    fn row(&self, identity: u32) -> Option<u32> {
        let (at, bit) = (identity as usize / 64, 1u64 << (identity % 64));
        (self.bits[at] & bit != 0).then(|| self.before[at] + (self.bits[at] & (bit - 1)).count_ones())
    }

    /// The identities, one a row.
    fn identities(&self) -> impl Iterator<Item = u32> {
        let all =
            |(&word, at): (&u64, u32)| (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| at * 64 + bit);
        self.bits.iter().zip(0u32..).flat_map(all)
    }
}

/// Weights in training: one row a feature seen, one column a class.
pub struct Weights {
    row_bits: u32,
    known: Known,
    columns: usize,
    settings: Settings,
    /// FTRL's sums of gradients (less what the weights moved), and of their squares.
    sums: Vec<[f32; 2]>,
    weights: Vec<f32>,
    /// The classes that a step moves, kept between steps.
    moved: Vec<(usize, f32)>,
}

impl Weights {
    /// All zero, with rows for the features that occur often enough in `candidates`.
    pub fn new<'a>(columns: usize, settings: &Settings, candidates: impl Iterator<Item = &'a [u32]>) -> Self {
        Self::counted(columns, settings, candidates.map(|keys| (keys, 1)))
    }

    /// As [`Weights::new`], where each candidate counts as so many.
    pub fn counted<'a>(
        columns: usize,
        settings: &Settings,
        candidates: impl Iterator<Item = (&'a [u32], u32)>,
    ) -> Self {
        // There may be some ten million features, so they are counted in a table with a place for each that can be.
        let mut counts = vec![0u16; 1 << (settings.row_bits + CHECK_BITS)];
        for (keys, times) in candidates {
            for &key in keys {
                let count = &mut counts[identity(key, settings.row_bits) as usize];
                *count = count.saturating_add(times.min(u32::from(u16::MAX)) as u16);
            }
        }
        counts[identity(BIAS, settings.row_bits) as usize] = u16::MAX;
        let least = settings.min_count.clamp(1, u32::from(u16::MAX)) as u16;
        let known = Known::new(counts.len(), (0..counts.len()).filter(|&id| counts[id] >= least));
        let size = known.identities().count() * columns;
        let (row_bits, settings) = (settings.row_bits, settings.clone());
        Self {
            row_bits,
            known,
            columns,
            settings,
            sums: vec![[0.0; 2]; size],
            weights: vec![0.0; size],
            moved: Vec::new(),
        }
    }

    /// The rows of a candidate's features, the bias included; to be computed once and kept over the epochs.
    pub fn rows(&self, features: &[u32]) -> Vec<u32> {
        let mut rows = Vec::new();
        self.append_rows(features, &mut rows);
        rows
    }

    /// As [`Weights::rows`], written behind what `rows` has.
    pub fn append_rows(&self, features: &[u32], rows: &mut Vec<u32>) {
        let all = [BIAS].into_iter().chain(features.iter().copied());
        rows.extend(all.filter_map(|key| self.known.row(identity(key, self.row_bits))));
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
        // Most classes are certain to be wrong; their gradients change nothing but would cost most of the time.
        self.moved.clear();
        self.moved.extend(gradient.iter().copied().enumerate().filter(|g| g.1.abs() >= 1e-4));
        for &row in rows {
            let at = row as usize * self.columns;
            let sums = &mut self.sums[at..at + self.columns];
            let weights = &mut self.weights[at..at + self.columns];
            for &(class, g) in &self.moved {
                let ([sum, square], weight) = (&mut sums[class], &mut weights[class]);
                let next = *square + g * g;
                *sum += g - (next.sqrt() - square.sqrt()) / rate * *weight;
                *square = next;
                *weight =
                    if sum.abs() <= l1 { 0.0 } else { -(*sum - l1.copysign(*sum)) / ((1.0 + next.sqrt()) / rate + l2) };
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
        for (id, weights) in self.known.identities().zip(self.weights.chunks_exact(self.columns.max(1))) {
            let weights = weights.iter().zip(0u8..);
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
#[derive(Clone, Debug)]
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
    fn features_seen_often_enough_have_rows_in_the_order_of_their_identities() {
        let settings = Settings { row_bits: 10, min_count: 3, ..Settings::default() };
        let (often, seldom, heavy) = (key(1, &[1]), key(1, &[2]), key(1, &[3]));
        let candidates = [(&[often, heavy][..], 1), (&[often, seldom], 1), (&[often], 1), (&[heavy], 2)];
        let weights = Weights::counted(1, &settings, candidates.into_iter());
        assert_eq!(weights.rows(&[seldom]), weights.rows(&[]));
        let mut rows: Vec<(u32, u32)> = [BIAS, often, heavy]
            .iter()
            .map(|&key| (identity(key, 10), weights.rows(&[key]).last().copied().unwrap()))
            .collect();
        rows.sort_unstable();
        assert!(rows.iter().map(|r| r.1).eq(0..3), "{rows:?}");
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
