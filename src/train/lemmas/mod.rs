//! Trains the lemmatizer and measures it.

mod knowledge;

use std::collections::{BTreeMap, HashMap};

use super::conllu::{Annotated, Piece};
use super::learner::{Random, Settings, Weights, averaged};
use crate::error::Result;
use crate::model::linear::{Features, softmax};
use crate::morph::lemma::training::{Candidate, Candidates, Lemmatizer, bare, describe, write};
use crate::morph::{self, Aspect, Gender, Grammar, GrammaticalNumber, Pos, Voice};
use crate::normalize::fold_into;
use crate::segment::segment;
pub use knowledge::Knowledge;

fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    fold_into(&bare(word), &mut folded);
    folded
}

/// A feature of Universal Dependencies in a row of them.
fn feature<'a>(features: &'a str, name: &str) -> Option<&'a str> {
    features.split('|').filter_map(|f| f.split_once('=')).find(|f| f.0 == name).map(|f| f.1)
}

/// Whether what the annotation says of a word agrees with a grammar, where both say something.
fn agrees(features: &str, grammar: Grammar) -> [Option<bool>; 5] {
    let same = |name: &str, own: Option<&str>| Some(feature(features, name)? == own?);
    let aspect = grammar.aspect.map(|a| if a == Aspect::Perfective { "Perf" } else { "Imp" });
    let voice = grammar.voice.map(|v| if v == Voice::Active { "Act" } else { "Pass" });
    let person = grammar.person.map(|p| ["", "1", "2", "3"][usize::from(p.min(3))]);
    let gender = grammar.gender.map(|g| if g == Gender::Masculine { "Masc" } else { "Fem" });
    let number = grammar.number.map(|n| match n {
        GrammaticalNumber::Singular => "Sing",
        GrammaticalNumber::Dual => "Dual",
        GrammaticalNumber::Plural => "Plur",
    });
    [
        same("Aspect", aspect),
        same("Voice", voice),
        same("Person", person),
        same("Gender", gender),
        same("Number", number),
    ]
}

/// Which candidates are right: those of the annotated lemma, and of these the ones that agree in most features.
fn right(piece: &Piece, candidates: &Candidates) -> Vec<bool> {
    let (exact, folded) = (bare(&piece.lemma), fold(&piece.lemma));
    let same: Vec<bool> = candidates.all.iter().map(|c| fold(&candidates.text(c)) == folded).collect();
    let spelled: Vec<bool> = candidates.all.iter().zip(&same).map(|(c, &s)| s && candidates.text(c) == exact).collect();
    let of_lemma = if spelled.contains(&true) { spelled } else { same };
    let agreeing = |c: &Candidate| agrees(&piece.features, c.grammar).iter().filter(|a| **a == Some(true)).count();
    let best = candidates.all.iter().zip(&of_lemma).filter(|c| *c.1).map(|c| agreeing(c.0)).max();
    candidates.all.iter().zip(&of_lemma).map(|(c, &of)| of && Some(agreeing(c)) == best).collect()
}

struct Example {
    keys: Vec<Vec<u32>>,
    right: Vec<bool>,
}

/// Trains on sentences with what is known of words, and gives the compiled file.
///
/// # Errors
/// As [`Weights::write`], or where the file cannot be written.
pub fn train(sentences: &[&Annotated], knowledge: &Knowledge, settings: &Settings) -> Result<Vec<u8>> {
    let empty = Weights::new(1, settings, std::iter::empty()).write(&["lemma".to_owned()])?;
    // Forms whose lemma no ending and no table gives.
    let mut forms = knowledge.forms.clone();
    let lemmatizer = Lemmatizer::load(write(&empty, &forms, &knowledge.frequencies)?.leak())?;
    let mut candidates = Candidates::default();
    let mut seen: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for sentence in sentences {
        let cut = sentence.segmentation()?;
        for (i, piece) in sentence.pieces.iter().enumerate() {
            if piece.lemma.is_empty() || !matches!(piece.pos, Pos::Noun | Pos::Adj | Pos::Num) {
                continue;
            }
            lemmatizer.find(&mut candidates, &cut, piece.pos, i);
            if !right(piece, &candidates).contains(&true) {
                seen.entry(fold(&candidates.word)).or_default().push(bare(&piece.lemma));
            }
        }
    }
    for (form, lemmas) in seen {
        forms.entry(form).or_default().extend(lemmas.into_iter().map(|l| (l, morph::lemma::training::Kind::Seen)));
    }
    let lemmatizer = Lemmatizer::load(write(&empty, &forms, &knowledge.frequencies)?.leak())?;
    let mut examples = Vec::new();
    let mut features = Features::default();
    for sentence in sentences {
        let cut = sentence.segmentation()?;
        let pos: Vec<Pos> = sentence.pieces.iter().map(|p| p.pos).collect();
        for (i, piece) in sentence.pieces.iter().enumerate().filter(|p| !p.1.lemma.is_empty()) {
            lemmatizer.find(&mut candidates, &cut, piece.pos, i);
            let right = right(piece, &candidates);
            if right.len() < 2 || !right.contains(&true) {
                continue;
            }
            let context = lemmatizer.context(&cut, &pos, i, &candidates);
            let keys = candidates.all.iter().map(|candidate| {
                describe(&context, candidate, &candidates, lemmatizer.store(), &mut features);
                features.keys().to_vec()
            });
            examples.push(Example { keys: keys.collect(), right });
        }
    }
    let model = averaged(&["lemma".to_owned()], settings, |settings| learn(&examples, settings))?;
    write(&model, &forms, &knowledge.frequencies)
}

/// Raises the likelihood of the right candidates of each example.
fn learn(examples: &[Example], settings: &Settings) -> Weights {
    let mut weights = Weights::new(1, settings, examples.iter().flat_map(|e| e.keys.iter().map(|k| &k[..])));
    let rows: Vec<Vec<Vec<u32>>> = examples.iter().map(|e| e.keys.iter().map(|k| weights.rows(k)).collect()).collect();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = Random(settings.seed);
    for _ in 0..settings.epochs {
        random.shuffle(&mut order);
        for &e in &order {
            let mut scores: Vec<f32> = Vec::with_capacity(rows[e].len());
            for rows in &rows[e] {
                let mut score = [0.0];
                weights.add_scores(rows, &mut score);
                scores.push(score[0]);
            }
            let mut wanted: Vec<f32> = scores
                .iter()
                .zip(&examples[e].right)
                .map(|(&score, &right)| if right { score } else { f32::NEG_INFINITY })
                .collect();
            softmax(&mut scores);
            softmax(&mut wanted);
            for ((rows, guess), wanted) in rows[e].iter().zip(scores).zip(wanted) {
                weights.step(rows, &[guess - wanted]);
            }
        }
    }
    weights
}

/// Counts of one part of speech.
#[derive(Clone, Debug, Default)]
pub struct Count {
    /// Annotated words with a lemma.
    pub all: usize,
    /// Of them those whose lemma is right but for hamzas, where segment and part of speech are given.
    pub right: usize,
    /// The same, hamzas too.
    pub exact: usize,
    /// Of all, those right where nothing is given but the text.
    pub own: usize,
    /// Agreement with annotated aspect, voice, person, gender, number: right, all.
    pub features: [(usize, usize); 5],
    /// Errors: form, annotated lemma, own.
    pub wrong: Vec<(String, String, String)>,
}

/// How right the lemmas are, by part of speech.
pub type Measure = HashMap<Pos, Count>;

/// Measures a compiled file, or the shipped lemmatizer.
///
/// # Errors
/// [`ErrorKind::Model`](crate::ErrorKind::Model) where the file is damaged.
pub fn measure<'a>(file: Option<Vec<u8>>, sentences: impl Iterator<Item = &'a Annotated>) -> Result<Measure> {
    let loaded = file.map(|file| Lemmatizer::load(file.leak())).transpose()?;
    let lemmatizer = match &loaded {
        Some(lemmatizer) => lemmatizer,
        None => Lemmatizer::shipped()?,
    };
    let mut measure = Measure::new();
    for sentence in sentences {
        let cut = sentence.segmentation()?;
        let pos: Vec<Pos> = sentence.pieces.iter().map(|p| p.pos).collect();
        let lemmas = lemmatizer.lemmas(&cut, &pos);
        let own_cut = segment(&sentence.text)?;
        let own = lemmatizer.lemmas(&own_cut, &morph::tag(&own_cut)?);
        let own: HashMap<_, &str> = own_cut.segments.iter().enumerate().map(|(i, s)| (s.span, own.lemma(i))).collect();
        for (i, piece) in sentence.pieces.iter().enumerate().filter(|p| !p.1.lemma.is_empty()) {
            let count = measure.entry(piece.pos).or_default();
            let (wanted, found) = (fold(&piece.lemma), lemmas.lemma(i));
            count.all += 1;
            count.exact += usize::from(found == bare(&piece.lemma));
            count.own += usize::from(own.get(&piece.span).is_some_and(|l| fold(l) == wanted));
            if fold(found) == wanted {
                count.right += 1;
            } else {
                count.wrong.push((sentence.text[piece.span.range()].to_owned(), bare(&piece.lemma), found.to_owned()));
            }
            for (sum, agrees) in count.features.iter_mut().zip(agrees(&piece.features, lemmas.grammar(i))) {
                if let Some(agrees) = agrees {
                    *sum = (sum.0 + usize::from(agrees), sum.1 + 1);
                }
            }
        }
    }
    Ok(measure)
}
