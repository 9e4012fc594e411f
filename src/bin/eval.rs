//! `khabar-eval`: analyses JSON lines `{"id": …, "text": …, "date": …}` from a file or standard input and writes the
//! documents as JSON lines, in the form that `score.py` reads; prints the speed on standard error.
//!
//! `khabar-eval --encoder FILE …` tags mentions with a freshly trained encoder.
//!
//! `khabar-eval --linking GOLD` links the annotated mentions of annotated documents instead: what linking alone is worth.
//!
//! `khabar-eval words [corpora=PATH]` prints how right segments, parts of speech and lemmas are on the held-out parts of the corpora.

use std::io::{BufRead, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use khabar::model::encoder::{Corrected, Encoder};
use khabar::model::{Linears, Model};
use khabar::train::gold;
use khabar::{Analyzer, Context, Document, Error, ErrorKind, Result, entity};

#[derive(serde::Deserialize)]
struct Input {
    id: Option<String>,
    text: String,
    date: Option<String>,
    source: Option<String>,
}

/// Links annotated mentions and writes the documents.
fn linking(gold: &Path, output: &mut impl Write) -> Result<()> {
    for document in gold::read(gold)? {
        let mut aligned = document.align()?;
        let entities = entity::link(&aligned.segmentation, &aligned.hits, &mut aligned.mentions);
        let document = Document {
            context: Context { id: Some(document.id.clone()), date: document.date, source: None },
            segmentation: aligned.segmentation,
            words: aligned.words,
            numbers: aligned.numbers,
            times: aligned.times,
            mentions: aligned.mentions,
            entities,
            quotes: Vec::new(),
            relations: Vec::new(),
            events: Vec::new(),
        };
        writeln!(output, "{}", document.to_json())?;
    }
    Ok(output.flush()?)
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1).peekable();
    if arguments.next_if(|a| a == "--linking").is_some() {
        let gold = arguments.next().unwrap_or_default();
        return linking(Path::new(&gold), &mut BufWriter::new(std::io::stdout().lock()));
    }
    if arguments.next_if(|a| a == "words").is_some() {
        let given = arguments.find_map(|a| a.strip_prefix("corpora=").map(str::to_owned));
        return khabar::train::words::evaluate(Path::new(given.as_deref().unwrap_or("../shared/corpora")));
    }
    let analyzer = match arguments.next_if(|a| a == "--encoder") {
        Some(_) => {
            let encoder = Encoder::load(&std::fs::read(arguments.next().unwrap_or_default())?)?;
            Analyzer::with(Arc::new(Corrected::new(Arc::new(Linears::embedded()?.to_correct()?), Arc::new(encoder))?))
        }
        None => Analyzer::new(Model::Fast)?,
    };
    let input: Box<dyn BufRead> = match arguments.next() {
        Some(path) => Box::new(std::io::BufReader::new(std::fs::File::open(path)?)),
        None => Box::new(std::io::stdin().lock()),
    };
    let mut output = BufWriter::new(std::io::stdout().lock());
    let (mut words, mut spent) = (0, Duration::ZERO);
    for (number, line) in input.lines().enumerate() {
        let line = line?;
        let Input { id, text, date, source } = serde_json::from_str(&line)
            .map_err(|e| Error::new(ErrorKind::Argument, format!("line {}: {e}", number + 1)))?;
        // A date that is none leaves the document without one, as an analyst's data would.
        let date = date.and_then(|d| d.parse().ok());
        let start = Instant::now();
        let document = analyzer.analyze(&text, Context { id, date, source })?;
        spent += start.elapsed();
        words += text.split_whitespace().count();
        writeln!(output, "{}", document.to_json())?;
    }
    output.flush()?;
    eprintln!("{words} words, {:.0} words/s", words as f64 / spent.as_secs_f64().max(1e-9));
    Ok(())
}
