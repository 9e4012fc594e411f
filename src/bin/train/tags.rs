//! `khabar-train tags [dev=FOLDS] [errors=NUMBER] [SETTING=VALUE…]`: trains the tagger of parts of speech and prints how right it is
//! on the held-out parts. With `dev`, nothing is written: so many tenths of the training part are left out in turn and measured.

use std::collections::HashMap;
use std::path::Path;

use khabar::Result;
use khabar::train::conllu::{self, Annotated, Corpus};
use khabar::train::learner::Settings;
use khabar::train::tags::{Measure, measure, train as learn};

/// A line for each corpus, and the most frequent errors.
fn report(title: &str, corpus: Corpus, measure: &Measure, errors: usize) {
    let (accuracy, f1) = (measure.accuracy(), measure.f1());
    println!(
        "{title} {}: {accuracy:.2} % of {} annotated segments, F1 {f1:.2} on own segments",
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

pub fn train(corpora: &Path, models: &Path, options: &HashMap<String, String>) -> Result<()> {
    let number = |name: &str, default: f32| options.get(name).and_then(|v| v.parse().ok()).unwrap_or(default);
    let settings = Settings {
        row_bits: number("bits", 17.0) as u32,
        epochs: number("epochs", 8.0) as usize,
        rate: number("rate", 0.1),
        l1: number("l1", 0.2),
        l2: number("l2", 0.5),
        min_count: number("count", 2.0) as u32,
        ..Settings::default()
    };
    let (dev, errors) = (number("dev", 0.0) as usize, number("errors", 0.0) as usize);
    let all = conllu::read_all(corpora)?;
    if dev > 0 {
        let mut sums = Corpus::ALL.map(|corpus| (corpus, Measure::default()));
        for fold in 0..dev {
            let inside = |s: &&Annotated| s.number % 10 == fold;
            let model = learn(all.iter().filter(|s| !s.held_out() && !inside(s)), &settings)?;
            for (corpus, sum) in &mut sums {
                let part = measure(Some(model.clone()), all.iter().filter(|s| inside(s) && s.corpus == *corpus))?;
                sum.add(part);
            }
        }
        sums.iter().for_each(|(corpus, sum)| report("dev", *corpus, sum, errors));
        return Ok(());
    }
    let model = learn(all.iter().filter(|s| !s.held_out()), &settings)?;
    println!("{} bytes", model.len());
    for corpus in Corpus::ALL {
        let held_out = all.iter().filter(|s| s.held_out() && s.corpus == corpus);
        report("held out", corpus, &measure(Some(model.clone()), held_out)?, errors);
    }
    std::fs::write(models.join("tags.bin"), model)?;
    Ok(())
}
