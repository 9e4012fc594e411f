//! Linking within a document, on mentions that the cases mark.

use std::collections::HashMap;

use khabar::entity::{self, Entity};
use khabar::lexicon;
use khabar::mention::{Mention, MentionType};
use khabar::rule::parse_marked;
use khabar::segment::segment;
use proptest::prelude::*;
use serde::Deserialize;

#[path = "common/marked.rs"]
mod marked;

use marked::mention;

#[derive(Deserialize)]
struct Fixtures {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    input: String,
    #[serde(default)]
    same: Vec<Vec<String>>,
    #[serde(default)]
    apart: Vec<Vec<String>>,
    #[serde(default)]
    none: Vec<String>,
    #[serde(default)]
    entities: Vec<Facts>,
}

#[derive(Deserialize)]
struct Facts {
    of: String,
    name: Option<String>,
    r#type: Option<MentionType>,
    latin: Option<String>,
    country: Option<String>,
    titles: Option<Vec<String>>,
}

fn check(case: &Case, names: &HashMap<String, Option<u32>>, entities: &[Entity]) {
    let of = |name: &String| *names.get(name).unwrap_or_else(|| panic!("{}: no mention {name}", case.name));
    let entity = |name: &String| of(name).unwrap_or_else(|| panic!("{}: {name} has no entity", case.name));
    for group in &case.same {
        let ids: Vec<u32> = group.iter().map(entity).collect();
        assert!(ids.windows(2).all(|w| w[0] == w[1]), "{}: {group:?} are {ids:?}", case.name);
    }
    for group in &case.apart {
        let mut ids: Vec<u32> = group.iter().map(entity).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), group.len(), "{}: {group:?} share an entity", case.name);
    }
    for name in &case.none {
        assert_eq!(of(name), None, "{}: {name}", case.name);
    }
    for facts in &case.entities {
        let found = &entities[entity(&facts.of) as usize];
        let told = |what: &str| format!("{}: {what} of {}", case.name, facts.of);
        assert!(facts.name.as_ref().is_none_or(|n| *n == found.name), "{}: {}", told("name"), found.name);
        assert!(facts.r#type.is_none_or(|t| t == found.kind), "{}: {:?}", told("type"), found.kind);
        assert!(facts.latin.is_none() || facts.latin == found.latin, "{}: {:?}", told("latin"), found.latin);
        assert!(facts.country.is_none() || facts.country == found.country, "{}: {:?}", told("country"), found.country);
        assert!(facts.titles.as_ref().is_none_or(|t| *t == found.titles), "{}: {:?}", told("titles"), found.titles);
    }
}

#[test]
fn cases() {
    let fixtures: Fixtures = toml::from_str(include_str!("cases/entity.toml")).expect("fixtures are valid TOML");
    for case in &fixtures.case {
        let (text, marks) = parse_marked(&case.input).expect(&case.name);
        let segmentation = segment(&text).expect("a short text");
        let hits = lexicon::look_up(&segmentation);
        let mut mentions = marked::mentions(&segmentation, &marks);
        let entities = entity::link(&segmentation, &hits, &mut mentions);
        let mut names = HashMap::new();
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for mention in &mentions {
            let surface = segmentation.surface(mention.span);
            let count = seen.entry(surface).or_default();
            *count += 1;
            let name = if *count == 1 { surface.to_owned() } else { format!("{surface}#{count}") };
            names.insert(name, mention.entity);
        }
        check(case, &names, &entities);
    }
}

const KINDS: [MentionType; 6] =
    [MentionType::Pers, MentionType::Norp, MentionType::Occ, MentionType::Org, MentionType::Gpe, MentionType::Date];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Any spans of any text can be linked, and what comes out agrees with itself.
    #[test]
    fn links_anything(words in prop::collection::vec("[ابنلمورعدهتيةأى]{1,6}|[a-z(،.٣]{1,3}|عبد|بن|الرئيس|ليبي|لل|آل|😀", 1..40),
                      marks in prop::collection::vec((0usize..40, 0usize..3, 0usize..6), 0..20)) {
        let text = words.join(" ");
        let segmentation = segment(&text).unwrap();
        let hits = lexicon::look_up(&segmentation);
        let mut mentions: Vec<Mention> = marks
            .iter()
            .filter(|(start, len, _)| start + len < segmentation.tokens.len())
            .map(|&(start, len, kind)| {
                let span = segmentation.tokens[start].span.join(segmentation.tokens[start + len].span);
                mention(&segmentation, KINDS[kind], span)
            })
            .collect();
        mentions.sort_by_key(|m| (m.span.start, u32::MAX - m.span.end));
        let entities = entity::link(&segmentation, &hits, &mut mentions);
        for (id, entity) in entities.iter().enumerate() {
            prop_assert_eq!(entity.id as usize, id);
            prop_assert!(!entity.name.is_empty() || entity.mentions.iter().all(|&m| mentions[m as usize].span.is_empty()));
            for &m in &entity.mentions {
                prop_assert_eq!(mentions[m as usize].entity, Some(id as u32));
            }
        }
        for mention in &mentions {
            prop_assert!(mention.entity.is_none_or(|e| (e as usize) < entities.len()));
            prop_assert!(mention.entity.is_some() || !matches!(mention.kind, MentionType::Pers | MentionType::Org | MentionType::Gpe));
        }
    }
}
