//! Makes `src/data/compiled/lexicon.bin` out of `src/data/lexicon/*.tsv`: `cargo run --features train --bin khabar-compile`.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/data");
    let target = data.join("compiled/lexicon.bin");
    match khabar::lexicon::compile::compile(&data.join("lexicon"))
        .and_then(|bytes| Ok(std::fs::write(&target, &bytes).map(|()| bytes.len())?))
    {
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
