//! Makes what is compiled out of tables and lists, under `src/data/compiled`:
//! `cargo run --release --features train --bin khabar-compile -- lexicon|events|morph [--corpora FOLDER]`. With `plurals` it compiles nothing
//! but lists the broken plurals that the text on standard input never has.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/data");
    let corpora = match arguments.iter().position(|a| a == "--corpora") {
        Some(at) => arguments.get(at + 1).map(PathBuf::from),
        None => Some(PathBuf::from("../shared/corpora")),
    };
    if arguments.first().is_some_and(|a| a == "plurals") {
        return unseen_plurals();
    }
    let (name, compiled) = match (arguments.first().map(String::as_str), corpora) {
        (Some("lexicon"), _) => ("lexicon.bin", khabar::lexicon::compile::compile(&data.join("lexicon"))),
        (Some("events"), _) => ("events.bin", khabar::event::compile(include_str!("../../data/lexicon/events.tsv"))),
        (Some("morph"), Some(corpora)) => {
            ("morph.bin", khabar::morph::compile::compile(&corpora.join("morph/camel_morph")))
        }
        _ => {
            eprintln!("usage: khabar-compile lexicon|events|morph|plurals [--corpora FOLDER]");
            return ExitCode::from(2);
        }
    };
    let target = data.join("compiled").join(name);
    match compiled.and_then(|bytes| Ok(std::fs::write(&target, &bytes).map(|()| bytes.len())?)) {
        Ok(size) => {
            println!("{}: {size} bytes", target.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn unseen_plurals() -> ExitCode {
    match khabar::morph::plurals::unseen(std::io::stdin().lock()) {
        Ok(unseen) => {
            unseen.iter().for_each(|(singular, plural)| println!("{singular}\t{plural}"));
            eprintln!("{} plurals do not occur", unseen.len());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
