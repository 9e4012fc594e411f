//! For the programs in `src/bin`: readers of annotated corpora and learners.

pub mod clitics;
pub mod conllu;
pub mod gold;
pub mod learner;
pub mod lemmas;
pub(crate) mod raw;
pub mod silver;
pub mod tagger;
pub mod tags;
pub mod vectors;
pub mod words;
