//! Speed of the segmenter, one thread: `cargo bench --bench segment`.

use std::sync::LazyLock;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use khabar::segment::{segment, sentence_spans, tokenize_spans};

/// The sample articles, over and over: some 4 MB.
static TEXT: LazyLock<String> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/articles");
    let mut articles = String::new();
    let mut paths: Vec<_> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    paths.sort();
    for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "txt")) {
        articles += &std::fs::read_to_string(path).unwrap_or_default();
        articles.push('\n');
    }
    articles.repeat(4_000_000 / articles.len().max(1) + 1)
});

fn main() {
    divan::main();
}

fn run<T>(bencher: Bencher<'_, '_>, stage: impl Fn(&str) -> T + Sync) {
    let text = &**TEXT;
    let words = tokenize_spans(text).map_or(0, |words| words.len());
    bencher.counter(BytesCount::of_str(text)).counter(ItemsCount::new(words)).bench(|| stage(black_box(text)));
}

#[divan::bench]
fn words(bencher: Bencher<'_, '_>) {
    run(bencher, tokenize_spans);
}

#[divan::bench]
fn words_and_sentences(bencher: Bencher<'_, '_>) {
    run(bencher, sentence_spans);
}

#[divan::bench]
fn all(bencher: Bencher<'_, '_>) {
    run(bencher, |text| segment(text).map_or(0, |cut| cut.segments.len()));
}
