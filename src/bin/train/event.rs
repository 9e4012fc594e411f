//! The scorers of events: triggers, arguments, status. `folds=0` trains and writes; `folds=5` measures by documents left out.

use std::collections::HashMap;
use std::path::Path;

use khabar::event::Thresholds;
use khabar::event::learn::{self, Examples, Report, TASKS};
use khabar::train::gold::{self, Aligned};
use khabar::{Error, ErrorKind, Result};

const FILES: [&str; 3] = ["event_trigger.bin", "event_argument.bin", "event_status.bin"];

fn models<'e>(
    examples: impl Iterator<Item = &'e Examples> + Clone,
    options: &HashMap<String, String>,
) -> Result<[Vec<u8>; 3]> {
    let mut out = [Vec::new(), Vec::new(), Vec::new()];
    for (task, bytes) in out.iter_mut().enumerate() {
        let mut settings = learn::settings(TASKS[task]);
        let number = |name: &str, usual: f32| {
            options.get(&format!("{name}{task}")).and_then(|v| v.parse().ok()).unwrap_or(usual)
        };
        settings.l1 = number("l1_", settings.l1);
        settings.l2 = number("l2_", settings.l2);
        settings.rate = number("rate_", settings.rate);
        settings.epochs = number("epochs_", settings.epochs as f32) as usize;
        settings.min_count = number("min_", settings.min_count as f32) as u32;
        *bytes = learn::learn(task, examples.clone(), &settings)?;
    }
    Ok(out)
}

/// Trains on `news_ie` under `corpora`, and writes into `target`, or measures.
pub fn train(corpora: &Path, target: &Path, options: &HashMap<String, String>) -> Result<()> {
    let documents = gold::read(&corpora.join("news_ie/documents.jsonl"))?;
    let aligned = documents.iter().map(|d| d.align()).collect::<Result<Vec<Aligned<'_>>>>()?;
    let examples: Vec<Examples> = aligned.iter().map(learn::examples).collect();
    let reached = examples.iter().fold((0, 0), |a, e| (a.0 + e.reached.0, a.1 + e.reached.1));
    println!("{} documents; triggers that are candidates: {} of {}", documents.len(), reached.0, reached.1);
    let folds: usize = options.get("folds").and_then(|f| f.parse().ok()).unwrap_or(0);
    if folds == 0 {
        for (bytes, name) in models(examples.iter(), options)?.iter().zip(FILES) {
            std::fs::write(target.join(name), bytes).map_err(|e| Error::new(ErrorKind::Io, format!("{name}: {e}")))?;
            println!("{name}: {} bytes", bytes.len());
        }
        return Ok(());
    }
    let cuts = [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5];
    let mut reports = vec![Report::default(); cuts.len()];
    // One fold in `skip` is measured, for a quick look.
    let until = options.get("until").and_then(|f| f.parse().ok()).unwrap_or(folds);
    let show: usize = options.get("show").and_then(|f| f.parse().ok()).unwrap_or(0);
    for fold in 0..until {
        let outside = examples.iter().enumerate().filter(|(i, _)| i % folds != fold).map(|e| e.1);
        let scorer = learn::scorer(models(outside, options)?)?;
        for i in (fold..documents.len()).step_by(folds) {
            for (report, &trigger) in reports.iter_mut().zip(&cuts) {
                let found = learn::find(&aligned[i], &scorer, Thresholds { trigger, ..Thresholds::default() });
                report.add(&documents[i].text, &documents[i].events, &found);
                if trigger == 0.25 && i < show {
                    println!("{}", learn::compare(&aligned[i], &found));
                }
            }
        }
    }
    for (report, cut) in reports.iter().zip(cuts) {
        println!("{cut:.2}  {report}");
    }
    Ok(())
}
