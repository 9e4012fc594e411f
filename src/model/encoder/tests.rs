//! A network of one operation, which gives each piece a row of a table, shows what goes in and out.

use std::sync::Arc;

use super::*;
use crate::mention::tags::WIDTH;
use crate::segment::segment;
use crate::span::Span;

const TABLE: &str = "0\t1\t2\n<s>\t0\n</s>\t0\n<unk>\t0\n▁\t-4\n▁و\t-3\nقال\t-4\n▁الوزير\t-5\n▁إن\t-5\n";
const PIECES: usize = 8;
const VECTOR: usize = 3;

fn field(number: u8, bytes: &[u8]) -> Vec<u8> {
    let mut all = vec![number << 3 | 2];
    let mut length = bytes.len();
    while length >= 128 {
        all.push(length as u8 | 128);
        length >>= 7;
    }
    all.push(length as u8);
    all.extend_from_slice(bytes);
    all
}

fn small(number: u8, value: u8) -> Vec<u8> {
    vec![number << 3, value]
}

/// An ONNX model: each output is the rows of a table by ids. Row `p` holds `p` in its first column, 1 (of vectors: 2) in the rest.
fn network(width: usize) -> Vec<u8> {
    let value = |name: &[u8], kind: u8| [field(1, name), field(2, &field(1, &small(1, kind)))].concat();
    let output = |name: &str, width: usize, rest: f32| {
        let table = format!("{name} by piece");
        let row = |piece: usize| (0..width).map(move |column| if column == 0 { piece as f32 } else { rest });
        let raw: Vec<u8> = (0..PIECES).flat_map(row).flat_map(f32::to_le_bytes).collect();
        let shape = [small(1, PIECES as u8), small(1, width as u8), small(2, 1)].concat();
        let rows = [shape, field(8, table.as_bytes()), field(9, &raw)].concat();
        let inputs = [field(1, table.as_bytes()), field(1, b"ids")].concat();
        let node = [inputs, field(2, name.as_bytes()), field(4, b"Gather")].concat();
        [field(1, &node), field(5, &rows), field(12, &value(name.as_bytes(), 1))].concat()
    };
    let graph =
        [output("scores", width, 1.0), output("vectors", VECTOR, 2.0), field(2, b"g"), field(11, &value(b"ids", 7))]
            .concat();
    [small(1, 8), field(7, &graph), field(8, &small(2, 17))].concat()
}

fn file(width: usize) -> Vec<u8> {
    let parts = [network(width), TABLE.as_bytes().to_vec(), Vec::new()];
    let lengths = parts.iter().flat_map(|p| (p.len() as u32).to_le_bytes());
    let content: Vec<u8> = MAGIC.iter().copied().chain(lengths).chain(parts.concat()).collect();
    let sum = container::checksum(&[], &content).to_le_bytes();
    [content, sum.to_vec()].concat()
}

#[test]
fn a_segment_gets_the_scores_of_its_first_piece() {
    let encoder = Encoder::load(&file(5)).unwrap();
    let text = segment("وقال الوزير إنّ").unwrap();
    let scores = encoder.scores(&text).unwrap();
    let firsts: Vec<f32> = scores.chunks_exact(5).map(|row| row[0]).collect();
    assert_eq!(firsts, [4.0, 5.0, 6.0, 7.0]);
}

#[test]
fn a_segment_gets_the_vector_of_its_first_piece() {
    let encoder = Encoder::load(&file(5)).unwrap();
    assert_eq!(encoder.vector_width(), VECTOR);
    let text = segment("وقال الوزير إنّ").unwrap();
    let vectors = encoder.vectors(&text).unwrap();
    let rows: Vec<_> = vectors.chunks_exact(VECTOR).collect();
    assert_eq!(rows, [[4.0, 2.0, 2.0], [5.0, 2.0, 2.0], [6.0, 2.0, 2.0], [7.0, 2.0, 2.0]]);
}

#[test]
fn a_long_text_gets_the_scores_of_a_short_one() {
    let encoder = Encoder::load(&file(5)).unwrap();
    for sentence in ["وقال الوزير إن. ", "وقال الوزير إن "] {
        let one = segment(sentence).unwrap();
        let short = encoder.scores(&one).unwrap();
        let text = sentence.repeat(700);
        let long = encoder.scores(&segment(&text).unwrap()).unwrap();
        assert_eq!(long.len(), short.len() * 700);
        assert!(long.chunks(short.len()).all(|rows| rows == short));
    }
}

#[test]
fn the_encoder_is_added_to_the_second_pass_of_the_tagger_and_to_nothing_else() {
    let encoder = Arc::new(Encoder::load(&file(WIDTH)).unwrap());
    let linears = Arc::new(Linears::embedded().unwrap());
    let both = Corrected::new(linears.clone(), encoder).unwrap();
    let text = segment("وقال الوزير إن").unwrap();
    let (mut plain, mut corrected) = (linears.read(&text), both.read(&text));
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for task in Task::ALL {
        assert_eq!(plain.classes(task), corrected.classes(task));
        for anchors in [&[][..], &[Span::of(2, 3)]] {
            let candidate = Candidate { features: &[], anchors };
            plain.score(task, candidate, &mut before);
            corrected.score(task, candidate, &mut after);
            let added = |column: usize| match column.checked_sub(WIDTH) {
                None => 0.0,
                Some(0) => 6.0,
                Some(_) => 1.0,
            };
            let expected = |column: usize| match task {
                Task::MentionFirst if !anchors.is_empty() => before[column] + added(column),
                _ => before[column],
            };
            assert_eq!(after, (0..before.len()).map(expected).collect::<Vec<_>>(), "{task:?}");
        }
    }
}

#[test]
fn an_encoder_of_other_tags_is_an_error() {
    let encoder = Arc::new(Encoder::load(&file(7)).unwrap());
    let linears = Arc::new(Linears::embedded().unwrap());
    assert_eq!(Corrected::new(linears, encoder).unwrap_err().kind(), ErrorKind::Model);
}

#[test]
fn truncated_and_foreign_files_are_errors() {
    let good = file(5);
    for length in (0..good.len()).step_by(3) {
        assert_eq!(Encoder::load(&good[..length]).unwrap_err().kind(), ErrorKind::Model, "{length} bytes");
    }
    let mut older = good.clone();
    older[7] = 1;
    assert!(Encoder::load(&older).unwrap_err().to_string().contains("kind and version"));
}

#[test]
fn a_damaged_byte_is_an_error() {
    let good = file(5);
    for at in MAGIC.len()..good.len() {
        let mut other = good.clone();
        other[at] ^= 0x10;
        assert!(Encoder::load(&other).unwrap_err().to_string().contains("checksum"), "byte {at}");
    }
}

/// A worker that waits for the network must not take up the next text within the one at hand.
#[test]
fn many_texts_fit_on_the_stack_of_a_pool() {
    use rayon::prelude::*;
    let encoder = Encoder::load(&file(5)).unwrap();
    let text = segment("وقال الوزير إن").unwrap();
    let once = encoder.scores(&text).unwrap();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).stack_size(1 << 17).build().unwrap();
    let same =
        pool.install(|| (0..5_000).into_par_iter().with_max_len(1).all(|_| encoder.scores(&text).unwrap() == once));
    assert!(same);
}

#[test]
fn threads_share_an_encoder() {
    let encoder = Encoder::load(&file(5)).unwrap();
    let text = segment("وقال الوزير إن").unwrap();
    let once = encoder.scores(&text).unwrap();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| encoder.scores(&text).unwrap())).collect();
        assert!(threads.into_iter().all(|t| t.join().unwrap() == once));
    });
}
