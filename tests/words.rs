//! Grammar of words in context: its cases, and what holds on any text.

use khabar::morph::{self, Pos};
use khabar::segment::segment;
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    sentences: Vec<Sentence>,
}

#[derive(Deserialize)]
struct Sentence {
    name: String,
    text: String,
    tags: String,
}

#[test]
fn tags_of_sentences() {
    let cases: Cases = toml::from_str(include_str!("cases/words.toml")).unwrap();
    let mut wrong = Vec::new();
    for case in cases.sentences {
        let cut = segment(&case.text).unwrap();
        let words = morph::read(&cut).unwrap();
        let expected: Vec<(&str, &str)> = case.tags.split(' ').map(|pair| pair.rsplit_once('/').unwrap()).collect();
        let surfaces: Vec<&str> = cut.segments.iter().map(|s| cut.surface(s.span)).collect();
        assert_eq!(surfaces, expected.iter().map(|e| e.0).collect::<Vec<_>>(), "{}", case.name);
        for (i, (surface, tag)) in expected.into_iter().enumerate() {
            let found = words.pos(i).as_str();
            // A star stands where grammarians differ.
            if tag != "*" && tag != found {
                wrong.push(format!("{}: {surface} is {found}, not {tag}", case.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[derive(Deserialize)]
struct LemmaCases {
    sentences: Vec<LemmaCase>,
}

#[derive(Deserialize)]
struct LemmaCase {
    name: String,
    text: String,
    lemmas: String,
}

#[test]
fn lemmas_of_sentences() {
    let cases: LemmaCases = toml::from_str(include_str!("cases/lemmas.toml")).unwrap();
    let mut wrong = Vec::new();
    for case in cases.sentences {
        let cut = segment(&case.text).unwrap();
        let words = morph::read(&cut).unwrap();
        let expected: Vec<(&str, &str)> = case.lemmas.split(' ').map(|pair| pair.rsplit_once('/').unwrap()).collect();
        let surfaces: Vec<&str> = cut.segments.iter().map(|s| cut.surface(s.span)).collect();
        assert_eq!(surfaces, expected.iter().map(|e| e.0).collect::<Vec<_>>(), "{}", case.name);
        for (i, (surface, lemma)) in expected.into_iter().enumerate() {
            if words.lemma(i) != lemma {
                wrong.push(format!("{}: {surface} ({}) is {}, not {lemma}", case.name, words.pos(i), words.lemma(i)));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn grammar_goes_with_the_lemma() {
    use khabar::morph::{Aspect, Gender, GrammaticalNumber, Voice};
    let cut = segment("أعلنت الحكومة أن الخبراء سيصلون").unwrap();
    let words = morph::read(&cut).unwrap();
    let grammar = words.grammar(0);
    assert_eq!((grammar.aspect, grammar.voice), (Some(Aspect::Perfective), Some(Voice::Active)));
    assert_eq!((grammar.person, grammar.gender), (Some(3), Some(Gender::Feminine)));
    let last = words.grammar(words.len() - 1);
    assert_eq!((last.aspect, last.number), (Some(Aspect::Imperfective), Some(GrammaticalNumber::Plural)));
}

#[test]
fn numbers_and_signs_are_what_they_look_like() {
    for (text, tag) in [("2025", Pos::Num), ("،", Pos::Punct), (".", Pos::Punct), ("«", Pos::Punct)] {
        assert_eq!(morph::tag(&segment(text).unwrap()).unwrap(), [tag], "{text}");
    }
}

#[test]
fn names_of_tags_are_read_back() {
    for &pos in Pos::ALL {
        assert_eq!(pos.as_str().parse::<Pos>().unwrap(), pos);
        assert_eq!(Pos::ALL[pos as usize], pos);
    }
    assert!("verb".parse::<Pos>().is_err());
}

proptest! {
    #[test]
    fn every_segment_of_any_text_has_a_tag(text in "([\u{600}-\u{6FF}]{0,9}[ .،\n]?){0,12}|.{0,60}") {
        let cut = segment(&text).unwrap();
        let words = morph::read(&cut).unwrap();
        prop_assert_eq!(words.len(), cut.segments.len());
        prop_assert_eq!(words.is_empty(), cut.segments.is_empty());
        for i in 0..words.len() {
            prop_assert!(!words.lemma(i).is_empty() || !cut.surface(cut.segments[i].span).contains(char::is_alphanumeric));
        }
    }

    #[test]
    fn a_sentence_is_read_alone(first in "[\u{627}-\u{64A} ]{1,30}", second in "[\u{627}-\u{64A} ]{1,30}") {
        let alone = |text: &str| morph::tag(&segment(text).unwrap()).unwrap();
        let text = format!("{first}.\n\n{second}.");
        let both = segment(&text).unwrap();
        prop_assume!(both.sentences.len() == 2);
        let apart = [alone(&format!("{first}.")), alone(&format!("{second}."))].concat();
        prop_assert_eq!(morph::tag(&both).unwrap(), apart);
    }
}
