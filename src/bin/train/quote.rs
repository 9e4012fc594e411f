//! The scorers of quotations and their speakers. `folds=0` trains and writes; `folds=5` measures by documents left out, with gold
//! mentions and entities.

use std::collections::HashMap;
use std::path::Path;

use khabar::quote::Quote;
use khabar::quote::learn::{self, Examples, Report};
use khabar::train::gold::{self, Aligned, GoldDocument};
use khabar::train::learner::{Settings, train as learn_weights};
use khabar::{Error, ErrorKind, Result};

fn models<'e>(
    examples: impl Iterator<Item = &'e Examples> + Clone,
    options: &HashMap<String, String>,
) -> Result<[Vec<u8>; 2]> {
    let number = |name: &str, usual: f32| options.get(name).and_then(|v| v.parse().ok()).unwrap_or(usual);
    let settings = Settings {
        row_bits: number("rows", 16.0) as u32,
        epochs: number("epochs", 8.0) as usize,
        rate: number("rate", 0.1),
        l1: number("l1", 0.3),
        l2: number("l2", 0.1),
        min_count: number("min", 2.0) as u32,
        ..Settings::default()
    };
    let quotes: Vec<_> = examples.clone().flat_map(|e| e.quotes.iter().cloned()).collect();
    let speakers: Vec<_> = examples.flat_map(|e| e.speakers.iter().cloned()).collect();
    Ok([learn_weights(&learn::classes(), &quotes, &settings)?, learn_weights(&learn::classes(), &speakers, &settings)?])
}

/// Trains on `news_ie` under `corpora`, and writes into `target`, or measures.
pub fn train(corpora: &Path, target: &Path, options: &HashMap<String, String>) -> Result<()> {
    let documents = gold::read(&corpora.join("news_ie/documents.jsonl"))?;
    let aligned = documents.iter().map(|d| d.align()).collect::<Result<Vec<Aligned<'_>>>>()?;
    let examples: Vec<Examples> = aligned.iter().map(learn::examples).collect();
    let reached = examples.iter().fold((0, 0), |a, e| (a.0 + e.reached.0, a.1 + e.reached.1));
    println!("{} documents; quotations with a candidate: {} of {}", documents.len(), reached.0, reached.1);
    let folds: usize = options.get("folds").and_then(|f| f.parse().ok()).unwrap_or(0);
    if folds == 0 {
        for (bytes, name) in models(examples.iter(), options)?.iter().zip(["quote.bin", "speaker.bin"]) {
            std::fs::write(target.join(name), bytes).map_err(|e| Error::new(ErrorKind::Io, format!("{name}: {e}")))?;
            println!("{name}: {} bytes", bytes.len());
        }
        return Ok(());
    }
    let mut report = Report::default();
    let show: usize = options.get("show").and_then(|f| f.parse().ok()).unwrap_or(0);
    for fold in 0..folds {
        let outside = examples.iter().enumerate().filter(|(i, _)| i % folds != fold).map(|e| e.1);
        let [quote, speaker] = models(outside, options)?;
        for i in (fold..documents.len()).step_by(folds) {
            let found = learn::find(&aligned[i], quote.clone(), speaker.clone())?;
            report.add(&documents[i].quotes, &found);
            if i < show {
                errors(&documents[i], &found);
            }
        }
    }
    let [found, right, gold, speaker] = report.counts.map(|n| n as f64);
    println!(
        "precision {:.1} recall {:.1} F1 {:.1}; speaker {:.1}",
        100.0 * right / found.max(1.0),
        100.0 * right / gold.max(1.0),
        200.0 * right / (found + gold).max(1.0),
        100.0 * speaker / right.max(1.0)
    );
    Ok(())
}

/// Prints what was missed, what is spurious, and wrong speakers, each with its surroundings.
fn errors(document: &GoldDocument, found: &[Quote]) {
    let around = |quote: &Quote| {
        let text = &document.text;
        let (start, end) = (quote.span.start as usize, quote.span.end as usize);
        let before: String = text[..start].chars().rev().take(110).collect::<Vec<_>>().into_iter().rev().collect();
        let after: String = text[end..].chars().take(25).collect();
        format!("{before}【{}】{after}", &text[start..end]).replace('\n', "⏎")
    };
    let name = |quote: &Quote| {
        let entity = quote.speaker.map(|e| document.entities[e as usize].name.clone());
        entity.or_else(|| quote.speaker_text.as_ref().map(|t| format!("“{t}”"))).unwrap_or_default()
    };
    let matched = learn::matches(&document.quotes, found);
    for (gold, hit) in document.quotes.iter().zip(&matched) {
        match hit {
            None => println!("missed\t{:?}\t{}", gold.kind, around(gold)),
            Some(i) if !learn::same_speaker(gold, &found[*i]) => {
                println!("speaker\t{} not {}\t{}", name(gold), name(&found[*i]), around(gold));
            }
            Some(_) => {}
        }
    }
    for (i, quote) in found.iter().enumerate().filter(|(i, _)| !matched.contains(&Some(*i))) {
        println!("spurious {i}\t{:?}\t{}", quote.kind, around(quote));
    }
}
