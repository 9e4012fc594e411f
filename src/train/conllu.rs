//! Annotated words: sentences of CoNLL-U files whose clitics are words of their own, so that joining the words gives the text.

use std::fs;
use std::path::Path;

use crate::error::{Error, ErrorKind, Result};
use crate::morph::Pos;
use crate::segment::{Segmentation, segment_as};
use crate::span::{Bytes, Span};

/// An annotated word or clitic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands in the text of its sentence.
    pub span: Span<Bytes>,
    /// Its part of speech.
    pub pos: Pos,
    /// Its lemma as the file has it; empty where there is none.
    pub lemma: String,
    /// Its features as the file has them; empty where there are none.
    pub features: String,
}

/// Which corpus a sentence is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Corpus {
    /// Universal Dependencies Arabic-PUD.
    Pud,
    /// `news_words`: original news.
    News,
}

impl Corpus {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Pud, Self::News];

    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pud => "pud",
            Self::News => "news_words",
        }
    }

    /// Its file below the folder of corpora.
    fn path(self) -> &'static str {
        match self {
            Self::Pud => "segmentation/pud/ar_pud-800.conllu",
            Self::News => "segmentation/news_words/news_words.conllu",
        }
    }
}

/// An annotated sentence.
#[derive(Clone, Debug)]
pub struct Annotated {
    /// Its corpus.
    pub corpus: Corpus,
    /// Number of its document (`news_words`) or its own (PUD), in the file's order: what folds are made by.
    pub number: usize,
    /// Its text.
    pub text: String,
    /// Its words and clitics, in text order.
    pub pieces: Vec<Piece>,
}

impl Annotated {
    /// Whether it is kept out of all training: every tenth sentence of PUD, every tenth document of `news_words`.
    pub fn held_out(&self) -> bool {
        self.number % 10 == 9
    }

    /// The text cut as annotated: a segment for each piece.
    ///
    /// # Errors
    /// As [`segment`](crate::segment::segment()).
    pub fn segmentation(&self) -> Result<Segmentation<'_>> {
        let spans: Vec<Span> = self.pieces.iter().map(|p| p.span).collect();
        segment_as(&self.text, &spans)
    }
}

/// The sentences of both corpora.
///
/// # Errors
/// [`ErrorKind::Io`] where a file cannot be read, [`ErrorKind::Argument`] where a line of it is none of CoNLL-U.
pub fn read_all(corpora: &Path) -> Result<Vec<Annotated>> {
    let mut all = Vec::new();
    for corpus in Corpus::ALL {
        let path = corpora.join(corpus.path());
        let text = fs::read_to_string(&path)?;
        read(&text, corpus, &mut all)
            .map_err(|line| Error::new(ErrorKind::Argument, format!("{}: line {line}", path.display())))?;
    }
    Ok(all)
}

/// Reads a file; the error is the number of a line that cannot be read.
fn read(text: &str, corpus: Corpus, all: &mut Vec<Annotated>) -> Result<(), usize> {
    let mut documents: Vec<&str> = Vec::new();
    let (mut number, mut sentences) = (0, 0);
    let mut sentence = String::new();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut space = false;
    for (at, line) in text.lines().chain([""]).enumerate() {
        if let Some(id) = line.strip_prefix("# sent_id = ") {
            number = sentences;
            sentences += 1;
            if corpus == Corpus::News {
                let document = id.rsplit_once('-').map_or(id, |parts| parts.0);
                let known = documents.iter().position(|d| *d == document);
                number = known.unwrap_or(documents.len());
                if known.is_none() {
                    documents.push(document);
                }
            }
        } else if line.is_empty() {
            if !pieces.is_empty() {
                let (text, pieces) = (std::mem::take(&mut sentence), std::mem::take(&mut pieces));
                all.push(Annotated { corpus, number, text, pieces });
            }
            space = false;
        } else if !line.starts_with('#') {
            let fields: Vec<&str> = line.split('\t').collect();
            let &[id, form, lemma, pos, _, features, _, _, _, misc] = &fields[..] else { return Err(at + 1) };
            if id.contains(['-', '.']) {
                continue;
            }
            if space {
                sentence.push(' ');
            }
            let start = sentence.len();
            sentence.push_str(form);
            space = !misc.split('|').any(|m| m == "SpaceAfter=No");
            let given = |field: &str| if field == "_" { String::new() } else { field.to_owned() };
            pieces.push(Piece {
                span: Span::of(start, sentence.len()),
                pos: pos.parse().map_err(|_| at + 1)?,
                // PUD writes a dagger alef as a grave accent.
                lemma: given(lemma).replace('`', ""),
                features: given(features),
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# sent_id = a-0\n1\tو\t_\tCCONJ\t_\t_\t_\t_\t_\tSpaceAfter=No\n2\tللوزير\tوزير\tNOUN\t_\t_\t_\t_\t_\t_\n\
        3\t20\t20\tNUM\t_\t_\t_\t_\t_\tSpaceAfter=No\n4\t%\t%\tSYM\t_\t_\t_\t_\t_\tSpaceAfter=No\n\n\
        # sent_id = b-0\n1\tقال\tقال\tVERB\t_\tAspect=Perf\t_\t_\t_\t_\n";

    #[test]
    fn reads_sentences_and_their_documents() {
        let mut all = Vec::new();
        read(FILE, Corpus::News, &mut all).unwrap();
        let texts: Vec<(&str, usize)> = all.iter().map(|a| (&*a.text, a.number)).collect();
        assert_eq!(texts, [("وللوزير 20%", 0), ("قال", 1)]);
        assert_eq!(all[1].pieces[0].features, "Aspect=Perf");
        assert_eq!(read("1\tا\n", Corpus::Pud, &mut all), Err(1));
    }

    #[test]
    fn segments_are_the_annotated_ones() {
        let mut all = Vec::new();
        read(FILE, Corpus::News, &mut all).unwrap();
        let cut = all[0].segmentation().unwrap();
        let spans: Vec<&str> = cut.segments.iter().map(|s| cut.surface(s.span)).collect();
        assert_eq!(spans, ["و", "للوزير", "20", "%"]);
        assert_eq!((cut.tokens.len(), cut.tokens[0].segments.len()), (3, 2));
    }
}
