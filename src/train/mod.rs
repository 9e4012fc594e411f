//! Learners, and, for the programs in `src/bin` (feature `train`), readers of annotated corpora and what trains the shipped models.

#[cfg(feature = "train")]
pub mod clitics;
#[cfg(feature = "train")]
pub mod conllu;
#[cfg(feature = "train")]
pub mod gold;
pub mod learner;
#[cfg(feature = "train")]
pub mod lemmas;
#[cfg(feature = "train")]
pub(crate) mod raw;
#[cfg(feature = "train")]
pub mod silver;
#[cfg(feature = "train")]
pub mod tagger;
#[cfg(feature = "train")]
pub mod tags;
#[cfg(feature = "train")]
pub mod vectors;
#[cfg(feature = "train")]
pub mod words;
