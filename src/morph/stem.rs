//! Light stems for search.

use rust_stemmers::{Algorithm, Stemmer};

use crate::normalize::{Options, normalize};

/// What is an accident of typing goes; letters stay, for the stemmer tells ة from ه and أ from ا.
pub(super) const LETTERS: Options = Options {
    presentation_forms: true,
    compose: true,
    tashkeel: true,
    superscript_alef: true,
    quranic_marks: true,
    tatweel: true,
    persian_letters: true,
    bidi: true,
    zero_width: true,
    ..Options::none()
};

/// The light stem of a word, for search: clitics, article and endings cut by their letters, without a dictionary, hamzas of one kind.
///
/// The method is the Arabic stemmer of [Snowball](https://snowballstem.org/algorithms/) (Assem Chelli, Abdelkrim Aries,
/// Lakhdar Benzahia), so that stems are those of PyStemmer and of search engines that use it, with what it does not cut (the و of
/// والمسلمون) and cuts too much. Marks, tatweel and presentation forms are taken away before, so that they hide no prefix. What is not
/// made of Arabic letters alone is returned without these, and otherwise as it is. A stem is a key to find words by, not a word: for that
/// there are lemmas.
///
/// ```
/// use khabar::stem;
///
/// assert_eq!(["للمسلمين", "المسلمون", "مُسلم"].map(stem), ["مسلم", "مسلم", "مسلم"]);
/// assert_eq!(["الحكومة", "حكومتهم"].map(stem), ["حكوم", "حكوم"]);
/// assert_eq!([stem("BBC"), stem("لیبیا")], ["BBC", &stem("ليبيا")]);
/// ```
pub fn stem(word: &str) -> String {
    let stem = |word: &str| Stemmer::create(Algorithm::Arabic).stem(word).into_owned();
    // Most words are letters and nothing else: there is nothing to take away.
    if word.chars().all(|c| matches!(c, 'ء'..='غ' | 'ف'..='ي')) {
        return stem(word);
    }
    let word = normalize(word, &LETTERS);
    if word.chars().all(letter) { stem(&word) } else { word.into_owned() }
}

fn letter(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{63F}' | '\u{641}'..='\u{64A}' | '\u{66E}'..='\u{66F}' | '\u{671}'..='\u{6D3}')
}
