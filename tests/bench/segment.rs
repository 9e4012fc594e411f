//! Speed of the segmenter, one thread: `cargo bench --bench segment`.

mod corpus;

use std::sync::LazyLock;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use khabar::segment::{segment, sentence_spans, tokenize_spans};

/// One text of some 4 MB.
static TEXT: LazyLock<String> = LazyLock::new(|| corpus::documents(4_000_000).concat());

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
