//! Trains the mention tagger: conditional random fields over the tags of each layer, the second on what the first, trained
//! without the document, found in it.

use std::cmp::Reverse;

use super::gold::Aligned;
use super::learner::{Random, Settings, Weights, jackknife};
use super::silver::{Probable, Silver};
use crate::error::Result;
use crate::mention::Mention;
use crate::mention::chain::{Chain, Transitions};
use crate::mention::features::{self, Word};
use crate::mention::memory::Memory;
use crate::mention::tagger::{Tagger, is_read, transition};
use crate::mention::tags::{self, LAYERS, OUTSIDE, WIDTH, encode, offset, width};
use crate::model::Scorer;
use crate::model::clusters::Clusters;
use crate::model::linear::{BIAS, CHECK_BITS, Features, Linear, identity};
use crate::segment::{self, Sentence};
use crate::{lexicon, number, time};

/// A document ready for training.
pub struct Text<'a> {
    sentences: Vec<Sentence>,
    words: Vec<Word>,
    /// The right tags of each segment, by layer; of a text that a model tagged, how probable each is.
    tags: Vec<[u8; 3]>,
    probable: Option<Probable>,
    /// How much each of its segments counts.
    weight: f32,
    aligned: Option<&'a Aligned<'a>>,
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
        Ok(Self { sentences, words, tags: all, probable: None, weight: 1.0, aligned: Some(aligned) })
    }

    /// A text that a model tagged, whose segments count `weight` each; None where it was cut into other segments then.
    ///
    /// # Errors
    /// As [`segment::segment`].
    pub fn silver(silver: &Silver, weight: f32) -> Result<Option<Self>> {
        let segmentation = segment::segment(&silver.text)?;
        let hits = lexicon::look_up(&segmentation);
        let numbers = number::parse_numbers(&segmentation);
        let times = time::parse_times(&segmentation, &numbers, None);
        let words = features::words(&segmentation, &hits, &numbers, &times, Clusters::shipped()?);
        if words.len() != silver.segments {
            return Ok(None);
        }
        let sentences = segmentation.sentences.iter().filter(|s| is_read(s)).copied().collect();
        let probable = Some(Probable::new(words.len(), &silver.tags));
        Ok(Some(Self { sentences, words, tags: Vec::new(), probable, weight, aligned: None }))
    }

    /// The sentences that the tagger reads.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// The gold tags of each segment, by layer.
    pub fn tags(&self) -> &[[u8; 3]] {
        &self.tags
    }

    /// The scores of all tags that the tagger decodes, a row of `WIDTH` a segment; None where the scorer has no tagger, and for
    /// silver.
    pub fn scores(&self, scorer: &dyn Scorer) -> Option<Vec<f32>> {
        let aligned = self.aligned?;
        let mut reader = scorer.read(&aligned.segmentation);
        Some(Tagger::new(&mut *reader)?.scores(&aligned.segmentation, &self.words))
    }

    /// The document; None for silver.
    pub fn aligned(&self) -> Option<&'a Aligned<'a>> {
        self.aligned
    }

    /// Whether a model tagged it.
    fn is_silver(&self) -> bool {
        self.probable.is_some()
    }

    /// How probable each tag of a layer is at segment `i`, written over `row`.
    fn right(&self, i: usize, layer: usize, row: &mut [f32]) {
        row.fill(0.0);
        match &self.probable {
            None => row[usize::from(self.tags[i][layer])] = 1.0,
            Some(probable) => {
                let mine = offset(layer)..offset(layer) + width(layer);
                for &(tag, share) in probable.of(i).iter().filter(|t| mine.contains(&usize::from(t.0))) {
                    row[usize::from(tag) - mine.start] = share;
                }
                row[usize::from(OUTSIDE)] = (1.0 - row.iter().sum::<f32>()).max(0.0);
            }
        }
    }

    /// Keys of each read segment's features but for some templates; those of the document's memory too where first-pass tags are
    /// given.
    fn features(&self, first: Option<&[[u8; 3]]>, without: &[usize]) -> Lists {
        let memory = first.map(|tags| Memory::new(&self.words, tags));
        let mut lists = Lists::default();
        let mut features = Features::default();
        for sentence in &self.sentences {
            let range = sentence.segments.range();
            for i in range.clone() {
                lists.skip_to(i);
                features::extract(&self.words, sentence, i, &mut features);
                let seen = features.keys().len();
                let mut add = |features: &Features, first: usize| {
                    let kept = (first..).zip(features.keys()).filter(|(template, _)| !without.contains(template));
                    lists.items.extend(kept.map(|(_, key)| key));
                };
                add(&features, 0);
                if let Some(memory) = &memory {
                    memory.extract(range.start, range.end, i, &mut features);
                    add(&features, seen);
                }
            }
        }
        lists.skip_to(self.words.len());
        lists
    }
}

/// A list of numbers for each segment, in one piece.
#[derive(Default)]
struct Lists {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    /// Ends the lists before that of segment `i`, which begins.
    fn skip_to(&mut self, i: usize) {
        self.starts.resize(i + 1, self.items.len() as u32);
    }

    fn of(&self, i: usize) -> &[u32] {
        &self.items[self.starts[i] as usize..self.starts[i + 1] as usize]
    }

    fn iter(&self) -> impl Iterator<Item = &[u32]> {
        self.starts.windows(2).map(|w| &self.items[w[0] as usize..w[1] as usize])
    }
}

/// The names of all tags, in the order of scores.
pub fn names() -> Vec<String> {
    tags::names().collect()
}

/// The scores of types coming after one another in each layer that the tagger decodes with, as
/// `Transitions`: `[from * (types + 1) + to]`, 0 being outside. None where the scorer has no tagger.
pub fn transitions(scorer: &dyn Scorer, text: &Text<'_>) -> Option<[Vec<f32>; 3]> {
    let mut reader = scorer.read(&text.aligned?.segmentation);
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
    fn tag(&self, text: &Text<'_>, keys: &Lists) -> Vec<[u8; 3]> {
        let mut all = vec![[OUTSIDE; 3]; text.words.len()];
        let transitions: Vec<_> = (0..LAYERS.len()).map(|layer| self.transitions(layer)).collect();
        let (mut chain, mut best, mut scores) = (Chain::default(), Vec::new(), Vec::new());
        let rows = rows(&self.weights, keys);
        for sentence in &text.sentences {
            let range = sentence.segments.range();
            self.scores(range.clone().map(|i| rows.of(i)), &mut scores);
            for (layer, transitions) in transitions.iter().enumerate() {
                chain.best(&scores, WIDTH, offset(layer), transitions, &mut best);
                all[range.clone()].iter_mut().zip(&best).for_each(|(tags, &tag)| tags[layer] = tag);
            }
        }
        all
    }

    fn scores<'r>(&self, rows: impl Iterator<Item = &'r [u32]>, scores: &mut Vec<f32>) {
        scores.clear();
        for rows in rows {
            let at = scores.len();
            scores.resize(at + WIDTH, 0.0);
            self.weights.add_scores(rows, &mut scores[at..]);
        }
    }

    fn train(texts: &[&Text<'_>], keys: &[&Lists], settings: &Settings, silver_epochs: usize) -> Self {
        // What gold has twice silver must have often: it has so many more features that not all find room. Transitions are kept.
        let least = settings.min_count.max(1);
        let often = least * SILVER_COUNT;
        let times = |text: &Text<'_>| if text.is_silver() { 1 } else { SILVER_COUNT };
        let moves = |layer: usize| (0..=LAYERS[layer].len()).map(move |from| [transition(layer, from)]);
        let all_moves: Vec<[u32; 1]> = (0..LAYERS.len()).flat_map(moves).collect();
        let counted = texts.iter().zip(keys).flat_map(|(t, keys)| keys.iter().map(move |k| (k, times(t))));
        let counted = counted.chain(all_moves.iter().map(|m| (&m[..], often)));
        let weights = Weights::counted(WIDTH, &Settings { min_count: often, ..settings.clone() }, counted);
        // The bias comes first.
        let of_moves = |layer: usize| moves(layer).map(|m| weights.rows(&m)[1..].to_vec()).collect();
        let moves: Vec<Vec<Vec<u32>>> = (0..LAYERS.len()).map(of_moves).collect();
        let rows: Vec<Lists> = keys.iter().map(|keys| rows(&weights, keys)).collect();
        let mut pass = Self { weights, moves };
        let mut random = Random(settings.seed);
        let mut room = Room::default();
        for epoch in 0..settings.epochs {
            let taught = texts.iter().enumerate().filter(|(_, t)| epoch < silver_epochs || !t.is_silver());
            let mut sentences: Vec<(usize, usize)> =
                taught.flat_map(|(t, text)| (0..text.sentences.len()).map(move |s| (t, s))).collect();
            random.shuffle(&mut sentences);
            let mut loss = 0.0;
            for (t, s) in sentences {
                loss += pass.learn(texts[t], &texts[t].sentences[s], &rows[t], &mut room);
            }
            eprintln!("epoch {epoch}: loss {loss:.0}");
        }
        pass
    }

    /// Learns from a sentence; gives the loss before.
    fn learn(&mut self, text: &Text<'_>, sentence: &Sentence, rows: &Lists, room: &mut Room) -> f64 {
        let Room { chain, scores, marginals, gradient, counts, step } = room;
        let range = sentence.segments.range();
        self.scores(range.clone().map(|i| rows.of(i)), scores);
        gradient.clear();
        gradient.resize(scores.len(), 0.0);
        let mut loss = 0.0;
        for layer in 0..LAYERS.len() {
            let transitions = self.transitions(layer);
            loss += f64::from(chain.marginals(scores, WIDTH, offset(layer), &transitions, marginals));
            let states = LAYERS[layer].len() + 1;
            counts.clear();
            counts.resize(states * states, 0.0);
            chain.add_transitions(range.len(), &transitions, counts);
            let mut right = [0.0; WIDTH];
            let right = &mut right[..width(layer)];
            // How probable it is that a type ended, or nothing went on, before this segment.
            let mut ended = [0.0; STATES];
            ended[0] = 1.0;
            for (n, i) in range.clone().enumerate() {
                text.right(i, layer, right);
                let at = n * WIDTH + offset(layer);
                let guessed = &marginals[n * width(layer)..(n + 1) * width(layer)];
                for (tag, (&guessed, &right)) in guessed.iter().zip(&*right).enumerate() {
                    gradient[at + tag] = text.weight * (guessed - right);
                    loss -= f64::from(right * scores[at + tag]);
                }
                let sum: f32 = ended.iter().sum();
                let place = |to: usize, place: usize| right[usize::from(tags::tag(to - 1, place))];
                for to in 0..states {
                    let entered = if to == 0 { right[0] } else { place(to, 0) + place(to, 3) };
                    for (from, ended) in ended[..states].iter().enumerate().filter(|e| *e.1 * entered > 0.0) {
                        let share = ended * entered / sum;
                        counts[from * states + to] -= share;
                        loss -= f64::from(share * transitions.score(from, to));
                    }
                }
                for (to, ended) in ended[..states].iter_mut().enumerate() {
                    *ended = if to == 0 { right[0] } else { place(to, 2) + place(to, 3) };
                }
            }
            for from in 0..states {
                step.clear();
                step.resize(WIDTH, 0.0);
                for to in 0..states {
                    let entry = if to == 0 { 0 } else { usize::from(tags::tag(to - 1, 0)) };
                    step[offset(layer) + entry] = text.weight * counts[from * states + to];
                }
                self.weights.step(&self.moves[layer][from], step);
            }
        }
        for (i, gradient) in range.zip(gradient.chunks_exact(WIDTH)) {
            self.weights.step(rows.of(i), gradient);
        }
        loss
    }
}

/// Times that silver must have a feature for once that gold must.
const SILVER_COUNT: u32 = 4;

/// Most states of a layer.
const STATES: usize = LAYERS[0].len() + 1;

/// Room for learning, kept between sentences.
#[derive(Default)]
struct Room {
    chain: Chain,
    scores: Vec<f32>,
    marginals: Vec<f32>,
    gradient: Vec<f32>,
    counts: Vec<f32>,
    step: Vec<f32>,
}

/// The rows of a text's features.
fn rows(weights: &Weights, keys: &Lists) -> Lists {
    let mut rows = Lists::default();
    for (i, keys) in keys.iter().enumerate() {
        rows.skip_to(i);
        if !keys.is_empty() {
            weights.append_rows(keys, &mut rows.items);
        }
    }
    rows.skip_to(keys.starts.len() - 1);
    rows
}

/// Smaller weights change no decision and cost room and time.
const LEAST: f32 = 0.02;

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
        let kept =
            |weights: &[(u32, u8, f32)]| weights.iter().copied().filter(|w| w.2.abs() >= LEAST).collect::<Vec<_>>();
        let names = |pass: u8| tags::names().map(move |name| format!("{pass}:{name}"));
        let both: Vec<String> = names(1).chain(names(2)).collect();
        Ok([
            Linear::write(&both, self.bits, &kept(&first))?,
            Linear::write(&names(2).collect::<Vec<_>>(), self.bits, &kept(&self.second))?,
        ])
    }
}

/// How to train both passes.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Parts for the jackknife.
    pub folds: usize,
    /// Silver texts are learned from in so many epochs, the first.
    pub silver_epochs: usize,
    /// Templates that are left out, to measure what they are worth: those of `mention::features` in their order, then those of
    /// `mention::memory`.
    pub without: Vec<usize>,
}

/// Trains both passes; `folds` parts for the jackknife.
pub fn train(texts: &[&Text<'_>], settings: &Settings, folds: usize) -> Trained {
    train_with(texts, settings, &Plan { folds, ..Plan::default() })
}

/// As [`train`], with all that can be chosen.
pub fn train_with(texts: &[&Text<'_>], settings: &Settings, plan: &Plan) -> Trained {
    let &Plan { folds, silver_epochs, ref without } = plan;
    let keys: Vec<Lists> = texts.iter().map(|t| t.features(None, without)).collect();
    let first = Pass::train(texts, &keys.iter().collect::<Vec<_>>(), settings, silver_epochs);
    // The second pass must learn from tags as wrong as those that it will see.
    let mut guessed = vec![Vec::new(); texts.len()];
    let shorter = Settings { epochs: settings.epochs.div_ceil(2), ..settings.clone() };
    jackknife(
        texts.len(),
        folds,
        |outside| {
            let pick: Vec<&Text<'_>> = outside.iter().map(|&i| texts[i]).collect();
            let keys: Vec<&Lists> = outside.iter().map(|&i| &keys[i]).collect();
            Pass::train(&pick, &keys, &shorter, silver_epochs.div_ceil(2))
        },
        |pass, i| guessed[i] = pass.tag(texts[i], &keys[i]),
    );
    let mut seen = vec![false; 1 << (settings.row_bits + CHECK_BITS)];
    let transitions =
        LAYERS.iter().enumerate().flat_map(|(layer, types)| (0..=types.len()).map(move |from| transition(layer, from)));
    for key in keys.iter().flat_map(|k| k.items.iter().copied()).chain(transitions).chain([BIAS]) {
        seen[identity(key, settings.row_bits) as usize] = true;
    }
    drop(keys);
    let all: Vec<Lists> = texts.iter().zip(&guessed).map(|(t, g)| t.features(Some(g), without)).collect();
    let second = Pass::train(texts, &all.iter().collect::<Vec<_>>(), settings, silver_epochs);
    // The second pass's weights of what the first sees too go into the first's file, beside the first's own.
    let (shared, own): (Vec<_>, Vec<_>) = second.weights.entries().into_iter().partition(|e| seen[e.0 as usize]);
    let mut entries = first.weights.entries();
    entries.extend(shared.into_iter().map(|(id, class, weight)| (id, class + WIDTH as u8, weight)));
    Trained { first: entries, second: own, bits: settings.row_bits }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Linears, Task};
    use crate::train::silver::label;

    const TEXT: &str = "زار الوزير خالد منصور مدينة بنغازي. وقال منصور إن بنغازي آمنة.\nالتقى منصور وفدا من تونس.";

    fn settings() -> Settings {
        Settings { row_bits: 10, epochs: 4, l1: 0.01, min_count: 1, ..Settings::default() }
    }

    #[test]
    fn silver_teaches_what_its_teacher_found() {
        let mut silver = label("a", TEXT, &Linears::embedded().unwrap()).unwrap().unwrap();
        let texts: Vec<Text<'_>> = (0..8).map(|_| Text::silver(&silver, 1.0).unwrap().unwrap()).collect();
        let plan = Plan { folds: 2, silver_epochs: 4, ..Plan::default() };
        let [first, second] = train_with(&texts.iter().collect::<Vec<_>>(), &settings(), &plan).write(0.0).unwrap();
        let load = |data| Some(Linear::load(data).unwrap());
        let taught = Linears::default().with(Task::MentionFirst, load(first)).with(Task::MentionSecond, load(second));
        let spans = |silver: &Silver| silver.mentions.iter().map(|m| (m.start, m.end, m.r#type)).collect::<Vec<_>>();
        let found = label("a", TEXT, &taught).unwrap().unwrap();
        assert!(!found.mentions.is_empty() && spans(&found) == spans(&silver), "{found:?} instead of {silver:?}");
        silver.segments += 1;
        assert!(Text::silver(&silver, 1.0).unwrap().is_none());
    }

    #[test]
    fn doubts_are_shared_between_tags() {
        let silver = label("a", TEXT, &Linears::embedded().unwrap()).unwrap().unwrap();
        let text = Text::silver(&silver, 1.0).unwrap().unwrap();
        for layer in 0..LAYERS.len() {
            let mut row = vec![0.0; width(layer)];
            for i in 0..silver.segments {
                text.right(i, layer, &mut row);
                assert!((row.iter().sum::<f32>() - 1.0).abs() < 0.01, "{row:?}");
            }
        }
    }
}
