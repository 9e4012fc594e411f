//! Speed of each stage of an analysis and of all together, one thread: `cargo bench --bench stages`.
//! What a stage takes from those before it is made beforehand. Items are words;
//! the letters keep the stages in their order.

mod corpus;

use std::sync::{Arc, LazyLock};

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use khabar::document::{Analyzer, Context, Document};
use khabar::entity::{self, Linked};
use khabar::lexicon::{self, Hits};
use khabar::mention;
use khabar::model::{self, Model, Scorer};
use khabar::morph;
use khabar::segment::{segment, tokenize_spans};
use khabar::time::{self, DocumentDate};
use khabar::{event, number, quote, relation};

static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| corpus::documents(200_000));
static SCORER: LazyLock<Arc<dyn Scorer>> =
    LazyLock::new(|| model::scorer(Model::default()).expect("shipped models load"));

/// A document with all that its stages take.
struct Ready {
    document: Document<'static>,
    hits: Hits,
}

impl Ready {
    fn linked(&self) -> Linked<'_> {
        let Document { segmentation, mentions, entities, .. } = &self.document;
        Linked { segmentation, words: &self.document.words, hits: &self.hits, mentions, entities }
    }
}

static READY: LazyLock<Vec<Ready>> = LazyLock::new(|| {
    let analyzer = Analyzer::new(Model::default()).expect("shipped models load");
    let ready = |text: &'static String| {
        let document = analyzer.analyze(text, context()).expect("drawn texts are short");
        Ready { hits: lexicon::look_up(&document.segmentation), document }
    };
    TEXTS.iter().map(ready).collect()
});

/// A day against which "last week" is told.
fn context() -> Context {
    Context { date: Some("2025-09-10".parse::<DocumentDate>().expect("a date")), ..Context::default() }
}

fn main() {
    divan::main();
}

/// Runs a stage over all documents; a pass counts their bytes and words.
fn run<T>(bencher: Bencher<'_, '_>, stage: impl Fn(&'static Ready) -> T + Sync) {
    let [bytes, words] = *SIZE;
    bencher
        .counter(BytesCount::new(bytes))
        .counter(ItemsCount::new(words))
        .bench(|| READY.iter().for_each(|ready| drop(black_box(stage(black_box(ready))))));
}

/// Bytes and words of all documents.
static SIZE: LazyLock<[usize; 2]> = LazyLock::new(|| {
    let words = |text: &String| tokenize_spans(text).expect("drawn texts are short").len();
    [TEXTS.iter().map(String::len).sum(), TEXTS.iter().map(words).sum()]
});

#[divan::bench]
fn a_segment(bencher: Bencher<'_, '_>) {
    run(bencher, |ready| segment(ready.document.segmentation.text));
}

#[divan::bench]
fn a_words(bencher: Bencher<'_, '_>) {
    run(bencher, |ready| morph::read(&ready.document.segmentation));
}

#[divan::bench]
fn b_lexicon(bencher: Bencher<'_, '_>) {
    run(bencher, |ready| lexicon::look_up(&ready.document.segmentation));
}

#[divan::bench]
fn c_numbers_and_times(bencher: Bencher<'_, '_>) {
    run(bencher, |ready| {
        let numbers = number::parse_numbers(&ready.document.segmentation);
        let times = time::parse_times(&ready.document.segmentation, &numbers, ready.document.context.date);
        (numbers, times)
    });
}

#[divan::bench]
fn d_mentions(bencher: Bencher<'_, '_>) {
    run(bencher, |ready| {
        let Document { segmentation, numbers, times, .. } = &ready.document;
        mention::find_mentions(segmentation, &ready.hits, numbers, times, &**SCORER)
    });
}

#[divan::bench]
fn e_linking(bencher: Bencher<'_, '_>) {
    // Linking writes the entities into the mentions; copying them is a small part of it.
    run(bencher, |ready| {
        let mut mentions = ready.document.mentions.clone();
        entity::link(&ready.document.segmentation, &ready.hits, &mut mentions)
    });
}

#[divan::bench]
fn f_quotes(bencher: Bencher<'_, '_>) {
    run(bencher, |ready| quote::find_quotes(ready.linked(), &**SCORER));
}

#[divan::bench]
fn g_relations(bencher: Bencher<'_, '_>) {
    run(bencher, |ready| relation::find_relations(ready.linked(), &**SCORER));
}

#[divan::bench]
fn h_events(bencher: Bencher<'_, '_>) {
    run(bencher, |ready| event::find_events(ready.linked(), &ready.document.quotes, &**SCORER));
}

#[divan::bench]
fn i_analyze(bencher: Bencher<'_, '_>) {
    let analyzer = Analyzer::new(Model::default()).expect("shipped models load");
    run(bencher, |ready| analyzer.analyze(ready.document.segmentation.text, context()));
}
