//! `khabar-train pieces encoder=FILE < TEXT`: the distinct words of a text as the encoder reads them, each with whether it begins
//! its token and with its pieces, one a line; `training/check_pieces.py` compares them with the reference.

use std::collections::HashSet;
use std::io::{BufRead, BufWriter, Write};
use std::path::Path;

use khabar::model::encoder::{self, Encoder};
use khabar::segment::segment;
use khabar::{Error, ErrorKind, Result};

pub fn write(encoder: Option<&Path>) -> Result<()> {
    let file = encoder.ok_or_else(|| Error::new(ErrorKind::Argument, "encoder=FILE expected"))?;
    let encoder = Encoder::load(&std::fs::read(file)?)?;
    let mut seen = HashSet::new();
    let mut output = BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let text = segment(&line)?;
        for i in 0..text.segments.len() {
            let key = (encoder::word(&text, i).into_owned(), encoder::begins(&text, i));
            if !seen.contains(&key) {
                let line = serde_json::json!([key.0, key.1, encoder.split(&text, i)]);
                writeln!(output, "{line}")?;
                seen.insert(key);
            }
        }
    }
    Ok(output.flush()?)
}
