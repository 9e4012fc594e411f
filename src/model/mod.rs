//! What scores candidates: one trait, a linear model behind it (an encoder comes beside it).

pub mod linear;

use crate::error::Result;
use crate::segment::Segmentation;
use crate::span::{Segments, Span};
use std::sync::Arc;

/// Which model scores.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Model {
    /// Sparse features, integer weights.
    #[default]
    Fast,
}

/// What candidates are scored for; each is a classifier of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
#[rustfmt::skip]
pub enum Task { MentionFirst, MentionSecond, EventTrigger, EventArgument, EventStatus, Relation, Quote, Speaker }

/// A candidate to be scored: sparse features (hashed, see [`linear::Features`]), and the segments that it is about,
/// for models that read the text themselves.
pub struct Candidate<'a> {
    /// Hashed features.
    pub features: &'a [u32],
    /// The segments that it is about: the trigger; both ends of a relation.
    pub anchors: &'a [Span<Segments>],
}

/// Something that scores candidates of one text.
pub trait Reader {
    /// Scores of all classes of a task, in natural log-odds scale (softmax gives probabilities), written over `scores`.
    fn score(&mut self, task: Task, candidate: Candidate<'_>, scores: &mut Vec<f32>);
    /// The classes of a task; scores come in this order.
    fn classes(&self, task: Task) -> &[String];
}

/// A model: reads a text once, then scores candidates in it.
pub trait Scorer: Send + Sync {
    /// Reads a text.
    fn read<'a>(&'a self, segmentation: &'a Segmentation<'a>) -> Box<dyn Reader + 'a>;
}

/// The shipped scorer of a model; loaded at first use, shared after.
///
/// # Errors
/// [`ErrorKind::Model`](crate::ErrorKind::Model) where the embedded file is damaged.
pub fn scorer(model: Model) -> Result<Arc<dyn Scorer>> {
    let _ = model;
    todo!("model")
}
