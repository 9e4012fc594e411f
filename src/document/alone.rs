//! Each stage alone, from a text, by the names that they have in Python.
//!
//! Relations, events and quotations name entities by their ids, and events name times by the indices of mentions. So the `find_…`
//! functions give a [`Document`] with the list that was asked for and the mentions and entities; what else is in it was
//! needed on the way, or is empty.

use super::{Analyzer, Context, Document, Wanted};
use crate::error::Result;
use crate::model::Model;
use crate::number::{self, Number};
use crate::segment;
use crate::time::{self, DocumentDate, TimeExpression};

impl Analyzer {
    /// The mentions and entities of a text.
    ///
    /// # Errors
    /// As [`Analyzer::analyze`].
    pub fn find_mentions<'t>(&self, text: &'t str, context: Context) -> Result<Document<'t>> {
        self.analyze_for(text, context, Wanted::ENTITIES)
    }

    /// The relations of a text, with its entities.
    ///
    /// # Errors
    /// As [`Analyzer::analyze`].
    pub fn find_relations<'t>(&self, text: &'t str, context: Context) -> Result<Document<'t>> {
        self.analyze_for(text, context, Wanted { relations: true, ..Wanted::ENTITIES })
    }

    /// The events of a text, with its entities, and the quotations that tell who says so.
    ///
    /// # Errors
    /// As [`Analyzer::analyze`].
    pub fn find_events<'t>(&self, text: &'t str, context: Context) -> Result<Document<'t>> {
        self.analyze_for(text, context, Wanted { events: true, ..Wanted::ENTITIES })
    }

    /// The quotations of a text, with its entities.
    ///
    /// # Errors
    /// As [`Analyzer::analyze`].
    pub fn find_quotes<'t>(&self, text: &'t str, context: Context) -> Result<Document<'t>> {
        self.analyze_for(text, context, Wanted { quotes: true, ..Wanted::ENTITIES })
    }
}

/// [`Analyzer::find_mentions`] with the default model.
///
/// # Errors
/// As [`Analyzer::new`] and [`Analyzer::analyze`].
///
/// ```
/// let document = khabar::find_mentions("وصل وزير الخارجية إلى القاهرة.", khabar::Context::default())?;
/// let city = document.mentions.last().unwrap();
/// assert_eq!(document.segmentation.surface(city.span), "القاهرة");
/// # Ok::<(), khabar::Error>(())
/// ```
pub fn find_mentions(text: &str, context: Context) -> Result<Document<'_>> {
    Analyzer::new(Model::default())?.find_mentions(text, context)
}

/// [`Analyzer::find_relations`] with the default model.
///
/// # Errors
/// As [`Analyzer::new`] and [`Analyzer::analyze`].
///
/// ```
/// let document = khabar::find_relations("قال وزير الخارجية المصري سامح شكري كلمة.", khabar::Context::default())?;
/// assert!(document.relations.iter().all(|r| (r.head as usize) < document.entities.len()));
/// # Ok::<(), khabar::Error>(())
/// ```
pub fn find_relations(text: &str, context: Context) -> Result<Document<'_>> {
    Analyzer::new(Model::default())?.find_relations(text, context)
}

/// [`Analyzer::find_events`] with the default model.
///
/// # Errors
/// As [`Analyzer::new`] and [`Analyzer::analyze`].
///
/// ```
/// let document = khabar::find_events("زار الرئيس التونسي قيس سعيد الجزائر أمس.", khabar::Context::default())?;
/// assert!(document.events.iter().all(|e| e.triggers.contains(&e.trigger)));
/// # Ok::<(), khabar::Error>(())
/// ```
pub fn find_events(text: &str, context: Context) -> Result<Document<'_>> {
    Analyzer::new(Model::default())?.find_events(text, context)
}

/// [`Analyzer::find_quotes`] with the default model.
///
/// # Errors
/// As [`Analyzer::new`] and [`Analyzer::analyze`].
///
/// ```
/// let document = khabar::find_quotes("قال محمود عباس: «لن نقبل بهذا القرار».", khabar::Context::default())?;
/// assert_eq!(document.segmentation.surface(document.quotes[0].span), "لن نقبل بهذا القرار");
/// # Ok::<(), khabar::Error>(())
/// ```
pub fn find_quotes(text: &str, context: Context) -> Result<Document<'_>> {
    Analyzer::new(Model::default())?.find_quotes(text, context)
}

/// The numbers of a text; see [`number::parse_numbers`].
///
/// # Errors
/// [`ErrorKind::Text`](crate::ErrorKind::Text) where the text is over 4 GiB.
///
/// ```
/// assert_eq!(khabar::parse_numbers("وصل 1٬200 لاجئ")?[0].value.as_deref(), Some("1200"));
/// # Ok::<(), khabar::Error>(())
/// ```
pub fn parse_numbers(text: &str) -> Result<Vec<Number>> {
    Ok(number::parse_numbers(&segment::segment(text)?))
}

/// The time expressions of a text, relative ones resolved against `date`; see [`time::parse_times`].
///
/// # Errors
/// [`ErrorKind::Text`](crate::ErrorKind::Text) where the text is over 4 GiB.
///
/// ```
/// let times = khabar::parse_times("وصل الوفد أمس", Some("2024-06-15".parse()?))?;
/// assert_eq!(times[0].value, "2024-06-14");
/// # Ok::<(), khabar::Error>(())
/// ```
pub fn parse_times(text: &str, date: Option<DocumentDate>) -> Result<Vec<TimeExpression>> {
    let segmentation = segment::segment(text)?;
    Ok(time::parse_times(&segmentation, &number::parse_numbers(&segmentation), date))
}
