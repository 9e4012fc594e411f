//! The notation of patterns, read into a tree.
//!
//! | written | stands for |
//! | --- | --- |
//! | `قائد` | a word, or a part of one (`ب`, `ه`), in any spelling that normalizes alike |
//! | `@kin` | one of the words of a class of the file |
//! | `<PERS>`, `<ORG\|GPE tail>`, `<* x>` | a mention of one of the types (of any), kept under a name |
//! | `%number` | a token of a kind: arabic, latin, number, hashtag, handle, url, email, emoji, punctuation |
//! | `~3` | up to three parts of words of the same clause |
//! | `[…]`, `[a \| b]` | what may be missing |
//! | `(a \| b c)` | one of several |
//! | `cue:(…)` | a group kept under a name |
//! | `\x` | the sign x itself |

use std::collections::HashMap;

use crate::mention::MentionType;
use crate::segment::TokenKind;

/// Most captures of a rule.
pub(super) const CAPTURES: usize = 6;
const DEPTH: usize = 8;
const GAP: usize = 20;

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Item {
    /// One of these words, as written in the rule.
    Words(Vec<String>),
    Kind(TokenKind),
    /// A mention whose type is in the mask; kept in a slot.
    Mention(u32, Option<u8>),
    /// Up to so many segments within the clause.
    Gap(u8),
    Optional(Vec<Item>),
    Choice(Vec<Vec<Item>>),
    /// Where the group of a slot begins.
    Open(u8),
    /// Where it ends.
    Close(u8),
}

/// A pattern that was read.
#[derive(Debug, PartialEq)]
pub(super) struct Pattern {
    pub items: Vec<Item>,
    /// Names of the slots; a name may stand for several.
    pub captures: Vec<String>,
}

/// A mistake in a pattern: what, and at which byte of it.
#[derive(Debug, PartialEq)]
pub(super) struct PatternError {
    pub offset: usize,
    pub message: String,
}

/// The bit of a type in the masks of [`Item::Mention`].
pub(super) fn bit(kind: MentionType) -> u32 {
    1 << kind as u32
}

/// Reads a pattern; `classes` gives the words of `@name`.
pub(super) fn parse(pattern: &str, classes: &HashMap<String, Vec<String>>) -> Result<Pattern, PatternError> {
    let mut parser = Parser { text: pattern, at: 0, classes, captures: Vec::new(), depth: 0 };
    let items = parser.sequence()?;
    if parser.peek().is_some() {
        return Err(parser.error("this bracket closes nothing"));
    }
    Ok(Pattern { items, captures: parser.captures })
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    classes: &'a HashMap<String, Vec<String>>,
    captures: Vec<String>,
    depth: usize,
}

const SPECIAL: [char; 12] = ['<', '>', '[', ']', '(', ')', '|', '~', '@', '%', '\\', ':'];

impl Parser<'_> {
    fn error(&self, message: impl Into<String>) -> PatternError {
        PatternError { offset: self.at, message: message.into() }
    }

    fn error_at(&self, offset: usize, message: impl Into<String>) -> PatternError {
        PatternError { offset, message: message.into() }
    }

    /// The next sign that is no white space.
    fn peek(&mut self) -> Option<char> {
        let rest = &self.text[self.at..];
        self.at = self.text.len() - rest.trim_start().len();
        self.text[self.at..].chars().next()
    }

    fn eat(&mut self, sign: char) -> bool {
        let found = self.peek() == Some(sign);
        if found {
            self.at += sign.len_utf8();
        }
        found
    }

    fn expect(&mut self, sign: char, opened: usize) -> Result<(), PatternError> {
        if self.eat(sign) { Ok(()) } else { Err(self.error_at(opened, format!("no '{sign}' closes this bracket"))) }
    }

    /// Letters, digits, `_` and `-` in ASCII.
    fn identifier(&mut self) -> &str {
        let start = self.at;
        let rest = &self.text[start..];
        self.at += rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).unwrap_or(rest.len());
        &self.text[start..self.at]
    }

    fn slot(&mut self, name: String, offset: usize) -> Result<u8, PatternError> {
        if self.captures.len() == CAPTURES {
            return Err(self.error_at(offset, format!("a rule keeps at most {CAPTURES} parts")));
        }
        self.captures.push(name);
        Ok(self.captures.len() as u8 - 1)
    }

    fn sequence(&mut self) -> Result<Vec<Item>, PatternError> {
        if self.depth == DEPTH {
            return Err(self.error(format!("brackets are nested deeper than {DEPTH}")));
        }
        self.depth += 1;
        let mut items = Vec::new();
        while let Some(sign) = self.peek() {
            match sign {
                ']' | ')' | '|' => break,
                _ => self.item(sign, &mut items)?,
            }
        }
        self.depth -= 1;
        Ok(items)
    }

    fn item(&mut self, sign: char, items: &mut Vec<Item>) -> Result<(), PatternError> {
        let start = self.at;
        match sign {
            '<' => items.push(self.mention()?),
            '[' => {
                let inner = self.choice(']')?;
                items.push(Item::Optional(vec![inner]));
            }
            '(' => items.push(self.choice(')')?),
            '~' => {
                self.at += 1;
                let count = self.identifier().parse::<usize>().ok().filter(|n| (1..=GAP).contains(n));
                let count = count.ok_or_else(|| self.error_at(start, format!("~ takes a number from 1 to {GAP}")))?;
                items.push(Item::Gap(count as u8));
            }
            '@' => {
                self.at += 1;
                let name = self.identifier().to_owned();
                let words = self
                    .classes
                    .get(&name)
                    .ok_or_else(|| self.error_at(start, format!("no class is named '{name}'")))?;
                items.push(class(words));
            }
            '%' => {
                self.at += 1;
                let name = self.identifier().to_owned();
                let kind = name.parse().map_err(|_| self.error_at(start, format!("no token is of kind '{name}'")))?;
                items.push(Item::Kind(kind));
            }
            '>' => return Err(self.error("this bracket closes nothing")),
            _ => {
                let word = self.word();
                if self.text[self.at..].starts_with(":(") && !word.is_empty() {
                    if !word.is_ascii() {
                        return Err(self.error_at(start, "names of groups are written in ASCII"));
                    }
                    self.at += 1;
                    let slot = self.slot(word, start)?;
                    let group = self.choice(')')?;
                    items.push(Item::Open(slot));
                    items.push(group);
                    items.push(Item::Close(slot));
                } else if word.is_empty() {
                    // A lone ':' is the sign itself.
                    self.at += sign.len_utf8();
                    items.push(Item::Words(vec![sign.to_string()]));
                } else {
                    items.push(Item::Words(vec![word]));
                }
            }
        }
        Ok(())
    }

    fn word(&mut self) -> String {
        let mut word = String::new();
        let mut signs = self.text[self.at..].char_indices();
        let mut end = self.text.len();
        while let Some((i, sign)) = signs.next() {
            if sign == '\\' {
                word.extend(signs.next().map(|(_, escaped)| escaped));
            } else if sign.is_whitespace() || SPECIAL.contains(&sign) {
                end = self.at + i;
                break;
            } else {
                word.push(sign);
            }
        }
        self.at = end;
        word
    }

    fn mention(&mut self) -> Result<Item, PatternError> {
        let opened = self.at;
        self.at += 1;
        let mut mask = 0;
        loop {
            if self.eat('*') {
                mask |= MentionType::ALL.iter().fold(0, |mask, &kind| mask | bit(kind));
            } else {
                self.peek();
                let start = self.at;
                let name = self.identifier().to_owned();
                let kind = name
                    .parse()
                    .map_err(|_| self.error_at(start, format!("'{name}' is no type of mention (PERS, ORG, …)")))?;
                mask |= bit(kind);
            }
            if !self.eat('|') {
                break;
            }
        }
        self.peek();
        let start = self.at;
        let name = self.identifier().to_owned();
        let slot = if name.is_empty() { None } else { Some(self.slot(name, start)?) };
        self.expect('>', opened)?;
        Ok(Item::Mention(mask, slot))
    }

    fn choice(&mut self, close: char) -> Result<Item, PatternError> {
        let opened = self.at;
        self.at += 1;
        let mut ways = vec![self.sequence()?];
        while self.eat('|') {
            ways.push(self.sequence()?);
        }
        self.expect(close, opened)?;
        if ways.iter().any(Vec::is_empty) {
            return Err(self.error_at(opened, "one of the alternatives is empty: write […] for what may be missing"));
        }
        Ok(simplify(ways))
    }
}

/// A choice between single words is one item.
fn simplify(ways: Vec<Vec<Item>>) -> Item {
    let single = |way: &Vec<Item>| matches!(way.as_slice(), [Item::Words(_)]);
    if !ways.iter().all(single) {
        return Item::Choice(ways);
    }
    let words = ways.into_iter().flatten().flat_map(|item| match item {
        Item::Words(words) => words,
        _ => Vec::new(),
    });
    Item::Words(words.collect())
}

fn class(entries: &[String]) -> Item {
    let way = |entry: &String| entry.split_whitespace().map(|w| Item::Words(vec![w.to_owned()])).collect();
    simplify(entries.iter().map(way).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pattern: &str) -> Result<Pattern, PatternError> {
        parse(pattern, &HashMap::from([("kin".to_owned(), vec!["نجل".to_owned(), "ابن عم".to_owned()])]))
    }

    #[test]
    fn reads_every_notation() {
        let pattern = read("<PERS head> [،] ~3 (نجل|شقيق) cue:(و %number) @kin <ORG|GPE tail>").unwrap();
        assert_eq!(pattern.captures, ["head", "cue", "tail"]);
        assert_eq!(pattern.items.len(), 9);
        assert_eq!(pattern.items[3], Item::Words(vec!["نجل".into(), "شقيق".into()]));
    }

    #[test]
    fn mistakes_have_a_place() {
        for (pattern, offset) in
            [("<PRES x>", 1), ("[ا", 0), ("ا)", 2), ("~0 ا", 0), ("ا @none", 3), ("(ا|)", 0), ("ا >", 3)]
        {
            assert_eq!(read(pattern).unwrap_err().offset, offset, "{pattern}");
        }
        assert!(read(&"[".repeat(100)).is_err());
    }
}
