//! What `khabar-eval words` prints: how right segments and grammar of words are on the held-out parts.

use std::collections::HashSet;
use std::path::Path;
use std::time::Instant;

use super::conllu::{self, Annotated, Corpus};
use super::{lemmas, tags};
use crate::error::Result;
use crate::morph::{self, Pos};
use crate::segment::{segment, tokenize_spans};
use crate::span::{Bytes, Span};

/// Words of Arabic letters and the cuts inside them, counted.
#[derive(Default)]
struct Cuts {
    words: usize,
    right: usize,
    gold: usize,
    own: usize,
    both: usize,
}

impl Cuts {
    fn add(&mut self, sentence: &Annotated) -> Result<()> {
        let own = segment(&sentence.text)?;
        let ends: HashSet<u32> = own.segments.iter().map(|s| s.span.end).collect();
        let arabic =
            |span: Span<Bytes>| sentence.text[span.range()].chars().all(|c| ('\u{620}'..='\u{652}').contains(&c));
        for word in sentence.pieces.chunk_by(|a, b| a.span.end == b.span.start && arabic(a.span) && arabic(b.span)) {
            if !arabic(word[0].span) {
                continue;
            }
            let last = word[word.len() - 1].span.end;
            let inside = word[0].span.start + 1..last;
            let gold: HashSet<u32> = word.iter().map(|p| p.span.end).filter(|&end| end < last).collect();
            let own: HashSet<u32> = inside.filter(|at| ends.contains(at)).collect();
            self.words += 1;
            self.right += usize::from(gold == own);
            self.gold += gold.len();
            self.own += own.len();
            self.both += gold.intersection(&own).count();
        }
        Ok(())
    }

    fn print(&self, corpus: Corpus) {
        let accuracy = 100.0 * self.right as f64 / self.words.max(1) as f64;
        let f1 = 200.0 * self.both as f64 / (self.gold + self.own).max(1) as f64;
        println!("segments, {}: {accuracy:.2} % of {} words, boundary F1 {f1:.2}", corpus.name(), self.words);
    }
}

/// Measures the shipped models and prints the figures.
///
/// # Errors
/// [`ErrorKind::Io`](crate::ErrorKind::Io) where a corpus cannot be read.
pub fn evaluate(corpora: &Path) -> Result<()> {
    let all = conllu::read_all(corpora)?;
    let held_out = |corpus| all.iter().filter(move |s: &&Annotated| s.held_out() && s.corpus == corpus);
    for corpus in Corpus::ALL {
        let mut cuts = Cuts::default();
        held_out(corpus).try_for_each(|sentence| cuts.add(sentence))?;
        cuts.print(corpus);
    }
    for corpus in Corpus::ALL {
        tags::report("parts of speech,", corpus, &tags::measure::shipped(held_out(corpus))?, 0);
    }
    for corpus in Corpus::ALL {
        let mut counts: Vec<_> = lemmas::measure(None, held_out(corpus))?.into_iter().collect();
        counts.sort_by_key(|c| c.0);
        for (pos, count) in counts.iter().filter(|c| matches!(c.0, Pos::Verb | Pos::Noun | Pos::Adj)) {
            let share = |right: usize| 100.0 * right as f64 / count.all.max(1) as f64;
            println!(
                "lemmas, {}, {}: {:.2} % of {}, with hamzas {:.2}; on own segments and tags {:.2}",
                corpus.name(),
                pos.as_str(),
                share(count.right),
                count.all,
                share(count.exact),
                share(count.own)
            );
        }
    }
    let text: String = all.iter().map(|s| format!("{}\n", s.text)).collect();
    let words = tokenize_spans(&text)?.len() as f64;
    let speed = |start: Instant| words / start.elapsed().as_secs_f64().max(1e-9);
    let start = Instant::now();
    let cut = segment(&text)?;
    let segments = speed(start);
    morph::tag(&cut)?;
    let tags = speed(start);
    let start = Instant::now();
    morph::read(&segment(&text)?)?;
    println!(
        "speed on {words} words, one thread: segments {segments:.0} words/s, with parts of speech {tags:.0}, with lemmas {:.0}",
        speed(start)
    );
    Ok(())
}
