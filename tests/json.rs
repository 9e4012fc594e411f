//! The JSON of documents: its fields are those that pytest asks of the Python package.

use std::collections::BTreeSet;

use khabar::{Context, analyze};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct File {
    input: String,
    date: String,
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    fields: BTreeSet<String>,
}

fn keys(value: &Value) -> BTreeSet<String> {
    value.as_object().unwrap().keys().cloned().collect()
}

#[test]
fn fields() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/json.toml");
    let file: File = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let context = Context { date: Some(file.date.parse().unwrap()), ..Context::default() };
    let document: Value = serde_json::from_str(&analyze(&file.input, context).unwrap().to_json()).unwrap();
    for case in &file.case {
        if case.name == "document" {
            assert_eq!(keys(&document), case.fields);
            continue;
        }
        let records = document[&case.name].as_array().unwrap();
        assert!(!records.is_empty(), "no {} in the text", case.name);
        for record in records {
            assert_eq!(keys(record), case.fields, "{}", case.name);
        }
    }
}
