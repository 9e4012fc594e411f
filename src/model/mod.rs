//! What scores candidates: one trait, linear models behind it.
//!
//! A stage proposes candidates from its lexica and rules, describes each by hashed features, and asks a [`Reader`] for the
//! scores of the classes of its [`Task`]. [`Linears`] looks the features up in one table a task. An encoder fits behind the
//! same trait: its `read` runs once over the text and keeps a vector for each segment; its `score` feeds the vectors of the
//! candidate's `anchors`, beside the features, to a small head for the task. So stages need not know which of them scores.

pub mod clusters;
pub mod encoder;
pub mod linear;

use std::sync::{Arc, OnceLock};

use crate::error::{Error, ErrorKind, Result};
use crate::segment::Segmentation;
use crate::span::{Segments, Span};
use encoder::{Corrected, Encoder};
use linear::Linear;

/// Which model scores.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Model {
    /// Sparse features, integer weights.
    Fast,
    /// The same, with mentions corrected by an encoder that reads the text: better, a tenth of the speed.
    #[default]
    Accurate,
}

/// The mention tagger that the encoder corrects, as the encoder learned to: trained on annotated text alone.
static CORRECTED: [(Task, &[u8]); 2] = [
    (Task::MentionFirst, include_bytes!("../data/models/corrected_first.bin")),
    (Task::MentionSecond, include_bytes!("../data/models/corrected_second.bin")),
];

/// What candidates are scored for; each is a classifier of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
#[rustfmt::skip]
pub enum Task { MentionFirst, MentionSecond, EventTrigger, EventArgument, EventStatus, Relation, Quote, Speaker }

impl Task {
    /// All tasks.
    #[rustfmt::skip]
    pub const ALL: [Self; 8] = [
        Self::MentionFirst, Self::MentionSecond, Self::EventTrigger, Self::EventArgument, Self::EventStatus, Self::Relation,
        Self::Quote, Self::Speaker,
    ];

    /// The embedded linear model; empty where none has been trained.
    fn embedded(self) -> &'static [u8] {
        match self {
            Self::MentionFirst => include_bytes!("../data/models/mention_first.bin"),
            Self::MentionSecond => include_bytes!("../data/models/mention_second.bin"),
            Self::EventTrigger => include_bytes!("../data/models/event_trigger.bin"),
            Self::EventArgument => include_bytes!("../data/models/event_argument.bin"),
            Self::EventStatus => include_bytes!("../data/models/event_status.bin"),
            Self::Relation => include_bytes!("../data/models/relation.bin"),
            Self::Quote => include_bytes!("../data/models/quote.bin"),
            Self::Speaker => include_bytes!("../data/models/speaker.bin"),
        }
    }
}

/// A candidate to be scored: sparse features (hashed, see [`linear::Features`]), and the segments that it is about,
/// for models that read the text themselves.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// Hashed features.
    pub features: &'a [u32],
    /// The segments that it is about: the trigger; both ends of a relation.
    pub anchors: &'a [Span<Segments>],
}

/// Something that scores candidates of one text.
pub trait Reader {
    /// Scores of all classes of a task, in natural log-odds scale ([`linear::softmax`] gives probabilities), written over
    /// `scores`. None are written where there is no model for the task.
    fn score(&mut self, task: Task, candidate: Candidate<'_>, scores: &mut Vec<f32>);
    /// The classes of a task; scores come in this order. Empty where there is no model for the task.
    fn classes(&self, task: Task) -> &[String];
    /// What the log-odds of a mention's probability are multiplied by to be right on texts that the model did not learn from.
    fn trust(&self) -> f32 {
        1.0
    }
}

/// A model: reads a text once, then scores candidates in it.
pub trait Scorer: Send + Sync {
    /// Reads a text.
    fn read<'a>(&'a self, segmentation: &'a Segmentation<'a>) -> Box<dyn Reader + 'a>;
}

/// Linear models, at most one a task.
#[derive(Clone, Debug, Default)]
pub struct Linears {
    tasks: [Option<Arc<Linear>>; Task::ALL.len()],
}

impl Linears {
    /// The embedded ones; the table of word clusters is checked with them.
    ///
    /// # Errors
    /// [`ErrorKind::Model`] where one is damaged; the message names its task.
    pub fn embedded() -> Result<Self> {
        clusters::Clusters::shipped()?;
        let mut all = Self::default();
        for task in Task::ALL {
            all = all.with_data(task, task.embedded())?;
        }
        Ok(all)
    }

    /// The same with the mention tagger that the embedded encoder corrects.
    ///
    /// # Errors
    /// As [`Linears::embedded`].
    pub fn to_correct(&self) -> Result<Self> {
        CORRECTED.iter().try_fold(self.clone(), |all, &(task, data)| all.with_data(task, data))
    }

    fn with_data(self, task: Task, data: &'static [u8]) -> Result<Self> {
        if data.is_empty() {
            return Ok(self);
        }
        let model = Linear::load(data).map_err(|e| Error::new(e.kind(), format!("{task:?}: {e}")))?;
        Ok(self.with(task, Some(model)))
    }

    /// The same with another model for a task (a freshly trained one that is to be measured), or with none.
    #[must_use]
    pub fn with(mut self, task: Task, model: Option<Linear>) -> Self {
        self.tasks[task as usize] = model.map(Arc::new);
        self
    }

    /// The model of a task.
    pub fn get(&self, task: Task) -> Option<&Linear> {
        self.tasks[task as usize].as_deref()
    }
}

impl Scorer for Linears {
    fn read<'a>(&'a self, _: &'a Segmentation<'a>) -> Box<dyn Reader + 'a> {
        Box::new(LinearReader(self))
    }
}

/// Fitted on the dev part of `news_ner`, each half on the other: 0.8 and 0.75.
const TRUST: f32 = 0.8;

/// Features say all that linear models know of a text, so there is nothing to read.
struct LinearReader<'a>(&'a Linears);

impl Reader for LinearReader<'_> {
    fn score(&mut self, task: Task, candidate: Candidate<'_>, scores: &mut Vec<f32>) {
        match self.0.get(task) {
            Some(model) => model.scores(candidate.features, scores),
            None => scores.clear(),
        }
    }

    fn classes(&self, task: Task) -> &[String] {
        self.0.get(task).map_or(&[], Linear::classes)
    }

    fn trust(&self) -> f32 {
        TRUST
    }
}

/// The shipped scorer of a model; loaded and checked at first use, shared after.
///
/// # Errors
/// [`ErrorKind::Model`] where the embedded file is damaged.
///
/// ```
/// let scorer = khabar::model::scorer(khabar::model::Model::Fast)?;
/// # Ok::<(), khabar::Error>(())
/// ```
pub fn scorer(model: Model) -> Result<Arc<dyn Scorer>> {
    let linears = linears(model)?;
    Ok(match model {
        Model::Fast => linears,
        Model::Accurate => Arc::new(Corrected::new(linears, Encoder::shipped()?)?),
    })
}

/// The linear models of [`scorer`], without what the encoder adds.
///
/// # Errors
/// As [`scorer`].
pub(crate) fn linears(model: Model) -> Result<Arc<Linears>> {
    type Shared = OnceLock<Result<Arc<Linears>, String>>;
    static FAST: Shared = OnceLock::new();
    static TO_CORRECT: Shared = OnceLock::new();
    let shared = |shared: &'static Shared, load: &dyn Fn() -> Result<Linears>| {
        let loaded = shared.get_or_init(|| load().map(Arc::new).map_err(|e| e.to_string()));
        loaded.clone().map_err(|message| Error::new(ErrorKind::Model, message))
    };
    let fast = shared(&FAST, &Linears::embedded)?;
    match model {
        Model::Fast => Ok(fast),
        Model::Accurate => shared(&TO_CORRECT, &|| fast.to_correct()),
    }
}

/// What tells one trained state of a model from another: eight hexadecimal digits that change with its weights.
///
/// ```
/// assert_eq!(khabar::model::version(khabar::model::Model::Fast).len(), 8);
/// ```
pub fn version(model: Model) -> String {
    let accurate = CORRECTED.iter().map(|c| c.1).chain([encoder::FILE]).filter(|_| model == Model::Accurate);
    let files = Task::ALL.iter().map(|task| task.embedded()).chain(accurate);
    let whole = files.fold(0_u64, |whole, file| whole.rotate_left(7) ^ linear::hash_bytes(file));
    format!("{:08x}", whole as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_embedded_models_are_whole() {
        Linears::embedded().unwrap().to_correct().unwrap();
    }

    #[test]
    fn tasks_are_their_own_index() {
        assert!(Task::ALL.iter().enumerate().all(|(i, &task)| task as usize == i));
    }
}
