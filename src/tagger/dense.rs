//! What the encoder's vectors add to the scores: a layer of plain numbers over that of each segment, which has read its neighbours
//! already; trained with the sparse features by Adam (Kingma and Ba, ICLR 2015).

/// How numbers of vectors are brought to a mean of 0 and a deviation of 1.
#[derive(Clone, Debug)]
pub(super) struct Scale {
    /// Means, then deviations.
    numbers: Vec<f32>,
}

impl Scale {
    /// Of rows of so many numbers.
    pub(super) fn new<'a>(width: usize, vectors: impl Iterator<Item = &'a [f32]>) -> Self {
        let (mut sums, mut squares, mut count) = (vec![0.0f64; width], vec![0.0f64; width], 0.0f64);
        for row in vectors.flat_map(|vectors| vectors.chunks_exact(width.max(1))) {
            count += 1.0;
            for ((sum, square), &x) in sums.iter_mut().zip(&mut squares).zip(row) {
                *sum += f64::from(x);
                *square += f64::from(x) * f64::from(x);
            }
        }
        let count = count.max(1.0);
        let deviations =
            sums.iter().zip(&squares).map(|(sum, square)| (square / count - (sum / count).powi(2)).max(1e-9).sqrt());
        let numbers = sums.iter().map(|sum| sum / count).chain(deviations).map(|x| x as f32).collect();
        Self { numbers }
    }

    /// As [`Scale::numbers`] gave it; None where a number cannot be.
    pub(super) fn of_numbers(numbers: Vec<f32>) -> Option<Self> {
        let (means, deviations) = numbers.split_at(numbers.len() / 2);
        let whole = means.len() == deviations.len() && means.iter().all(|m| m.is_finite());
        (whole && deviations.iter().all(|&d| d.is_finite() && d > 0.0)).then_some(Self { numbers })
    }

    /// Means, then deviations.
    pub(super) fn numbers(&self) -> &[f32] {
        &self.numbers
    }

    /// Changes rows of vectors in place.
    pub(super) fn apply(&self, vectors: &mut [f32]) {
        let (means, deviations) = self.numbers.split_at(self.numbers.len() / 2);
        for row in vectors.chunks_exact_mut(means.len().max(1)) {
            row.iter_mut().zip(means).zip(deviations).for_each(|((x, mean), deviation)| *x = (*x - mean) / deviation);
        }
    }
}

/// The layer.
#[derive(Clone, Debug)]
pub(super) struct Dense {
    width: usize,
    tags: usize,
    /// By tag, then number of the vector.
    weights: Vec<f32>,
}

impl Dense {
    /// Of `width * tags` weights.
    pub(super) fn new(width: usize, tags: usize, weights: Vec<f32>) -> Self {
        debug_assert_eq!(weights.len(), width * tags);
        Self { width, tags, weights }
    }

    /// The weights.
    pub(super) fn weights(&self) -> &[f32] {
        &self.weights
    }

    pub(super) fn into_weights(self) -> Vec<f32> {
        self.weights
    }

    /// Adds to the scores of a sentence: a row of all tags a segment. `vectors` are those of its segments.
    pub(super) fn add_scores(&self, vectors: &[f32], scores: &mut [f32]) {
        for (row, vector) in scores.chunks_exact_mut(self.tags).zip(vectors.chunks_exact(self.width)) {
            let weights = self.weights.chunks_exact(self.width);
            row.iter_mut().zip(weights).for_each(|(score, weights)| *score += dot(weights, vector));
        }
    }
}

/// The layer in training.
pub(super) struct Training {
    pub(super) layer: Dense,
    /// Adam's running means of gradients and of their squares.
    means: Vec<f32>,
    squares: Vec<f32>,
    gradient: Vec<f32>,
    steps: i32,
}

/// Higher rates learn the training text by heart.
const RATE: f32 = 0.00002;
/// Share of the gradients' means that each step keeps, and of the means of squares.
const KEPT: (f32, f32) = (0.9, 0.999);

impl Training {
    /// All zero.
    pub(super) fn new(width: usize, tags: usize) -> Self {
        let zero = vec![0.0; width * tags];
        let layer = Dense::new(width, tags, zero.clone());
        Self { layer, means: zero.clone(), squares: zero.clone(), gradient: zero, steps: 0 }
    }

    /// One step against the gradient of a sentence's loss by its scores.
    pub(super) fn step(&mut self, vectors: &[f32], gradients: &[f32]) {
        let Dense { width, tags, .. } = self.layer;
        self.gradient.fill(0.0);
        for (row, vector) in gradients.chunks_exact(tags).zip(vectors.chunks_exact(width)) {
            let sums = self.gradient.chunks_exact_mut(width);
            for (sums, &g) in sums.zip(row).filter(|(_, g)| g.abs() >= 1e-4) {
                sums.iter_mut().zip(vector).for_each(|(sum, x)| *sum += g * x);
            }
        }
        self.steps += 1;
        let (a, b) = KEPT;
        let rate = RATE * (1.0 - b.powi(self.steps)).sqrt() / (1.0 - a.powi(self.steps));
        let state = self.means.iter_mut().zip(&mut self.squares).zip(&self.gradient);
        for (weight, ((mean, square), g)) in self.layer.weights.iter_mut().zip(state) {
            *mean = a * *mean + (1.0 - a) * g;
            *square = b * *square + (1.0 - b) * g * g;
            *weight -= rate * *mean / (square.sqrt() + 1e-8);
        }
    }
}

/// Sum of products, in eight sums so that it is computed eight at a time.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let (a, b) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut sums = [0.0f32; 8];
    for (a, b) in a.0.iter().zip(b.0) {
        sums.iter_mut().zip(a.iter().zip(b)).for_each(|(sum, (a, b))| *sum += a * b);
    }
    sums.iter().sum::<f32>() + a.1.iter().zip(b.1).map(|(a, b)| a * b).sum::<f32>()
}
