//! Trains how words are cut: vocabulary from plain text, linear model from annotated words.
//!
//! Annotated words come from CoNLL-U files whose clitics are words of their own, from a list of names with clitics, and from
//! borders of mentions: a mention that starts after a word's first letter tells that this letter is a proclitic, one that
//! starts with the word that there is none. Where only a border is known, the likelihood of all ways to cut that agree with it
//! is raised.

mod corpora;
mod measure;
mod names;
mod silver;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use corpora::{Count, Held, count_words, document, read_conllu, read_documents, read_mentions, read_name_words};
pub use measure::{Report, Score, measure};

use super::learner::{Random, Settings, Weights};
use crate::error::Result;
use crate::model::linear::{Linear, softmax};
use crate::segment::training::{
    Context, Cut, Cutter, DECIDED, Entry, HAMZA, HAMZATED, Letter, Letters, NAME, Scratch, Vocabulary, bucket, cuts,
    features,
};

/// Slots of the vocabulary, as a power of two; seven tenths are filled.
const BITS: u32 = 18;

/// The treebanks under the corpora: name, file, what of it is held out.
const TREEBANKS: [(&str, &str, Held); 2] = [
    ("pud", "segmentation/pud/ar_pud-800.conllu", Held::Sentences),
    ("news_words", "segmentation/news_words/news_words.conllu", Held::Documents),
];
const NAME_CLITICS: &str = "morph/name_clitics/known_name_clitics.txt";

/// By how much in log-odds the best cut of a word must lead to hold whatever the neighbours are. Words that are seen often are
/// hardly unlisted names, so less will do.
fn certain(count: u64) -> f32 {
    match count {
        0..150 => 6.0,
        150..2_000 => 3.0,
        _ => 0.8,
    }
}

/// A word whose cut is known, or some of it.
struct Example {
    word: Vec<Letter>,
    /// The words before and after, empty where there is none; None where the word stands in a list.
    neighbours: Option<[Vec<Letter>; 2]>,
    right: Right,
    weight: f32,
    held_out: bool,
    source: &'static str,
}

/// What is known of the right cut.
#[derive(Clone, Copy)]
enum Right {
    /// Letters of proclitics and of the enclitic.
    Both(usize, usize),
    /// Letters of proclitics.
    Before(usize),
    /// Letters of the enclitic.
    After(usize),
}

impl Right {
    fn allows(self, cut: Cut, letters: usize) -> bool {
        let (before, after) = (usize::from(cut.start), letters - usize::from(cut.end));
        match self {
            Self::Both(b, a) => (before, after) == (b, a),
            Self::Before(b) => before == b,
            Self::After(a) => after == a,
        }
    }
}

/// Rarer clitics in the place of a frequent one, which are right as often: ف for و, ها and هم for ه; و before an uncut word.
fn vary(examples: &[Example]) -> Vec<Example> {
    let mut varied = Vec::new();
    let both = examples.iter().filter_map(|e| match e.right {
        Right::Both(before, after) if e.weight == 1.0 => Some((e, before, after)),
        _ => None,
    });
    let [waw, feh, heh] = ["و", "ف", "ه"].map(|s| Letters::read(s).map_or(0, |l| l.numbers()[0]));
    for (number, (example, before, after)) in both.enumerate() {
        let mut add = |word: Vec<Letter>, before: usize, after: usize| {
            if word.len() <= 30 {
                varied.push(Example {
                    word,
                    neighbours: example.neighbours.clone(),
                    right: Right::Both(before, after),
                    weight: 0.15,
                    held_out: example.held_out,
                    source: "varied",
                });
            }
        };
        let word = &example.word;
        if before > 0 && word[0] == waw {
            let mut other = word.clone();
            other[0] = feh;
            add(other, before, after);
        }
        if before <= 1 && (before == 0 || word[0] != waw) && number % 4 == 0 {
            let mut other = vec![waw];
            other.extend_from_slice(word);
            add(other, before + 1, after);
        }
        if after == 1 && word[word.len() - 1] == heh {
            for suffix in ["ها", "هم"] {
                let mut other = word[..word.len() - 1].to_vec();
                other.extend_from_slice(Letters::read(suffix).as_ref().map_or(&[][..], |l| l.numbers()));
                add(other, before, 2);
            }
        }
    }
    varied
}

fn learn(examples: &[Example], vocabulary: &Vocabulary) -> Result<Linear> {
    struct Prepared {
        keys: Vec<Vec<u32>>,
        right: Vec<bool>,
        weight: f32,
    }
    let mut prepared = Vec::new();
    let mut all = Vec::new();
    for (number, example) in examples.iter().filter(|e| !e.held_out).enumerate() {
        // Words without neighbours have to be cut too.
        let neighbours = example.neighbours.as_ref().filter(|_| number % 3 != 0);
        let context = neighbours.map(|[before, after]| Context::of(before, after, vocabulary));
        cuts::all(&example.word, &mut all);
        let right: Vec<bool> = all.iter().map(|&cut| example.right.allows(cut, example.word.len())).collect();
        if all.len() < 2 || !right.contains(&true) {
            continue;
        }
        let keys = all.iter().map(|&cut| {
            let mut keys = Vec::new();
            features::of(&example.word, cut, context, vocabulary, &mut keys);
            keys
        });
        prepared.push(Prepared { keys: keys.collect(), right, weight: example.weight });
    }
    let settings =
        Settings { row_bits: 17, epochs: 6, rate: 0.1, l1: 0.15, l2: 0.5, min_count: 2, ..Settings::default() };
    let mut weights = Weights::new(1, &settings, prepared.iter().flat_map(|p| p.keys.iter().map(|k| &k[..])));
    let rows: Vec<Vec<Vec<u32>>> = prepared.iter().map(|p| p.keys.iter().map(|k| weights.rows(k)).collect()).collect();
    let mut order: Vec<usize> = (0..prepared.len()).collect();
    let mut random = Random(settings.seed);
    for _ in 0..settings.epochs {
        random.shuffle(&mut order);
        for &i in &order {
            let scores = |weights: &Weights, only_right: bool| {
                let mut scores: Vec<f32> = rows[i]
                    .iter()
                    .zip(&prepared[i].right)
                    .map(|(rows, &right)| {
                        let mut score = [0.0];
                        weights.add_scores(rows, &mut score);
                        if only_right && !right { f32::NEG_INFINITY } else { score[0] }
                    })
                    .collect();
                softmax(&mut scores);
                scores
            };
            let (guess, wanted) = (scores(&weights, false), scores(&weights, true));
            for ((rows, guess), wanted) in rows[i].iter().zip(guess).zip(wanted) {
                weights.step(rows, &[(guess - wanted) * prepared[i].weight]);
            }
        }
    }
    Linear::load(weights.write(&["cut".to_owned()])?)
}

fn show(word: &[Letter]) -> String {
    // Persian letters have numbers of their own and are rare enough to be shown by them.
    word.iter().filter_map(|&l| char::from_u32(0x600 + u32::from(l & !HAMZA))).collect()
}

fn show_cut(word: &[Letter], start: usize, end: usize) -> String {
    format!("{}|{}|{}", show(&word[..start]), show(&word[start..end]), show(&word[end..]))
}

fn measure_examples(examples: &[Example], cutter: &Cutter, errors: usize) {
    let mut scratch = Scratch::default();
    let mut sums: Vec<(&str, usize, usize)> = Vec::new();
    let mut wrong: HashMap<String, usize> = HashMap::new();
    for example in examples.iter().filter(|e| e.held_out) {
        let word = &example.word;
        let neighbours = example.neighbours.as_ref();
        let context = || neighbours.map(|[before, after]| Context::of(before, after, &cutter.vocabulary));
        let cut = cutter.cut(word, context, &mut scratch);
        let hit = example.right.allows(cut, word.len());
        match sums.iter_mut().find(|s| s.0 == example.source) {
            Some(sum) => *sum = (sum.0, sum.1 + usize::from(hit), sum.2 + 1),
            None => sums.push((example.source, usize::from(hit), 1)),
        }
        if !hit {
            let gold = match example.right {
                Right::Both(b, a) => show_cut(word, b, word.len() - a),
                Right::Before(b) => show_cut(word, b, word.len()),
                Right::After(a) => show_cut(word, 0, word.len() - a),
            };
            let own = show_cut(word, usize::from(cut.start), usize::from(cut.end));
            *wrong.entry(format!("{}: {gold} not {own}", example.source)).or_default() += 1;
        }
    }
    let mut wrong: Vec<_> = wrong.into_iter().collect();
    wrong.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    for (what, count) in wrong.iter().take(errors) {
        println!("{count}\t{what}");
    }
    for (source, hits, all) in sums {
        println!("{source}: {hits} of {all} held-out words right, {:.2} %", 100.0 * hits as f64 / all.max(1) as f64);
    }
}

/// Trains from the folders of `corpora`, prints what the held-out parts say, with `errors` of the errors, and writes both files to `output`.
/// The treebank named by `without` is held out as a whole.
///
/// # Errors
/// [`ErrorKind::Io`](crate::ErrorKind::Io) where a corpus cannot be read.
pub fn train(corpora: &Path, lexicon: &Path, output: &Path, without: Option<&str>, errors: usize) -> Result<()> {
    let mut examples = Vec::new();
    let mut held_out = HashSet::new();
    for (name, path, by) in TREEBANKS {
        let mut held = by.start();
        let held = |id: &str| {
            let held = held(id) || without == Some(name);
            if held {
                held_out.insert(document(id).to_owned());
            }
            held
        };
        read_conllu(&corpora.join(path), name, held, &mut examples)?;
    }
    for named in names::read_clitics(&corpora.join(NAME_CLITICS))? {
        let Some(letters) = Letters::read(&named.word) else { continue };
        examples.push(Example {
            word: letters.numbers().to_vec(),
            neighbours: None,
            right: Right::Before(named.proclitics),
            weight: 0.3,
            held_out: named.held_out,
            source: "name_clitics",
        });
    }
    names::read_closed(&lexicon.join("clitics.txt"), &mut examples)?;
    names::examples(&names::read_lists(&corpora.join("names"))?, &mut examples);
    let mentions = corpora.join("news_ner/documents.jsonl");
    read_mentions(&read_documents(&mentions)?, &held_out, &mut examples)?;
    let names = read_name_words(&lexicon.join("words.tsv"))?;
    for word in &names {
        examples.push(Example {
            word: word.clone(),
            neighbours: None,
            right: Right::Both(0, 0),
            weight: 0.2,
            held_out: false,
            source: "names",
        });
    }

    let varied = vary(&examples);
    examples.extend(varied);
    let counts = count_words(&corpora.join("raw"))?;
    let known: HashSet<Vec<Letter>> = names.iter().cloned().collect();
    silver::examples(&counts, &known, &mut examples);
    eprintln!("{} from plain text", examples.iter().filter(|e| e.source == "plain text").count());
    eprintln!("{} examples, {} different words in plain text", examples.len(), counts.len());
    let names: HashSet<Vec<Letter>> = names.into_iter().collect();
    let mut known: Vec<(&Vec<Letter>, Count)> = counts.iter().map(|(w, &c)| (w, c)).collect();
    known.extend(names.iter().filter(|n| !counts.contains_key(*n)).map(|n| (n, Count::default())));
    // The most frequent words, names first; ties by spelling, so that training twice gives the same file.
    known.sort_by(|a, b| (names.contains(b.0), b.1.all).cmp(&(names.contains(a.0), a.1.all)).then(a.0.cmp(b.0)));
    known.truncate((1usize << BITS) / 10 * 7);
    eprintln!("{} words kept, the rarest seen {} times", known.len(), known.last().map_or(0, |k| k.1.all));

    let entry = |word: &Vec<Letter>, count: Count| {
        // A listed name that the texts lack is still a word.
        let seen = if names.contains(word) { count.all.max(4) } else { count.all };
        let name = if names.contains(word) { NAME } else { 0 };
        let hamza = if count.hamza * 2 >= count.all.max(1) { HAMZATED } else { 0 };
        Entry { words: bucket(seen), flags: name | hamza, ..Entry::default() }
    };
    let mut entries: Vec<(&Vec<Letter>, Entry)> =
        known.iter().map(|&(word, count)| (word, entry(word, count))).collect();
    let write = |entries: &[(&Vec<Letter>, Entry)]| Vocabulary::write(BITS, entries.iter().map(|e| (&e.0[..], e.1)));
    let mut cutter = {
        // Counts of stems need a first model.
        let vocabulary = Vocabulary::load(write(&entries)?)?;
        let model = learn(&examples, &vocabulary)?;
        Cutter { vocabulary, model }
    };
    let mut scratch = Scratch::default();
    println!("without counts of stems:");
    measure_examples(&examples, &cutter, 0);
    let mut stems: HashMap<Vec<Letter>, u64> = HashMap::new();
    for (word, count) in &counts {
        let count = count.all;
        let (cut, _) = cutter.decide(word, None, &mut scratch);
        if cut.prefix > 0 || cut.suffix > 0 {
            *stems.entry(cut.stem(word).to_vec()).or_default() += count;
        }
    }
    for (word, entry) in &mut entries {
        entry.stems = bucket(stems.get(*word).copied().unwrap_or(0));
    }
    cutter.vocabulary = Vocabulary::load(write(&entries)?)?;
    cutter.model = learn(&examples, &cutter.vocabulary)?;
    let (mut decided, mut all) = (0, 0);
    for (word, entry) in &mut entries {
        let (cut, margin) = cutter.decide(word, None, &mut scratch);
        let count = counts.get(*word).map_or(0, |c| c.all);
        all += count;
        if margin >= certain(count) {
            entry.cut = cut.prefix | cut.suffix << 4;
            entry.flags |= DECIDED;
            decided += count;
        }
    }
    println!(
        "{:.2} % of the vocabulary's words in plain text are cut by look-up",
        100.0 * decided as f64 / all.max(1) as f64
    );
    let file = write(&entries)?;
    cutter.vocabulary = Vocabulary::load(file.clone())?;
    println!("with counts of stems:");
    measure_examples(&examples, &cutter, errors);
    let report = measure::report(corpora, &cutter, without)?;
    for [part, gold, own] in report.wrong.iter().take(errors) {
        println!("{part}: {gold} not {own}");
    }
    println!("from raw text:\n{report}{}", measure::borders(&mentions, &cutter, errors)?);
    fs::write(output.join("words.bin"), file)?;
    fs::write(output.join("clitics.bin"), cutter.model.data())?;
    Ok(())
}
