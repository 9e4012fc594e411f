//! Trains the tagger of parts of speech and measures it.

mod learn;
pub mod measure;

use std::path::Path;

use super::conllu::{self, Annotated, Corpus};
use super::learner::Settings;
use crate::error::Result;
use crate::morph::tagger::training::Tagger;
use measure::Measure;

/// What to do.
pub struct Options {
    /// Folds of the training part to measure on, left out in turn; with 0 the held-out parts are measured and the model is written.
    pub dev: usize,
    /// Errors to show of each kind.
    pub errors: usize,
    /// Of the learner.
    pub settings: Settings,
}

/// A line for each corpus, and the most frequent errors.
pub fn report(title: &str, corpus: Corpus, measure: &Measure, errors: usize) {
    let (accuracy, same, f1) = (measure.accuracy(), measure.same(), measure.f1());
    println!(
        "{title} {}: {accuracy:.2} % of {} annotated segments; on own segments {same:.2} % of those that are annotated so, F1 {f1:.2}",
        corpus.name(),
        measure.all
    );
    let mut wrong: Vec<_> = measure.wrong.iter().collect();
    wrong.sort_by_key(|w| (std::cmp::Reverse(w.1.len()), *w.0));
    for ((right, own), examples) in wrong.into_iter().take(if errors == 0 { 0 } else { 25 }) {
        println!("  {} not {}: {}", right.as_str(), own.as_str(), examples.len());
        let step = (examples.len() / errors.max(1)).max(1);
        examples.iter().step_by(step).take(errors).for_each(|e| println!("      {e}"));
    }
}

/// Trains from the folders of `corpora`, prints how right it is and writes the model to `models`.
///
/// # Errors
/// [`ErrorKind::Io`](crate::ErrorKind::Io) where a corpus cannot be read.
pub fn train(corpora: &Path, models: &Path, options: &Options) -> Result<()> {
    let all = conllu::read_all(corpora)?;
    if options.dev > 0 {
        let mut sums = Corpus::ALL.map(|corpus| (corpus, Measure::default()));
        for fold in 0..options.dev {
            let inside = |s: &&Annotated| s.number % 10 == fold;
            let rest = all.iter().filter(|s| !s.held_out() && !inside(s));
            let tagger = Tagger::load(learn::chain(rest, &options.settings)?)?;
            for (corpus, sum) in &mut sums {
                sum.add(measure::of(&tagger, all.iter().filter(|s| inside(s) && s.corpus == *corpus))?);
            }
        }
        sums.iter().for_each(|(corpus, sum)| report("dev", *corpus, sum, options.errors));
        return Ok(());
    }
    let model = learn::chain(all.iter().filter(|s| !s.held_out()), &options.settings)?;
    let tagger = Tagger::load(model.clone())?;
    println!("{} bytes", model.len());
    for corpus in Corpus::ALL {
        let held_out = all.iter().filter(|s| s.held_out() && s.corpus == corpus);
        report("held out", corpus, &measure::of(&tagger, held_out)?, options.errors);
    }
    std::fs::write(models.join("tags.bin"), model)?;
    Ok(())
}
