//! Files of rules: TOML, with mistakes told by line and column.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::pattern::{self, Pattern};
use super::{Example, Rule};
use crate::error::{Error, ErrorKind, Result};

/// A rule as read, not yet compiled.
pub(super) struct Draft<'s> {
    pub rule: Rule,
    pub pattern: Pattern,
    place: Place<'s>,
    offset: usize,
}

impl Draft<'_> {
    /// An error that points to the rule's pattern.
    pub fn error(&self, message: impl Into<String>) -> Error {
        self.place.error(self.offset, message)
    }
}

/// A file, for messages.
#[derive(Clone, Copy)]
pub(super) struct Place<'s> {
    name: &'s str,
    source: &'s str,
}

impl Place<'_> {
    fn error(&self, offset: usize, message: impl Into<String>) -> Error {
        let before = self.source.get(..offset).unwrap_or(self.source);
        let line = before.matches('\n').count() + 1;
        let column = before[before.rfind('\n').map_or(0, |i| i + 1)..].chars().count() + 1;
        Error::new(ErrorKind::Rule, format!("{}:{line}:{column}: {}", self.name, message.into()))
    }
}

type Value<'i> = Spanned<DeValue<'i>>;

/// Reads a file.
pub(super) fn read<'s>(name: &'s str, source: &'s str) -> Result<Vec<Draft<'s>>> {
    let place = Place { name, source };
    let table = DeTable::parse(source)
        .map_err(|e| place.error(e.span().map_or(0, |s| s.start), e.message().lines().next().unwrap_or("not TOML")))?;
    let mut classes = HashMap::new();
    let mut rules: &[Value<'_>] = &[];
    for (key, value) in table.get_ref() {
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("classes", DeValue::Table(entries)) => read_classes(place, entries, &mut classes)?,
            ("rule", DeValue::Array(array)) => rules = array,
            ("classes" | "rule", _) => {
                return Err(place.error(key.span().start, "classes is a table, rule an array of tables"));
            }
            (other, _) => return Err(place.error(key.span().start, format!("'{other}' is neither classes nor rule"))),
        }
    }
    rules.iter().map(|rule| read_rule(place, rule, &classes)).collect()
}

fn read_classes(place: Place<'_>, entries: &DeTable<'_>, classes: &mut HashMap<String, Vec<String>>) -> Result<()> {
    for (key, value) in entries {
        let words = strings(place, value)?;
        if words.is_empty() || words.iter().any(|w| w.trim().is_empty()) {
            return Err(place.error(value.span().start, "a class needs words"));
        }
        classes.insert(key.get_ref().to_string(), words);
    }
    Ok(())
}

fn text<'v>(place: Place<'_>, value: &'v Value<'_>) -> Result<&'v str> {
    value.get_ref().as_str().ok_or_else(|| place.error(value.span().start, "a string belongs here"))
}

fn array<'v, 'i>(place: Place<'_>, value: &'v Value<'i>) -> Result<&'v [Value<'i>]> {
    let array = value.get_ref().as_array().ok_or_else(|| place.error(value.span().start, "a list belongs here"))?;
    Ok(array)
}

fn strings(place: Place<'_>, value: &Value<'_>) -> Result<Vec<String>> {
    array(place, value)?.iter().map(|v| text(place, v).map(str::to_owned)).collect()
}

fn read_rule<'s>(place: Place<'s>, rule: &Value<'_>, classes: &HashMap<String, Vec<String>>) -> Result<Draft<'s>> {
    let start = rule.span().start;
    let table = rule.get_ref().as_table().ok_or_else(|| place.error(start, "a rule is a table"))?;
    let known = ["name", "pattern", "yields", "match", "reject"];
    for key in table.keys() {
        if !known.contains(&key.get_ref().as_ref()) {
            return Err(
                place.error(key.span().start, format!("a rule has no '{}' (but {})", key.get_ref(), known.join(", ")))
            );
        }
    }
    let need = |key: &str| {
        table.get(&*Cow::Borrowed(key)).ok_or_else(|| place.error(start, format!("this rule has no '{key}'")))
    };
    let name = text(place, need("name")?)?.to_owned();
    let value = need("pattern")?;
    let offset = value.span().start;
    let written = text(place, value)?;
    let pattern = pattern::parse(written, classes)
        .map_err(|e| place.error(offset + quotes(place.source, value.span()) + e.offset, e.message))?;
    let mut yields = BTreeMap::new();
    let value = need("yields")?;
    let entries = value.get_ref().as_table().ok_or_else(|| place.error(value.span().start, "a table belongs here"))?;
    for (key, value) in entries {
        yields.insert(key.get_ref().to_string(), text(place, value)?.to_owned());
    }
    let examples = |key: &str| {
        let value = need(key)?;
        let examples =
            array(place, value)?.iter().map(|v| read_example(place, v, &pattern)).collect::<Result<Vec<_>>>()?;
        if examples.is_empty() {
            return Err(place.error(value.span().start, format!("a rule needs at least one '{key}' example")));
        }
        Ok(examples)
    };
    let (matches, rejects) = (examples("match")?, examples("reject")?);
    let captures = pattern.captures.clone();
    let rule = Rule { name, yields, captures, matches, rejects, variants: Vec::new() };
    Ok(Draft { rule, pattern, place, offset })
}

/// Length of the quotation marks before a string's text.
fn quotes(source: &str, span: Range<usize>) -> usize {
    let written = source.get(span).unwrap_or_default();
    if written.starts_with("\"\"\"") || written.starts_with("'''") { 3 } else { 1 }
}

fn read_example(place: Place<'_>, value: &Value<'_>, pattern: &Pattern) -> Result<Example> {
    let start = value.span().start;
    let mut captures = BTreeMap::new();
    let (marked, at) = match value.get_ref() {
        DeValue::Table(table) => {
            let mut marked = None;
            for (key, value) in table {
                if key.get_ref().as_ref() == "text" {
                    marked = Some((text(place, value)?, value.span()));
                } else if pattern.captures.iter().any(|c| c.as_str() == key.get_ref().as_ref()) {
                    captures.insert(key.get_ref().to_string(), text(place, value)?.to_owned());
                } else {
                    return Err(
                        place.error(key.span().start, format!("the pattern keeps nothing as '{}'", key.get_ref()))
                    );
                }
            }
            marked.ok_or_else(|| place.error(start, "this example has no 'text'"))?
        }
        _ => (text(place, value)?, value.span()),
    };
    let line = place.source[..start].matches('\n').count() as u32 + 1;
    let parsed = super::parse_marked(marked);
    let (text, mentions) = parsed
        .map_err(|(offset, message)| place.error(at.start + quotes(place.source, at.clone()) + offset, message))?;
    Ok(Example { text, mentions, captures, line })
}
