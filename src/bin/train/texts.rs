//! `xz -dc ../shared/corpora/raw/*.xz | khabar-train texts > WORDS`: the words of raw text (documents parted by blank lines) as the
//! encoder reads them, a paragraph a line, for its pretraining (`training/pretrain.py`). The first segment of a token carries U+2581.

use std::io::{BufRead, BufWriter, Write};

use khabar::model::encoder;
use khabar::segment::segment;
use khabar::{Error, ErrorKind, Result};

pub fn write() -> Result<()> {
    let mut lines = std::io::stdin().lock().lines();
    let mut output = BufWriter::new(std::io::stdout().lock());
    let mut paragraphs: Vec<String> = Vec::new();
    loop {
        paragraphs.clear();
        // Enough paragraphs for all cores to have work, few enough to be held.
        for line in lines.by_ref().take(10_000) {
            paragraphs.push(line?);
        }
        if paragraphs.is_empty() {
            return Ok(output.flush()?);
        }
        let half = paragraphs.len() / 2;
        let (first, second) = paragraphs.split_at(half);
        let mut written = std::thread::scope(|scope| {
            let threads =
                [first, second].map(|part| scope.spawn(|| part.iter().map(|p| words(p)).collect::<Result<_>>()));
            threads.map(|t| t.join().unwrap_or_else(|_| Err(Error::new(ErrorKind::Argument, "a thread failed"))))
        });
        for part in &mut written {
            let lines: Vec<String> = std::mem::replace(part, Ok(Vec::new()))?;
            for line in lines {
                writeln!(output, "{line}")?;
            }
        }
    }
}

/// The words of a paragraph; none where it is a tag of the page around it or holds no Arabic.
fn words(paragraph: &str) -> Result<String> {
    let mut line = String::new();
    if paragraph.starts_with('<') || !paragraph.contains(|c| ('\u{620}'..'\u{653}').contains(&c)) {
        return Ok(line);
    }
    let text = segment(paragraph)?;
    for sentence in &text.sentences {
        for segment in sentence.segments.range() {
            let word = encoder::word(&text, segment);
            if !line.is_empty() {
                line.push(' ');
            }
            if encoder::begins(&text, segment) {
                line.push('\u{2581}');
            }
            // A space inside a word would make two of it.
            line.extend(word.chars().filter(|c| !c.is_whitespace()));
        }
    }
    Ok(line)
}
