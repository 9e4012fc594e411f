//! What grammar says of the words of a text, in context.

use super::Pos;
use super::tagger::Tagger;
use crate::error::Result;
use crate::segment::Segmentation;

/// What grammar says of each segment of a text; made by [`read`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pos: Vec<Pos>,
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
/// # Ok::<(), khabar::Error>(())
/// ```
pub fn read(segmentation: &Segmentation<'_>) -> Result<Words> {
    Ok(Words { pos: tag(segmentation)? })
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
