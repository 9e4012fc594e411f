//! Silver: plain texts that a model has tagged, for another to learn from. Kept are not only the mentions but how probable each tag
//! is, so that who learns from them learns the doubts too.

use std::collections::HashSet;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::raw;
use crate::error::Result;
use crate::lexicon;
use crate::mention::MentionType;
use crate::mention::chain::Chain;
use crate::mention::features;
use crate::mention::tagger::{Tagger, is_read};
use crate::mention::tags::{LAYERS, OUTSIDE, WIDTH, decode, offset, width};
use crate::model::Scorer;
use crate::model::clusters::Clusters;
use crate::model::linear::hash;
use crate::number;
use crate::segment;
use crate::span::CodePoints;
use crate::time;

/// One over the unit of probabilities.
const UNIT: f32 = 1000.0;

/// Tags less probable than this are not kept.
const LEAST: f32 = 0.01;

/// Words of a text: shorter ones are captions and stubs, longer ones are books.
const LENGTHS: std::ops::RangeInclusive<usize> = 40..=1500;

/// Texts that share a run of so many words with one that measures are not learned from.
const RUN: usize = 9;

/// A tagged text, as it is kept in a line of JSON.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Silver {
    /// Its name.
    pub id: String,
    /// The text.
    pub text: String,
    /// The mentions that the model chose, layer by layer in each sentence.
    pub mentions: Vec<SilverMention>,
    /// Number of its segments: where another number is found the text is cut otherwise than when it was tagged.
    pub segments: usize,
    /// The tags but for "outside" that are not improbable: segment, tag among those of all layers, thousandths.
    pub tags: Vec<(u32, u8, u16)>,
}

/// A mention with how sure the model is of it; offsets in code points.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct SilverMention {
    pub start: usize,
    pub end: usize,
    pub r#type: MentionType,
    pub confidence: f32,
}

/// Tags a text; None where the scorer has no tagger.
///
/// # Errors
/// As [`segment::segment`].
pub fn label(id: &str, text: &str, scorer: &dyn Scorer) -> Result<Option<Silver>> {
    let segmentation = segment::segment(text)?;
    let hits = lexicon::look_up(&segmentation);
    let numbers = number::parse_numbers(&segmentation);
    let times = time::parse_times(&segmentation, &numbers, None);
    let words = features::words(&segmentation, &hits, &numbers, &times, Clusters::shipped()?);
    let mut reader = scorer.read(&segmentation);
    let Some(mut tagger) = Tagger::new(&mut *reader) else { return Ok(None) };
    let scores = tagger.scores(&segmentation, &words);
    let points = CodePoints::new(text);
    let (mut chain, mut best, mut marginals) = (Chain::default(), Vec::new(), Vec::new());
    let (mut mentions, mut tags) = (Vec::new(), Vec::new());
    for sentence in segmentation.sentences.iter().filter(|s| is_read(s)) {
        let range = sentence.segments.range();
        let scores = &scores[range.start * WIDTH..range.end * WIDTH];
        for (layer, transitions) in tagger.transitions[1].iter().enumerate().take(LAYERS.len()) {
            chain.best(scores, WIDTH, offset(layer), transitions, &mut best);
            chain.marginals(scores, WIDTH, offset(layer), transitions, &mut marginals);
            for (at, row) in range.clone().zip(marginals.chunks_exact(width(layer))) {
                let inside = row.iter().enumerate().filter(|t| t.0 != usize::from(OUTSIDE) && *t.1 >= LEAST);
                tags.extend(inside.map(|(tag, p)| (at as u32, (offset(layer) + tag) as u8, (p * UNIT).round() as u16)));
            }
            let sure = |i: usize| marginals[(i - range.start) * width(layer) + usize::from(best[i - range.start])];
            mentions.extend(decode(layer, &best, range.start).map(|m| {
                let (start, end) = points.span(segmentation.bytes(m.segments));
                let confidence = m.segments.range().map(sure).fold(1.0, f32::min);
                SilverMention { start, end, r#type: m.kind, confidence: (confidence * UNIT).round() / UNIT }
            }));
        }
    }
    Ok(Some(Silver { id: id.to_owned(), text: text.to_owned(), mentions, segments: words.len(), tags }))
}

/// How probable tags are: for each segment those that are not improbable, but for "outside".
pub(super) struct Probable {
    starts: Vec<u32>,
    tags: Vec<(u8, f32)>,
}

impl Probable {
    pub(super) fn new(segments: usize, tags: &[(u32, u8, u16)]) -> Self {
        let mut tags = tags.to_vec();
        tags.sort_unstable();
        let starts = (0..=segments).map(|i| tags.partition_point(|t| (t.0 as usize) < i) as u32).collect();
        Self { starts, tags: tags.into_iter().map(|(_, tag, p)| (tag, f32::from(p) / UNIT)).collect() }
    }

    pub(super) fn of(&self, i: usize) -> &[(u8, f32)] {
        &self.tags[self.starts[i] as usize..self.starts[i + 1] as usize]
    }
}

/// Hashes of all runs of [`RUN`] words.
fn runs(text: &str) -> impl Iterator<Item = u64> {
    let words: Vec<u64> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(hash).collect();
    let all: Vec<u64> = words
        .windows(RUN)
        .map(|run| run.iter().fold(0, |sum: u64, word| sum.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29) ^ word))
        .collect();
    all.into_iter()
}

/// Draws plain texts of usual length until they have `words` words together: the same ones, in the same order, whatever else is
/// asked for, so that a larger sample begins with a smaller one. None of them shares a run of nine words with one of `without`.
///
/// # Errors
/// [`ErrorKind::Io`](crate::ErrorKind::Io) where the folder or a file cannot be read.
pub fn sample<'a>(
    folder: &Path,
    words: usize,
    without: impl Iterator<Item = &'a str>,
) -> Result<Vec<(String, String)>> {
    let known: HashSet<u64> = without.flat_map(runs).collect();
    let mut texts: Vec<(u64, String)> = Vec::new();
    raw::each(folder, |file| {
        for part in file.split("\n\n") {
            // Wikipedia's articles stand in elements of their own.
            let lines: Vec<&str> = part.trim().lines().filter(|l| !l.starts_with("<doc") && *l != "</doc>").collect();
            let text = lines.join("\n");
            if LENGTHS.contains(&text.split_whitespace().count()) {
                texts.push((hash(&text), text));
            }
        }
        Ok(())
    })?;
    texts.sort_unstable();
    texts.dedup();
    let mut left = words;
    let mut take = |text: &str| {
        let enough = left == 0;
        left = left.saturating_sub(text.split_whitespace().count());
        !enough
    };
    let new = texts.into_iter().filter(|(_, text)| !runs(text).any(|run| known.contains(&run)));
    let named = new.map(|(hash, text)| (format!("{hash:016x}"), text));
    Ok(named.take_while(|(_, text)| take(text)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Linears;

    #[test]
    fn tags_are_probable_and_in_their_places() {
        let text = "استقبل رئيس الجمهورية التونسية قيس سعيد وفدا من البنك الدولي في قصر قرطاج.";
        let silver = label("a", text, &Linears::embedded().unwrap()).unwrap().unwrap();
        assert!(silver.mentions.iter().any(|m| m.r#type == MentionType::Pers && m.confidence > 0.5), "{silver:?}");
        assert!(
            silver.tags.iter().all(|t| (t.0 as usize) < silver.segments && usize::from(t.1) < WIDTH && t.2 <= 1000)
        );
        let line = serde_json::to_string(&silver).unwrap();
        assert_eq!(serde_json::from_str::<Silver>(&line).unwrap().tags, silver.tags);
        assert!(label("a", text, &Linears::default()).unwrap().is_none());
    }

    #[test]
    fn shared_runs_are_found_over_other_punctuation() {
        let one: HashSet<u64> = runs("قال الوزير: إن بلاده سترسل وفدا إلى تونس غدا لبحث التعاون").collect();
        assert!(runs("وأضاف قال الوزير إن بلاده سترسل وفدا إلى تونس غدا").any(|r| one.contains(&r)));
        assert!(!runs("قال الوزير إن بلاده سترسل وفدا إلى الجزائر غدا مع هدايا").any(|r| one.contains(&r)));
        assert_eq!(runs("قال الوزير").count(), 0);
    }
}
