//! The user's own names: fixtures that Python reads too, and what holds for any list and text.

use khabar::lexicon::{Priority, UserEntry, UserLexicon};
use khabar::mention::MentionType;
use khabar::model::{Linears, Model};
use khabar::{Analyzer, Context, Document, ErrorKind};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Fixtures {
    case: Vec<Case>,
    error: Vec<Wrong>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    lexicon: String,
    input: String,
    #[serde(default)]
    has: Vec<String>,
    #[serde(default)]
    hasnot: Vec<String>,
    #[serde(default)]
    names: Vec<String>,
    entities: Option<usize>,
}

#[derive(Deserialize)]
struct Wrong {
    lexicon: String,
    message: String,
}

fn fixtures() -> Fixtures {
    toml::from_str(include_str!("cases/user_lexicon.toml")).expect("fixtures are valid TOML")
}

fn shown(document: &Document<'_>) -> Vec<String> {
    let show = |m: &khabar::mention::Mention| format!("{} {}", m.kind, document.segmentation.surface(m.span));
    document.mentions.iter().map(show).collect()
}

#[test]
fn cases() {
    for model in [Model::Fast, Model::Accurate] {
        let analyzer = Analyzer::new(model).unwrap();
        for case in fixtures().case {
            let lexicon = UserLexicon::parse(&case.lexicon, "names.tsv").unwrap();
            let document = analyzer.clone().with_lexicon(lexicon);
            let document = document.analyze(&case.input, Context::default()).unwrap();
            let found = shown(&document);
            for wanted in &case.has {
                assert!(found.contains(wanted), "{model:?}, {}: {wanted} not in {found:?}", case.name);
            }
            for unwanted in &case.hasnot {
                assert!(!found.contains(unwanted), "{model:?}, {}: {unwanted} in {found:?}", case.name);
            }
            let names: Vec<&str> = document.entities.iter().map(|e| e.name.as_str()).collect();
            for name in &case.names {
                assert!(names.contains(&name.as_str()), "{model:?}, {}: {name} not in {names:?}", case.name);
            }
            assert!(case.entities.is_none_or(|n| n == names.len()), "{model:?}, {}: {names:?} {found:?}", case.name);
        }
    }
}

#[test]
fn errors_tell_line_and_column() {
    for wrong in fixtures().error {
        let error = UserLexicon::parse(&wrong.lexicon, "names.tsv").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Rule);
        assert!(error.to_string().starts_with(&wrong.message), "{error} is not {}", wrong.message);
    }
    let error = UserLexicon::new(vec![UserEntry::new("نسيم", MentionType::Org), UserEntry::new(" ", MentionType::Org)]);
    assert!(error.unwrap_err().to_string().starts_with("lexicon[1], column form: "));
    let missing = UserLexicon::read(std::path::Path::new("/no/such/names.tsv")).unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::Io);
}

#[test]
fn what_only_the_list_knows_has_no_confidence_and_the_latin_name_is_kept() {
    let mut entry = UserEntry::new("زارت", MentionType::Product);
    (entry.name, entry.latin) = (Some("مجموعة نسيم".into()), Some("Nasim Group".into()));
    let analyzer = Analyzer::new(Model::Fast).unwrap().with_lexicon(UserLexicon::new(vec![entry]).unwrap());
    let document = analyzer.find_mentions("زارت نسمكو أمس.", Context::default()).unwrap();
    let entity = document.entities.iter().find(|e| e.name == "مجموعة نسيم").unwrap();
    assert_eq!(entity.latin.as_deref(), Some("Nasim Group"));
    assert_eq!(document.mentions[entity.mentions[0] as usize].confidence, None);
}

/// Two mentions of one text: one inside the other, or apart.
fn well_formed(document: &Document<'_>) {
    for (i, a) in document.mentions.iter().enumerate() {
        for b in &document.mentions[i + 1..] {
            assert!(a.span.start < b.span.start || (a.span.start == b.span.start && a.span.end >= b.span.end));
            assert!(a.span.covers(b.span) || a.span.end <= b.span.start, "{a:?} crosses {b:?}");
        }
        assert!(!document.segmentation.surface(a.span).is_empty());
    }
}

fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "وزير",
        "الخارجية",
        "التونسي",
        "قيس",
        "سعيد",
        "بنغازي",
        "لليبيا",
        "والشركة",
        "أمس",
        "3",
        "2025",
        "،",
        ".",
        "«",
        "شركة",
        "عبدالله",
        "عبد",
        "الله",
        "-",
        "إف-35",
        "دولار",
        "\n",
        "رجب",
        "AFP",
    ]);
    prop::collection::vec(word, 1..14).prop_map(|words| words.join(" "))
}

fn entries() -> impl Strategy<Value = Vec<UserEntry>> {
    let entry = (words(), 0..MentionType::ALL.len(), 0..3usize, prop::option::of(words()));
    let made = entry.prop_map(|(form, kind, priority, name)| UserEntry {
        form: form.split(' ').take(3).collect::<Vec<_>>().join(" "),
        kind: MentionType::ALL[kind],
        priority: Priority::ALL[priority],
        name,
        latin: None,
    });
    prop::collection::vec(made, 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_list_gives_well_formed_mentions(entries in entries(), text in words()) {
        let Ok(lexicon) = UserLexicon::new(entries) else { return Ok(()) };
        let bare = Analyzer::with(std::sync::Arc::new(Linears::default())).with_lexicon(lexicon.clone());
        well_formed(&bare.analyze(&text, Context::default()).unwrap());
        let fast = Analyzer::new(Model::Fast).unwrap().with_lexicon(lexicon);
        well_formed(&fast.analyze(&text, Context::default()).unwrap());
    }

    #[test]
    fn any_table_is_read_or_an_error(table in "(form|type|name|\t|\n|ORG|نسيم|-|#|,|\u{feff}| ){0,20}") {
        if let Err(error) = UserLexicon::parse(&table, "names.tsv") {
            prop_assert_eq!(error.kind(), ErrorKind::Rule);
        }
    }
}
