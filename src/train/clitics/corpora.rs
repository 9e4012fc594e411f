//! What is known of cuts: readers of the corpora.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::{Example, Right};
use crate::error::{Error, ErrorKind, Result};
use crate::segment::training::{Letter, Letters, cuts, plain};
use crate::segment::{TokenKind, tokenize_spans};
use crate::span::CodePoints;
use crate::train::raw;

/// How often a word occurs in plain texts.
#[derive(Clone, Copy, Default)]
pub(super) struct Count {
    pub(super) all: u64,
    /// With a hamza or madda on its first letter.
    pub(super) hamza: u64,
}

/// How often each word occurs in the plain texts.
pub(super) fn count_words(folder: &Path) -> Result<HashMap<Vec<Letter>, Count>> {
    let mut counts: HashMap<Vec<Letter>, Count> = HashMap::new();
    raw::each(folder, |text| {
        for word in tokenize_spans(text)? {
            let surface = &text[word.span.range()];
            if word.kind == TokenKind::Arabic
                && let Some(letters) = Letters::read(surface)
            {
                let add = Count { all: 1, hamza: u64::from(surface.starts_with(['أ', 'إ', 'آ'])) };
                let word = plain(letters.numbers());
                match counts.get_mut(&word) {
                    Some(count) => *count = Count { all: count.all + 1, hamza: count.hamza + add.hamza },
                    None => {
                        counts.insert(word, add);
                    }
                }
            }
        }
        Ok(())
    })?;
    Ok(counts)
}

/// What part of a treebank is kept out of training.
#[derive(Clone, Copy)]
pub(super) enum Held {
    /// Every tenth sentence.
    Sentences,
    /// Every tenth document, in the order of their first sentences; the id of a sentence is that of its document, a hyphen, a number.
    Documents,
}

impl Held {
    /// Asked with the id of each sentence in turn, tells whether it is held out.
    pub(super) fn start(self) -> impl FnMut(&str) -> bool {
        let (mut sentences, mut documents) = (0, HashMap::new());
        move |id| {
            let count = documents.len();
            let at = match self {
                Self::Sentences => sentences,
                Self::Documents => *documents.entry(document(id).to_owned()).or_insert(count),
            };
            sentences += 1;
            at % 10 == 9
        }
    }
}

/// The document of a sentence.
pub(super) fn document(sentence: &str) -> &str {
    sentence.rsplit_once('-').map_or(sentence, |d| d.0)
}

/// Letters of the pieces of one word, joined, with the number of letters of each piece.
pub(super) fn join(pieces: &[&str]) -> Option<(Vec<Letter>, Vec<usize>)> {
    let mut word = Vec::new();
    let mut lengths = Vec::new();
    for piece in pieces {
        // A piece of marks alone belongs to the one before.
        let letters = Letters::read(piece);
        let numbers = letters.as_ref().map_or(&[][..], |l| l.numbers());
        if numbers.is_empty() && piece.chars().any(|c| c.is_alphanumeric() && !('\u{064B}'..='\u{0670}').contains(&c)) {
            return None;
        }
        word.extend_from_slice(numbers);
        lengths.push(numbers.len());
    }
    Some((word, lengths))
}

/// Turns the pieces of a word into proclitics, stem and enclitic by their letters; None where they are no such row.
pub(super) fn right(word: &[Letter], lengths: &[usize]) -> Option<Right> {
    let mut borders: Vec<usize> =
        lengths.iter().scan(0, |at, l| Some(std::mem::replace(at, *at + l))).skip(1).collect();
    borders.dedup();
    borders.retain(|&b| b > 0 && b < word.len());
    let mut all = Vec::new();
    cuts::all(word, &mut all);
    let cut = all.into_iter().find(|cut| {
        let mut own: Vec<usize> = (1..=usize::from(cut.start)).collect();
        if cut.suffix > 0 {
            own.push(usize::from(cut.end));
        }
        own == borders
    })?;
    Some(Right::Both(usize::from(cut.start), word.len() - usize::from(cut.end)))
}

/// Words of a CoNLL-U file. `held_out` gets the id of each sentence.
pub(super) fn read_conllu(
    path: &Path,
    source: &'static str,
    mut held_out: impl FnMut(&str) -> bool,
    examples: &mut Vec<Example>,
) -> Result<()> {
    let text = fs::read_to_string(path)?;
    let mut held = false;
    let mut pieces: Vec<(&str, bool)> = Vec::new();
    let mut odd = 0;
    let flush = |pieces: &mut Vec<(&str, bool)>, held: bool, examples: &mut Vec<Example>, odd: &mut usize| {
        let arabic = |s: &str| {
            s.chars().all(|c| ('\u{0620}'..='\u{06D3}').contains(&c) && !c.is_numeric() && !"،؛؟٪٫٬".contains(c))
        };
        // Words and, as None, what stands between them.
        let mut row: Vec<Option<(Vec<Letter>, Vec<usize>)>> = Vec::new();
        for group in pieces.split_inclusive(|p| !p.1) {
            for run in group.chunk_by(|a, b| arabic(a.0) && arabic(b.0)) {
                let forms: Vec<&str> = run.iter().map(|p| p.0).collect();
                row.push(join(&forms).filter(|j| arabic(run[0].0) && !j.0.is_empty()));
            }
        }
        let word_at = |i: Option<usize>| {
            i.and_then(|i| row.get(i)).and_then(|w| w.as_ref()).map_or_else(Vec::new, |w| w.0.clone())
        };
        for (i, word) in row.iter().enumerate() {
            let Some((word, lengths)) = word else { continue };
            let neighbours = Some([word_at(i.checked_sub(1)), word_at(Some(i + 1))]);
            match right(word, lengths) {
                Some(right) => examples.push(Example {
                    word: word.clone(),
                    neighbours,
                    right,
                    weight: 1.0,
                    held_out: held,
                    source,
                }),
                None => *odd += 1,
            }
        }
        pieces.clear();
    };
    for line in text.lines() {
        if let Some(id) = line.strip_prefix("# sent_id = ") {
            held = held_out(id);
        } else if line.is_empty() {
            flush(&mut pieces, held, examples, &mut odd);
        } else if !line.starts_with('#') {
            let fields: Vec<&str> = line.split('\t').collect();
            if fields.len() > 9 && !fields[0].contains('-') {
                pieces.push((fields[1], fields[9].contains("SpaceAfter=No")));
            }
        }
    }
    flush(&mut pieces, held, examples, &mut odd);
    eprintln!("{}: {odd} words are cut otherwise than by known clitics", path.display());
    Ok(())
}

/// A document with mentions.
#[derive(Deserialize)]
pub(super) struct Mentions {
    pub(super) id: String,
    split: Option<String>,
    pub(super) text: String,
    pub(super) mentions: Vec<Border>,
}

#[derive(Deserialize)]
pub(super) struct Border {
    pub(super) start: usize,
    pub(super) end: usize,
    #[serde(rename = "type")]
    pub(super) kind: String,
}

impl Mentions {
    pub(super) fn held_out(&self) -> bool {
        self.split.as_deref() == Some("dev")
    }
}

pub(super) fn read_documents(path: &Path) -> Result<Vec<Mentions>> {
    let bad = |e: serde_json::Error| Error::new(ErrorKind::Argument, format!("{}: {e}", path.display()));
    fs::read_to_string(path)?.lines().map(|line| serde_json::from_str(line).map_err(bad)).collect()
}

/// Words at whose borders mentions start or end.
pub(super) fn read_mentions(
    documents: &[Mentions],
    held_out: &HashSet<String>,
    examples: &mut Vec<Example>,
) -> Result<()> {
    for document in documents {
        let points = CodePoints::new(&document.text);
        let words = tokenize_spans(&document.text)?;
        // In order, so that training twice gives the same files.
        let mut starts: BTreeMap<usize, HashSet<usize>> = BTreeMap::new();
        let mut ends: BTreeMap<usize, HashSet<usize>> = BTreeMap::new();
        for mention in &document.mentions {
            let (start, end) = (points.to_byte(mention.start), points.to_byte(mention.end));
            let first = words.partition_point(|w| w.span.end as usize <= start);
            let last = words.partition_point(|w| (w.span.start as usize) < end);
            starts.entry(first).or_default().insert(start);
            // Inside a person's name nothing is joined.
            if mention.kind == "PERS" {
                for (inside, word) in words.iter().enumerate().take(last).skip(first + 1) {
                    starts.entry(inside).or_default().insert(word.span.start as usize);
                }
            }
            ends.entry(last.saturating_sub(1)).or_default().insert(end);
        }
        let unseen = document.held_out();
        // Its words are held out where they are annotated in full.
        if !unseen && held_out.contains(&document.id) {
            continue;
        }
        for (borders, after) in [(&starts, false), (&ends, true)] {
            for (&i, places) in borders {
                let Some(word) = words.get(i).filter(|w| w.kind == TokenKind::Arabic) else { continue };
                let &place = places.iter().next().unwrap_or(&0);
                let Some(letters) = Letters::read(&document.text[word.span.range()]) else { continue };
                // Two mentions that start at different places of one word: one of them is nested after a conjunction.
                if places.len() > 1 || place < word.span.start as usize || place > word.span.end as usize {
                    continue;
                }
                let count = letters.numbers().len();
                let letter = (0..=count).find(|&l| letters.offset(l) as usize >= place - word.span.start as usize);
                let letter = letter.unwrap_or(count);
                let right = if after { Right::After(count - letter) } else { Right::Before(letter) };
                let neighbour = |i: Option<usize>| {
                    let word = i.and_then(|i| words.get(i)).filter(|w| w.kind == TokenKind::Arabic);
                    let letters = word.and_then(|w| Letters::read(&document.text[w.span.range()]));
                    letters.map_or_else(Vec::new, |l| l.numbers().to_vec())
                };
                let neighbours = Some([neighbour(i.checked_sub(1)), neighbour(Some(i + 1))]);
                let source = if after { "mention ends" } else { "mention starts" };
                examples.push(Example {
                    word: letters.numbers().to_vec(),
                    neighbours,
                    right,
                    weight: 0.6,
                    held_out: unseen,
                    source,
                });
            }
        }
    }
    Ok(())
}

/// The words of names: they are whole.
pub(super) fn read_name_words(path: &Path) -> Result<Vec<Vec<Letter>>> {
    let text = fs::read_to_string(path)?;
    let rows = text.lines().filter_map(|line| line.split_once('\t'));
    // An x marks words that are usually something else.
    let names = rows.filter(|(_, rest)| !rest.split('\t').next().unwrap_or_default().contains('x'));
    Ok(names.filter_map(|(word, _)| Letters::read(word)).map(|l| plain(l.numbers())).collect())
}
