//! Examples of rules, with their mentions marked in the text: `زار [GPE مصر] [OCC وزير خارجية [GPE ليبيا]]`.

use std::collections::BTreeMap;

use super::{Match, Rule, Rules};
use crate::mention::{Mention, MentionType};
use crate::segment::{Segmentation, segment};
use crate::span::{Bytes, Segments, Span};

/// An example.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The text without marks.
    pub text: String,
    /// Its mentions, in text order, longer ones first.
    pub mentions: Vec<(MentionType, Span<Bytes>)>,
    /// What the rule must keep under a name.
    pub captures: BTreeMap<String, String>,
    /// Line of the file.
    pub line: u32,
}

/// A text and its mentions.
pub type Marked = (String, Vec<(MentionType, Span<Bytes>)>);

/// Takes the marks `[TYPE …]` out of a text.
///
/// # Errors
/// Byte offset and message where a bracket is not closed or opened, or no type follows it.
///
/// ```
/// let (text, mentions) = khabar::rule::parse_marked("زار [GPE تونس]").unwrap();
/// assert_eq!(text, "زار تونس");
/// assert_eq!(&text[mentions[0].1.range()], "تونس");
/// ```
pub fn parse_marked(marked: &str) -> Result<Marked, (usize, String)> {
    let mut text = String::with_capacity(marked.len());
    let mut mentions: Vec<(MentionType, Span<Bytes>)> = Vec::new();
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut rest = marked;
    while let Some(at) = rest.find(['[', ']']) {
        text.push_str(&rest[..at]);
        let offset = marked.len() - rest.len() + at;
        if rest[at..].starts_with('[') {
            let (name, after) =
                rest[at + 1..].split_once(' ').ok_or((offset, "no type follows the bracket".to_owned()))?;
            let kind = name.parse().map_err(|_| (offset + 1, format!("'{name}' is no type of mention")))?;
            open.push((mentions.len(), offset));
            mentions.push((kind, Span::of(text.len(), text.len())));
            rest = after;
        } else {
            let (index, _) = open.pop().ok_or((offset, "this bracket closes nothing".to_owned()))?;
            mentions[index].1 = Span::of(mentions[index].1.start as usize, text.len());
            rest = &rest[at + 1..];
        }
    }
    if let Some((_, offset)) = open.pop() {
        return Err((offset, "nothing closes this bracket".to_owned()));
    }
    text.push_str(rest);
    Ok((text, mentions))
}

impl Example {
    /// The example's mentions on its segmented text. A mention whose border lies inside a segment covers that segment.
    pub fn mentions_in(&self, segmentation: &Segmentation<'_>) -> Vec<Mention> {
        let segments = &segmentation.segments;
        let place = |&(kind, span): &(MentionType, Span<Bytes>)| {
            let start = segments.partition_point(|s| s.span.end <= span.start);
            let end = segments.partition_point(|s| s.span.start < span.end);
            let segments: Span<Segments> = Span::of(start, end);
            Mention { span, segments, kind, value: None, entity: None, confidence: None }
        };
        self.mentions.iter().map(place).collect()
    }
}

impl Rules {
    /// Tries the rules on their own examples; gives a line for each that does not come out as it should.
    pub fn check(&self) -> Vec<String> {
        let mut failures = Vec::new();
        for (number, rule) in self.rules().iter().enumerate() {
            for (example, wanted) in
                rule.matches.iter().map(|e| (e, true)).chain(rule.rejects.iter().map(|e| (e, false)))
            {
                let mut fail = |what: String| {
                    failures.push(format!("line {}, rule {}: {what}: {}", example.line, rule.name, example.text))
                };
                let Ok(segmentation) = segment(&example.text) else {
                    fail("cannot be read".to_owned());
                    continue;
                };
                let mut found = self.find(&segmentation, &example.mentions_in(&segmentation));
                found.retain(|m| m.rule as usize == number);
                match (found.as_slice(), wanted) {
                    ([], true) => fail("does not match".to_owned()),
                    ([_, ..], false) => fail("matches".to_owned()),
                    (found, true) if !found.iter().any(|m| keeps(rule, m, example, &segmentation)) => {
                        fail(format!("keeps {}", kept(rule, found, &segmentation)));
                    }
                    _ => {}
                }
            }
        }
        failures
    }
}

fn keeps(rule: &Rule, found: &Match, example: &Example, segmentation: &Segmentation<'_>) -> bool {
    example.captures.iter().all(|(name, text)| {
        found.captured(rule, name).any(|c| segmentation.surface(segmentation.bytes(c.segments)) == text)
    })
}

fn kept(rule: &Rule, found: &[Match], segmentation: &Segmentation<'_>) -> String {
    let one = |m: &Match| {
        let parts = rule.captures.iter().map(|name| {
            let texts = m.captured(rule, name).map(|c| segmentation.surface(segmentation.bytes(c.segments)));
            format!("{name}={}", texts.collect::<Vec<_>>().join("|"))
        });
        parts.collect::<Vec<_>>().join(" ")
    };
    found.iter().map(one).collect::<Vec<_>>().join("; ")
}
