//! Makes `src/data/compiled/*.bin` out of `src/data/lexicon/*.tsv`: `cargo run --features train --bin khabar-compile`.

use std::path::Path;
use std::process::ExitCode;

use khabar::Result;

fn write(target: &Path, bytes: Result<Vec<u8>>) -> Result<()> {
    let bytes = bytes?;
    std::fs::write(target, &bytes)?;
    println!("{}: {} bytes", target.display(), bytes.len());
    Ok(())
}

fn main() -> ExitCode {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/data");
    let made = write(&data.join("compiled/lexicon.bin"), khabar::lexicon::compile::compile(&data.join("lexicon")))
        .and_then(|()| {
            write(
                &data.join("compiled/events.bin"),
                khabar::event::compile(include_str!("../../data/lexicon/events.tsv")),
            )
        });
    match made {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
