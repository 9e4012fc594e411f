//! Stop words.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::stem::LETTERS;
use crate::error::Result;
use crate::normalize::{fold_into, normalize};
use crate::segment::{Scheme, SegmentKind, segment_word};

/// The listed spellings of each folded form.
static WORDS: LazyLock<HashMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let mut words: HashMap<String, Vec<&str>> = HashMap::new();
    for line in include_str!("../data/lexicon/stop_words.txt").lines() {
        for word in line.split('#').next().unwrap_or_default().split_whitespace() {
            let mut key = String::new();
            fold_into(word, &mut key);
            words.entry(key).or_default().push(word);
        }
    }
    words
});

/// Whether a word only holds a sentence together: a particle, pronoun, preposition, conjunction, demonstrative, relative or
/// question word, a form of كان and its like, also with clitics (ولكنها, منهم, للذين).
///
/// The list, some 400 words (`src/data/lexicon/stop_words.txt`), was written for khabar from the closed classes of Modern Standard
/// Arabic; numbers and adverbs of time are not on it. Marks and tatweel make no difference, nor does a hamza that is left out; ي for ى
/// does: على is a stop word, the name علي is none. What is not one word is none.
///
/// # Errors
/// [`ErrorKind::Text`](crate::ErrorKind::Text) where it has over 4 GiB, [`ErrorKind::Model`](crate::ErrorKind::Model) where an
/// embedded file is damaged.
///
/// ```
/// use khabar::is_stop;
///
/// for word in ["في", "عَلَى", "ولكنها", "إليهم", "للذين", "فكانت"] {
///     assert!(is_stop(word)?, "{word}");
/// }
/// for word in ["وزير", "علي", "بلاده", "", "BBC"] {
///     assert!(!is_stop(word)?, "{word}");
/// }
/// # Ok::<(), khabar::Error>(())
/// ```
pub fn is_stop(word: &str) -> Result<bool> {
    let word = normalize(word, &LETTERS);
    let mut whole = String::new();
    fold_into(&word, &mut whole);
    if listed(&whole, &word, false) {
        return Ok(true);
    }
    let parts = segment_word(&word, Scheme::Pud)?;
    let followed = parts.last().is_some_and(|part| part.kind == SegmentKind::Enclitic);
    Ok(parts.len() > 1
        && parts
            .iter()
            .all(|part| part.kind != SegmentKind::Stem || listed(&part.form, &word[part.span.range()], followed)))
}

/// Whether a form is on the list in a spelling that fits how it is written.
fn listed(form: &str, written: &str, followed: bool) -> bool {
    WORDS.get(form).is_some_and(|spellings| spellings.iter().any(|listed| fits(written, listed, followed)))
}

fn fits(written: &str, listed: &str, followed: bool) -> bool {
    let (mut written, mut listed) = (written.chars().rev(), listed.chars().rev());
    let last = match (written.next(), listed.next()) {
        // Before a pronoun على becomes علي.
        (Some('ي' | 'ا'), Some('ى')) => followed,
        (Some('ى'), Some('ي')) => true,
        (written, listed) => one(written, listed),
    };
    // An article that lost its alef (للذين) leaves the listed word longer: what is written decides.
    last && written.zip(listed).all(|(written, listed)| one(Some(written), Some(listed)))
}

fn one(written: Option<char>, listed: Option<char>) -> bool {
    written == listed || written == Some('ا') && matches!(listed, Some('أ' | 'إ' | 'آ'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_only_look_like_it_are_none() {
        let words = "علي بلد كليات فكر وجد منى هند سلم لبنان كمال حسن ذهب بيان أثر آن الأم آي لعلي من·أجل ،";
        for word in words.split(' ') {
            let word = word.replace('·', " ");
            assert!(!is_stop(&word).unwrap(), "{word}");
        }
    }

    #[test]
    fn clitics_and_spellings() {
        let words = "فى الى ان إثر اثر وعليها لديهم بهذا فلما منكم لهما وله ولأنه لانه كالذين للتي بأنها وليس هــذا مِنْ";
        for word in words.split(' ') {
            assert!(is_stop(word).unwrap(), "{word}");
        }
    }
}
