//! Verbal nouns and participles lead to their verb.

use khabar::morph::{Derivation, Pos, analyze_word, verb_of, verbs_of};
use khabar::normalize::fold_into;
use proptest::prelude::*;

fn fold(word: &str) -> String {
    let mut folded = String::new();
    fold_into(word, &mut folded);
    folded
}

/// The verbs that a noun is derived from in one way, without marks.
fn verbs(noun: &str, derivation: Derivation) -> Vec<String> {
    verbs_of(noun).iter().filter(|v| v.derivation == derivation).map(|v| fold(v.lemma)).collect()
}

#[test]
fn verbal_nouns_of_every_form() {
    for (noun, verb) in [
        ("زيارة", "زار"),
        ("هجوم", "هجم"),
        ("قتال", "قاتل"),
        ("توقيع", "وقع"),
        ("تجزئة", "جزأ"),
        ("تهنئة", "هنأ"),
        ("تربية", "ربى"),
        ("توجيهات", "وجه"),
        ("محاولة", "حاول"),
        ("مساواة", "ساوى"),
        ("مفاجأة", "فاجأ"),
        ("إعلان", "أعلن"),
        ("إقامة", "أقام"),
        ("إيقاف", "أوقف"),
        ("إلغاء", "ألغى"),
        ("إعداد", "أعد"),
        ("إيمان", "آمن"),
        ("تقدم", "تقدم"),
        ("تعاون", "تعاون"),
        ("تحد", "تحدى"),
        ("انفجار", "انفجر"),
        ("انحياز", "انحاز"),
        ("انضمام", "انضم"),
        ("اجتماعات", "اجتمع"),
        ("اتصال", "اتصل"),
        ("اتفاقيات", ""),
        ("التقاء", "التقى"),
        ("احتلال", "احتل"),
        ("اختيار", "اختار"),
        ("استخدام", "استخدم"),
        ("استقالة", "استقال"),
        ("استيراد", "استورد"),
        ("استئناف", "استأنف"),
        ("استدعاء", "استدعى"),
        ("سيطرة", "سيطر"),
        ("تدهور", "تدهور"),
        ("اطمئنان", "اطمأن"),
    ] {
        let found = verbs(noun, Derivation::VerbalNoun);
        assert_eq!(found.contains(&fold(verb)), !verb.is_empty(), "{noun}: {found:?}");
    }
}

#[test]
fn participles_of_every_form() {
    use Derivation::{ActiveParticiple as Active, PassiveParticiple as Passive};
    for (noun, derivation, verb) in [
        ("كاتب", Active, "كتب"),
        ("القائد", Active, "قاد"),
        ("داعية", Active, "دعا"),
        ("مقتول", Passive, "قتل"),
        ("مدعوون", Passive, "دعا"),
        ("منفذين", Active, "نفذ"),
        ("مفاوض", Active, "فاوض"),
        ("مشرف", Active, "أشرف"),
        ("المقيمين", Active, "أقام"),
        ("متحدثة", Active, "تحدث"),
        ("متظاهرون", Active, "تظاهر"),
        ("منسحب", Active, "انسحب"),
        ("محتل", Active, "احتل"),
        ("معتقلين", Passive, "اعتقل"),
        ("مستخدمة", Passive, "استخدم"),
        ("مستقيل", Active, "استقال"),
    ] {
        let found = verbs(noun, derivation);
        assert!(found.contains(&fold(verb)), "{noun}: {found:?}");
    }
}

#[test]
fn what_is_no_verbal_noun_has_no_verb() {
    for noun in ["مدينة", "دولة", "طرابلس", "", "abc", "ال", "أسبوع"] {
        assert_eq!(verb_of(noun), None, "{noun}");
    }
}

/// The verbal nouns that the event lexicon lists lead to the verb that it lists them with.
#[test]
fn verbal_nouns_of_listed_events_are_known() {
    let lexicon = include_str!("../src/data/lexicon/events.tsv");
    let (mut all, mut missed) = (0, Vec::new());
    for line in lexicon.lines().filter(|l| !l.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        // Lines of one word that have an imperfect: the others are constructions, or nouns alone.
        let (verb, imperfect) = (columns[0], columns[1]);
        if verb.contains([' ', '+', '-']) || imperfect == "-" {
            continue;
        }
        // The verb may be listed in the passive (أصيب).
        let lemmas: Vec<String> = analyze_word(verb)
            .iter()
            .filter(|a| a.grammar.pos == Pos::Verb && a.proclitics.is_empty())
            .map(|a| fold(&a.lemma))
            .chain([fold(verb)])
            .collect();
        let nouns: Vec<&str> = columns[2].split('|').filter(|n| *n != "-" && !n.contains(' ')).collect();
        // A noun in place of the verb (سجال); a noun with its preposition beside the noun (برعاية).
        if nouns.contains(&verb) && lemmas.len() == 1 {
            continue;
        }
        for noun in nouns.iter().filter(|n| n.strip_prefix('ب').is_none_or(|rest| !nouns.contains(&rest))) {
            all += 1;
            if !verbs_of(noun).iter().any(|v| lemmas.contains(&fold(v.lemma))) {
                missed.push(format!("{verb} {noun}"));
            }
        }
    }
    println!("{} of {all} verbal nouns", all - missed.len());
    assert!(all > 600 && missed.is_empty(), "{missed:#?}");
}

#[test]
fn analyses_tell_the_verb() {
    let found = analyze_word("وزياراتهم");
    let noun = found.iter().find(|a| a.verb.is_some() && a.enclitic == Some("هم")).unwrap();
    assert_eq!((&*noun.lemma, noun.grammar.pos, &noun.proclitics[..]), ("زيارة", Pos::Noun, &["و"][..]));
    assert_eq!(noun.verb.as_ref().unwrap().lemma, verb_of("زيارة").unwrap());
    let found = analyze_word("بإقامتها");
    assert!(found.iter().any(|a| a.lemma == "إقامة" && a.verb.as_ref().is_some_and(|v| fold(v.lemma) == "اقام")));
    // An adjective of the tables that is a participle is told once.
    let found = analyze_word("المستخدمة");
    let adjectives: Vec<_> = found.iter().filter(|a| a.grammar.pos == Pos::Adj && fold(&a.lemma) == "مستخدم").collect();
    assert!(!adjectives.is_empty() && adjectives.iter().all(|a| a.verb.is_some()), "{adjectives:#?}");
}

proptest! {
    #[test]
    fn any_word_is_read(word in "[\u{620}-\u{655}]{0,12}|.{0,12}") {
        for verb in verbs_of(&word) {
            prop_assert!(!verb.noun.is_empty() && !verb.lemma.is_empty());
        }
        analyze_word(&word);
    }
}
