//! `khabar-train examples output=FOLDER [folds=N] [gold=PATH] [silver=FILE words=N]`: what `training/` fine-tunes the encoder on. The encoder adds to the
//! scores of the linear tagger, so it must learn from scores of documents that the tagger was not trained on: training documents
//! are scored by taggers trained on the other parts (jackknife), the dev part and the documents of `gold` by the shipped one, which
//! scores the first `words` words of `silver` too: documents that a model labelled.
//!
//! Writes three files: `documents.jsonl` (a document a line: sentences of words as cut, whether each begins its token, gold tags
//! by layer), `scores.bin` (for each word of them in order, the tagger's scores of all tags as little-endian `i16` in units of
//! 1/256), `tags.json` (names of the tags; for each part, and last for the shipped tagger, the transitions of each layer).

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use khabar::model::linear::Linear;
use khabar::model::{Linears, Scorer, Task, encoder};
use khabar::train::gold::{self, Aligned, GoldDocument};
use khabar::train::tagger::{self, Text};
use khabar::{Error, ErrorKind, Result};

use crate::mention;

/// One over the unit of the scores.
const UNIT: f32 = 256.0;

pub fn write(corpora: &Path, models: &Path, options: &HashMap<String, String>) -> Result<()> {
    let missing = || Error::new(ErrorKind::Argument, "output=FOLDER expected");
    let folder = Path::new(options.get("output").ok_or_else(missing)?);
    let folds = (mention::number(options, "folds", 4.0)? as usize).max(2);
    let settings = mention::settings(options)?;
    let mut documents = mention::documents(corpora)?;
    if let Some(path) = options.get("gold") {
        documents.extend(gold::read(Path::new(path))?);
    }
    if let Some(path) = options.get("silver") {
        let mut left = mention::number(options, "words", f32::INFINITY)?;
        let silver = gold::read(Path::new(path))?.into_iter().take_while(|document| {
            left -= document.text.split_whitespace().count() as f32;
            left >= 0.0
        });
        documents.extend(silver.map(|document| GoldDocument { split: Some("silver".to_owned()), ..document }));
    }
    let aligned: Vec<Aligned<'_>> = documents.iter().map(GoldDocument::align).collect::<Result<_>>()?;
    let texts: Vec<Text<'_>> = aligned.iter().map(Text::new).collect::<Result<_>>()?;
    let training = |t: &Text<'_>| t.aligned().is_some_and(|a| a.document.split.as_deref() == Some("train"));
    // The part that a document belongs to; the last number is that of the shipped tagger.
    let mut parts = vec![folds; texts.len()];
    texts.iter().zip(&mut parts).filter(|t| training(t.0)).enumerate().for_each(|(i, (_, part))| *part = i % folds);

    let model = |name: &str| Linear::load(std::fs::read(models.join(name))?).map(Some);
    let shipped = Linears::default()
        .with(Task::MentionFirst, model("corrected_first.bin")?)
        .with(Task::MentionSecond, model("corrected_second.bin")?);
    let learn = |fold: usize| -> Result<Linears> {
        let outside = texts.iter().zip(&parts).filter(|(_, part)| **part < folds && **part != fold).map(|t| t.0);
        let [first, second] = tagger::train(&outside.collect::<Vec<_>>(), &settings, folds).write(0.3)?;
        let load = |data: Vec<u8>| Linear::load(data).map(Some);
        Ok(Linears::default().with(Task::MentionFirst, load(first)?).with(Task::MentionSecond, load(second)?))
    };
    let learn = &learn;
    let mut scorers: Vec<Linears> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..folds).map(|fold| scope.spawn(move || learn(fold))).collect();
        // A panic in a thread goes on in this one.
        let join = |t: std::thread::ScopedJoinHandle<'_, _>| t.join().unwrap_or_else(|p| std::panic::resume_unwind(p));
        threads.into_iter().map(join).collect::<Result<_>>()
    })?;
    scorers.push(shipped);

    std::fs::create_dir_all(folder)?;
    let none = || Error::new(ErrorKind::Model, "no tagger");
    let transitions = scorers.iter().map(|s| tagger::transitions(s, &texts[0]).ok_or_else(none));
    let about = serde_json::json!({
        "names": tagger::names(),
        "transitions": transitions.collect::<Result<Vec<_>>>()?,
        "unit": UNIT,
    });
    std::fs::write(folder.join("tags.json"), about.to_string())?;
    let mut lines = BufWriter::new(File::create(folder.join("documents.jsonl"))?);
    let mut numbers = BufWriter::new(File::create(folder.join("scores.bin"))?);
    for ((text, aligned), &part) in texts.iter().zip(&aligned).zip(&parts) {
        let scorer: &dyn Scorer = &scorers[part];
        let scores = text.scores(scorer).ok_or_else(none)?;
        let width = scores.len() / text.tags().len().max(1);
        let Aligned { document, segmentation, .. } = aligned;
        let mut sentences = Vec::new();
        for sentence in text.sentences() {
            let range = sentence.segments.range();
            for score in &scores[range.start * width..range.end * width] {
                let number = (score * UNIT).round().clamp(f32::from(i16::MIN), f32::from(i16::MAX)) as i16;
                numbers.write_all(&number.to_le_bytes())?;
            }
            let tags = [0, 1, 2].map(|layer| range.clone().map(|i| text.tags()[i][layer]).collect::<Vec<_>>());
            sentences.push(serde_json::json!({
                "words": range.clone().map(|i| encoder::word(segmentation, i)).collect::<Vec<_>>(),
                "begins": range.clone().map(|i| encoder::begins(segmentation, i)).collect::<Vec<_>>(),
                "tags": tags,
            }));
        }
        let line = serde_json::json!({
            "id": document.id, "split": document.split, "part": part, "sentences": sentences,
        });
        writeln!(lines, "{line}")?;
    }
    lines.flush()?;
    numbers.flush()?;
    Ok(())
}
