//! Verbal nouns and participles: from the noun back to its verb.
//!
//! Form II and the forms above it, quadriliterals and the participles of form I follow patterns (Wright, *A Grammar of the Arabic
//! Language*, 3rd ed., I §§ 195–240): the pattern's letters are undone and what is left must be a perfect that the tables of
//! morphology know, of the form that the pattern asks for. Verbal nouns of form I follow none: `data/lexicon/verbal_nouns.tsv` lists them,
//! with those of other forms that are irregular.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Aspect, Gender, Grammar, GrammaticalNumber, Morphology, Pos, Voice};
use crate::normalize::fold_into;

/// What a noun or adjective is to its verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Derivation {
    /// What is done (زيارة of زار).
    VerbalNoun,
    /// Who does it (زائر).
    ActiveParticiple,
    /// To whom or what it is done (مقتول of قتل).
    PassiveParticiple,
}

/// A verb that a noun or adjective is derived from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Verb {
    /// The noun or adjective in its dictionary form, without marks: إقامة, زائر.
    pub noun: Cow<'static, str>,
    /// How the noun is derived from it.
    pub derivation: Derivation,
    /// The verb, third person singular masculine of the perfect, with its marks.
    pub lemma: &'static str,
    /// English senses parted by `;`.
    pub gloss: &'static str,
}

/// The form of a verb, as far as its letters do not show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    First,
    /// With its second radical doubled.
    Second,
    Third,
    Fourth,
    /// Its letters show it.
    Shown,
}

const SHADDA: char = '\u{651}';

/// Whether a character is no letter of a word: tatweel, or a mark on a letter.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{0640}' | '\u{064B}'..='\u{0652}' | '\u{0670}')
}

/// The letters of a word without its marks.
pub(super) fn letters_of(word: &str) -> impl Iterator<Item = char> + '_ {
    word.chars().filter(|&c| !is_mark(c)).map(|c| if c == 'ٱ' { 'ا' } else { c })
}

/// The form of a verb by its lemma with marks.
fn measure(lemma: &str) -> Measure {
    // Each letter, and whether it is doubled.
    let mut letters: Vec<(char, bool)> = Vec::with_capacity(6);
    for c in lemma.chars() {
        match letters.last_mut() {
            Some(last) if c == SHADDA => last.1 = true,
            _ if is_mark(c) => {}
            _ => letters.push((c, false)),
        }
    }
    match letters[..] {
        [('آ', _), _, _] | [('أ', _), _, _, _] | [('أ', _), _, (_, true)] => Measure::Fourth,
        [_, (_, true), _] => Measure::Second,
        [_, ('ا', _), _, _] => Measure::Third,
        [_, _, _] | [_, (_, true)] => Measure::First,
        _ => Measure::Shown,
    }
}

/// Verbal nouns that no pattern makes, folded, each with its verbs.
fn listed() -> &'static HashMap<String, Vec<(&'static str, &'static str)>> {
    static LISTED: LazyLock<HashMap<String, Vec<(&'static str, &'static str)>>> = LazyLock::new(|| {
        let mut all: HashMap<String, Vec<(&'static str, &'static str)>> = HashMap::new();
        for line in include_str!("../data/lexicon/verbal_nouns.tsv").lines().filter(|l| !l.starts_with('#')) {
            let Some((verb, nouns)) = line.split_once('\t') else { continue };
            for noun in nouns.split('|') {
                all.entry(fold(noun)).or_default().push((noun, verb));
            }
        }
        all
    });
    &LISTED
}

/// The folded form of a word (preset `search`).
pub(super) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    fold_into(word, &mut folded);
    folded
}

/// The verbs that a noun or adjective can be derived from, the likeliest first; empty where it is derived from none that the tables know.
///
/// # Arguments
/// `noun`: as a dictionary has it or as it stands in a text, with its article, in any number and case; hamzas and marks may be left out.
///
/// ```
/// use khabar::morph::{Derivation, verbs_of};
/// let found = verbs_of("المستقيلون");
/// assert_eq!((found[0].derivation, found[0].lemma), (Derivation::ActiveParticiple, "ٱِسْتَقَال"));
/// assert!(verbs_of("طرابلس").is_empty());
/// ```
pub fn verbs_of(noun: &str) -> Vec<Verb> {
    let folded = fold(noun);
    let without = folded.strip_prefix("ال").filter(|rest| rest.chars().count() > 2);
    let mut found = Vec::new();
    // Whole first: the ال of التقاء is no article.
    for word in [Some(&*folded), without].into_iter().flatten() {
        inflected(word, |verb, _, _| push(&mut found, verb));
        if !found.is_empty() {
            break;
        }
    }
    found.sort_by_key(|verb| verb.derivation);
    found
}

/// The verb of a verbal noun, with its marks: زيارة → زار, توقيع → وقّع. The first of [`verbs_of`] that the noun is a verbal noun of.
///
/// ```
/// use khabar::morph::verb_of;
/// assert_eq!(verb_of("زيارة"), Some("زَار"));
/// assert_eq!(verb_of("توقيع"), Some("وَقَّع"));
/// assert_eq!(verb_of("مفاوضات"), Some("فَاوَض"));
/// assert_eq!(verb_of("مدينة"), None);
/// ```
pub fn verb_of(noun: &str) -> Option<&'static str> {
    verbs_of(noun).into_iter().find(|verb| verb.derivation == Derivation::VerbalNoun).map(|verb| verb.lemma)
}

/// Endings of folded nouns and adjectives, what the singular can have instead, gender and number.
type Ending = (&'static str, &'static [&'static str], Gender, GrammaticalNumber);

const ENDINGS: [Ending; 15] = {
    use Gender::{Feminine, Masculine};
    use GrammaticalNumber::{Dual, Plural, Singular};
    [
        ("يات", &["يه", "ي"], Feminine, Plural),
        ("وات", &["اه"], Feminine, Plural),
        ("ات", &["ه", ""], Feminine, Plural),
        ("تان", &["ه"], Feminine, Dual),
        ("تين", &["ه"], Feminine, Dual),
        ("ون", &["", "ي"], Masculine, Plural),
        ("ين", &["", "ي"], Masculine, Plural),
        ("ان", &[""], Masculine, Dual),
        ("ه", &["", "ي"], Feminine, Singular),
        ("ا", &[""], Masculine, Singular),
        ("ت", &["ه"], Feminine, Singular),
        ("ئ", &["ء"], Masculine, Singular),
        ("ؤ", &["ء"], Masculine, Singular),
        ("ي", &[""], Masculine, Plural),
        ("", &["ي"], Masculine, Singular),
    ]
};

/// Reads a folded word in any number, without article: each verb with gender and number of the form.
pub(super) fn inflected(word: &str, mut take: impl FnMut(Verb, Gender, GrammaticalNumber)) {
    let mut found = Vec::new();
    read(word, &mut found);
    if !found.is_empty() {
        let gender = if word.ends_with('ه') { Gender::Feminine } else { Gender::Masculine };
        return found.into_iter().for_each(|verb| take(verb, gender, GrammaticalNumber::Singular));
    }
    for (ending, instead, gender, number) in ENDINGS {
        let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.chars().count() > 2) else { continue };
        for other in instead {
            read(&format!("{stem}{other}"), &mut found);
            found.drain(..).for_each(|verb| take(verb, gender, number));
        }
    }
}

/// Adds the verbs of a folded noun without article and ending: those that a pattern tells, then the listed ones.
fn read(noun: &str, found: &mut Vec<Verb>) {
    let letters: Vec<char> = noun.chars().collect();
    verbal_nouns(&letters, |perfect, measure| {
        with_perfect(&perfect, measure, |lemma, gloss| {
            let noun = spelled(noun, measure == Measure::Fourth);
            push(found, Verb { noun: noun.into(), derivation: Derivation::VerbalNoun, lemma, gloss });
        });
    });
    for &(noun, verb) in listed().get(noun).into_iter().flatten() {
        let of = |lemma, gloss| Verb { noun: noun.into(), derivation: Derivation::VerbalNoun, lemma, gloss };
        let mut known = false;
        with_perfect(&fold(verb), measure(verb), |lemma, gloss| {
            // The list has right hamzas: زار is not زأر.
            if letters_of(lemma).eq(letters_of(verb)) {
                known = true;
                push(found, of(lemma, gloss));
            }
        });
        if !known {
            push(found, of(verb, ""));
        }
    }
    participles(&letters, |perfect, measure, derivation| {
        with_perfect(&perfect, measure, |lemma, gloss| {
            push(found, Verb { noun: noun.to_owned().into(), derivation, lemma, gloss });
        });
    });
}

fn push(found: &mut Vec<Verb>, verb: Verb) {
    if !found.iter().any(|other| (other.derivation, other.lemma) == (verb.derivation, verb.lemma)) {
        found.push(verb);
    }
}

/// A folded verbal noun as it is spelled: what patterns end in is a feminine ending, and form IV begins with a hamza.
fn spelled(noun: &str, fourth: bool) -> String {
    let mut word = noun.to_owned();
    if fourth && let Some(rest) = noun.strip_prefix('ا') {
        word = format!("إ{rest}");
    }
    // In five letters ت is a pattern's and ه a radical (توجيه).
    if word.ends_with('ه') && !(word.ends_with("يه") && word.chars().count() == 5 && word.starts_with('ت')) {
        word.pop();
        word.push('ة');
    }
    word
}

/// Hands on the verbs with a perfect, by their form: lemma and gloss.
fn with_perfect(perfect: &str, wanted: Measure, mut take: impl FnMut(&'static str, &'static str)) {
    let morphology = Morphology::shipped();
    morphology.readings(perfect, false, |reading| {
        if reading.grammar == THE_PERFECT {
            let (lemma, gloss) = morphology.lemma(reading.lemma);
            if measure(lemma) == wanted && fold(lemma) == perfect {
                take(lemma, gloss);
            }
        }
    });
}

const THE_PERFECT: Grammar = Grammar {
    pos: Pos::Verb,
    aspect: Some(Aspect::Perfective),
    voice: Some(Voice::Active),
    person: Some(3),
    gender: Some(Gender::Masculine),
    number: Some(GrammaticalNumber::Singular),
};

/// Letters in a row, as one word.
macro_rules! word {
    ($($part:expr),*) => { [$(String::from($part)),*].concat() };
}

fn text(letters: &[char]) -> String {
    letters.iter().collect()
}

/// The perfects that a verbal noun can belong to, with the form that each has.
#[rustfmt::skip]
fn verbal_nouns(letters: &[char], mut take: impl FnMut(String, Measure)) {
    use Measure::{Fourth, Second, Shown, Third};
    match *letters {
        // II: تفعيل, تفعلة; تربية, تهنئة, تجزيء.
        ['ت', a, b, 'ي', c] => take(word![a, b, if c == 'ئ' { 'ا' } else { c }], Second),
        ['ت', a, b, 'ئ', 'ه'] => take(word![a, b, 'ا'], Second),
        _ => {}
    }
    match *letters {
        ['ت', a, b, c, 'ه'] if c != 'ئ' => take(word![a, b, c], Second),
        // III: مفاعلة, with a weak end مساواة; فعال.
        ['م', a, 'ا', b, 'ا', 'ه'] => {
            take(word![a, 'ا', b, 'ي'], Third);
            take(word![a, 'ا', b, 'ا'], Third);
        }
        ['م', a, 'ا', b, c, 'ه'] => take(word![a, 'ا', b, if c == 'ئ' || c == 'ء' { 'ا' } else { c }], Third),
        ['م', a, 'ا', b, 'ه'] => take(word![a, 'ا', b], Third),
        // IV hollow: إقامة; X hollow: استقالة.
        ['ا', a, 'ا', b, 'ه'] => take(word!['ا', a, 'ا', b], Fourth),
        ['ا', 'س', 'ت', a, 'ا', b, 'ه'] => take(word!["است", a, 'ا', b], Shown),
        // IV of first radical و or ي: إيقاف; of hamza: إيمان.
        ['ا', 'ي', a, 'ا', b] => {
            take(word!["او", a, last(b)], Fourth);
            take(word!["اي", a, last(b)], Fourth);
            take(word!["ا", a, last(b)], Fourth);
        }
        ['ا', 'س', 'ت', 'ي', a, 'ا', b] => {
            take(word!["استو", a, last(b)], Shown);
            take(word!["استي", a, last(b)], Shown);
        }
        _ => {}
    }
    // What begins with an alef has a long one before its last radical: إعلان, انفجار, اجتماع, استخدام, اطمئنان.
    if let ['ا', middle @ .., 'ا', end] = letters && middle.len() >= 2 && *end != 'ه' {
        let measure = if middle.len() == 2 { Fourth } else { Shown };
        // A hamza between vowels is written on ي, in the perfect on ا: استئجار, التئام.
        let start = text(middle).replace('ئ', "ا");
        take(word!['ا', &*start, last(*end)], measure);
        // With its ت assimilated VIII is as long as IV: اتصال.
        take(word!['ا', &*start, last(*end)], Shown);
        if *end == 'ء' {
            take(word!['ا', &*start, 'ا'], measure);
        }
        match middle {
            [.., same] if same == end => take(word!['ا', &*start], measure),
            // Hollow VII and VIII: انحياز, اختيار; doubled with a long vowel has none.
            [before @ .., 'ي'] if before.len() > 1 => take(word!['ا', text(before), 'ا', *end], Shown),
            _ => {}
        }
    }
    // V, VI and تفعلل: the letters of the perfect itself; with a weak end تحدي, تحد is found through its ending.
    if let ['ت', _, _, _, ..] = letters {
        take(text(letters), Shown);
        if let [start @ .., 'ؤ' | 'ئ'] = letters {
            take(word![text(start), 'ا'], Shown);
        }
    }
    // Quadriliterals: سيطرة, ترجمة.
    if let [a, b, c, d, 'ه'] = *letters && b != 'ا' && a != 'م' {
        take(word![a, b, c, d], Shown);
    }
}

/// The last radical in the perfect: what is weak shows as a hamza in the noun and as ي, folded, in the verb.
fn last(end: char) -> char {
    if end == 'ء' { 'ي' } else { end }
}

/// The perfects that a participle can belong to.
#[rustfmt::skip]
fn participles(letters: &[char], mut take: impl FnMut(String, Measure, Derivation)) {
    use Derivation::{ActiveParticiple as Active, PassiveParticiple as Passive};
    use Measure::{First, Fourth, Second, Shown, Third};
    match *letters {
        // I: فاعل, قائد, داعي, مار.
        [a, 'ا', 'ئ', b] => {
            take(word![a, 'ا', b], First, Active);
        }
        [a, 'ا', b, 'ي'] => {
            take(word![a, b, 'ي'], First, Active);
            take(word![a, b, 'ا'], First, Active);
        }
        [a, 'ا', b, c] if a != 'م' || c != 'ا' => take(word![a, b, if c == 'ئ' { 'ا' } else { c }], First, Active),
        [a, 'ا', b] => take(word![a, b], First, Active),
        _ => {}
    }
    let ['م', rest @ ..] = letters else { return };
    match *rest {
        // I passive: مفعول, مدعو, مرمي.
        [a, b, 'و', c] => take(word![a, b, c], First, Passive),
        [a, b, 'و'] => take(word![a, b, 'ا'], First, Passive),
        [a, b, 'ي'] => take(word![a, b, 'ي'], First, Passive),
        _ => {}
    }
    match *rest {
        // IV hollow: مقيم, مدان; of first radical و: موقف.
        [a, 'ي', b] => take(word!['ا', a, 'ا', b], Fourth, Active),
        [a, 'ا', b] => take(word!['ا', a, 'ا', b], Fourth, Passive),
        _ => {}
    }
    match *rest {
        // II and IV: active and passive are written alike.
        [a, b, c] => {
            let c = if c == 'ئ' || c == 'ؤ' { 'ا' } else { c };
            for derivation in [Active, Passive] {
                take(word![a, b, c], Second, derivation);
                take(word!['ا', a, b, c], Fourth, derivation);
            }
        }
        // IV doubled: معد.
        [a, b] => [Active, Passive].into_iter().for_each(|derivation| take(word!['ا', a, b], Fourth, derivation)),
        // III.
        [a, 'ا', b, c] => [Active, Passive].into_iter().for_each(|derivation| take(word![a, 'ا', b, c], Third, derivation)),
        _ => {}
    }
    match rest {
        // V, VI and quadriliterals with ت.
        ['ت', _, _, _, ..] if rest.len() < 6 => [Active, Passive].into_iter().for_each(|d| take(text(rest), Shown, d)),
        [_, b, _, _] if *b != 'ا' => take(text(rest), Shown, Active),
        _ => {}
    }
    // VII, VIII and X: منفجر, مجتمع, محتل, مستخدم; hollow مستقيل, مستشار, محتاج.
    if rest.len() >= 4 || matches!(rest, [_, 'ت', _]) || matches!(rest, ['ن', _, _]) {
        [Active, Passive].into_iter().for_each(|d| take(word!['ا', text(rest)], Shown, d));
        if let [before @ .., 'ي', end] = rest {
            take(word!['ا', text(before), 'ا', *end], Shown, Active);
        }
    }
}
