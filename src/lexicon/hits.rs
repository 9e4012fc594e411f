//! Look-up of listed names in a segmented text.

use fst::raw::{Fst, Node, Output};

use super::store::{Entries, Lexicon, codes, position};
use super::user::{UserEntry, UserLexicon};
use super::{WordCodes, fold};
use crate::segment::{SegmentKind, Segmentation, TokenKind};
use crate::span::{Segments, Span};

/// A listed name in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// The segments that it covers.
    pub segments: Span<Segments>,
    list: u32,
}

impl Match {
    /// What the name can stand for; at least one entry.
    pub fn entries(self) -> Entries {
        Lexicon::shipped().list(self.list)
    }
}

/// A name of the user's in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OwnMatch {
    /// The segments that it covers.
    pub(crate) segments: Span<Segments>,
    entry: u32,
}

/// The listed names and word classes of one text.
#[derive(Debug, Default)]
pub struct Hits {
    /// Ordered by start, longer ones first.
    matches: Vec<Match>,
    /// For each segment, and one more: index of its first match.
    first: Vec<u32>,
    words: Vec<WordCodes>,
    /// The user's names, in the same order.
    own: Vec<OwnMatch>,
    lexicon: Option<UserLexicon>,
}

impl Hits {
    /// All listed names that start at a segment, longest first.
    #[inline]
    pub fn at(&self, segment: usize) -> &[Match] {
        match (self.first.get(segment), self.first.get(segment + 1)) {
            (Some(&start), Some(&end)) => &self.matches[start as usize..end as usize],
            _ => &[],
        }
    }

    /// The longest listed name that starts at a segment.
    #[inline]
    pub fn longest(&self, segment: usize) -> Option<Match> {
        self.at(segment).first().copied()
    }

    /// The listed name that covers exactly these segments.
    #[inline]
    pub fn exact(&self, span: Span<Segments>) -> Option<Match> {
        self.at(span.start as usize).iter().find(|m| m.segments.end == span.end).copied()
    }

    /// The classes of the word from this segment to the end of its token: at a stem the word itself, at a proclitic the whole token
    /// (وائل, even where it was cut into و + ائل).
    #[inline]
    pub fn word(&self, segment: usize) -> WordCodes {
        self.words.get(segment).copied().unwrap_or_default()
    }

    /// All matches, ordered by start, longer ones first.
    #[inline]
    pub fn all(&self) -> &[Match] {
        &self.matches
    }

    /// All names of the user's, ordered by start, longer ones first.
    pub(crate) fn own(&self) -> &[OwnMatch] {
        &self.own
    }

    /// The entry of one of [`Hits::own`].
    pub(crate) fn entry(&self, own: OwnMatch) -> Option<&UserEntry> {
        self.lexicon.as_ref()?.entries().get(own.entry as usize)
    }

    /// The user's entry that covers exactly these segments.
    pub(crate) fn own_entry(&self, span: Span<Segments>) -> Option<&UserEntry> {
        let first = self.own.partition_point(|m| m.segments.start < span.start);
        let mut here = self.own[first..].iter().take_while(|m| m.segments.start == span.start);
        self.entry(*here.find(|m| m.segments == span)?)
    }
}

/// A place in the automaton, and what it has given so far.
#[derive(Clone, Copy)]
struct State<'f> {
    node: Node<'f>,
    out: Output,
}

impl<'f> State<'f> {
    #[inline]
    fn step<D: AsRef<[u8]>>(self, fst: &'f Fst<D>, byte: u8) -> Option<Self> {
        let at = self.node.find_input(byte)?;
        let transition = self.node.transition(at);
        Some(Self { node: fst.node(transition.addr), out: self.out.cat(transition.out) })
    }

    #[inline]
    fn walk<D: AsRef<[u8]>>(self, fst: &'f Fst<D>, bytes: impl Iterator<Item = u8>) -> Option<Self> {
        let mut state = self;
        for byte in bytes {
            state = state.step(fst, byte)?;
        }
        Some(state)
    }

    /// A folded form out of the segmentation; only Latin case and hyphens are still to be folded.
    #[inline]
    fn form<D: AsRef<[u8]>>(self, fst: &'f Fst<D>, form: &str) -> Option<Self> {
        self.walk(fst, form.bytes().map(|b| if b == b'-' { b' ' } else { b.to_ascii_lowercase() }))
    }

    /// A piece of the text as written.
    fn surface<D: AsRef<[u8]>>(self, fst: &'f Fst<D>, surface: &str) -> Option<Self> {
        let mut state = self;
        for c in surface.chars() {
            if let Some(c) = fold::letter(c) {
                let mut utf8 = [0; 4];
                state = state.walk(fst, c.encode_utf8(&mut utf8).bytes())?;
            }
        }
        Some(state)
    }

    #[inline]
    fn value(self) -> u64 {
        if self.node.is_final() { self.out.cat(self.node.final_output()).value() } else { 0 }
    }
}

/// Looks every segment position of a text up. About 1 µs a word; allocates three lists a text.
///
/// ```
/// use khabar::{lexicon::look_up, segment::segment};
/// let text = segment("زار وفد من الأمم المتحدة مدينة بنغازي")?;
/// let hits = look_up(&text);
/// let names: Vec<_> = hits.all().iter().map(|m| text.surface(text.bytes(m.segments))).collect();
/// assert!(names.contains(&"الأمم المتحدة") && names.contains(&"بنغازي"));
/// # Ok::<(), khabar::Error>(())
/// ```
pub fn look_up(segmentation: &Segmentation<'_>) -> Hits {
    let fst = &Lexicon::shipped().fst;
    let n = segmentation.segments.len();
    let mut hits = Hits {
        matches: Vec::with_capacity(n / 2),
        first: Vec::with_capacity(n + 1),
        words: vec![WordCodes::default(); n],
        ..Hits::default()
    };
    for start in 0..n {
        hits.first.push(hits.matches.len() as u32);
        if !begins(segmentation, start) {
            continue;
        }
        let before = hits.matches.len();
        let first_token = segmentation.segments[start].token;
        names_at(segmentation, fst, start, |end, value| {
            if segmentation.segments[end - 1].token == first_token && value != 0 {
                hits.words[start] = hits.words[start].and(codes(value));
            }
            if let Some(list) = position(value) {
                hits.matches.push(Match { segments: Span::of(start, end), list });
            }
        });
        hits.matches[before..].reverse();
    }
    hits.first.push(hits.matches.len() as u32);
    hits
}

/// [`look_up`], and the user's names besides.
pub(crate) fn look_up_with(segmentation: &Segmentation<'_>, lexicon: Option<&UserLexicon>) -> Hits {
    let mut hits = look_up(segmentation);
    let Some(lexicon) = lexicon else { return hits };
    for start in (0..segmentation.segments.len()).filter(|&start| begins(segmentation, start)) {
        let before = hits.own.len();
        let mut found = |end: usize, value: u64| {
            if let Some(entry) = position(value) {
                hits.own.push(OwnMatch { segments: Span::of(start, end), entry });
            }
        };
        let token = &segmentation.tokens[segmentation.segments[start].token as usize];
        if matches!(token.kind, TokenKind::Url | TokenKind::Email | TokenKind::Handle | TokenKind::Hashtag) {
            // Signs inside these are no borders of words in the text, as they are in a key.
            let key = fold::key(segmentation.surface(token.span));
            found(token.segments.end as usize, lexicon.fst().get(key).map_or(0, Output::value));
        } else {
            names_at(segmentation, lexicon.fst(), start, found);
        }
        hits.own[before..].reverse();
    }
    hits.lexicon = Some(lexicon.clone());
    hits
}

/// Whether a name can begin at a segment.
fn begins(segmentation: &Segmentation<'_>, start: usize) -> bool {
    let segment = &segmentation.segments[start];
    segment.kind != SegmentKind::Enclitic && segmentation.tokens[segment.token as usize].kind != TokenKind::Punctuation
}

/// Calls `found` at the end of each segment up to which the text from `start` on is a key, with the key's value, shorter ones first;
/// with 0 where it is only the beginning of one.
#[inline]
fn names_at<D: AsRef<[u8]>>(
    segmentation: &Segmentation<'_>,
    fst: &Fst<D>,
    start: usize,
    mut found: impl FnMut(usize, u64),
) {
    let segments = &segmentation.segments;
    let root = State { node: fst.root(), out: Output::zero() };
    let Some(mut state) = root.form(fst, segmentation.form(start)) else { return };
    let mut at = start;
    loop {
        // `state` has read up to the end of segment `at`.
        let segment = &segments[at];
        let ends_token = segments.get(at + 1).is_none_or(|next| next.token != segment.token);
        if segment.kind != SegmentKind::Proclitic || ends_token {
            found(at + 1, state.value());
        }
        let mut next = at + 1;
        let Some(mut following) = segments.get(next) else { return };
        let mut token = &segmentation.tokens[following.token as usize];
        let mut new_word = following.token != segment.token;
        // A hyphen or full stop inside a name is passed over.
        if new_word
            && token.kind == TokenKind::Punctuation
            && matches!(segmentation.surface(token.span), "-" | "–" | "." | "'")
        {
            next += 1;
            let Some(after) = segments.get(next) else { return };
            following = after;
            token = &segmentation.tokens[following.token as usize];
            new_word = true;
        }
        if token.kind == TokenKind::Punctuation {
            return;
        }
        if new_word {
            match state.step(fst, b' ') {
                Some(s) => state = s,
                None => return,
            }
        }
        let read = if token.segments.len() == 1 {
            state.form(fst, segmentation.form(next))
        } else {
            state.surface(fst, segmentation.surface(following.span))
        };
        match read {
            Some(s) => state = s,
            None => return,
        }
        at = next;
    }
}
