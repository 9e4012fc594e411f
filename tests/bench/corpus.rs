//! The text that is measured: sentences of the sample articles, drawn over and over in a fixed order.

use std::path::PathBuf;

use khabar::segment::sentence_spans;

/// Sentences of a drawn document: that many make the length of a usual report.
const SENTENCES: usize = 14;

/// Sentences from one drawn to the next, so that neighbours change from document to document.
const STEP: usize = 7;

/// Documents of some 4 kB that have together about as many bytes as asked for.
pub fn documents(bytes: usize) -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/articles");
    let entries = std::fs::read_dir(folder).expect("the sample articles lie in tests/articles");
    let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    paths.sort();
    let mut sentences = Vec::new();
    for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "txt")) {
        let article = std::fs::read_to_string(path).expect("sample articles are UTF-8");
        let spans = sentence_spans(&article).expect("sample articles are short");
        sentences.extend(spans.iter().map(|s| article[s.range()].trim().to_owned()));
    }
    // A step that shares no factor with their number comes to each of them.
    while sentences.len().is_multiple_of(STEP) {
        sentences.pop();
    }
    let (mut documents, mut made, mut at) = (Vec::new(), 0, 0);
    while made < bytes {
        let mut document = String::new();
        for number in 0..SENTENCES {
            document += &sentences[at];
            document += if number % 3 == 0 { "\n\n" } else { " " };
            at = (at + STEP) % sentences.len();
        }
        made += document.len();
        documents.push(document);
    }
    documents
}
