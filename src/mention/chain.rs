//! The best sequence of tags of a layer, and how probable each tag is: a linear chain (Lafferty et al., ICML 2001) over BILOU
//! tags. Only what may follow is scored: inside a mention its type goes on; between mentions a weight says which type comes
//! after which, whatever their lengths. So a step costs types², not tags².

/// Scores of a type coming after another, 0 standing for "outside": `[from * (types + 1) + to]`.
#[derive(Clone, Debug, Default)]
pub struct Transitions {
    scores: Vec<f32>,
    /// Their exponentials.
    factors: Vec<f32>,
    states: usize,
}

impl Transitions {
    /// From scores, for so many types.
    pub fn new(types: usize, scores: Vec<f32>) -> Self {
        let states = types + 1;
        debug_assert_eq!(scores.len(), states * states);
        let factors = scores.iter().map(|s| s.exp()).collect();
        Self { scores, factors, states }
    }

    /// The score of type `to` coming after `from`.
    #[cfg(feature = "train")]
    pub fn score(&self, from: usize, to: usize) -> f32 {
        self.scores[from * self.states + to]
    }
}

/// Room for the computation, kept between sentences.
#[derive(Default)]
pub struct Chain {
    /// Viterbi: best scores at a segment of being outside after each type ended, and inside of each.
    back: Vec<u8>,
    ended: Vec<f32>,
    open: Vec<f32>,
    /// Forward and backward, exponentials of scores scaled to a top of 1 a segment.
    potentials: Vec<f32>,
    forward_ended: Vec<f32>,
    forward_open: Vec<f32>,
    forward_entry: Vec<f32>,
    backward_ended: Vec<f32>,
    backward_open: Vec<f32>,
}

/// Tags of one type after [`crate::mention::tags::tag`].
const BEGIN: usize = 0;
const INSIDE: usize = 1;
const LAST: usize = 2;
const ALONE: usize = 3;

#[inline]
fn at(kind: usize, place: usize) -> usize {
    // `kind` counts from 1 here, 0 being outside.
    4 * kind - 3 + place
}

impl Chain {
    /// The best tags, written over `tags`. `scores` holds a row of `stride` numbers a segment, the layer's tags from `offset` on.
    pub fn best(
        &mut self,
        scores: &[f32],
        stride: usize,
        offset: usize,
        transitions: &Transitions,
        tags: &mut Vec<u8>,
    ) {
        let n = scores.len() / stride.max(1);
        let states = transitions.states;
        tags.clear();
        tags.resize(n, 0);
        if n == 0 {
            return;
        }
        // For each segment and type: which type ended before it entered (low 7 bits of one byte), whether the mention that ends
        // here is of one segment, whether one that is inside here began at the segment before.
        self.back.clear();
        self.back.resize(n * states * 3, 0);
        self.ended.clear();
        self.ended.resize(states, f32::NEG_INFINITY);
        self.open.clear();
        self.open.resize(states, f32::NEG_INFINITY);
        self.ended[0] = 0.0;
        let mut next_ended = vec![f32::NEG_INFINITY; states];
        let mut entry = vec![f32::NEG_INFINITY; states];
        for i in 0..n {
            let row = &scores[i * stride + offset..];
            let back = &mut self.back[i * states * 3..(i + 1) * states * 3];
            entry.fill(f32::NEG_INFINITY);
            for (from, &ended) in self.ended.iter().enumerate() {
                if ended == f32::NEG_INFINITY {
                    continue;
                }
                let moves = &transitions.scores[from * states..(from + 1) * states];
                for (to, &score) in moves.iter().enumerate() {
                    if ended + score > entry[to] {
                        entry[to] = ended + score;
                        back[to] = from as u8;
                    }
                }
            }
            next_ended[0] = entry[0] + row[0];
            for kind in 1..states {
                let alone = entry[kind] + row[at(kind, ALONE)];
                let last = self.open[kind] + row[at(kind, LAST)];
                next_ended[kind] = alone.max(last);
                back[states + kind] = u8::from(alone >= last);
                let begin = entry[kind] + row[at(kind, BEGIN)];
                let inside = self.open[kind] + row[at(kind, INSIDE)];
                self.open[kind] = begin.max(inside);
                back[2 * states + kind] = u8::from(begin >= inside);
            }
            std::mem::swap(&mut self.ended, &mut next_ended);
        }
        let mut kind = (0..states).fold(0, |best, k| if self.ended[k] > self.ended[best] { k } else { best });
        let mut open = false;
        for i in (0..n).rev() {
            let back = &self.back[i * states * 3..(i + 1) * states * 3];
            if kind == 0 {
                kind = usize::from(back[0]);
                continue;
            }
            let place = match (open, back[states + kind] == 1, back[2 * states + kind] == 1) {
                (false, true, _) => ALONE,
                (false, false, _) => LAST,
                (true, _, true) => BEGIN,
                (true, _, false) => INSIDE,
            };
            tags[i] = at(kind, place) as u8;
            open = matches!(place, LAST | INSIDE);
            if !open {
                kind = usize::from(back[kind]);
            }
        }
    }

    /// The probability of each tag at each segment, written over `marginals` (a row of the layer's tags a segment).
    /// Gives the natural logarithm of the sum over all sequences.
    pub fn marginals(
        &mut self,
        scores: &[f32],
        stride: usize,
        offset: usize,
        transitions: &Transitions,
        marginals: &mut Vec<f32>,
    ) -> f32 {
        let n = scores.len() / stride.max(1);
        let states = transitions.states;
        let width = 4 * states - 3;
        marginals.clear();
        marginals.resize(n * width, 0.0);
        let mut log_sum = 0.0f32;
        for room in [
            &mut self.forward_ended,
            &mut self.forward_open,
            &mut self.forward_entry,
            &mut self.backward_ended,
            &mut self.backward_open,
        ] {
            room.clear();
            room.resize((n + 1) * states, 0.0);
        }
        self.potentials.clear();
        self.forward_ended[0] = 1.0;
        for i in 0..n {
            let row = &scores[i * stride + offset..i * stride + offset + width];
            let top = row.iter().fold(f32::NEG_INFINITY, |m, &s| m.max(s));
            self.potentials.extend(row.iter().map(|s| (s - top).exp()));
            log_sum += top;
            let row = &self.potentials[i * width..];
            let (here, next) = (i * states, (i + 1) * states);
            for from in 0..states {
                let ended = self.forward_ended[here + from];
                let moves = &transitions.factors[from * states..(from + 1) * states];
                for (entry, factor) in self.forward_entry[here..here + states].iter_mut().zip(moves) {
                    *entry += ended * factor;
                }
            }
            self.forward_ended[next] = self.forward_entry[here] * row[0];
            let mut sum = self.forward_ended[next];
            for kind in 1..states {
                let (entry, open) = (self.forward_entry[here + kind], self.forward_open[here + kind]);
                let ended = entry * row[at(kind, ALONE)] + open * row[at(kind, LAST)];
                let inside = entry * row[at(kind, BEGIN)] + open * row[at(kind, INSIDE)];
                self.forward_ended[next + kind] = ended;
                self.forward_open[next + kind] = inside;
                sum += ended + inside;
            }
            let scale = 1.0 / sum.max(f32::MIN_POSITIVE);
            log_sum += sum.max(f32::MIN_POSITIVE).ln();
            self.forward_ended[next..next + states].iter_mut().for_each(|x| *x *= scale);
            self.forward_open[next..next + states].iter_mut().for_each(|x| *x *= scale);
        }
        // Mentions must not stay open at the end.
        let ended: f32 = self.forward_ended[n * states..].iter().sum();
        log_sum += ended.max(f32::MIN_POSITIVE).ln();
        self.backward_ended[n * states..].fill(1.0);
        let mut leave = vec![0.0; states];
        for i in (0..n).rev() {
            let row = &self.potentials[i * width..(i + 1) * width];
            let (here, next) = (i * states, (i + 1) * states);
            leave[0] = row[0] * self.backward_ended[next];
            let mut total = self.forward_entry[here] * leave[0];
            marginals[i * width] = total;
            for kind in 1..states {
                let (ended, inside) = (self.backward_ended[next + kind], self.backward_open[next + kind]);
                let (entry, open) = (self.forward_entry[here + kind], self.forward_open[here + kind]);
                let begin = row[at(kind, BEGIN)] * inside;
                let alone = row[at(kind, ALONE)] * ended;
                let go_on = row[at(kind, INSIDE)] * inside;
                let last = row[at(kind, LAST)] * ended;
                leave[kind] = begin + alone;
                self.backward_open[here + kind] = go_on + last;
                let tags = &mut marginals[i * width..(i + 1) * width];
                tags[at(kind, BEGIN)] = entry * begin;
                tags[at(kind, ALONE)] = entry * alone;
                tags[at(kind, INSIDE)] = open * go_on;
                tags[at(kind, LAST)] = open * last;
                total += entry * leave[kind] + open * (go_on + last);
            }
            for tag in &mut marginals[i * width..(i + 1) * width] {
                *tag /= total.max(f32::MIN_POSITIVE);
            }
            let mut sum = 0.0;
            for from in 0..states {
                let moves = &transitions.factors[from * states..(from + 1) * states];
                let ended: f32 = moves.iter().zip(&leave).map(|(m, l)| m * l).sum();
                self.backward_ended[here + from] = ended;
                sum += ended + self.backward_open[here + from];
            }
            let scale = 1.0 / sum.max(f32::MIN_POSITIVE);
            self.backward_ended[here..next].iter_mut().for_each(|x| *x *= scale);
            self.backward_open[here..next].iter_mut().for_each(|x| *x *= scale);
        }
        log_sum
    }

    /// After [`Chain::marginals`] of `n` segments: how often each type is expected to come after each, added to `counts`.
    pub fn add_transitions(&self, n: usize, transitions: &Transitions, counts: &mut [f32]) {
        let states = transitions.states;
        let width = 4 * states - 3;
        let mut moved = vec![0.0; states * states];
        for i in 0..n {
            let row = &self.potentials[i * width..(i + 1) * width];
            let (here, next) = (i * states, (i + 1) * states);
            let mut total = 0.0;
            for to in 0..states {
                let leave = match to {
                    0 => row[0] * self.backward_ended[next],
                    kind => {
                        row[at(kind, BEGIN)] * self.backward_open[next + kind]
                            + row[at(kind, ALONE)] * self.backward_ended[next + kind]
                    }
                };
                for from in 0..states {
                    let share = self.forward_ended[here + from] * transitions.factors[from * states + to] * leave;
                    moved[from * states + to] = share;
                    total += share;
                }
                if to > 0 {
                    let go_on = row[at(to, INSIDE)] * self.backward_open[next + to];
                    let last = row[at(to, LAST)] * self.backward_ended[next + to];
                    total += self.forward_open[here + to] * (go_on + last);
                }
            }
            for (count, share) in counts.iter_mut().zip(&moved) {
                *count += share / total.max(f32::MIN_POSITIVE);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every legal sequence of tags of two types with its score.
    fn all(scores: &[f32], transitions: &Transitions) -> Vec<(Vec<u8>, f32)> {
        let n = scores.len() / 9;
        let mut done = vec![(Vec::new(), 0.0, 0usize, false)];
        for i in 0..n {
            let mut next = Vec::new();
            for (tags, score, kind, open) in done {
                for tag in 0..9u8 {
                    let (to, place) =
                        if tag == 0 { (0, ALONE) } else { ((tag as usize).div_ceil(4), (tag as usize - 1) % 4) };
                    let enters = matches!(place, BEGIN | ALONE);
                    if open == enters || (open && to != kind) {
                        continue;
                    }
                    let change = if enters { transitions.scores[kind * 3 + to] } else { 0.0 };
                    let tags = tags.iter().copied().chain([tag]).collect::<Vec<u8>>();
                    let opens = tag != 0 && matches!(place, BEGIN | INSIDE);
                    next.push((tags, score + change + scores[i * 9 + tag as usize], to, opens));
                }
            }
            done = next;
        }
        done.into_iter().filter(|d| !d.3).map(|d| (d.0, d.1)).collect()
    }

    proptest! {
        #[test]
        fn equals_the_sum_over_all_sequences(scores in prop::collection::vec(-3f32..3.0, 36), moves in prop::collection::vec(-2f32..2.0, 9)) {
            let transitions = Transitions::new(2, moves);
            let mut chain = Chain::default();
            let (mut tags, mut marginals) = (Vec::new(), Vec::new());
            chain.best(&scores, 9, 0, &transitions, &mut tags);
            let all = all(&scores, &transitions);
            let best = all.iter().fold(f32::NEG_INFINITY, |best, s| best.max(s.1));
            // Sequences of one score are equally good.
            let found = all.iter().find(|s| s.0 == tags).map(|s| s.1);
            prop_assert!(found.is_some_and(|score| score > best - 1e-4), "{tags:?} scores {found:?}, the best {best}");
            let log_sum = chain.marginals(&scores, 9, 0, &transitions, &mut marginals);
            prop_assert!(log_sum.is_finite());
            let sum: f64 = all.iter().map(|s| f64::from(s.1).exp()).sum();
            prop_assert!((f64::from(log_sum) - sum.ln()).abs() < 1e-3);
            for i in 0..4 {
                for tag in 0..9 {
                    let right: f64 = all.iter().filter(|s| s.0[i] as usize == tag).map(|s| f64::from(s.1).exp()).sum();
                    prop_assert!((f64::from(marginals[i * 9 + tag]) - right / sum).abs() < 1e-3);
                }
            }
        }
    }
}
