//! `khabar-train label output=FILE words=N [encoder=FILE] [threads=N] [gold=PATH]`: tags plain text with the accurate model, for the
//! linear tagger to learn from (`mention silver=FILE`). The texts are the same in every run; those that share text with an annotated
//! corpus or with the documents of `gold` are left out. A file that is there is continued.

use std::collections::{HashMap, HashSet};
use std::fs::OpenOptions;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use khabar::model::encoder::{Corrected, Encoder};
use khabar::model::{self, Linears, Model, Scorer};
use khabar::train::gold;
use khabar::train::silver::{self, Silver};
use khabar::{Error, ErrorKind, Result};
use rayon::prelude::*;

use crate::mention;

/// Texts that are tagged before they are written.
const AT_ONCE: usize = 64;

pub fn write(corpora: &Path, options: &HashMap<String, String>) -> Result<()> {
    let missing = || Error::new(ErrorKind::Argument, "output=FILE expected");
    let output = Path::new(options.get("output").ok_or_else(missing)?);
    let words = mention::number(options, "words", 300_000.0)? as usize;
    let threads = mention::number(options, "threads", 2.0)? as usize;
    let scorer: Arc<dyn Scorer> = match options.get("encoder") {
        Some(path) => {
            let encoder = Encoder::load(&std::fs::read(path)?)?;
            Arc::new(Corrected::new(Arc::new(Linears::embedded()?.to_correct()?), Arc::new(encoder))?)
        }
        None => model::scorer(Model::Accurate)?,
    };
    let mut known = gold::read(&corpora.join("news_ner/documents.jsonl"))?;
    known.extend(gold::read(&corpora.join("news_ie/documents.jsonl"))?);
    known.extend(gold::read(Path::new(options.get("gold").map_or("../shared/gold/dev", String::as_str)))?);
    let sample = silver::sample(&corpora.join("raw"), words, known.iter().map(|d| &d.text[..]))?;

    // What a run that was cut off left, but for a line that it did not finish.
    let before = if output.exists() { std::fs::read_to_string(output)? } else { String::new() };
    let whole = before.rfind('\n').map_or(0, |at| at + 1);
    let read = |line: &str| serde_json::from_str::<Silver>(line).map(|s| s.id);
    let bad = |e| Error::new(ErrorKind::Argument, format!("{}: {e}", output.display()));
    let done: HashSet<String> = before[..whole].lines().map(read).collect::<Result<_, _>>().map_err(bad)?;
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(output)?;
    file.set_len(whole as u64)?;
    drop(file);
    let mut lines = BufWriter::new(OpenOptions::new().append(true).open(output)?);

    let left: Vec<&(String, String)> = sample.iter().filter(|(id, _)| !done.contains(id)).collect();
    eprintln!("{} texts, {} to be tagged", sample.len(), left.len());
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|e| Error::new(ErrorKind::Io, e.to_string()))?;
    let (start, mut tagged) = (Instant::now(), 0);
    for part in left.chunks(AT_ONCE) {
        let label = |(id, text): &&(String, String)| silver::label(id, text, &*scorer);
        let labelled: Vec<Option<Silver>> = pool.install(|| part.par_iter().map(label).collect::<Result<_>>())?;
        for silver in labelled.iter().flatten() {
            tagged += silver.text.split_whitespace().count();
            let line = serde_json::to_string(silver).map_err(|e| Error::new(ErrorKind::Io, e.to_string()))?;
            writeln!(lines, "{line}")?;
        }
        lines.flush()?;
        eprintln!("{tagged} words, {:.0} words/s", tagged as f64 / start.elapsed().as_secs_f64());
    }
    Ok(())
}
