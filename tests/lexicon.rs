//! The lists: compiled from what stands in the folder, and right facts in them.

use khabar::lexicon::Lexicon;
use serde::Deserialize;

#[derive(Deserialize)]
struct Fixtures {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    input: String,
    /// `TYPE subtype CC|CC` of entries that the name must have.
    #[serde(default)]
    has: Vec<String>,
    /// The same, of entries that it must not have.
    #[serde(default)]
    has_not: Vec<String>,
    demonym: Option<String>,
    capital: Option<String>,
    latin: Option<String>,
}

fn cases() -> Vec<Case> {
    let text = include_str!("cases/lexicon.toml");
    toml::from_str::<Fixtures>(text).expect("fixtures are valid TOML").case
}

#[test]
fn facts() {
    let lexicon = Lexicon::shipped();
    for case in cases() {
        let found: Vec<String> = lexicon
            .entries(&case.input)
            .map(|e| {
                format!("{} {} {}", format!("{:?}", e.kind).to_uppercase(), e.subtype, e.countries).trim().to_owned()
            })
            .collect();
        for wanted in &case.has {
            assert!(found.contains(wanted), "{}: {wanted} not in {found:?}", case.name);
        }
        for unwanted in &case.has_not {
            assert!(!found.contains(unwanted), "{}: {unwanted} in {found:?}", case.name);
        }
        assert_eq!(lexicon.country_of_demonym(&case.input), case.demonym.as_deref(), "{}", case.name);
        assert_eq!(lexicon.capital_of(&case.input), case.capital.as_deref(), "{}", case.name);
        if case.latin.is_some() {
            assert_eq!(lexicon.latin(&case.input), case.latin.as_deref(), "{}", case.name);
        }
    }
}

#[test]
#[cfg(feature = "train")]
fn compiled_file_is_up_to_date() {
    let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/data");
    let made = khabar::lexicon::compile::compile(&data.join("lexicon")).expect("the lists are well formed");
    let kept = std::fs::read(data.join("compiled/lexicon.bin")).expect("the compiled file is committed");
    assert!(made == kept, "lists changed: run `cargo run --features train --bin khabar-compile -- lexicon`");
    assert!(kept.len() < 4 << 20);
}
