use super::conll::{Entity, entities, labels, read};
use super::*;

/// Sentences of news with places and persons, labels of columns parted by spaces.
const FILE: &str = "زار O\nوزير O\nالخارجية O\nالتونسي O\nخميس B-PERS\nالجهيناوي I-PERS\nمدينة O\nبنغازي B-LOC\n. O\n\n\
    وغادر O\nالجهيناوي B-PERS\nإلى O\nالقاهرة B-LOC\nوتونس B-LOC\n. O\n\n\
    وقالت O\nأنجيلا B-PERS\nميركل I-PERS\nفي O\nبرلين B-LOC\nإن O\nالمحادثات O\nمستمرة O\n. O\n\n\
    وصل O\nالوفد O\nإلى O\nبيروت B-LOC\nوالدوحة B-LOC\nأمس O\n. O\n\n";

fn trained(seed: u64) -> Tagger {
    let mut types = Vec::new();
    let documents = read(&FILE.repeat(4), "file", true, &mut types).unwrap();
    train(&documents, types, Settings { seed, ..Settings::default() }, &|| false).unwrap()
}

fn tag(tagger: &Tagger, sentence: &str) -> Vec<String> {
    let mut document = Document::default();
    document.push(sentence.split(' '), Vec::new());
    let found = tagger.tag(&[document]).unwrap();
    labels(&found[0][0], sentence.split(' ').count(), tagger.types())
}

/// Entities of labels as `kind start..end`.
fn of(text: &str) -> Vec<String> {
    let mut types = Vec::new();
    let lines: String = text.split(' ').map(|label| format!("ا {label}\n")).collect();
    let documents = read(&lines, "test", true, &mut types).unwrap();
    let found = entities(&documents[0].sentences[0].labels);
    found.into_iter().map(|e| format!("{} {}..{}", types[e.kind], e.tokens.start, e.tokens.end)).collect()
}

#[test]
fn labels_are_read_as_seqeval_reads_them() {
    // Given by seqeval 1.2.2, `get_entities`, but that its ends are inclusive.
    assert_eq!(of("B-X I-X O B-X B-X"), ["X 0..2", "X 3..4", "X 4..5"]);
    assert_eq!(of("O I-X I-X I-Y O"), ["X 1..3", "Y 3..4"]);
    assert_eq!(of("I-X B-X I-X"), ["X 0..1", "X 1..3"]);
    assert_eq!(of("B-X E-X S-X E-X"), ["X 0..2", "X 2..3", "X 3..4"]);
    assert_eq!(of("B-X L-X U-Y I-Y"), ["X 0..2", "Y 2..3", "Y 3..4"]);
    assert_eq!(of("B-A-B I-A-B"), ["A-B 0..2"]);
    assert!(of("O O").is_empty());
}

#[test]
fn columns_may_be_parted_by_tabs_or_spaces() {
    let mut types = Vec::new();
    let file = "\u{FEFF}1 000\tNUM\tB-QTY\r\nدينار\tNOUN\tI-QTY\n-DOCSTART- -X- O\n\nقال VERB O\n  \nعاد O";
    let documents = read(file, "file", true, &mut types).unwrap();
    assert_eq!((types, documents.len()), (vec!["QTY".to_owned()], 2));
    assert_eq!(documents[0].text, "1 000 دينار \n");
    assert_eq!(documents[1].sentences.len(), 2);
    let plain = read("قال\nعاد\n", "file", false, &mut Vec::new()).unwrap();
    assert_eq!(plain[0].sentences[0].tokens.len(), 2);
    assert!(read("", "file", true, &mut Vec::new()).unwrap().is_empty());
}

#[test]
fn a_bad_line_is_named() {
    for (file, line) in [("قال\n", 1), ("قال O\nعاد B-\n", 2), ("قال O\n\nعاد X\n", 3), ("\tO\n", 1)] {
        let error = read(file, "news.txt", true, &mut Vec::new()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Argument);
        assert!(error.to_string().starts_with(&format!("news.txt: line {line}: ")), "{error}");
    }
}

#[test]
fn neighbouring_sentences_are_a_document() {
    let file = "قال O\n\n".repeat(70);
    let sizes = |file: &str| -> Vec<usize> {
        read(file, "file", true, &mut Vec::new()).unwrap().iter().map(|d| d.sentences.len()).collect()
    };
    assert_eq!(sizes(&file), [30, 30, 10]);
    assert_eq!(sizes(&format!("-DOCSTART- O\n\n{file}")), [70]);
}

#[test]
fn scores_are_those_computed_by_hand() {
    let entity = |start, end, kind| Entity { tokens: start..end, kind };
    let mut score = Score::new(2);
    // A right one, one with the wrong end, one of the wrong type, one that is missed.
    score.add(
        &[entity(0, 1, 0), entity(2, 3, 0), entity(5, 6, 1)],
        &[entity(0, 1, 0), entity(2, 4, 0), entity(5, 6, 0), entity(8, 9, 1)],
    );
    let micro = score.micro();
    assert_eq!(micro, Tally { found: 3, gold: 4, right: 1 });
    assert_eq!(score.types(), [Tally { found: 2, gold: 3, right: 1 }, Tally { found: 1, gold: 1, right: 0 }]);
    assert_eq!((micro.precision(), micro.recall(), micro.f1()), (1.0 / 3.0, 0.25, 2.0 / 7.0));
    assert_eq!((Tally::default().precision(), Tally::default().f1()), (0.0, 0.0));
}

#[test]
fn learns_what_it_is_shown_and_keeps_tokens_whole() {
    let tagger = trained(1);
    assert_eq!(tagger.types(), ["PERS", "LOC"]);
    assert_eq!(tag(&tagger, "وقالت أنجيلا ميركل في برلين"), ["O", "B-PERS", "I-PERS", "O", "B-LOC"]);
    // The token is labelled, though the entity stands behind its clitic.
    assert_eq!(tag(&tagger, "وصل الوفد إلى القاهرة وتونس ."), ["O", "O", "O", "B-LOC", "B-LOC", "O"]);
    let scores = tagger.evaluate(FILE, "file").unwrap();
    assert!(scores.iter().all(|(_, tally)| tally.right == tally.gold && tally.found == tally.gold), "{scores:?}");
    // A type that the tagger never saw is missed, not an error.
    assert_eq!(
        tagger.evaluate("ا B-NEW\n", "file").unwrap()[2],
        ("NEW".to_owned(), Tally { found: 0, gold: 1, right: 0 })
    );
}

#[test]
fn training_twice_gives_the_same_file_on_any_number_of_threads() {
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| trained(7)).to_bytes()
    };
    let once = on(1);
    assert!(once == on(3));
    assert!(once != trained(8).to_bytes());
}

#[test]
fn what_is_written_is_read() {
    let tagger = trained(1);
    let file = tagger.to_bytes();
    let again = Tagger::load(&file).unwrap();
    assert!(again.is_current() && !again.uses_encoder());
    assert!(again.to_bytes() == file);
    let sentence = "زار الجهيناوي بيروت";
    assert_eq!(tag(&again, sentence), tag(&tagger, sentence));
}

#[test]
fn damaged_files_are_errors() {
    let file = trained(1).to_bytes();
    for length in (0..file.len()).step_by(file.len() / 61) {
        assert_eq!(Tagger::load(&file[..length]).unwrap_err().kind(), ErrorKind::Model);
    }
    for at in (0..file.len()).step_by(file.len() / 61).chain(0..40) {
        let mut bad = file.clone();
        bad[at] ^= 1;
        assert_eq!(Tagger::load(&bad).unwrap_err().kind(), ErrorKind::Model, "byte {at}");
    }
    // Whole files that hold nonsense.
    let [_, first, second, dense] = container::read_checked(&file, MAGIC, "tagger").unwrap();
    let sealed = |header: &str, dense: &[u8]| {
        let parts = [header.as_bytes().to_vec(), first.to_vec(), second.to_vec(), dense.to_vec()];
        Tagger::load(&container::write_checked(MAGIC, &parts)).map(|_| ()).map_err(|e| e.kind())
    };
    assert_eq!(sealed(r#"{"types":["A","B"],"encoder":false,"models":""}"#, dense), Ok(()));
    assert_eq!(sealed(r#"{"types":["A"],"encoder":false,"models":""}"#, dense), Err(ErrorKind::Model));
    assert_eq!(sealed(r#"{"types":[],"encoder":false,"models":""}"#, dense), Err(ErrorKind::Model));
    assert_eq!(sealed("{}", dense), Err(ErrorKind::Model));
    assert_eq!(sealed(r#"{"types":["A","B"],"encoder":false,"models":""}"#, &[0; 4]), Err(ErrorKind::Model));
    assert_eq!(sealed(r#"{"types":["A","B"],"encoder":true,"models":""}"#, dense), Err(ErrorKind::Model));
}

#[test]
fn what_cannot_be_learned_is_an_error() {
    let learn = |file: &str, stopped| {
        let mut types = Vec::new();
        let documents = read(file, "file", true, &mut types).unwrap();
        train(&documents, types, Settings::default(), &|| stopped).unwrap_err().kind()
    };
    let many: String = (0..61).map(|n| format!("ا B-T{n}\n\n")).collect();
    assert_eq!(learn("", false), ErrorKind::Argument);
    assert_eq!(learn("قال O\n", false), ErrorKind::Argument);
    assert_eq!(learn(&many, false), ErrorKind::Argument);
    assert_eq!(learn("بيروت B-LOC\n", true), ErrorKind::Argument);
    // The fewest that can be: parts of the jackknife are empty.
    let mut types = Vec::new();
    let documents = read("بيروت B-LOC\n", "file", true, &mut types).unwrap();
    train(&documents, types, Settings::default(), &|| false).unwrap();
}

#[test]
fn types_become_mention_types() {
    use crate::mention::MentionType::{Gpe, Loc, Org, Pers};
    let named = |names: &[&str]| {
        let file: String = names.iter().map(|name| format!("ا B-{name}\n\n")).collect();
        let mut types = Vec::new();
        let documents = read(&file, "file", true, &mut types).unwrap();
        train(&documents, types, Settings { epochs: 1, ..Settings::default() }, &|| false).unwrap()
    };
    let tagger = named(&["PER", "Organization", "loc"]);
    assert_eq!(tagger.mention_types(&[]).unwrap(), [Some(Pers), Some(Org), Some(Loc)]);
    assert_eq!(tagger.mention_types(&[("loc".to_owned(), Some(Gpe))]).unwrap()[2], Some(Gpe));
    assert!(tagger.mention_types(&[("MISC".to_owned(), None)]).is_err());
    let tagger = named(&["MISC"]);
    assert_eq!(tagger.mention_types(&[]).unwrap_err().kind(), ErrorKind::Argument);
    assert_eq!(tagger.mention_types(&[("MISC".to_owned(), None)]).unwrap(), [None]);
}

#[test]
fn with_the_encoder_too() {
    let mut types = Vec::new();
    let documents = read(FILE, "file", true, &mut types).unwrap();
    let settings = Settings { encoder: true, epochs: 30, ..Settings::default() };
    let tagger = train(&documents, types, settings, &|| false).unwrap();
    let file = tagger.to_bytes();
    let again = Tagger::load(&file).unwrap();
    assert!(again.uses_encoder() && again.to_bytes() == file);
    assert_eq!(tag(&again, "وقالت أنجيلا ميركل في برلين"), ["O", "B-PERS", "I-PERS", "O", "B-LOC"]);
}
