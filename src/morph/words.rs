//! What grammar says of the words of a text, in context.

use super::lemma::{Lemmas, Lemmatizer};
use super::tagger::Tagger;
use super::{Grammar, Pos};
use crate::error::Result;
use crate::segment::Segmentation;

/// What grammar says of each segment of a text; made by [`read`].
#[derive(Clone, Debug)]
pub struct Words {
    pos: Vec<Pos>,
    lemmas: Lemmas,
}

impl Words {
    /// The part of speech of a segment, by its index in [`Segmentation::segments`].
    ///
    /// # Panics
    /// Where the text has no such segment.
    #[inline]
    pub fn pos(&self, segment: usize) -> Pos {
        self.pos[segment]
    }

    /// The dictionary form of a segment, without marks: of a verb the third person singular masculine of the perfect active (أعلن), of a
    /// noun or adjective the singular without article, masculine where there is one (دولة، رئيس), of clitics and function words the
    /// word itself, of pronouns هو, هذا, ذلك and الذي. Hamzas that the writer left out are given back.
    ///
    /// # Panics
    /// Where the text has no such segment.
    #[inline]
    pub fn lemma(&self, segment: usize) -> &str {
        self.lemmas.lemma(segment)
    }

    /// The lemma as lexica have it: folded as by the preset `search`.
    ///
    /// # Panics
    /// Where the text has no such segment.
    #[inline]
    pub fn key(&self, segment: usize) -> &str {
        self.lemmas.key(segment)
    }

    /// What grammar says of the form of a segment; chosen together with the lemma.
    ///
    /// # Panics
    /// Where the text has no such segment.
    #[inline]
    pub fn grammar(&self, segment: usize) -> Grammar {
        self.lemmas.grammar(segment)
    }

    /// How many segments the text has.
    pub fn len(&self) -> usize {
        self.pos.len()
    }

    /// Whether the text has no segment.
    pub fn is_empty(&self) -> bool {
        self.pos.is_empty()
    }
}

/// Reads a segmented text.
///
/// # Errors
/// [`ErrorKind::Model`](crate::ErrorKind::Model) where an embedded file is damaged.
///
/// ```
/// use khabar::morph::{self, Pos};
/// use khabar::segment::segment;
/// let cut = segment("وأعلن الوزير استقالته")?;
/// let words = morph::read(&cut)?;
/// let found: Vec<_> = (0..words.len()).map(|i| (cut.surface(cut.segments[i].span), words.pos(i))).collect();
/// assert_eq!(found[..3], [("و", Pos::Cconj), ("أعلن", Pos::Verb), ("الوزير", Pos::Noun)]);
/// let lemmas: Vec<_> = (0..words.len()).map(|i| words.lemma(i)).collect();
/// assert_eq!(lemmas, ["و", "أعلن", "وزير", "استقالة", "هو"]);
/// # Ok::<(), khabar::Error>(())
/// ```
pub fn read(segmentation: &Segmentation<'_>) -> Result<Words> {
    let pos = tag(segmentation)?;
    let lemmas = Lemmatizer::shipped()?.lemmas(segmentation, &pos);
    Ok(Words { pos, lemmas })
}

/// The part of speech (Universal Dependencies) of each segment of a text, in their order.
///
/// # Errors
/// [`ErrorKind::Model`](crate::ErrorKind::Model) where an embedded file is damaged.
///
/// ```
/// use khabar::morph::{self, Pos};
/// let cut = khabar::segment::segment("في طرابلس.")?;
/// assert_eq!(morph::tag(&cut)?, [Pos::Adp, Pos::Propn, Pos::Punct]);
/// # Ok::<(), khabar::Error>(())
/// ```
pub fn tag(segmentation: &Segmentation<'_>) -> Result<Vec<Pos>> {
    Ok(Tagger::shipped()?.tag(segmentation))
}
