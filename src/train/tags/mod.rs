//! Trains the tagger of parts of speech and measures it.

use std::collections::HashMap;

use super::conllu::Annotated;
use super::learner::{Random, Settings, Weights};
use crate::error::Result;
use crate::model::clusters::Clusters;
use crate::morph::Pos;
use crate::morph::tagger::training::{
    Expected, Reader, START, STATES, TAGS, Tagger, Transitions, sentence_features, transition,
};
use crate::segment::segment;

/// A sentence ready for training.
struct Example {
    features: Vec<Vec<u32>>,
    tags: Vec<Pos>,
}

/// Trains on sentences and gives the container.
///
/// # Errors
/// As [`Weights::write`].
pub fn train<'a>(sentences: impl Iterator<Item = &'a Annotated>, settings: &Settings) -> Result<Vec<u8>> {
    let mut reader = Reader::new(Clusters::shipped()?);
    let mut examples = Vec::new();
    for sentence in sentences {
        let cut = sentence.segmentation()?;
        let words = reader.words(&cut);
        for part in &cut.sentences {
            let tags = part.segments.range().map(|i| sentence.pieces[i].pos).collect();
            examples.push(Example { features: sentence_features(&words, part), tags });
        }
    }
    let moves: Vec<Vec<u32>> = (0..STATES).map(|from| vec![transition(from); settings.min_count as usize]).collect();
    let keys = examples.iter().flat_map(|e| &e.features).chain(&moves).map(|k| &k[..]);
    let mut weights = Weights::new(TAGS, settings, keys);
    let rows: Vec<Vec<Vec<u32>>> =
        examples.iter().map(|e| e.features.iter().map(|k| weights.rows(k)).collect()).collect();
    // Without the bias, which all of them would share.
    let moves: Vec<Vec<u32>> = (0..STATES).map(|from| weights.rows(&[transition(from)])[1..].to_vec()).collect();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = Random(settings.seed);
    for epoch in 0..settings.epochs {
        random.shuffle(&mut order);
        let mut loss = 0.0;
        for &e in &order {
            loss += learn(&mut weights, &moves, &rows[e], &examples[e].tags);
        }
        eprintln!("epoch {epoch}: loss {loss:.0}");
    }
    weights.write(&Pos::ALL.iter().map(|pos| pos.as_str().to_owned()).collect::<Vec<_>>())
}

/// One step along a sentence; gives its loss.
fn learn(weights: &mut Weights, moves: &[Vec<u32>], rows: &[Vec<u32>], tags: &[Pos]) -> f32 {
    let mut scores = vec![0.0; rows.len() * TAGS];
    for (rows, scores) in rows.iter().zip(scores.chunks_exact_mut(TAGS)) {
        weights.add_scores(rows, scores);
    }
    let transitions = Transitions::new(|from| {
        let mut row = [0.0; TAGS];
        weights.add_scores(&moves[from], &mut row);
        row
    });
    let mut expected = Expected::of(&scores, &transitions);
    let mut right = 0.0;
    let mut from = START;
    for (i, &tag) in tags.iter().enumerate() {
        let tag = tag as usize;
        right += scores[i * TAGS + tag] + transitions.score(from, tag);
        expected.tags[i][tag] -= 1.0;
        expected.moves[from][tag] -= 1.0;
        from = tag;
    }
    for (rows, gradient) in rows.iter().zip(&expected.tags) {
        weights.step(rows, gradient);
    }
    for (rows, gradient) in moves.iter().zip(&expected.moves) {
        weights.step(rows, gradient);
    }
    expected.log_sum - right
}

/// How many of what were right.
#[derive(Clone, Debug, Default)]
pub struct Measure {
    /// Segments annotated.
    pub all: usize,
    /// Of them rightly tagged where the segments are the annotated ones.
    pub right: usize,
    /// Segments that the segmenter gives.
    pub own: usize,
    /// Of them those annotated and rightly tagged.
    pub own_right: usize,
    /// Wrong tags of annotated segments: (right, own) with the words.
    pub wrong: HashMap<(Pos, Pos), Vec<String>>,
}

impl Measure {
    /// Adds another part's numbers.
    pub fn add(&mut self, other: Self) {
        self.all += other.all;
        self.right += other.right;
        self.own += other.own;
        self.own_right += other.own_right;
        for (tags, words) in other.wrong {
            self.wrong.entry(tags).or_default().extend(words);
        }
    }

    /// Percent of annotated segments rightly tagged.
    pub fn accuracy(&self) -> f64 {
        100.0 * self.right as f64 / self.all.max(1) as f64
    }

    /// Percent of segments, harmonic mean of precision and recall, that the segmenter cuts and the tagger tags as annotated.
    pub fn f1(&self) -> f64 {
        200.0 * self.own_right as f64 / (self.all + self.own).max(1) as f64
    }
}

/// Measures a container, or the shipped tagger.
///
/// # Errors
/// As [`Linear::load`](crate::model::linear::Linear::load).
pub fn measure<'a>(container: Option<Vec<u8>>, sentences: impl Iterator<Item = &'a Annotated>) -> Result<Measure> {
    let loaded = container.map(Tagger::load).transpose()?;
    let tagger = match &loaded {
        Some(tagger) => tagger,
        None => Tagger::shipped()?,
    };
    let mut measure = Measure::default();
    for sentence in sentences {
        let cut = sentence.segmentation()?;
        let tags = tagger.tag(&cut);
        measure.all += tags.len();
        for (i, (piece, &tag)) in sentence.pieces.iter().zip(&tags).enumerate() {
            if piece.pos == tag {
                measure.right += 1;
                continue;
            }
            let around = |at: std::ops::Range<usize>| {
                let pieces = sentence.pieces.get(at).unwrap_or_default();
                pieces.iter().map(|p| &sentence.text[p.span.range()]).collect::<Vec<_>>().join(" ")
            };
            let end = (i + 4).min(tags.len());
            let shown = format!("{} [{}] {}", around(i.saturating_sub(3)..i), around(i..i + 1), around(i + 1..end));
            measure.wrong.entry((piece.pos, tag)).or_default().push(shown);
        }
        let own = segment(&sentence.text)?;
        let tags = tagger.tag(&own);
        let gold: HashMap<_, _> = sentence.pieces.iter().map(|p| (p.span, p.pos)).collect();
        measure.own += tags.len();
        measure.own_right += own.segments.iter().zip(&tags).filter(|(s, tag)| gold.get(&s.span) == Some(tag)).count();
    }
    Ok(measure)
}
