//! `khabar-train lemmas [dev=FOLDS] [errors=NUMBER] [SETTING=VALUE…]`: trains the lemmatizer and prints how right it is on the
//! held-out parts. With `dev`, nothing is written: so many tenths of the training part are left out in turn and measured.

use std::collections::HashMap;
use std::path::Path;

use khabar::Result;
use khabar::morph::Pos;
use khabar::train::conllu::{self, Annotated, Corpus};
use khabar::train::learner::Settings;
use khabar::train::lemmas::{Knowledge, Measure, measure, train as learn};

fn report(title: &str, corpus: Corpus, measure: &Measure, errors: usize) {
    println!("{title} {}:", corpus.name());
    for pos in Pos::ALL {
        let Some(count) = measure.get(pos) else { continue };
        let share = |n: usize| 100.0 * n as f64 / count.all.max(1) as f64;
        let features: Vec<String> = ["aspect", "voice", "person", "gender", "number"]
            .iter()
            .zip(count.features)
            .filter(|f| f.1.1 > 0)
            .map(|(name, (right, all))| format!("{name} {:.1}", 100.0 * right as f64 / all as f64))
            .collect();
        println!(
            "  {pos:6}{:6} lemmas right {:.2} %, with hamzas {:.2} %, on own segments and tags {:.2} %  {}",
            count.all,
            share(count.right),
            share(count.exact),
            share(count.own),
            features.join(" ")
        );
        count.wrong.iter().take(errors).for_each(|(form, right, own)| println!("      {form}: {right} not {own}"));
    }
}

pub fn train(corpora: &Path, data: &Path, options: &HashMap<String, String>) -> Result<()> {
    let number = |name: &str, default: f32| options.get(name).and_then(|v| v.parse().ok()).unwrap_or(default);
    let settings = Settings {
        row_bits: number("bits", 16.0) as u32,
        epochs: number("epochs", 8.0) as usize,
        rate: number("rate", 0.1),
        l1: number("l1", 0.1),
        l2: number("l2", 0.5),
        min_count: number("count", 2.0) as u32,
        ..Settings::default()
    };
    let (dev, errors) = (number("dev", 0.0) as usize, number("errors", 0.0) as usize);
    let all = conllu::read_all(corpora)?;
    let knowledge = Knowledge::read(&corpora.join("raw"), &data.join("lexicon"))?;
    for fold in 0..dev {
        let inside = |s: &&Annotated| s.number % 10 == fold;
        let part: Vec<&Annotated> = all.iter().filter(|s| !s.held_out() && !inside(s)).collect();
        let file = learn(&part, &knowledge, &settings)?;
        for corpus in Corpus::ALL {
            let part = all.iter().filter(|s| inside(s) && s.corpus == corpus);
            report(&format!("fold {fold}"), corpus, &measure(Some(file.clone()), part)?, errors);
        }
    }
    if dev > 0 {
        return Ok(());
    }
    let part: Vec<&Annotated> = all.iter().filter(|s| !s.held_out()).collect();
    let file = learn(&part, &knowledge, &settings)?;
    println!("{} bytes", file.len());
    for corpus in Corpus::ALL {
        let held_out = all.iter().filter(|s| s.held_out() && s.corpus == corpus);
        report("held out", corpus, &measure(Some(file.clone()), held_out)?, errors);
    }
    std::fs::write(data.join("models").join("lemmas.bin"), file)?;
    Ok(())
}
