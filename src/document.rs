//! The analysis of one text: all stages, one after the other.

mod alone;
mod json;

use std::sync::Arc;

use crate::entity::{self, Entity, Linked};
use crate::error::Result;
use crate::event::{self, Event};
use crate::lexicon::{self, UserLexicon};
use crate::mention::{self, Mention, MentionType};
use crate::model::{self, Model, Scorer};
use crate::morph::{self, Words};
use crate::number::{self, Number};
use crate::quote::{self, Quote};
use crate::relation::{self, Relation};
use crate::segment::{self, Segmentation};
use crate::tagger::Tagger;
use crate::time::{self, DocumentDate, TimeExpression};

pub use alone::{find_events, find_mentions, find_quotes, find_relations, parse_numbers, parse_times};

/// What is known of a text besides its words.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// The user's name for the text.
    pub id: Option<String>,
    /// When it was written; relative time expressions are resolved against it.
    pub date: Option<DocumentDate>,
    /// The medium that printed it.
    pub source: Option<String>,
}

/// The analysis of one text.
pub struct Document<'t> {
    /// What the caller told of the text.
    pub context: Context,
    /// The text, cut into sentences, tokens and segments.
    pub segmentation: Segmentation<'t>,
    /// Part of speech, lemma and grammar of its segments.
    pub words: Words,
    /// Number expressions.
    pub numbers: Vec<Number>,
    /// Time expressions.
    pub times: Vec<TimeExpression>,
    /// Mentions, ordered by start, longer ones first.
    pub mentions: Vec<Mention>,
    /// Entities; `entities[id].id == id`.
    pub entities: Vec<Entity>,
    /// Quotations, in text order.
    pub quotes: Vec<Quote>,
    /// Relations.
    pub relations: Vec<Relation>,
    /// Events, in order of their triggers.
    pub events: Vec<Event>,
}

/// The last stages of an analysis, each of which can be left out: what is not asked for costs nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Quotations; events need them too, to tell who says so.
    pub quotes: bool,
    /// Relations.
    pub relations: bool,
    /// Events.
    pub events: bool,
}

impl Wanted {
    /// Everything.
    pub const ALL: Self = Self { quotes: true, relations: true, events: true };
    /// Mentions and entities alone.
    pub const ENTITIES: Self = Self { quotes: false, relations: false, events: false };
}

/// A configuration of the stages. Cheap to clone; shared between threads.
#[derive(Clone)]
pub struct Analyzer {
    scorer: Arc<dyn Scorer>,
    lexicon: Option<UserLexicon>,
    tagger: Option<Own>,
}

/// A tagger of the user's own, with what becomes of its types.
#[derive(Clone)]
struct Own {
    tagger: Arc<Tagger>,
    kinds: Vec<Option<MentionType>>,
}

impl Analyzer {
    /// An analyzer with a shipped model.
    ///
    /// # Errors
    /// [`ErrorKind::Model`](crate::ErrorKind::Model) where the model's file is damaged.
    pub fn new(model: Model) -> Result<Self> {
        Ok(Self::with(model::scorer(model)?))
    }

    /// An analyzer with a scorer that is not shipped: a freshly trained model that is to be measured.
    ///
    /// ```
    /// use khabar::{Analyzer, Context, model::Linears};
    /// let bare = Analyzer::with(std::sync::Arc::new(Linears::default()));
    /// assert!(bare.analyze("زار الوزير تونس.", Context::default())?.events.is_empty());
    /// # Ok::<(), khabar::Error>(())
    /// ```
    pub fn with(scorer: Arc<dyn Scorer>) -> Self {
        Self { scorer, lexicon: None, tagger: None }
    }

    /// The same with names of the user's, in the place of those that it has.
    #[must_use]
    pub fn with_lexicon(self, lexicon: UserLexicon) -> Self {
        Self { lexicon: Some(lexicon), ..self }
    }

    /// The same with a tagger of the user's own, whose entities are the mentions in place of the model's; times and numbers come from
    /// their stages as before, where no entity of the tagger stands. Each type of the tagger is a mention type by its name or as
    /// `labels` tell; None leaves its entities out.
    ///
    /// # Errors
    /// [`ErrorKind::Argument`](crate::ErrorKind::Argument) where a type is no mention type and `labels` do not tell what it is, or where they
    /// tell of a type that the tagger does not have.
    ///
    /// ```
    /// use khabar::{Analyzer, Context, model::Model, tagger};
    /// let file = "زار O\nالوزير O\nتونس B-LOC\n\nغادر O\nبيروت B-LOC\n\n".repeat(5);
    /// let mut types = Vec::new();
    /// let documents = tagger::conll::read(&file, "file", true, &mut types)?;
    /// let tagger = tagger::train(&documents, types, tagger::Settings::default(), &|| false)?;
    /// let analyzer = Analyzer::new(Model::Fast)?.with_tagger(tagger.into(), &[])?;
    /// let document = analyzer.find_mentions("زار الوزير وتونس", Context::default())?;
    /// assert_eq!(document.segmentation.surface(document.mentions[0].span), "تونس");
    /// # Ok::<(), khabar::Error>(())
    /// ```
    pub fn with_tagger(mut self, tagger: Arc<Tagger>, labels: &[(String, Option<MentionType>)]) -> Result<Self> {
        let kinds = tagger.mention_types(labels)?;
        self.tagger = Some(Own { tagger, kinds });
        Ok(self)
    }

    /// Runs all stages on a text.
    ///
    /// # Errors
    /// [`ErrorKind::Text`](crate::ErrorKind::Text) where the text is over 4 GiB.
    pub fn analyze<'t>(&self, text: &'t str, context: Context) -> Result<Document<'t>> {
        self.analyze_for(text, context, Wanted::ALL)
    }

    /// Runs the stages on a text whose results are wanted; the lists of the others stay empty.
    ///
    /// # Errors
    /// As [`Analyzer::analyze`].
    pub fn analyze_for<'t>(&self, text: &'t str, context: Context, wanted: Wanted) -> Result<Document<'t>> {
        let segmentation = segment::segment(text)?;
        let scorer = &*self.scorer;
        let words = morph::read(&segmentation)?;
        let hits = lexicon::look_up_with(&segmentation, self.lexicon.as_ref());
        let numbers = number::parse_numbers(&segmentation);
        let times = time::parse_times(&segmentation, &numbers, context.date);
        let mut mentions = match &self.tagger {
            Some(Own { tagger, kinds }) => {
                let found = tagger.find(&segmentation, &hits, &numbers, &times)?;
                let known = found.iter().filter_map(|f| Some((f.segments, kinds[f.kind]?, f.confidence)));
                mention::mentions_of(&segmentation, known, &hits, &numbers, &times)
            }
            None => mention::find_mentions(&segmentation, &hits, &numbers, &times, scorer),
        };
        let entities = entity::link(&segmentation, &hits, &mut mentions);
        let linked = Linked {
            segmentation: &segmentation,
            words: &words,
            hits: &hits,
            mentions: &mentions,
            entities: &entities,
        };
        let quotes = if wanted.quotes || wanted.events { quote::find_quotes(linked, scorer) } else { Vec::new() };
        let relations = if wanted.relations { relation::find_relations(linked, scorer) } else { Vec::new() };
        let events = if wanted.events { event::find_events(linked, &quotes, scorer) } else { Vec::new() };
        Ok(Document { context, segmentation, words, numbers, times, mentions, entities, quotes, relations, events })
    }
}

/// Analyses a text with the default model.
///
/// # Errors
/// As [`Analyzer::new`] and [`Analyzer::analyze`].
///
/// ```
/// let context = khabar::Context { date: Some("2024-06-15".parse()?), ..khabar::Context::default() };
/// let document = khabar::analyze("وصل وفد من الأمم المتحدة إلى طرابلس أمس.", context)?;
/// for mention in &document.mentions {
///     println!("{:?} {}", mention.kind, document.segmentation.surface(mention.span));
/// }
/// assert_eq!(document.times[0].value, "2024-06-14");
/// # Ok::<(), khabar::Error>(())
/// ```
pub fn analyze(text: &str, context: Context) -> Result<Document<'_>> {
    Analyzer::new(Model::default())?.analyze(text, context)
}
