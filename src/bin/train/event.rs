//! The scorers of events: triggers, arguments, status. `folds=0` trains and writes; `folds=5` measures by documents left out;
//! `gold=PATH` measures on other documents; `quiet=PATH` writes the list of forms that never told of an event (from an empty list).

use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};

use khabar::event::Thresholds;
use khabar::event::learn::{self, Examples, Report, TASKS};
use khabar::model::Linears;
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

/// Measures on other annotated documents, with their mentions and entities.
fn measure(path: &Path, scorer: &Linears) -> Result<()> {
    let (mut report, mut given, mut words) = (Report::default(), Report::default(), 0);
    let documents = gold::read(path)?;
    let mut spent = Duration::ZERO;
    for document in &documents {
        let aligned = document.align()?;
        let start = Instant::now();
        let found = learn::find(&aligned, scorer, Thresholds::default());
        spent += start.elapsed();
        words += document.text.split_whitespace().count();
        report.add(&document.text, &document.events, &found);
        given.add(&document.text, &document.events, &learn::find_given(&aligned, scorer, Thresholds::default()));
    }
    println!("{report}\n{given}  with gold triggers\n{:.0} words/s", words as f64 / spent.as_secs_f64().max(1e-9));
    Ok(())
}

/// Trains on `news_ie` under `corpora`, and writes into `target`, or measures.
pub fn train(corpora: &Path, target: &Path, options: &HashMap<String, String>) -> Result<()> {
    let documents = gold::read(&corpora.join("news_ie/documents.jsonl"))?;
    let aligned = documents.iter().map(|d| d.align()).collect::<Result<Vec<Aligned<'_>>>>()?;
    if let Some(target) = options.get("quiet") {
        let mut counts = HashMap::new();
        aligned.iter().for_each(|a| learn::count_forms(a, &mut counts));
        let total: u32 = counts.values().map(|c| c.0).sum();
        let mut quiet: Vec<_> = counts.into_iter().filter(|(_, c)| c.0 >= 18 && c.1 == 0).collect();
        quiet.sort();
        println!("{} forms, {} of {total} candidates", quiet.len(), quiet.iter().map(|q| q.1.0).sum::<u32>());
        std::fs::write(target, quiet.iter().map(|q| q.0.clone() + "\n").collect::<String>())?;
        return Ok(());
    }
    let examples: Vec<Examples> = aligned.iter().map(learn::examples).collect();
    let reached = examples.iter().fold((0, 0), |a, e| (a.0 + e.reached.0, a.1 + e.reached.1));
    if let Some(path) = options.get("gold") {
        return measure(Path::new(path), &learn::scorer(models(examples.iter(), options)?)?);
    }
    println!("{} documents; triggers that are candidates: {} of {}", documents.len(), reached.0, reached.1);
    let folds: usize = options.get("folds").and_then(|f| f.parse().ok()).unwrap_or(0);
    if folds == 0 {
        for (bytes, name) in models(examples.iter(), options)?.iter().zip(FILES) {
            std::fs::write(target.join(name), bytes).map_err(|e| Error::new(ErrorKind::Io, format!("{name}: {e}")))?;
            println!("{name}: {} bytes", bytes.len());
        }
        return Ok(());
    }
    let usual = Thresholds::default();
    let mut cuts = vec![usual];
    cuts.extend([0.05, 0.07, 0.12, 0.16, 0.25].map(|joint| Thresholds { joint, ..usual }));
    cuts.extend([0.3, 0.5].map(|participant| Thresholds { participant, ..usual }));
    let (mut reports, mut given) = (vec![Report::default(); cuts.len()], Report::default());
    // One fold in `skip` is measured, for a quick look.
    let until = options.get("until").and_then(|f| f.parse().ok()).unwrap_or(folds);
    let show: usize = options.get("show").and_then(|f| f.parse().ok()).unwrap_or(0);
    for fold in 0..until {
        let outside = examples.iter().enumerate().filter(|(i, _)| i % folds != fold).map(|e| e.1);
        let scorer = learn::scorer(models(outside, options)?)?;
        for i in (fold..documents.len()).step_by(folds) {
            for (report, &cut) in reports.iter_mut().zip(&cuts) {
                let found = learn::find(&aligned[i], &scorer, cut);
                report.add(&documents[i].text, &documents[i].events, &found);
            }
            given.add(&documents[i].text, &documents[i].events, &learn::find_given(&aligned[i], &scorer, usual));
            if i < show {
                println!("{}", learn::compare_arguments(&aligned[i], &learn::find_given(&aligned[i], &scorer, usual)));
            }
        }
    }
    for (report, cut) in reports.iter().zip(cuts) {
        println!("{report}  {cut:?}");
    }
    println!("{given}  with gold triggers");
    Ok(())
}
