//! `khabar-train tags [dev=FOLDS] [errors=NUMBER] [SETTING=VALUE…]`: trains the tagger of parts of speech and prints how right it is
//! on the held-out parts. With `dev`, nothing is written: so many tenths of the training part are left out in turn and measured.

use std::collections::HashMap;
use std::path::Path;

use khabar::Result;
use khabar::train::learner::Settings;
use khabar::train::tags::{Options, train as learn};

pub fn train(corpora: &Path, models: &Path, options: &HashMap<String, String>) -> Result<()> {
    let number = |name: &str, default: f32| options.get(name).and_then(|v| v.parse().ok()).unwrap_or(default);
    let settings = Settings {
        row_bits: number("bits", 17.0) as u32,
        epochs: number("epochs", 8.0) as usize,
        rate: number("rate", 0.1),
        l1: number("l1", 0.2),
        l2: number("l2", 0.5),
        min_count: number("count", 2.0) as u32,
        ..Settings::default()
    };
    let whole = |name, default| number(name, default) as usize;
    learn(corpora, models, &Options { dev: whole("dev", 0.0), errors: whole("errors", 0.0), settings })
}
