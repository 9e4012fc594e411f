//! Zones: which part of a page a line belongs to.
//!
//! The first line is the title where it is short and a longer text follows. What surrounds an article is known by how its
//! lines begin; the phrases are data (`data/rules/zones.toml`, which explains their fields).

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use serde::Deserialize;

use super::{Sentence, Token, TokenKind, Zone};
use crate::error::{Error, ErrorKind, Result};
use crate::normalize::fold_into;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    cue: Vec<Row>,
    dateline: DatelineRow,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    phrases: Vec<String>,
    zone: CueZone,
    #[serde(default)]
    then: Then,
    #[serde(default = "few")]
    words: usize,
    #[serde(default, rename = "where")]
    place: Place,
    #[serde(default)]
    block: Block,
}

fn few() -> usize {
    12
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DatelineRow {
    places: usize,
    words: usize,
    agencies: Vec<String>,
    times: Vec<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum CueZone {
    Byline,
    Dateline,
    Boilerplate,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Then {
    Nothing,
    Colon,
    #[default]
    Anything,
}

#[derive(Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Place {
    Edge,
    #[default]
    Anywhere,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Block {
    #[default]
    Line,
    Links,
    Rest,
}

#[derive(Clone)]
struct Cue {
    /// The words after the first, by which it is found.
    rest: Vec<String>,
    zone: Zone,
    then: Then,
    words: usize,
    place: Place,
    block: Block,
}

struct Cues {
    by_first: HashMap<String, Vec<Cue>>,
    agencies: HashSet<String>,
    times: HashSet<String>,
    places: usize,
    dateline_words: usize,
}

fn folded(words: &str) -> Vec<String> {
    let fold = |word| {
        let mut out = String::new();
        fold_into(word, &mut out);
        out
    };
    words.split_whitespace().map(fold).collect()
}

fn read(text: &str) -> Result<Cues> {
    let file: File = toml::from_str(text).map_err(|e| Error::new(ErrorKind::Rule, format!("zones.toml: {e}")))?;
    let mut by_first: HashMap<String, Vec<Cue>> = HashMap::new();
    for row in file.cue {
        let zone = match row.zone {
            CueZone::Byline => Zone::Byline,
            CueZone::Dateline => Zone::Dateline,
            CueZone::Boilerplate => Zone::Boilerplate,
        };
        for phrase in &row.phrases {
            let mut words = folded(phrase).into_iter();
            let Some(first) = words.next() else { continue };
            by_first.entry(first).or_default().push(Cue {
                rest: words.collect(),
                zone,
                then: row.then,
                words: row.words,
                place: row.place,
                block: row.block,
            });
        }
    }
    // The longest phrase that fits decides.
    by_first.values_mut().for_each(|cues| cues.sort_by_key(|cue| std::cmp::Reverse(cue.rest.len())));
    let set = |phrases: &[String]| phrases.iter().flat_map(|p| folded(p)).collect();
    let DatelineRow { places, words, agencies, times } = file.dateline;
    Ok(Cues { by_first, agencies: set(&agencies), times: set(&times), places, dateline_words: words })
}

fn cues() -> Result<&'static Cues> {
    static CUES: OnceLock<Result<Cues>> = OnceLock::new();
    let cues = CUES.get_or_init(|| read(include_str!("../data/rules/zones.toml")));
    cues.as_ref().map_err(|e| Error::new(e.kind(), e.to_string()))
}

/// A line as cues see it.
struct Line {
    /// Its words, folded, and whether a colon, slash or dash follows.
    words: Vec<(String, bool)>,
    /// Whether it ends in a full stop, as links and titles do not.
    stops: bool,
    numbers: usize,
}

/// Lines of more words are text.
const MOST: usize = 32;

impl Line {
    fn of(text: &str, tokens: &[Token]) -> Option<Self> {
        let mut line = Self { words: Vec::new(), stops: false, numbers: 0 };
        if tokens.len() > 2 * MOST {
            return None;
        }
        for token in tokens {
            let surface = &text[token.span.range()];
            match token.kind {
                TokenKind::Punctuation | TokenKind::Emoji => {
                    line.stops =
                        surface.starts_with(['.', '…']) || (line.stops && matches!(surface, "\"" | "»" | "”" | ")"));
                    if let Some((_, colon)) = line.words.last_mut() {
                        *colon |= matches!(surface, ":" | "/" | "|" | "-" | "–" | "—" | ">" | "»");
                    }
                }
                kind => {
                    let mut word = String::new();
                    fold_into(surface, &mut word);
                    line.words.push((word, false));
                    line.numbers += usize::from(kind == TokenKind::Number);
                    line.stops = false;
                }
            }
        }
        (!line.words.is_empty() && line.words.len() <= MOST).then_some(line)
    }

    fn cue<'c>(&self, cues: &'c Cues, edge: bool) -> Option<&'c Cue> {
        cues.by_first.get(&self.words[0].0)?.iter().find(|cue| {
            let end = 1 + cue.rest.len();
            let fits = self.words.len() >= end && cue.rest.iter().zip(&self.words[1..]).all(|(a, b)| *a == b.0);
            let then = match cue.then {
                Then::Nothing => self.words.len() == end,
                Then::Colon => self.words[end.min(self.words.len()) - 1].1,
                Then::Anything => true,
            };
            let place = match cue.place {
                Place::Edge => edge,
                Place::Anywhere => true,
            };
            fits && then && place && self.words.len() <= cue.words
        })
    }

    /// القاهرة - رويترز, طرابلس 3 مايو 2024 (وال): a place, a date, an agency and nothing else.
    fn is_dateline(&self, cues: &Cues) -> bool {
        if self.stops || self.words.len() > cues.dateline_words {
            return false;
        }
        let known = |set: &HashSet<String>| self.words.iter().filter(|w| set.contains(&w.0)).count();
        let (agencies, times) = (known(&cues.agencies), known(&cues.times));
        let places = self.words.len().saturating_sub(agencies + times + self.numbers);
        let dated = times > 0 && self.numbers > 0;
        let separated = self.words.iter().any(|w| w.1) || self.words.len() == agencies + places;
        places <= cues.places && (dated || (agencies > 0 && separated && places > 0))
    }
}

/// Sets the zones of sentences; all are body before.
pub(super) fn mark(text: &str, tokens: &[Token], lines: &[u32], sentences: &mut [Sentence]) -> Result<()> {
    let cues = cues()?;
    // Sentences never cross lines, so each line is some sentences.
    let mut starts: Vec<usize> = Vec::with_capacity(lines.len() + 1);
    starts.push(0);
    starts.extend(lines.iter().map(|&line| sentences.partition_point(|s| s.tokens.end <= line)));
    starts.push(sentences.len());
    let count = starts.len() - 1;
    let tokens_of = |sentences: &[Sentence]| match sentences {
        [] => 0..0,
        [first, ..] => first.tokens.start as usize..sentences[sentences.len() - 1].tokens.end as usize,
    };

    let title = is_title(text, tokens, &sentences[..starts[count.min(1)]], sentences.len() > starts[count.min(1)]);
    let mut links = false;
    let mut rest = false;
    for line in 0..count {
        let range = starts[line]..starts[line + 1];
        let line_tokens = tokens_of(&sentences[range.clone()]);
        if rest {
            sentences[range].iter_mut().for_each(|s| s.zone = Zone::Boilerplate);
            continue;
        }
        let after = line_tokens.end;
        let words = Line::of(text, &tokens[line_tokens]);
        let zone = match words {
            None => {
                links = false;
                Zone::Body
            }
            Some(words) => {
                let top = line <= 3;
                let edge = top || line + 3 >= count;
                match words.cue(cues, edge && count > 1) {
                    Some(cue) => {
                        links = matches!(cue.block, Block::Links) && words.words.len() <= 1 + cue.rest.len();
                        rest = matches!(cue.block, Block::Rest) && after * 2 > tokens.len();
                        cue.zone
                    }
                    None if line == 0 && title => Zone::Title,
                    None if links && !words.stops => Zone::Boilerplate,
                    None => {
                        links = false;
                        if top && count > 1 && words.is_dateline(cues) { Zone::Dateline } else { Zone::Body }
                    }
                }
            }
        };
        sentences[range].iter_mut().for_each(|s| s.zone = zone);
    }
    Ok(())
}

/// A first line that is short and ends without a full stop is the title of what follows, if that is longer.
fn is_title(text: &str, tokens: &[Token], first: &[Sentence], more: bool) -> bool {
    let [.., last] = first else { return false };
    let words = last.tokens.end as usize;
    let line = &text[first[0].span.start as usize..last.span.end as usize];
    more && words <= 40 && tokens.len() > 2 * words && !line.ends_with(['.', '،', '؛', ','])
}
