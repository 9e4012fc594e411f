//! The user's own names: entries with types and priorities, looked up beside the shipped lists.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use fst::MapBuilder;
use fst::raw::Fst;

use super::fold;
use crate::error::{Error, ErrorKind, Result};
use crate::mention::MentionType;

/// What becomes of an entry where the model sees it differently.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Priority {
    /// The entry wins: mentions that contradict or cross it are dropped.
    #[default]
    Override,
    /// It makes a mention only where there is no other.
    Fill,
    /// It makes no mention: the tagger sees it as it sees the shipped lists, and decides.
    Hint,
}

/// One name of the user's.
///
/// ```
/// use khabar::{lexicon::UserEntry, mention::MentionType};
/// let entry = UserEntry::new("بايكار", MentionType::Org);
/// assert!(entry.name.is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserEntry {
    /// The name as it stands in texts, without clitics.
    pub form: String,
    /// What it names.
    pub kind: MentionType,
    /// What becomes of it where the model sees it differently.
    pub priority: Priority,
    /// The usual name of the thing: the name of its entity. Entries of one type and name are one thing.
    pub name: Option<String>,
    /// The usual name in Latin letters.
    pub latin: Option<String>,
}

impl UserEntry {
    /// An entry that overrides the model and has no other name.
    pub fn new(form: impl Into<String>, kind: MentionType) -> Self {
        Self { form: form.into(), kind, priority: Priority::default(), name: None, latin: None }
    }
}

/// The user's own names, ready to be looked up. Cheap to clone; shared between threads.
///
/// Names match as the shipped ones do: on folded spelling (no marks, one alef, ى as ي, ة as ه, عبد الله as عبدالله, a hyphen as a space), behind
/// clitics (وللشركة has الشركة), on whole words. Posts and adherences (OCC, NORP) match with and without article, other names as they
/// are written. Of two entries with one form the first counts.
#[derive(Clone)]
pub struct UserLexicon(Arc<Inner>);

struct Inner {
    entries: Vec<UserEntry>,
    /// Key → number of the entry + 1.
    fst: Fst<Vec<u8>>,
}

/// The columns of a table of entries, in their order.
const COLUMNS: [&str; 5] = ["form", "type", "priority", "name", "latin"];

impl UserLexicon {
    /// Makes entries ready to be looked up.
    ///
    /// # Errors
    /// [`ErrorKind::Rule`] where a form has nothing to be found by (it is empty, or marks and signs alone); the message names the
    /// entry by its number, from 0.
    ///
    /// ```
    /// use khabar::lexicon::{UserEntry, UserLexicon};
    /// use khabar::mention::MentionType;
    /// use khabar::{Analyzer, Context, model::Model};
    /// let lexicon = UserLexicon::new(vec![UserEntry::new("شركة نسيم", MentionType::Org)])?;
    /// let analyzer = Analyzer::new(Model::Fast)?.with_lexicon(lexicon);
    /// let document = analyzer.analyze("أعلنت وزارة النقل تعاقدها مع شركة نسيم.", Context::default())?;
    /// assert!(document.mentions.iter().any(|m| document.segmentation.surface(m.span) == "شركة نسيم"));
    /// # Ok::<(), khabar::Error>(())
    /// ```
    pub fn new(entries: Vec<UserEntry>) -> Result<Self> {
        Self::named(entries, |number| format!("lexicon[{number}]"))
    }

    /// Reads a table of entries: tab-separated, UTF-8, its first line the names of its columns: `form` and `type`, and where wanted `priority`
    /// (`override`, `fill`, `hint`), `name`, `latin`. Empty lines and lines that begin with `#` are passed over; an empty cell or `-` is nothing.
    ///
    /// # Errors
    /// [`ErrorKind::Io`] where the file cannot be read, [`ErrorKind::Rule`] where it is wrong, with line and column.
    pub fn read(path: &Path) -> Result<Self> {
        let wrong = |e: std::io::Error| Error::new(ErrorKind::Io, format!("{}: {e}", path.display()));
        Self::parse(&std::fs::read_to_string(path).map_err(wrong)?, &path.display().to_string())
    }

    /// [`UserLexicon::read`] from a text; `source` is what errors call it.
    ///
    /// # Errors
    /// [`ErrorKind::Rule`] where the table is wrong, with line and column.
    ///
    /// ```
    /// use khabar::lexicon::{Priority, UserLexicon};
    /// let lexicon = UserLexicon::parse("form\ttype\tpriority\nنسيم\tORG\tfill\n", "names.tsv")?;
    /// assert_eq!(lexicon.entries()[0].priority, Priority::Fill);
    /// let error = UserLexicon::parse("form\ttype\nنسيم\tFIRM\n", "names.tsv").unwrap_err();
    /// assert!(error.to_string().starts_with("names.tsv:2, column type: unknown mention type \"FIRM\""));
    /// # Ok::<(), khabar::Error>(())
    /// ```
    pub fn parse(table: &str, source: &str) -> Result<Self> {
        let table = table.strip_prefix('\u{feff}').unwrap_or(table);
        let mut lines =
            (table.lines().enumerate()).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let (at, head) = lines.next().ok_or_else(|| wrong(source, "there is no line with the names of the columns"))?;
        let place = format!("{source}:{}", at + 1);
        let columns = head.split('\t').map(|c| column(c.trim(), &place)).collect::<Result<Vec<_>>>()?;
        complete(&columns, &place)?;
        let mut numbers = Vec::new();
        let mut entries = Vec::new();
        for (number, line) in lines {
            let place = format!("{source}:{}", number + 1);
            let cells: Vec<&str> = line.split('\t').collect();
            if cells.len() > columns.len() {
                return Err(wrong(
                    &place,
                    &format!("{} columns where the first line names {}", cells.len(), columns.len()),
                ));
            }
            let mut row = [None; COLUMNS.len()];
            columns.iter().zip(cells).for_each(|(&column, cell)| row[column] = Some(cell));
            entries.push(entry(row, &place)?);
            numbers.push(number + 1);
        }
        Self::named(entries, |entry| format!("{source}:{}", numbers[entry]))
    }

    /// Entries out of rows of cells, by the names of their columns.
    ///
    /// # Errors
    /// [`ErrorKind::Rule`] where the columns or a row are wrong, by its number from 0.
    pub fn from_rows<'r>(columns: &[&str], rows: impl IntoIterator<Item = Vec<Option<&'r str>>>) -> Result<Self> {
        let columns = columns.iter().map(|c| column(c, "lexicon")).collect::<Result<Vec<_>>>()?;
        complete(&columns, "lexicon")?;
        let read = |(number, cells): (usize, Vec<Option<&'r str>>)| {
            let mut row = [None; COLUMNS.len()];
            columns.iter().zip(cells).for_each(|(&column, cell)| row[column] = cell);
            entry(row, &format!("lexicon[{number}]"))
        };
        Self::new(rows.into_iter().enumerate().map(read).collect::<Result<_>>()?)
    }

    fn named(entries: Vec<UserEntry>, place: impl Fn(usize) -> String) -> Result<Self> {
        let mut keys: BTreeMap<String, u64> = BTreeMap::new();
        for (number, entry) in entries.iter().enumerate() {
            for form in forms(entry) {
                let key = fold::key(&form);
                if key.is_empty() {
                    return Err(wrong(
                        &format!("{}, column form", place(number)),
                        &format!("nothing to be found by in {:?}", entry.form),
                    ));
                }
                for key in fold::spellings(&key) {
                    keys.entry(key).or_insert(number as u64 + 1);
                }
            }
        }
        let automaton = || {
            let mut builder = MapBuilder::memory();
            keys.iter().try_for_each(|(key, &number)| builder.insert(key, number))?;
            builder.into_inner().and_then(Fst::new)
        };
        let fst = automaton().map_err(|e: fst::Error| Error::new(ErrorKind::Rule, format!("lexicon: {e}")))?;
        Ok(Self(Arc::new(Inner { entries, fst })))
    }

    /// The entries, in the order in which they were given.
    pub fn entries(&self) -> &[UserEntry] {
        &self.0.entries
    }

    pub(super) fn fst(&self) -> &Fst<Vec<u8>> {
        &self.0.fst
    }
}

impl fmt::Debug for UserLexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("UserLexicon").field(&self.0.entries).finish()
    }
}

/// The forms of an entry to be looked up: posts and adherences also with the article that they lack, or without the one that they have.
fn forms(entry: &UserEntry) -> Vec<String> {
    let form = entry.form.trim();
    let mut forms = vec![form.to_owned()];
    let turned = |word: &str| match word.strip_prefix("ال") {
        Some(bare) if bare.chars().count() > 1 => bare.to_owned(),
        _ => format!("ال{word}"),
    };
    if matches!(entry.kind, MentionType::Norp | MentionType::Occ) && form.chars().any(is_arabic) {
        let words: Vec<&str> = form.split_whitespace().collect();
        if let Some((first, rest)) = words.split_first() {
            forms.push([&[&*turned(first)], rest].concat().join(" "));
        }
        // كوري جنوبي is الكوري الجنوبي too; in a post the words after the first keep what they have.
        if entry.kind == MentionType::Norp && words.len() > 1 {
            forms.push(words.iter().map(|w| turned(w)).collect::<Vec<_>>().join(" "));
        }
    }
    forms
}

fn is_arabic(c: char) -> bool {
    ('\u{0621}'..='\u{064A}').contains(&c)
}

fn wrong(place: &str, message: &str) -> Error {
    Error::new(ErrorKind::Rule, format!("{place}: {message}"))
}

/// The place of a column by its name.
fn column(name: &str, place: &str) -> Result<usize> {
    let found = COLUMNS.iter().position(|column| *column == name);
    found.ok_or_else(|| wrong(place, &format!("no column is called {name:?}: there are {}", COLUMNS.join(", "))))
}

/// Whether the columns that no entry can do without are there, and none twice.
fn complete(columns: &[usize], place: &str) -> Result<()> {
    for (number, name) in COLUMNS.iter().enumerate() {
        match columns.iter().filter(|&&c| c == number).count() {
            0 if number < 2 => return Err(wrong(place, &format!("a column {name:?} is needed"))),
            0 | 1 => {}
            _ => return Err(wrong(place, &format!("the column {name:?} is there twice"))),
        }
    }
    Ok(())
}

/// An entry out of the cells of a row.
fn entry(row: [Option<&str>; COLUMNS.len()], place: &str) -> Result<UserEntry> {
    let cells = row.map(|cell| cell.map(str::trim).filter(|cell| !cell.is_empty() && *cell != "-"));
    let needed = |at: usize| cells[at].ok_or_else(|| wrong(&format!("{place}, column {}", COLUMNS[at]), "it is empty"));
    let in_column = |at: usize, message: &str| wrong(&format!("{place}, column {}", COLUMNS[at]), message);
    let kind = needed(1)?.parse::<MentionType>().map_err(|e| in_column(1, &e.to_string()))?;
    let priority =
        cells[2].map_or(Ok(Priority::default()), str::parse).map_err(|e: Error| in_column(2, &e.to_string()))?;
    Ok(UserEntry {
        form: needed(0)?.to_owned(),
        kind,
        priority,
        name: cells[3].map(str::to_owned),
        latin: cells[4].map(str::to_owned),
    })
}
