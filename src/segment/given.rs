//! Segmentations by given borders, for annotated text.

use super::clitics::training::{Letters, cuts};
use super::clitics::{Cutter, Piece};
use super::{Segment, Segmentation, Sentence, Token, TokenKind, Zone, check, forms, words};
use crate::error::Result;
use crate::span::{Bytes, Span};

/// The text as one sentence whose segments are exactly the `pieces`, in text order. Pieces that make up a word as clitics and
/// stem do are segments of one token; every other piece is a token of its own.
///
/// # Errors
/// [`ErrorKind::Text`](crate::ErrorKind::Text) where the text is over 4 GiB.
pub(crate) fn segment_as<'t>(text: &'t str, pieces: &[Span<Bytes>]) -> Result<Segmentation<'t>> {
    check(text)?;
    let cutter = Cutter::embedded()?;
    let scanned = words::scan(text);
    let mut out =
        Segmentation { text, sentences: Vec::new(), tokens: Vec::new(), segments: Vec::new(), forms: String::new() };
    let mut forms = forms::Forms::default();
    let mut parts = Vec::new();
    let (mut piece, mut word) = (0, 0);
    while piece < pieces.len() {
        while scanned.words.get(word).is_some_and(|w| w.span.end <= pieces[piece].start) {
            word += 1;
        }
        let inside = scanned.words.get(word).filter(|w| w.span.start == pieces[piece].start).map(|w| {
            let end = piece + pieces[piece..].partition_point(|p| p.end <= w.span.end);
            (w, &pieces[piece..end])
        });
        parts.clear();
        let (span, kind) = match inside {
            Some((w, row)) if row.last().is_some_and(|last| last.end == w.span.end) => {
                cut(cutter, &text[w.span.range()], w.span.start, row, &mut parts);
                (w.span, w.kind)
            }
            _ => (pieces[piece], TokenKind::Punctuation),
        };
        let (span, kind) = if parts.is_empty() {
            let own = pieces[piece];
            let kind = words::scan(&text[own.range()]).words.first().map_or(kind, |w| w.kind);
            parts.push(Piece::whole(&text[own.range()]));
            (own, kind)
        } else {
            (span, kind)
        };
        let first = out.segments.len();
        for part in &parts {
            let from = out.forms.len();
            let place: Span<Bytes> = Span::new(span.start + part.start, span.start + part.end);
            forms.append(&text[place.range()], part.restored, &mut out.forms);
            out.segments.push(Segment {
                span: place,
                kind: part.kind,
                token: out.tokens.len() as u32,
                form: Span::of(from, out.forms.len()),
            });
        }
        out.tokens.push(Token { span, kind, segments: Span::of(first, out.segments.len()) });
        piece += parts.len();
    }
    if let (Some(first), Some(last)) = (out.tokens.first(), out.tokens.last()) {
        out.sentences.push(Sentence {
            span: first.span.join(last.span),
            zone: Zone::Body,
            tokens: Span::of(0, out.tokens.len()),
            segments: Span::of(0, out.segments.len()),
        });
    }
    Ok(out)
}

/// The parts of a word that has the given pieces, if clitics cut it so; else none.
fn cut(cutter: &Cutter, word: &str, start: u32, pieces: &[Span<Bytes>], parts: &mut Vec<Piece>) {
    let tiled = pieces.windows(2).all(|pair| pair[0].end == pair[1].start);
    if pieces.len() == 1 {
        return parts.push(Piece::whole(word));
    }
    let Some(letters) = Letters::read(word).filter(|_| tiled) else { return };
    let mut all = Vec::new();
    cuts::all(letters.numbers(), &mut all);
    for cut in all {
        cutter.split(&letters, 0, cut, parts);
        if parts.len() == pieces.len() && parts.iter().zip(pieces).all(|(a, b)| start + a.end == b.end) {
            return;
        }
        parts.clear();
    }
}
