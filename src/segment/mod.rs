//! Zones, sentences, tokens and segments: the text as every later stage reads it.

mod article;
mod chars;
mod clitics;
mod forms;
#[cfg(feature = "train")]
mod given;
mod scheme;
mod sentences;
mod words;
mod zones;

use clitics::{Cutter, Piece, Scratch};

use crate::error::{Error, ErrorKind, Result};
use crate::span::{Bytes, Segments, Span, Tokens};

#[cfg(feature = "train")]
pub(crate) use clitics::training;
#[cfg(feature = "train")]
pub(crate) use given::segment_as;
#[cfg(feature = "train")]
pub(crate) use scheme::segment_word_by;
pub use scheme::{Part, Scheme, segment_word};
pub use words::Word;

/// Which part of a page a sentence belongs to. Analysis runs on [`Zone::Title`] and [`Zone::Body`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Zone {
    /// Headline.
    Title,
    /// Running text.
    Body,
    /// Who wrote it (كتب: فلان، إعداد فلان).
    Byline,
    /// Where and when it was written (القاهرة - رويترز).
    Dateline,
    /// What surrounds an article on the web: related links, share and comment lines, author boxes, photo credits.
    Boilerplate,
}

/// A sentence with its zone and what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands, white space around it left out.
    pub span: Span<Bytes>,
    /// Its zone.
    pub zone: Zone,
    /// Its tokens.
    pub tokens: Span<Tokens>,
    /// Its segments.
    pub segments: Span<Segments>,
}

/// Class of a token by its characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A word in Arabic letters, marks included.
    Arabic,
    /// A word in Latin or another script.
    Latin,
    /// A number in digits of any kind, with its separators and sign (1٬500, 3.5, 22/9/2025, 50%).
    Number,
    /// A web address.
    Url,
    /// A mail address.
    Email,
    /// @name.
    Handle,
    /// #ليبيا_اليوم.
    Hashtag,
    /// A pictograph, with its modifiers.
    Emoji,
    /// Punctuation and other symbols.
    Punctuation,
}

/// A token: a word, number or sign as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span<Bytes>,
    /// Its class.
    pub kind: TokenKind,
    /// Its parts; a token that is not cut has one.
    pub segments: Span<Segments>,
}

/// What part of a word a segment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SegmentKind {
    /// و ف ب ل ك س أ before the word.
    Proclitic,
    /// The word itself, with its article.
    Stem,
    /// A pronoun at the end.
    Enclitic,
    /// ال before the word, where a [`Scheme`] has it as a part of its own; never in a [`Segmentation`].
    Article,
}

/// A part of a token: a clitic or what remains of the word. Rules, lexica and models work on segments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Where it stands.
    pub span: Span<Bytes>,
    /// What it is.
    pub kind: SegmentKind,
    /// The token that it is part of.
    pub token: u32,
    /// Its normalized form, as bytes of the store of forms.
    form: Span<Bytes>,
}

/// A text cut into sentences, tokens and segments. Offsets are bytes of the text as given; all lists are in text order.
#[derive(Clone, Debug)]
pub struct Segmentation<'t> {
    /// The text as given.
    pub text: &'t str,
    /// Sentences; together they hold all tokens.
    pub sentences: Vec<Sentence>,
    /// Tokens.
    pub tokens: Vec<Token>,
    /// Segments.
    pub segments: Vec<Segment>,
    forms: String,
}

impl<'t> Segmentation<'t> {
    /// The text of a span as written.
    #[inline]
    pub fn surface(&self, span: Span<Bytes>) -> &'t str {
        &self.text[span.range()]
    }

    /// The normalized form of a segment (preset `search`: no marks, one alef, ى as ي, ة as ه, ASCII digits); the article is
    /// restored in للحشد (ل + الحشد).
    #[inline]
    pub fn form(&self, segment: usize) -> &str {
        &self.forms[self.segments[segment].form.range()]
    }

    /// The normalized form of a run of segments, a space where there is white space between them.
    pub fn normalized(&self, segments: Span<Segments>) -> String {
        let mut normalized = String::new();
        let mut end = None;
        for index in segments.range() {
            let span = self.segments[index].span;
            if end.is_some_and(|end| end < span.start) {
                normalized.push(' ');
            }
            normalized.push_str(self.form(index));
            end = Some(span.end);
        }
        normalized
    }

    /// Bytes of the article at the start of a segment that is a noun, adjective, name or number: 0 where it is not written (للغة is
    /// ل + ال + لغة); None where there is none.
    pub(crate) fn article(&self, segment: usize) -> Option<usize> {
        let surface = self.surface(self.segments[segment].span);
        article::length(Cutter::embedded().ok()?, surface, self.form(segment), Some(true))
    }

    /// From the first segment's start to the last one's end; empty at 0 where the span is empty.
    pub fn bytes(&self, segments: Span<Segments>) -> Span<Bytes> {
        match self.segments[segments.range()] {
            [] => Span::default(),
            [ref first, .., ref last] => first.span.join(last.span),
            [ref only] => only.span,
        }
    }

    /// Adds a token with its segments; `neighbours` are the words in Arabic letters before and after it.
    #[inline]
    fn push(&mut self, word: Word, neighbours: Option<[Option<&str>; 2]>, cutter: &Cutter, work: &mut Work) {
        let first = self.segments.len();
        let surface = &self.text[word.span.range()];
        if word.kind == TokenKind::Arabic {
            cutter.pieces(surface, neighbours, &mut work.scratch, &mut work.pieces);
        } else {
            work.pieces.clear();
            work.pieces.push(Piece::whole(surface));
        }
        for piece in &work.pieces {
            let from = self.forms.len();
            work.forms.append(&surface[piece.start as usize..piece.end as usize], piece.restored, &mut self.forms);
            self.segments.push(Segment {
                span: Span::new(word.span.start + piece.start, word.span.start + piece.end),
                kind: piece.kind,
                token: self.tokens.len() as u32,
                form: Span::of(from, self.forms.len()),
            });
        }
        self.tokens.push(Token { span: word.span, kind: word.kind, segments: Span::of(first, self.segments.len()) });
    }

    /// Index of the segment that a token is about: its stem.
    pub fn stem(&self, token: &Token) -> usize {
        let mut segments = token.segments.range();
        let first = segments.start;
        segments.find(|&index| self.segments[index].kind == SegmentKind::Stem).unwrap_or(first)
    }

    /// Index of the sentence that holds a segment.
    pub fn sentence_of(&self, segment: u32) -> usize {
        self.sentences.partition_point(|s| s.segments.end <= segment)
    }
}

/// Room for the work on one word, kept from word to word.
#[derive(Default)]
struct Work {
    scratch: Scratch,
    forms: forms::Forms,
    pieces: Vec<Piece>,
}

/// How often a word as written occurs in news: three times the logarithm to the base of 2 of its count, and 1 more; 0 where never.
pub(crate) fn frequency(word: &str) -> u8 {
    let (Ok(cutter), Some(letters)) = (Cutter::embedded(), clitics::Letters::read(word)) else { return 0 };
    cutter.vocabulary.get(letters.numbers()).words
}

fn check(text: &str) -> Result<()> {
    if u32::try_from(text.len()).is_err() {
        return Err(Error::new(
            ErrorKind::Text,
            format!("the text has {} bytes; at most 4 GiB can be analysed", text.len()),
        ));
    }
    Ok(())
}

/// Words of a text with offsets, not cut at clitics: the fast way for those who need no more.
///
/// # Errors
/// [`ErrorKind::Text`] where the text is over 4 GiB.
///
/// ```
/// let text = "وصل 1٬500 جندي إلى بنغازي.";
/// let words = khabar::segment::tokenize_spans(text)?;
/// let words: Vec<&str> = words.iter().map(|w| &text[w.span.range()]).collect();
/// assert_eq!(words, ["وصل", "1٬500", "جندي", "إلى", "بنغازي", "."]);
/// # Ok::<(), khabar::Error>(())
/// ```
pub fn tokenize_spans(text: &str) -> Result<Vec<Word>> {
    check(text)?;
    Ok(words::scan(text).words)
}

/// Sentences of a text, white space around them left out.
///
/// # Errors
/// [`ErrorKind::Text`] where the text is over 4 GiB.
///
/// ```
/// let text = "قال د. علي إن العمل بدأ. وأضاف: «سننجح».";
/// assert_eq!(khabar::segment::sentence_spans(text)?.len(), 2);
/// # Ok::<(), khabar::Error>(())
/// ```
pub fn sentence_spans(text: &str) -> Result<Vec<Span>> {
    check(text)?;
    let scanned = words::scan(text);
    let mut start = 0;
    let spans = sentences::ends(text, &scanned).into_iter().map(|end| {
        let words = &scanned.words[start..end as usize];
        start = end as usize;
        Span::new(words[0].span.start, words[words.len() - 1].span.end)
    });
    Ok(spans.collect())
}

/// Cuts a text into zones, sentences, tokens and segments.
///
/// # Errors
/// [`ErrorKind::Text`] where the text is over 4 GiB.
pub fn segment(text: &str) -> Result<Segmentation<'_>> {
    segment_by(text, Cutter::embedded()?)
}

/// As [`segment`], by a given vocabulary and model of clitics.
pub(crate) fn segment_by<'t>(text: &'t str, cutter: &Cutter) -> Result<Segmentation<'t>> {
    check(text)?;
    let scanned = words::scan(text);
    let ends = sentences::ends(text, &scanned);
    let mut out = assemble(text, &scanned.words, &ends, cutter);
    zones::mark(text, &out.tokens, &scanned.lines, &mut out.sentences)?;
    Ok(out)
}

/// A text whose tokens and sentences are given (columns of an annotated file): each of the `tokens` is one or, where it holds signs
/// (د. or `(تونس`), several tokens, none of which crosses its borders. `sentences` are ends, counted in `tokens`. Gives the segments
/// of each given token beside.
///
/// # Errors
/// [`ErrorKind::Text`] where the text is over 4 GiB.
pub(crate) fn segment_tokens<'t>(
    text: &'t str,
    tokens: &[Span<Bytes>],
    sentences: &[usize],
) -> Result<(Segmentation<'t>, Vec<Span<Segments>>)> {
    check(text)?;
    let mut words = Vec::with_capacity(tokens.len());
    // Ends, in words, of given tokens.
    let mut counts = Vec::with_capacity(tokens.len());
    for token in tokens {
        let start = token.start;
        let inside = words::scan(&text[token.range()]).words.into_iter();
        words.extend(inside.map(|w| Word { span: Span::new(start + w.span.start, start + w.span.end), ..w }));
        counts.push(words.len());
    }
    let mut ends: Vec<u32> =
        sentences.iter().filter_map(|&end| Some(*counts.get(end.checked_sub(1)?)? as u32)).collect();
    ends.dedup();
    ends.retain(|&end| end > 0);
    let out = assemble(text, &words, &ends, Cutter::embedded()?);
    let segments = |word: usize| out.tokens.get(word).map_or(out.segments.len(), |t| t.segments.start as usize);
    let mut start = 0;
    let given = counts.into_iter().map(|end| {
        let from = std::mem::replace(&mut start, end);
        Span::of(segments(from), segments(end))
    });
    let given = given.collect();
    Ok((out, given))
}

/// The segmentation of words and sentences (ends, counted in words; ascending, none empty).
fn assemble<'t>(text: &'t str, words: &[Word], ends: &[u32], cutter: &Cutter) -> Segmentation<'t> {
    let count = words.len();
    let mut out = Segmentation {
        text,
        sentences: Vec::with_capacity(ends.len()),
        tokens: Vec::with_capacity(count),
        segments: Vec::with_capacity(count + count / 3),
        forms: String::with_capacity(text.len()),
    };
    let mut work = Work::default();
    for (i, word) in words.iter().enumerate() {
        let arabic = |word: &Word| (word.kind == TokenKind::Arabic).then(|| &text[word.span.range()]);
        let before = i.checked_sub(1).and_then(|i| arabic(&words[i]));
        let after = words.get(i + 1).and_then(arabic);
        out.push(*word, Some([before, after]), cutter, &mut work);
    }
    let mut start = 0;
    for &end in ends {
        let tokens: Span<Tokens> = Span::new(start, end);
        let (first, last) = (&out.tokens[start as usize], &out.tokens[end as usize - 1]);
        out.sentences.push(Sentence {
            span: first.span.join(last.span),
            zone: Zone::Body,
            tokens,
            segments: Span::new(first.segments.start, last.segments.end),
        });
        start = end;
    }
    out
}
