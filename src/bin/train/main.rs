//! `khabar-train MODEL [NAME=VALUE…]`: trains one of the linear models and writes it to `src/data/models/`.
//! `examples`, `pieces` and `texts` serve the training of the encoder (`training/`) instead; `label` tags plain text for `mention` to
//! learn from.
//! Run it from the root of the project; annotated and raw text is read from `../shared/corpora` (`corpora=PATH`).

mod clusters;
mod event;
mod examples;
mod label;
mod lemmas;
mod mention;
mod pieces;
mod quote;
mod relation;
mod tags;
mod texts;

use std::collections::HashMap;
use std::path::Path;

use khabar::train::clitics;
use khabar::{Error, ErrorKind, Result};

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let model = arguments.next().unwrap_or_default();
    let options: HashMap<String, String> =
        arguments.filter_map(|a| a.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned()))).collect();
    let option = |name: &str, default: &'static str| options.get(name).cloned().unwrap_or_else(|| default.to_owned());
    let (corpora, data) = (option("corpora", "../shared/corpora"), option("data", "src/data"));
    let (corpora, data) = (Path::new(&corpora), Path::new(&data));
    match &*model {
        "clitics" => {
            let errors = option("errors", "0").parse().unwrap_or(0);
            let without = options.get("without").map(String::as_str);
            clitics::train(corpora, &data.join("lexicon"), &data.join("models"), without, errors)
        }
        "clusters" => clusters::train(&data.join("models")),
        "event" => event::train(corpora, &data.join("models"), &options),
        "examples" => examples::write(corpora, &data.join("models"), &options),
        "label" => label::write(corpora, &options),
        "lemmas" => lemmas::train(corpora, data, &options),
        "mention" => mention::train(corpora, &data.join("models"), &options),
        "pieces" => pieces::write(options.get("encoder").map(Path::new)),
        "quote" => quote::train(corpora, &data.join("models"), &options),
        "relation" => relation::train(corpora, &data.join("models"), &options),
        "texts" => texts::write(),
        "tags" => tags::train(corpora, &data.join("models"), &options),
        _ => Err(Error::new(ErrorKind::Argument, format!("unknown model {model:?}"))),
    }
}
