//! The best sequence of tags, and in training how probable each tag and each pair is.

use crate::morph::Pos;

/// How many tags there are.
pub(crate) const TAGS: usize = Pos::ALL.len();
/// Stands for the start of a sentence where a tag before is asked for.
pub(crate) const START: usize = TAGS;
/// What may come before a tag.
pub(crate) const STATES: usize = TAGS + 1;

/// Scores of a tag coming after another or at the start.
pub(crate) struct Transitions {
    scores: [[f32; TAGS]; STATES],
}

impl Transitions {
    /// From the scores of all tags after each state.
    pub(crate) fn new(mut after: impl FnMut(usize) -> [f32; TAGS]) -> Self {
        Self { scores: std::array::from_fn(&mut after) }
    }

    /// The score of a tag coming after a state.
    #[cfg(feature = "train")]
    pub(crate) fn score(&self, from: usize, to: usize) -> f32 {
        self.scores[from][to]
    }
}

/// Room for the computation, kept between sentences.
#[derive(Default)]
pub(crate) struct Chain {
    back: Vec<[u8; TAGS]>,
    best: Vec<u8>,
}

fn row(scores: &[f32]) -> [f32; TAGS] {
    std::array::from_fn(|tag| scores.get(tag).copied().unwrap_or(0.0))
}

impl Chain {
    /// The best tags (Viterbi); `scores` holds [`TAGS`] numbers a segment.
    pub(crate) fn best(&mut self, scores: &[f32], transitions: &Transitions) -> &[u8] {
        self.back.clear();
        self.best.clear();
        let mut reached = [0.0; TAGS];
        for (i, own) in scores.chunks_exact(TAGS).enumerate() {
            let (mut next, mut back) = ([f32::NEG_INFINITY; TAGS], [0u8; TAGS]);
            if i == 0 {
                next = transitions.scores[START];
            } else {
                for (from, (&so_far, moves)) in reached.iter().zip(&transitions.scores).enumerate() {
                    for to in 0..TAGS {
                        let score = so_far + moves[to];
                        let better = score > next[to];
                        next[to] = if better { score } else { next[to] };
                        back[to] = if better { from as u8 } else { back[to] };
                    }
                }
            }
            let own = row(own);
            reached = std::array::from_fn(|tag| next[tag] + own[tag]);
            self.back.push(back);
        }
        let mut tag = (0..TAGS).fold(0, |best, t| if reached[t] > reached[best] { t } else { best });
        for back in self.back.iter().rev() {
            self.best.push(tag as u8);
            tag = usize::from(back[tag]);
        }
        self.best.reverse();
        &self.best
    }
}

/// What a sentence is expected to look like.
#[cfg(feature = "train")]
#[derive(Default)]
pub(crate) struct Expected {
    /// Probability of each tag of each segment.
    pub(crate) tags: Vec<[f32; TAGS]>,
    /// How often each tag is expected after each state.
    pub(crate) moves: Vec<[f32; TAGS]>,
    /// Natural logarithm of the sum over all sequences.
    pub(crate) log_sum: f32,
}

#[cfg(feature = "train")]
impl Expected {
    /// By the forward and backward sums, scaled at each segment.
    pub(crate) fn of(scores: &[f32], transitions: &Transitions) -> Self {
        let n = scores.len() / TAGS;
        let factors = transitions.scores.map(|moves| moves.map(f32::exp));
        let mut expected = Self { tags: vec![[0.0; TAGS]; n], moves: vec![[0.0; TAGS]; STATES], log_sum: 0.0 };
        let mut potentials = Vec::with_capacity(n);
        let mut forward: Vec<[f32; TAGS]> = Vec::with_capacity(n);
        for own in scores.chunks_exact(TAGS) {
            let own = row(own);
            let top = own.iter().fold(f32::NEG_INFINITY, |m, &s| m.max(s));
            let own = own.map(|s| (s - top).exp());
            let mut sums = match forward.last() {
                None => factors[START],
                Some(before) => std::array::from_fn(|to| (0..TAGS).map(|from| before[from] * factors[from][to]).sum()),
            };
            sums.iter_mut().zip(&own).for_each(|(s, o)| *s *= o);
            let total: f32 = sums.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            sums.iter_mut().for_each(|s| *s /= total);
            expected.log_sum += top + total.ln();
            forward.push(sums);
            potentials.push(own);
        }
        let mut backward = [1.0; TAGS];
        for i in (0..n).rev() {
            let mut shares: [f32; TAGS] = std::array::from_fn(|tag| forward[i][tag] * backward[tag]);
            let total: f32 = shares.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            shares.iter_mut().for_each(|s| *s /= total);
            expected.tags[i] = shares;
            if i == 0 {
                expected.moves[START].iter_mut().zip(&shares).for_each(|(m, s)| *m += s);
                break;
            }
            let ahead: [f32; TAGS] = std::array::from_fn(|tag| potentials[i][tag] * backward[tag]);
            let before = forward[i - 1];
            let mut moves = [[0.0; TAGS]; TAGS];
            let mut sum = 0.0;
            for from in 0..TAGS {
                for to in 0..TAGS {
                    moves[from][to] = before[from] * factors[from][to] * ahead[to];
                    sum += moves[from][to];
                }
            }
            for (all, own) in expected.moves.iter_mut().zip(&moves) {
                all.iter_mut().zip(own).for_each(|(all, own)| *all += own / sum.max(f32::MIN_POSITIVE));
            }
            backward = std::array::from_fn(|from| (0..TAGS).map(|to| factors[from][to] * ahead[to]).sum());
            let top = backward.iter().fold(f32::MIN_POSITIVE, |m: f32, &s| m.max(s));
            backward.iter_mut().for_each(|s| *s /= top);
        }
        expected
    }
}
