//! `khabar-eval`: analyses JSON lines `{"id": …, "text": …, "date": …}` from a file or standard input and writes the
//! documents as JSON lines, in the form that `score.py` reads; prints the speed on standard error.

use std::io::{BufRead, BufWriter, Write};
use std::time::{Duration, Instant};

use khabar::{Analyzer, Context, Error, ErrorKind, Result};

#[derive(serde::Deserialize)]
struct Input {
    id: Option<String>,
    text: String,
    date: Option<String>,
    source: Option<String>,
}

fn main() -> Result<()> {
    let input: Box<dyn BufRead> = match std::env::args().nth(1) {
        Some(path) => Box::new(std::io::BufReader::new(std::fs::File::open(path)?)),
        None => Box::new(std::io::stdin().lock()),
    };
    let mut output = BufWriter::new(std::io::stdout().lock());
    let analyzer = Analyzer::new(khabar::model::Model::default())?;
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
