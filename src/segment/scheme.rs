//! Segmentation schemes: what counts as a part of a word.

use super::clitics::Cutter;
use super::{SegmentKind, Segmentation, TokenKind, Word, Work, article, check};
use crate::error::Result;
use crate::normalize::fold_into;
use crate::span::{Bytes, Span};

/// Which parts a word is given as. The analysis itself always works on [`Scheme::Pud`].
///
/// Treebanks differ in detail where their makers did; khabar cuts as the Parallel Universal Dependencies treebank does, and leaves
/// whole what it leaves whole: مما، عما، فيما، ألا, and the article of الذي.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// Conjunctions, prepositions, the marker of the future, the أ of questions, pronouns: و + س + يزور + ها. As in Universal
    /// Dependencies Arabic-PUD (Zeman et al., "CoNLL 2017 Shared Task", 2017).
    #[default]
    Pud,
    /// All but the article, as in the Penn Arabic Treebank (Maamouri, Bies, Buckwalter and Mekki, "The Penn Arabic Treebank: Building a
    /// Large-Scale Annotated Arabic Corpus", NEMLAR 2004). The same places as [`Scheme::Pud`].
    Atb,
    /// The article too: و + ب + ال + وزارة. The third degree of decliticization of Habash and Sadat, "Arabic Preprocessing Schemes for
    /// Statistical Machine Translation", NAACL 2006.
    D3,
    /// Words as written.
    None,
}

/// A part of a token, as a scheme has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Where it stands in the text, or in the word where one word was given. Empty for an article that is not written (للغة is ل + ال + لغة):
    /// the parts of a token tile it nevertheless.
    pub span: Span<Bytes>,
    /// What it is.
    pub kind: SegmentKind,
    /// Its normalized form, as [`Segmentation::form`] gives it; the article is always ال.
    pub form: String,
    /// The segment that it is or that it is part of; of a token in one piece, the stem.
    pub segment: u32,
}

impl Segmentation<'_> {
    /// The parts of a token by a scheme. `nominal` is asked, by the index of a segment, whether its part of speech is one that takes
    /// an article (noun, adjective, name, number): None where that is not known, and then the word alone decides.
    ///
    /// # Errors
    /// [`ErrorKind::Model`](crate::ErrorKind::Model) where an embedded file is damaged.
    ///
    /// ```
    /// use khabar::segment::{Scheme, segment};
    /// let cut = segment("وصل وفد للغرفة")?;
    /// let parts = cut.parts(2, Scheme::D3, |_| None)?;
    /// let parts: Vec<_> = parts.iter().map(|p| (cut.surface(p.span), &*p.form)).collect();
    /// assert_eq!(parts, [("ل", "ل"), ("ل", "ال"), ("غرفة", "غرفه")]);
    /// # Ok::<(), khabar::Error>(())
    /// ```
    pub fn parts(&self, token: usize, scheme: Scheme, nominal: impl Fn(usize) -> Option<bool>) -> Result<Vec<Part>> {
        let token = self.tokens[token];
        let segments = token.segments.range();
        if scheme == Scheme::None {
            let stem = self.stem(&token);
            let mut form = String::new();
            fold_into(self.surface(token.span), &mut form);
            return Ok(vec![Part { span: token.span, kind: SegmentKind::Stem, form, segment: stem as u32 }]);
        }
        let mut parts = Vec::with_capacity(segments.len() + 1);
        for index in segments {
            let (segment, form) = (self.segments[index], self.form(index));
            let mut part =
                Part { span: segment.span, kind: segment.kind, form: form.to_owned(), segment: index as u32 };
            if scheme == Scheme::D3 && segment.kind == SegmentKind::Stem {
                let surface = self.surface(segment.span);
                if let Some(length) = article::length(Cutter::embedded()?, surface, form, nominal(index)) {
                    let border = segment.span.start + length as u32;
                    let rest = form.strip_prefix(ARTICLE).unwrap_or(form).to_owned();
                    parts.push(Part {
                        span: Span::new(segment.span.start, border),
                        kind: SegmentKind::Article,
                        form: ARTICLE.to_owned(),
                        segment: index as u32,
                    });
                    part = Part { span: Span::new(border, segment.span.end), form: rest, ..part };
                }
            }
            parts.push(part);
        }
        Ok(parts)
    }
}

pub(super) const ARTICLE: &str = "ال";

/// Cuts one word by a scheme; spans count from its start. A word alone is cut as it mostly is: in a text ([`segment`](super::segment))
/// its neighbours help. What is no word in Arabic letters is one part.
///
/// # Errors
/// [`ErrorKind::Text`](crate::ErrorKind::Text) where it has over 4 GiB, [`ErrorKind::Model`](crate::ErrorKind::Model) where an embedded file
/// is damaged.
///
/// ```
/// use khabar::segment::{Scheme, segment_word};
/// let parts = |word: &str, scheme| -> Vec<String> {
///     segment_word(word, scheme).unwrap().iter().map(|p| word[p.span.range()].to_owned()).collect()
/// };
/// assert_eq!(parts("وقواته", Scheme::Pud), ["و", "قوات", "ه"]);
/// assert_eq!(parts("وبالوزارة", Scheme::Atb), ["و", "ب", "الوزارة"]);
/// assert_eq!(parts("وبالوزارة", Scheme::D3), ["و", "ب", "ال", "وزارة"]);
/// assert_eq!(parts("للحشد", Scheme::D3), ["ل", "ل", "حشد"]);
/// assert_eq!(parts("التزامات", Scheme::D3), ["التزامات"]);
/// assert_eq!(parts("وقواته", Scheme::None), ["وقواته"]);
/// ```
pub fn segment_word(word: &str, scheme: Scheme) -> Result<Vec<Part>> {
    segment_word_by(word, scheme, Cutter::embedded()?)
}

/// As [`segment_word`], by a given vocabulary and model of clitics.
pub(crate) fn segment_word_by(word: &str, scheme: Scheme, cutter: &Cutter) -> Result<Vec<Part>> {
    check(word)?;
    let mut alone = Segmentation {
        text: word,
        sentences: Vec::new(),
        tokens: Vec::new(),
        segments: Vec::new(),
        forms: String::new(),
    };
    let token = Word { span: Span::of(0, word.len()), kind: TokenKind::Arabic };
    alone.push(token, None, cutter, &mut Work::default());
    alone.parts(0, scheme, |_| None)
}
