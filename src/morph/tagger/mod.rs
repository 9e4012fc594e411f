//! Part of speech in context: a linear chain (Lafferty et al., ICML 2001) over the features of each segment.

mod chain;
mod features;

use std::sync::OnceLock;

use super::Pos;
use crate::error::{Error, ErrorKind, Result};
use crate::model::clusters::Clusters;
use crate::model::linear::{Features, Linear, key};
use crate::segment::Segmentation;
#[cfg(feature = "train")]
use crate::segment::Sentence;
use chain::{Chain, Transitions};
use features::{Reader, extract};
/// What the trainer needs.
#[cfg(feature = "train")]
pub(crate) mod training {
    pub(crate) use super::chain::{Expected, START, STATES, TAGS, Transitions};
    pub(crate) use super::features::Reader;
    pub(crate) use super::{Tagger, sentence_features, transition};
}

/// The feature whose weights say which tag comes after `from`; [`chain::START`] stands for the start of a sentence.
/// (A template of a number that no other feature has.)
pub(crate) fn transition(from: usize) -> u32 {
    key(200, &[from as u64])
}

/// What gives segments their tags.
pub(crate) struct Tagger {
    model: Linear,
    transitions: Transitions,
    clusters: &'static Clusters,
}

impl Tagger {
    /// The embedded one.
    pub(crate) fn shipped() -> Result<&'static Self> {
        static SHIPPED: OnceLock<Result<Tagger, String>> = OnceLock::new();
        let load = || Self::load(include_bytes!("../../data/models/tags.bin").to_vec()).map_err(|e| e.to_string());
        SHIPPED.get_or_init(load).as_ref().map_err(|e| Error::new(ErrorKind::Model, format!("tags: {e}")))
    }

    /// From a container whose classes are the tags.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] where it is damaged or of other classes.
    pub(crate) fn load(data: Vec<u8>) -> Result<Self> {
        let model = Linear::load(data)?;
        if !model.classes().iter().map(String::as_str).eq(Pos::ALL.iter().map(|pos| pos.as_str())) {
            return Err(Error::new(ErrorKind::Model, "not of the tags of Universal Dependencies"));
        }
        let (mut bias, mut row) = (Vec::new(), Vec::new());
        model.scores(&[], &mut bias);
        let transitions = Transitions::new(|from| {
            model.scores(&[transition(from)], &mut row);
            std::array::from_fn(|to| row[to] - bias[to])
        });
        Ok(Self { model, transitions, clusters: Clusters::shipped()? })
    }

    /// The tag of each segment.
    pub(crate) fn tag(&self, segmentation: &Segmentation<'_>) -> Vec<Pos> {
        let mut tags = Vec::with_capacity(segmentation.segments.len());
        let words = Reader::new(self.clusters).words(segmentation);
        let (mut features, mut chain, mut scores) = (Features::default(), Chain::default(), Vec::new());
        for sentence in &segmentation.sentences {
            scores.clear();
            for i in sentence.segments.range() {
                extract(&words, sentence, i, &mut features);
                self.model.append_scores(features.keys(), &mut scores);
            }
            let best = chain.best(&scores, &self.transitions);
            tags.extend(best.iter().map(|&tag| Pos::ALL[usize::from(tag)]));
        }
        tags
    }
}

/// The features of all segments of a sentence.
#[cfg(feature = "train")]
pub(crate) fn sentence_features(words: &[features::Word], sentence: &Sentence) -> Vec<Vec<u32>> {
    let mut room = Features::default();
    let extract = |i| {
        extract(words, sentence, i, &mut room);
        room.keys().to_vec()
    };
    sentence.segments.range().map(extract).collect()
}
