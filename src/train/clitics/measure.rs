//! How well words are cut, measured from raw text.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::Path;

use super::corpora::{Held, Mentions, read_documents};
use super::names;
use crate::error::Result;
use crate::segment::training::Cutter;
use crate::segment::{Scheme, SegmentKind, Segmentation, segment_by, segment_word_by};
use crate::span::CodePoints;

/// What was right, of words and of the borders inside them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Words that are cut at all the right places and no other.
    pub right: usize,
    /// Words.
    pub words: usize,
    /// Borders inside words that are found.
    pub hits: usize,
    /// Borders inside words that khabar gives.
    pub found: usize,
    /// Borders inside words that are annotated.
    pub gold: usize,
}

impl Score {
    /// Words cut rightly, in per cent.
    pub fn accuracy(&self) -> f64 {
        percent(self.right, self.words)
    }

    /// F1 of the borders inside words, in per cent.
    pub fn f1(&self) -> f64 {
        percent(2 * self.hits, self.found + self.gold)
    }

    fn add(&mut self, gold: &BTreeSet<usize>, found: &BTreeSet<usize>) -> bool {
        let right = gold == found;
        self.right += usize::from(right);
        self.words += 1;
        self.hits += gold.intersection(found).count();
        self.found += found.len();
        self.gold += gold.len();
        right
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:6.2} % of {} words, border F1 {:.2}", self.accuracy(), self.words, self.f1())
    }
}

fn percent(part: usize, of: usize) -> f64 {
    100.0 * part as f64 / of.max(1) as f64
}

/// Scores of clitics on held-out text, by name of the part.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Name and score of each part.
    pub scores: Vec<(String, Score)>,
    /// What is wrong: the part, the annotated cut, khabar's cut.
    pub wrong: Vec<[String; 3]>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, score) in &self.scores {
            writeln!(f, "{name:24} {score}")?;
        }
        Ok(())
    }
}

/// Measures the shipped segmenter on the held-out parts of the corpora: sentences of PUD, documents of `news_words`, lines of
/// `name_clitics` (each word alone), and the article of the scheme `d3` against the lemmas of both treebanks.
///
/// # Errors
/// [`ErrorKind::Io`](crate::ErrorKind::Io) where a corpus cannot be read.
pub fn measure(corpora: &Path) -> Result<Report> {
    report(corpora, Cutter::embedded()?, None)
}

/// Measures a segmenter; a treebank that it was trained `without` is measured as a whole.
pub(super) fn report(corpora: &Path, cutter: &Cutter, without: Option<&str>) -> Result<Report> {
    let mut report = Report::default();
    let mut articles = Score::default();
    for (name, path, by) in super::TREEBANKS {
        let mut score = Score::default();
        for sentence in read_treebank(&corpora.join(path), by)?.iter().filter(|s| s.held_out || without == Some(name)) {
            let cut = segment_by(&sentence.text, cutter)?;
            sentence.measure(&cut, name, &mut score, &mut report.wrong);
            sentence.measure_articles(&cut, &mut articles, &mut report.wrong)?;
        }
        report.scores.push((name.to_owned(), score));
    }
    let mut score = Score::default();
    for named in names::read_clitics(&corpora.join(super::NAME_CLITICS))?.iter().filter(|n| n.held_out) {
        let parts = segment_word_by(&named.word, Scheme::Pud, cutter)?;
        let gold: BTreeSet<usize> = (1..=named.proclitics).collect();
        let before = parts.iter().take_while(|p| p.kind == SegmentKind::Proclitic).count();
        if !score.add(&gold, &(1..=before).collect()) {
            let own: Vec<&str> = parts.iter().map(|p| &named.word[p.span.range()]).collect();
            report.wrong.push([
                "name_clitics".to_owned(),
                format!("{}: {}", named.word, named.proclitics),
                own.join("+"),
            ]);
        }
    }
    report.scores.push(("name_clitics".to_owned(), score));
    report.scores.push(("article (d3)".to_owned(), articles));
    Ok(report)
}

/// A sentence of a treebank: its text and words.
struct Sentence {
    text: String,
    held_out: bool,
    words: Vec<Word>,
}

struct Word {
    start: usize,
    end: usize,
    /// Whether it is of Arabic letters.
    arabic: bool,
    tag: String,
    lemma: String,
}

fn read_treebank(path: &Path, by: Held) -> Result<Vec<Sentence>> {
    let mut held = by.start();
    let mut sentences = Vec::new();
    for block in fs::read_to_string(path)?.split("\n\n") {
        let Some(id) = block.lines().find_map(|line| line.strip_prefix("# sent_id = ")) else { continue };
        let mut sentence = Sentence { text: String::new(), held_out: held(id), words: Vec::new() };
        for line in block.lines().filter(|line| !line.starts_with('#')) {
            let fields: Vec<&str> = line.split('\t').collect();
            let [number, form, lemma, tag, _, _, _, _, _, misc] = fields[..] else { continue };
            if number.contains('-') {
                continue;
            }
            let start = sentence.text.len();
            sentence.text.push_str(form);
            let arabic = form.chars().all(|c| {
                ('\u{0620}'..='\u{06D3}').contains(&c) && c.is_alphabetic() || ('\u{064B}'..='\u{0670}').contains(&c)
            });
            let (end, tag, lemma) = (sentence.text.len(), tag.to_owned(), lemma.to_owned());
            sentence.words.push(Word { start, end, arabic, tag, lemma });
            if !misc.contains("SpaceAfter=No") {
                sentence.text.push(' ');
            }
        }
        sentences.push(sentence);
    }
    Ok(sentences)
}

impl Sentence {
    /// Compares the borders inside each word of Arabic letters.
    fn measure(&self, cut: &Segmentation<'_>, part: &str, score: &mut Score, wrong: &mut Vec<[String; 3]>) {
        let own: BTreeSet<usize> = cut.segments.iter().map(|s| s.span.start as usize).collect();
        for group in self.words.chunk_by(|a, b| a.arabic && b.arabic && a.end == b.start).filter(|g| g[0].arabic) {
            let (start, end) = (group[0].start, group[group.len() - 1].end);
            // Marks that are a word of their own belong to the one before; a word that they break has no right cut.
            let marks =
                |w: &&Word| self.text[w.start..w.end].starts_with(|c: char| ('\u{064B}'..='\u{0670}').contains(&c));
            if group[..group.len() - 1].iter().any(|w| marks(&w)) {
                continue;
            }
            let gold: BTreeSet<usize> = group[1..].iter().filter(|w| !marks(w)).map(|w| w.start).collect();
            let found: BTreeSet<usize> = own.range(start + 1..end).copied().collect();
            if !score.add(&gold, &found) {
                let show = |borders: &BTreeSet<usize>| {
                    let ends = borders.iter().copied().chain([end]);
                    let mut from = start;
                    let parts: Vec<&str> = ends.map(|to| &self.text[std::mem::replace(&mut from, to)..to]).collect();
                    parts.join("+")
                };
                wrong.push([part.to_owned(), show(&gold), show(&found)]);
            }
        }
    }

    /// Compares the article of words that begin with ال with the lemma, which has none. Lemmas of names keep it in one of the treebanks,
    /// so names are left out.
    fn measure_articles(&self, cut: &Segmentation<'_>, score: &mut Score, wrong: &mut Vec<[String; 3]>) -> Result<()> {
        for Word { start, end, arabic, tag, lemma } in &self.words {
            let word = &self.text[*start..*end];
            if !arabic || !word.starts_with("ال") || matches!(&**tag, "PROPN" | "NUM" | "X") {
                continue;
            }
            let segment = cut.segments.partition_point(|s| (s.span.start as usize) < *start);
            let Some(segment) = cut.segments.get(segment).filter(|s| s.span.range() == (*start..*end)) else {
                continue;
            };
            let lemma = crate::normalize::strip_tashkeel(lemma);
            let own = lemma.starts_with(['ا', 'أ', 'إ', 'آ']) && lemma.chars().nth(1) == Some('ل');
            // The lemma of الالتزام has an ال too.
            let rest = word.strip_prefix("ال").unwrap_or(word);
            let own = own && (tag == "PRON" || !rest.starts_with(['ا', 'أ', 'إ', 'آ']));
            let gold: BTreeSet<usize> = (!own).then_some(*start).into_iter().collect();
            let nominal = matches!(&**tag, "NOUN" | "ADJ" | "NUM" | "ADV");
            let parts = cut.parts(segment.token as usize, Scheme::D3, |_| Some(nominal))?;
            let article = parts.iter().any(|p| p.kind == SegmentKind::Article);
            if !score.add(&gold, &article.then_some(*start).into_iter().collect()) {
                wrong.push(["article".to_owned(), format!("{word} {tag} {lemma}"), article.to_string()]);
            }
        }
        Ok(())
    }
}

/// Share of the borders of mentions in held-out documents of `news_ner` that fall on borders of segments, and of names that are cut
/// inside.
pub(super) fn borders(path: &Path, cutter: &Cutter, errors: usize) -> Result<String> {
    let documents = read_documents(path)?;
    let (mut hits, mut all, mut names, mut cut_names) = ([0usize; 2], 0usize, 0usize, 0usize);
    let mut shown: BTreeMap<String, usize> = BTreeMap::new();
    for document in documents.iter().filter(|d: &&Mentions| d.held_out()) {
        let points = CodePoints::new(&document.text);
        let cut = segment_by(&document.text, cutter)?;
        let borders = |at: fn(&crate::segment::Segment) -> u32| -> BTreeSet<usize> {
            cut.segments.iter().map(|s| at(s) as usize).collect()
        };
        let (starts, ends) = (borders(|s| s.span.start), borders(|s| s.span.end));
        for mention in &document.mentions {
            let (start, end) = (points.to_byte(mention.start), points.to_byte(mention.end));
            all += 1;
            hits = [hits[0] + usize::from(starts.contains(&start)), hits[1] + usize::from(ends.contains(&end))];
            if matches!(&*mention.kind, "PERS" | "GPE") {
                names += 1;
                // A border inside a token that is not the end of a proclitic which stands before the name.
                let glued = cut.segments.iter().any(|s| {
                    let (from, token) = (s.span.start as usize, cut.tokens[s.token as usize]);
                    from > start
                        && s.span.end as usize <= end
                        && s.kind != SegmentKind::Proclitic
                        && from > token.span.start as usize
                        && token.span.start as usize >= start
                });
                if glued {
                    cut_names += 1;
                    *shown.entry(document.text[start..end].to_owned()).or_default() += 1;
                }
            }
        }
    }
    let mut text: String =
        shown.iter().take(errors).map(|(name, count)| format!("{count}\tcut inside: {name}\n")).collect();
    text += &format!(
        "borders of {all} held-out mentions on borders of segments: {:.2} % of starts, {:.2} % of ends; cut inside: {:.2} % of persons and places",
        percent(hits[0], all),
        percent(hits[1], all),
        percent(cut_names, names)
    );
    Ok(text)
}
