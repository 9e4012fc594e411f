//! Annotated columns: a token a line, its label in the last column, a blank line after each sentence.

use std::ops::Range;

use crate::error::{Error, ErrorKind, Result};
use crate::span::{Bytes, Span};

/// What a label says of a token: its place in an entity, and the entity's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    place: Place,
    kind: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Outside,
    Begins,
    Inside,
    Ends,
    Single,
}

impl Label {
    /// The label of tokens outside all entities.
    pub const OUTSIDE: Self = Self { place: Place::Outside, kind: 0 };

    /// Reads `O`, or a place (`B` begins, `I` inside, `E` or `L` ends, `S` or `U` alone), a hyphen and a type, which is added to
    /// `types` where it is new. None where it is neither.
    fn read(label: &str, types: &mut Vec<String>) -> Option<Self> {
        if label == "O" {
            return Some(Self::OUTSIDE);
        }
        let (place, name) = label.split_once('-').filter(|parts| !parts.1.is_empty())?;
        let place = match place {
            "B" => Place::Begins,
            "I" => Place::Inside,
            "E" | "L" => Place::Ends,
            "S" | "U" => Place::Single,
            _ => return None,
        };
        let kind = types.iter().position(|known| known == name).unwrap_or_else(|| {
            types.push(name.to_owned());
            types.len() - 1
        });
        Some(Self { place, kind })
    }
}

/// An entity: tokens of a sentence, and its type as an index of the file's types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// The tokens.
    pub tokens: Range<usize>,
    /// The type.
    pub kind: usize,
}

/// The entities that labels of one sentence stand for, read as `conlleval` and `seqeval` (not strict) do: an entity begins where
/// one is told to begin, or where the type changes, and ends before the next or outside.
pub fn entities(labels: &[Label]) -> Vec<Entity> {
    use Place::{Begins, Ends, Inside, Outside, Single};
    let mut found = Vec::new();
    let mut before = Label::OUTSIDE;
    let mut start = 0;
    for (i, &label) in labels.iter().chain([&Label::OUTSIDE]).enumerate() {
        let changes = before.place == Outside || label.place == Outside || before.kind != label.kind;
        let ends = changes || matches!(before.place, Ends | Single) || matches!(label.place, Begins | Single);
        if ends && before.place != Outside {
            found.push(Entity { tokens: start..i, kind: before.kind });
        }
        let begins = matches!(label.place, Begins | Single | Inside | Ends);
        if ends && begins {
            start = i;
        }
        before = label;
    }
    found
}

/// A sentence: its tokens as bytes of the document's text, and their labels (none in a file of tokens alone).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The tokens.
    pub tokens: Vec<Span<Bytes>>,
    /// A label for each token.
    pub labels: Vec<Label>,
}

/// Sentences that are read together: what one says of a name holds in the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The tokens, spaces between them and a line feed after each sentence.
    pub text: String,
    /// The sentences.
    pub sentences: Vec<Sentence>,
}

impl Document {
    /// Adds a sentence of tokens with their labels.
    pub fn push<'t>(&mut self, tokens: impl Iterator<Item = &'t str>, labels: Vec<Label>) {
        let mut spans = Vec::new();
        for token in tokens {
            let start = self.text.len();
            self.text.push_str(token);
            spans.push(Span::of(start, self.text.len()));
            self.text.push(' ');
        }
        self.text.push('\n');
        self.sentences.push(Sentence { tokens: spans, labels });
    }
}

/// Sentences that are taken for a document where the file tells of none: neighbours mostly come from one article.
const NEIGHBOURS: usize = 30;

/// Sentences on their way into documents.
#[derive(Default)]
struct Documents {
    all: Vec<Document>,
    /// Whether the file tells where documents begin.
    told: bool,
}

impl Documents {
    /// Ends a document.
    fn cut(&mut self) {
        self.told = true;
        self.all.push(Document::default());
    }

    /// Adds a sentence.
    fn push<'t>(&mut self, tokens: impl Iterator<Item = &'t str>, labels: Vec<Label>) {
        let full = |document: &Document| !self.told && document.sentences.len() >= NEIGHBOURS;
        if self.all.last().is_none_or(full) {
            self.all.push(Document::default());
        }
        if let Some(last) = self.all.last_mut() {
            last.push(tokens, labels);
        }
    }

    /// The documents, in order; empty ones are left out.
    fn into_documents(self) -> Vec<Document> {
        self.all.into_iter().filter(|d| !d.sentences.is_empty()).collect()
    }
}
/// Reads an annotated file: the token is the first column, the label the last; columns are parted by tabs or, in lines without
/// one, by spaces. A line that begins with `-DOCSTART-` parts documents; where there is none, neighbouring sentences are taken for
/// one. Types are numbered by `types`, to which new ones are added; `labelled` tells whether there must be labels.
///
/// # Errors
/// [`ErrorKind::Argument`], with `name` and the number of the line, where a label is missing or none.
pub fn read(content: &str, name: &str, labelled: bool, types: &mut Vec<String>) -> Result<Vec<Document>> {
    let mut documents = Documents::default();
    let (mut tokens, mut labels): (Vec<&str>, Vec<Label>) = (Vec::new(), Vec::new());
    for (number, line) in content.trim_start_matches('\u{FEFF}').lines().chain([""]).enumerate() {
        let bad = |what: String| Error::new(ErrorKind::Argument, format!("{name}: line {}: {what}", number + 1));
        let starts = line.starts_with("-DOCSTART-");
        if line.trim().is_empty() || starts {
            if !tokens.is_empty() {
                documents.push(tokens.drain(..), std::mem::take(&mut labels));
            }
            if starts {
                documents.cut();
            }
            continue;
        }
        let by_tab = line.contains('\t');
        let mut columns = line.split(|c: char| if by_tab { c == '\t' } else { c.is_whitespace() }).map(str::trim);
        let token = columns.next().unwrap_or_default();
        if token.is_empty() {
            return Err(bad("no token in its first column".to_owned()));
        }
        if labelled {
            let label = columns.rfind(|c| !c.is_empty());
            let label = label.ok_or_else(|| bad("no label after the token".to_owned()))?;
            let read = Label::read(label, types);
            labels.push(read.ok_or_else(|| bad(format!("{label:?} is no label; O, B-TYPE or I-TYPE expected")))?);
        }
        tokens.push(token);
    }
    Ok(documents.into_documents())
}

/// The labels of a sentence of `tokens` tokens with entities of `types`: `O`, `B-TYPE`, `I-TYPE`.
pub fn labels(entities: &[Entity], tokens: usize, types: &[String]) -> Vec<String> {
    let mut labels = vec!["O".to_owned(); tokens];
    for entity in entities {
        let name = types.get(entity.kind).map_or("", |name| name);
        for (place, label) in labels.iter_mut().take(entity.tokens.end).skip(entity.tokens.start).enumerate() {
            *label = format!("{}-{name}", if place == 0 { "B" } else { "I" });
        }
    }
    labels
}
