//! Trains the chain on annotated sentences.

use crate::error::Result;
use crate::model::clusters::Clusters;
use crate::morph::Pos;
use crate::morph::tagger::training::{
    Expected, Reader, START, STATES, TAGS, Transitions, sentence_features, transition,
};
use crate::train::conllu::Annotated;
use crate::train::learner::{Random, Settings, Weights, averaged};

/// A sentence ready for training.
struct Example {
    features: Vec<Vec<u32>>,
    tags: Vec<Pos>,
}

/// Trains on sentences and gives the container.
///
/// # Errors
/// As [`Weights::write`].
pub(super) fn chain<'a>(sentences: impl Iterator<Item = &'a Annotated>, settings: &Settings) -> Result<Vec<u8>> {
    let mut examples = Vec::new();
    let mut reader = Reader::new(Clusters::shipped()?);
    for sentence in sentences {
        let cut = sentence.segmentation()?;
        let words = reader.words(&cut);
        for part in &cut.sentences {
            let tags = part.segments.range().map(|i| sentence.pieces[i].pos).collect();
            examples.push(Example { features: sentence_features(&words, part), tags });
        }
    }
    let classes: Vec<String> = Pos::ALL.iter().map(|pos| pos.as_str().to_owned()).collect();
    averaged(&classes, settings, |settings| run(&examples, settings))
}

/// Trains once.
fn run(examples: &[Example], settings: &Settings) -> Weights {
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
            loss += step(&mut weights, &moves, &rows[e], &examples[e].tags);
        }
        eprintln!("epoch {epoch}: loss {loss:.0}");
    }
    weights
}

/// One step along a sentence; gives its loss.
fn step(weights: &mut Weights, moves: &[Vec<u32>], rows: &[Vec<u32>], tags: &[Pos]) -> f32 {
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
