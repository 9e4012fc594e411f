//! Morphological analysis of single words.

use khabar::morph::{Aspect, GrammaticalNumber, Morphology, Pos, Voice, analyze_word};

/// Lemmas of the readings with a part of speech, without marks.
fn lemmas(word: &str, pos: Pos) -> Vec<String> {
    let mut found: Vec<String> =
        analyze_word(word).into_iter().filter(|a| a.grammar.pos == pos).map(|a| bare(&a.lemma)).collect();
    found.sort();
    found.dedup();
    found
}

fn bare(word: &str) -> String {
    word.chars()
        .filter(|c| !matches!(c, '\u{64B}'..='\u{652}' | '\u{670}'))
        .map(|c| if c == 'ٱ' { 'ا' } else { c })
        .collect()
}

#[test]
fn verbs_of_every_class_lead_to_their_lemma() {
    for (word, lemma) in [
        ("زارت", "زار"),
        ("يزور", "زار"),
        ("دعت", "دعا"),
        ("التقت", "التقى"),
        ("سيلتقون", "التقى"),
        ("وصلوا", "وصل"),
        ("ردت", "رد"),
        ("رددنا", "رد"),
        ("قيل", "قال"),
        ("أعلنتا", "أعلن"),
        ("يتهمهم", "اتهم"),
        ("وقعوا", "وقع"),
        ("رآه", "رأى"),
        ("استقال", "استقال"),
        ("يستأنف", "استأنف"),
    ] {
        assert!(lemmas(word, Pos::Verb).contains(&lemma.to_owned()), "{word}: {:?}", lemmas(word, Pos::Verb));
    }
}

#[test]
fn names_and_particles_are_no_verbs() {
    for word in ["طرابلس", "واشنطن", "كلينتون"] {
        assert!(lemmas(word, Pos::Verb).is_empty(), "{word}: {:?}", lemmas(word, Pos::Verb));
    }
}

#[test]
fn grammar_is_told() {
    let found = analyze_word("فسيعلنها");
    assert!(found.iter().any(|a| a.proclitics == ["ف", "س"]
        && a.enclitic == Some("ها")
        && a.grammar.aspect == Some(Aspect::Imperfective)
        && a.grammar.voice == Some(Voice::Active)
        && a.grammar.person == Some(3)));
    let found = analyze_word("المصريتان");
    assert!(found.iter().any(|a| a.grammar.pos == Pos::Adj && a.grammar.number == Some(GrammaticalNumber::Dual)));
}

#[test]
fn words_that_are_none_have_no_analysis() {
    for word in ["", "\u{64E}", "abc", "123", "ززززز", "و"] {
        assert!(analyze_word(word).iter().all(|a| a.grammar.pos != Pos::Verb), "{word}");
    }
}

/// Share of the verbs of PUD and of the news words whose lemma is among the readings of their form.
#[test]
fn verbs_of_annotated_text_are_known() {
    for (file, floor) in [("pud/ar_pud-800.conllu", 0.97), ("news_words/news_words.conllu", 0.97)] {
        let path = std::path::Path::new("../shared/corpora/segmentation").join(file);
        let Ok(text) = std::fs::read_to_string(&path) else {
            eprintln!("skipped: no {}", path.display());
            continue;
        };
        let (mut known, mut all, mut missed) = (0, 0, Vec::new());
        let rows: Vec<Vec<&str>> = text.lines().map(|l| l.split('\t').collect()).collect();
        for (index, row) in rows.iter().enumerate() {
            if row.len() < 10 || row[3] != "VERB" || row[2] == "_" {
                continue;
            }
            let followed =
                row[9].contains("SpaceAfter=No") && rows.get(index + 1).is_some_and(|r| r.len() > 3 && r[3] == "PRON");
            let fold = |word: &str| {
                let mut out = String::new();
                khabar::normalize::fold_into(word, &mut out);
                out
            };
            let lemma = fold(row[2]);
            let morphology = Morphology::shipped();
            let mut found = false;
            morphology.readings(&fold(row[1]), followed, |reading| {
                found |= reading.grammar.pos == Pos::Verb && fold(morphology.lemma(reading.lemma).0) == lemma;
            });
            all += 1;
            known += usize::from(found);
            if !found {
                missed.push(format!("{}/{}", row[1], row[2]));
            }
        }
        let share = f64::from(known as u32) / f64::from(all as u32);
        println!("{file}: {known} of {all} verbs, {:.1} %; e.g. {:?}", 100.0 * share, &missed[..missed.len().min(40)]);
        assert!(share >= floor, "{file}: {share}");
    }
}

#[test]
fn forms_of_listed_nouns_lead_to_the_singular() {
    use GrammaticalNumber::{Dual, Plural, Singular};
    for (word, lemma, number) in [
        ("وزراء", "وزير", Plural),
        ("وزراؤها", "وزير", Plural),
        ("للدول", "دولة", Plural),
        ("بدولته", "دولة", Singular),
        ("الدولتين", "دولة", Dual),
        ("والأحزاب", "حزب", Plural),
        ("أطفالا", "طفل", Plural),
        ("نساؤهم", "امرأة", Plural),
    ] {
        let found = analyze_word(word);
        let noun = found.iter().find(|a| a.lemma == lemma && a.grammar.pos == Pos::Noun);
        assert_eq!(noun.and_then(|a| a.grammar.number), Some(number), "{word}: {found:#?}");
    }
    let tries = analyze_word("تجارب");
    let verb = tries.iter().find(|a| a.lemma == "تجربة").and_then(|a| a.verb.as_ref());
    assert_eq!(verb.map(|verb| bare(verb.lemma)).as_deref(), Some("جرب"), "{tries:#?}");
}

#[test]
fn what_is_likeliest_comes_first() {
    for (word, lemma) in
        [("كتاب", "كتاب"), ("مدرسة", "مدرسة"), ("زياراته", "زيارة"), ("أعلنت", "أعلن"), ("بالاجتماع", "اجتماع")]
    {
        assert_eq!(bare(&analyze_word(word)[0].lemma), lemma, "{word}: {:#?}", analyze_word(word));
    }
}

/// Share of the irregular plurals of annotated text that lead to the annotated lemma.
#[test]
fn plurals_of_annotated_text_lead_to_their_lemma() {
    let path = std::path::Path::new("../shared/corpora/segmentation/news_words/news_words.conllu");
    let Ok(text) = std::fs::read_to_string(path) else {
        eprintln!("skipped: no {}", path.display());
        return;
    };
    let (mut all, mut right, mut wrong) = (0, 0, Vec::new());
    for row in text.lines().map(|line| line.split('\t').collect::<Vec<_>>()) {
        let [_, form, lemma, "NOUN", ..] = row[..] else { continue };
        let form = form.strip_prefix("ال").unwrap_or(form);
        let singulars = khabar::morph::plurals::singulars(form);
        if singulars.is_empty() || form == lemma {
            continue;
        }
        all += 1;
        if singulars.contains(&lemma) {
            right += 1;
        } else {
            wrong.push(format!("{form} {lemma}"));
        }
    }
    println!("{right} of {all} plurals; {wrong:?}");
    assert!(right * 10 > all * 9, "{wrong:?}");
}
