//! The patterns of relations: the rule file, and the forms of `relations.tsv` compiled to rules.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::{RelationType, schema};
use crate::error::{Error, ErrorKind, Result};
use crate::mention::MentionType;
use crate::rule::Rules;

const RULES: &str = include_str!("../data/rules/relation.toml");
const FORMS: &str = include_str!("../data/lexicon/relations.tsv");

/// Rules of relations, with the type that each yields.
#[derive(Debug, Default)]
pub(super) struct Knowledge {
    pub rules: Rules,
    /// One for each rule.
    pub kinds: Vec<RelationType>,
}

impl Knowledge {
    /// The shipped rules, compiled at first use. They are checked by tests, so none are lost here.
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Knowledge> = OnceLock::new();
        SHIPPED.get_or_init(|| Self::compile(RULES, FORMS).unwrap_or_default())
    }

    fn compile(file: &str, forms: &str) -> Result<Self> {
        let mut rules = Rules::parse("rules/relation.toml", file)?;
        let mut kinds = Vec::new();
        for rule in rules.rules() {
            let name = rule.yields.get("relation").map_or("", String::as_str);
            let kind = name.parse().map_err(|_| {
                Error::new(ErrorKind::Rule, format!("rules/relation.toml: rule {} yields no known relation", rule.name))
            })?;
            kinds.push(kind);
        }
        for line in forms.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let mut fields = line.split('\t');
            let (Some(form), Some(name), Some(patterns)) = (fields.next(), fields.next(), fields.next()) else {
                continue;
            };
            let Ok(kind) = name.parse::<RelationType>() else {
                return Err(Error::new(ErrorKind::Rule, format!("relations.tsv: {form}: no relation is named {name}")));
            };
            for pattern in patterns.split('|').filter_map(|written| translate(kind, written)) {
                let yields = BTreeMap::from([("relation".to_owned(), name.to_owned())]);
                rules.add(&format!("{name}:{form}"), &pattern, yields)?;
                kinds.push(kind);
            }
        }
        Ok(Self { rules, kinds })
    }
}

/// A pattern of the list (`رئيس TAIL HEAD`) in the rules' notation; None where it lacks one of the ends, or a word of its own.
fn translate(kind: RelationType, written: &str) -> Option<String> {
    let (heads, tails) = schema::ends(kind);
    let mut pattern = String::new();
    let (mut head, mut tail, mut word, mut slot_before) = (false, false, false, false);
    for item in written.split_whitespace() {
        let slot = match item {
            "HEAD" => {
                head = true;
                format!("<{} head>", names(heads))
            }
            "TAIL" if tails.is_empty() => {
                tail = true;
                "<OCC tail>".to_owned()
            }
            "TAIL" => {
                tail = true;
                format!("<{} tail>", names(tails))
            }
            "HEAD-ADJ" => {
                head = true;
                "<NORP head>".to_owned()
            }
            "TAIL-ADJ" => {
                tail = true;
                "<NORP tail>".to_owned()
            }
            "COUNTRY" | "PLACE" => "<GPE|LOC|FAC>".to_owned(),
            "ORG" | "PARTY" => "<ORG>".to_owned(),
            "PERSON" | "APPOINTER" => "<PERS>".to_owned(),
            "PRODUCT" => "<PRODUCT>".to_owned(),
            "MINISTRY" | "FIELD" => "~3".to_owned(),
            "…" => "~8".to_owned(),
            _ if item.is_ascii() || item.contains("ADV") => return None,
            _ => {
                word = true;
                // In running text لـ and بـ are written without the stroke.
                item.trim_end_matches('\u{0640}').to_owned()
            }
        };
        let is_slot = slot.starts_with('<');
        // A class noun, an adjective or a comma may stand beside an end (رئيس وزراء TAIL السابق، HEAD).
        if !pattern.is_empty() && (is_slot || slot_before) {
            pattern.push_str(if is_slot && slot_before { "~2 [،] " } else { "~2 " });
        }
        pattern.push_str(&slot);
        pattern.push(' ');
        slot_before = is_slot;
    }
    (head && tail && word).then_some(pattern)
}

fn names(types: &[MentionType]) -> String {
    types.iter().map(|t| t.as_str()).collect::<Vec<_>>().join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_shipped_compiles() {
        let knowledge = Knowledge::compile(RULES, FORMS).unwrap();
        assert!(knowledge.kinds.len() > 400, "{} rules", knowledge.kinds.len());
        assert_eq!(knowledge.kinds.len(), knowledge.rules.rules().len());
    }

    #[test]
    fn forms_become_patterns() {
        let pattern = translate(RelationType::LivesIn, " HEAD المقيم بـ TAIL ").unwrap();
        assert_eq!(pattern, "<PERS head> ~2 المقيم ب ~2 <GPE|LOC tail> ");
        assert_eq!(translate(RelationType::ChildOf, "أولاد TAIL"), None);
        assert_eq!(translate(RelationType::SpouseOf, "HEAD TAIL"), None);
    }
}
