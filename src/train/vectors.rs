//! Word vectors by skip-gram with negative samples (Mikolov et al., NIPS 2013), and their clusters by k-means.

use std::collections::HashMap;

use super::learner::Random;

/// Length of a vector.
const WIDTH: usize = 48;
/// Words to each side that a word is to foretell: near ones make vectors of like syntax and class, as tagging wants.
const WINDOW: usize = 2;
const NEGATIVES: usize = 5;
const EPOCHS: usize = 3;
/// Share of the text above which a word is thinned out.
const FREQUENT: f64 = 2e-4;

type Vector = [f32; WIDTH];

fn dot(a: &Vector, b: &Vector) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// Vectors of the words of `lines`, given as numbers below `counts.len()`; `counts` tells how often each occurs.
pub fn skip_gram(lines: &[Vec<u32>], counts: &[u64]) -> Vec<Vector> {
    let mut random = Random(11);
    let total: u64 = counts.iter().sum();
    let mut inner: Vec<Vector> = (0..counts.len())
        .map(|_| std::array::from_fn(|_| (random.below(1 << 16) as f32 / 65_536.0 - 0.5) / WIDTH as f32))
        .collect();
    let mut outer = vec![[0.0; WIDTH]; counts.len()];
    // Negative samples by count to the power of 3/4.
    let mut noise = Vec::new();
    for (word, &count) in counts.iter().enumerate() {
        let share = (count as f64).powf(0.75).ceil() as usize / 8 + 1;
        noise.extend(std::iter::repeat_n(word as u32, share));
    }
    let keep: Vec<f64> = (counts.iter())
        .map(|&c| FREQUENT * total as f64 / c as f64)
        .map(|ratio| (ratio.sqrt() + ratio).min(1.0))
        .collect();
    let steps = (EPOCHS * lines.len()).max(1) as f32;
    let mut thinned = Vec::new();
    for epoch in 0..EPOCHS {
        for (number, line) in lines.iter().enumerate() {
            let rate = 0.05 * (1.0 - (epoch * lines.len() + number) as f32 / steps).max(0.01);
            thinned.clear();
            thinned.extend(line.iter().filter(|&&w| (random.below(1 << 20) as f64) < keep[w as usize] * 1_048_576.0));
            for (at, &centre) in thinned.iter().enumerate() {
                let near = at.saturating_sub(WINDOW)..(at + WINDOW + 1).min(thinned.len());
                for &context in near.filter(|&n| n != at).map(|n| &thinned[n]) {
                    let word = &mut inner[context as usize];
                    let mut change = [0.0; WIDTH];
                    for sample in 0..=NEGATIVES {
                        let target = if sample == 0 { centre } else { noise[random.below(noise.len())] };
                        if sample > 0 && target == centre {
                            continue;
                        }
                        let other = &mut outer[target as usize];
                        let right = if sample == 0 { 1.0 } else { 0.0 };
                        let pull = (right - 1.0 / (1.0 + (-dot(word, other)).exp())) * rate;
                        for i in 0..WIDTH {
                            change[i] += pull * other[i];
                            other[i] += pull * word[i];
                        }
                    }
                    for i in 0..WIDTH {
                        word[i] += change[i];
                    }
                }
            }
        }
    }
    inner
}

/// Clusters of vectors by direction; gives the cluster of each, and the centres.
pub fn k_means(vectors: &[Vector], clusters: usize, rounds: usize) -> (Vec<usize>, Vec<Vector>) {
    let unit = |v: &Vector| {
        let length = dot(v, v).sqrt().max(1e-9);
        v.map(|x| x / length)
    };
    let vectors: Vec<Vector> = vectors.iter().map(unit).collect();
    let mut random = Random(5);
    let mut order: Vec<usize> = (0..vectors.len()).collect();
    random.shuffle(&mut order);
    let mut centres: Vec<Vector> = order.iter().take(clusters).map(|&i| vectors[i]).collect();
    let mut chosen = vec![0; vectors.len()];
    for _ in 0..rounds {
        let mut sums = vec![[0.0; WIDTH]; centres.len()];
        for (vector, chosen) in vectors.iter().zip(&mut chosen) {
            let mut best = f32::NEG_INFINITY;
            for (i, centre) in centres.iter().enumerate() {
                let near = dot(vector, centre);
                if near > best {
                    (best, *chosen) = (near, i);
                }
            }
            sums[*chosen].iter_mut().zip(vector).for_each(|(s, x)| *s += x);
        }
        for (centre, sum) in centres.iter_mut().zip(&sums) {
            if dot(sum, sum) > 0.0 {
                *centre = unit(sum);
            }
        }
    }
    (chosen, centres)
}

/// Words as numbers, in order of their first occurrence.
#[derive(Default)]
pub struct Vocabulary {
    numbers: HashMap<String, u32>,
    /// How often each occurs.
    pub counts: Vec<u64>,
}

impl Vocabulary {
    /// The number of a word, counted once more.
    pub fn add(&mut self, word: &str) -> u32 {
        let number = match self.numbers.get(word) {
            Some(&number) => number,
            None => {
                let number = self.counts.len() as u32;
                self.numbers.insert(word.to_owned(), number);
                self.counts.push(0);
                number
            }
        };
        self.counts[number as usize] += 1;
        number
    }

    /// The words, by number.
    pub fn words(&self) -> Vec<&str> {
        let mut words = vec![""; self.counts.len()];
        self.numbers.iter().for_each(|(word, &number)| words[number as usize] = word);
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_like_contexts_fall_together() {
        let mut random = Random(1);
        let mut line = || -> Vec<u32> {
            let side = random.below(2) as u32;
            (0..8).map(|_| side * 10 + random.below(10) as u32).collect()
        };
        let lines: Vec<_> = (0..3000).map(|_| line()).collect();
        let mut counts = vec![0; 20];
        lines.iter().flatten().for_each(|&w| counts[w as usize] += 1);
        let (chosen, _) = k_means(&skip_gram(&lines, &counts), 2, 5);
        assert!(chosen[..10].iter().all(|c| *c == chosen[0]) && chosen[10..].iter().all(|c| *c != chosen[0]));
    }
}
