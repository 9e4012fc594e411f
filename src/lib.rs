//! khabar (خبر, a piece of news): Arabic news text into structured knowledge: who did what to whom, where, when, and who says so.
//!
//! The way of the data, a module a stage; each takes what the ones before give and knows nothing of those after:
//!
//! ```text
//! text ─▶ normalize ─▶ segment ─▶ lexicon ─▶ number, time ─▶ mention ─▶ entity ─▶ quote, relation, event ─▶ Document
//! ```
//!
//! [`analyze`] runs them all; [`Analyzer`] keeps a configuration. Each stage can be had alone, from a text, by the names that
//! it has in Python too: [`normalize`](normalize::normalize), [`tokenize`], [`sentences`], [`parse_numbers`],
//! [`parse_times`], [`find_mentions`], [`find_relations`], [`find_events`], [`find_quotes`]. The functions of the same names in the
//! modules take what the stages before gave, so that nothing is done twice; [`segment::segment`] gives zones, tokens and
//! clitics at once. Text is never changed: every result carries offsets into the text as given, in bytes here, in code points
//! in Python and JSON.

mod container;
pub mod document;
pub mod entity;
pub mod error;
pub mod event;
pub mod lexicon;
pub mod mention;
pub mod model;
pub mod morph;
mod names;
pub mod normalize;
pub mod number;
pub mod quote;
pub mod relation;
pub mod rule;
pub mod segment;
pub mod span;
pub mod tagger;
pub mod time;
pub mod train;

#[cfg(feature = "python")]
mod python;

pub use document::{
    Analyzer, Context, Document, Wanted, analyze, find_events, find_mentions, find_quotes, find_relations,
    parse_numbers, parse_times,
};
pub use error::{Error, ErrorKind, Result};
pub use morph::{is_stop, stem, to_conllu};
pub use segment::{sentence_spans as sentences, tokenize_spans as tokenize};
pub use span::Span;
