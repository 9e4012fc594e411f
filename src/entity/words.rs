//! Words of names, made comparable.

use std::borrow::Cow;
use std::collections::HashMap;

use super::facts::Facts;
use crate::lexicon::Lexicon;
use crate::mention::MentionType;

/// Words of one document, each with a number.
#[derive(Default)]
pub(super) struct Words {
    numbers: HashMap<String, u32>,
    words: Vec<String>,
}

impl Words {
    /// The number of a word.
    pub(super) fn number(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let number = self.words.len() as u32;
        self.numbers.insert(word.to_owned(), number);
        self.words.push(word.to_owned());
        number
    }

    /// The word with a number.
    pub(super) fn word(&self, number: u32) -> &str {
        self.words.get(number as usize).map_or("", String::as_str)
    }

    /// Whether two words are one but for spelling.
    pub(super) fn alike(&self, a: u32, b: u32) -> bool {
        a == b || alike(self.word(a), self.word(b))
    }

    /// The parts of a person's folded name: what is written apart or together is joined (عبد الله, أبو الغيط, بن علي, نصر الله),
    /// the article is left out.
    pub(super) fn parts(&mut self, key: &str) -> Vec<u32> {
        let mut parts: Vec<String> = Vec::with_capacity(4);
        let mut open = String::new();
        for word in key.split(' ') {
            match word {
                "عبد" | "بن" => open.push_str(word),
                "ابن" => open.push_str("بن"),
                "ابو" | "ابي" | "ابا" => open.push_str("ابو"),
                "ال" | "" => {}
                // The second half of نور الدين, نصر الله belongs to the word before.
                "الدين" | "الله" if open.is_empty() && !parts.is_empty() => {
                    if let Some(last) = parts.last_mut() {
                        last.push_str(bare(word));
                    }
                }
                _ => {
                    let word = match word.strip_prefix("ابي").or(word.strip_prefix("ابا")) {
                        Some(rest) if rest.starts_with("ال") => format!("ابو{rest}"),
                        _ => word.to_owned(),
                    };
                    let mut part = std::mem::take(&mut open);
                    part.push_str(&light(&inner_article(&word)));
                    parts.push(part);
                }
            }
        }
        if !open.is_empty() {
            parts.push(open);
        }
        parts.iter().map(|part| self.number(part)).collect()
    }

    /// The words of another name, as [`stem`]s, kinds of bodies under one name.
    pub(super) fn stems(&mut self, kind: MentionType, key: &str) -> Vec<u32> {
        let mut stems: Vec<String> =
            key.split(' ').filter(|w| !w.is_empty()).map(|word| stem(word).into_owned()).collect();
        Facts::shipped().unify(kind, &mut stems);
        stems.iter().map(|stem| self.number(stem)).collect()
    }
}

/// A folded word of a name without article and clitics; a nationality is the country's code.
pub(super) fn stem(word: &str) -> Cow<'_, str> {
    let word = match word.strip_prefix("لل").or(word.strip_prefix("بال")) {
        Some(rest) if letters(rest) > 2 => rest,
        _ => bare(word),
    };
    match Lexicon::shipped().country_of_demonym(word).filter(|_| letters(word) > 3) {
        Some(code) => Cow::Borrowed(code),
        None => Cow::Owned(light(word)),
    }
}

/// Whether a stem is the code of a country.
pub(super) fn is_code(word: &str) -> bool {
    word.len() == 2 && word.bytes().all(|b| b.is_ascii_uppercase())
}

fn letters(word: &str) -> usize {
    word.chars().count()
}

/// A word without its article.
pub(super) fn bare(word: &str) -> &str {
    match word.strip_prefix("ال") {
        Some(rest) if letters(rest) > 1 => rest,
        _ => word,
    }
}

/// Drops the article at the start and that inside of عبدالله, نورالدين, أبوالغيط.
fn inner_article(word: &str) -> String {
    for head in ["عبدال", "ابوال"] {
        if let Some(rest) = word.strip_prefix(head).filter(|r| letters(r) > 1) {
            return format!("{}{rest}", head.trim_end_matches("ال"));
        }
    }
    for tail in ["الدين", "الله"] {
        if let Some(first) = word.strip_suffix(tail).filter(|r| letters(r) > 1) {
            return format!("{}{}", bare(first), bare(tail));
        }
    }
    bare(word).to_owned()
}

/// Folds what papers spell in several ways: the seats of hamza.
fn light(word: &str) -> String {
    word.chars()
        .filter_map(|c| match c {
            'ء' => None,
            'ؤ' => Some('و'),
            'ئ' => Some('ي'),
            _ => Some(c),
        })
        .collect()
}

/// Letters that papers write for one another in foreign names.
const SIMILAR: [&str; 8] = ["جغقكگ", "سصثز", "تط", "دضذ", "ذزظ", "هح", "فڤب", "شتس"];

fn similar(a: char, b: char) -> bool {
    a == b || SIMILAR.iter().any(|class| class.contains(a) && class.contains(b))
}

/// Whether two folded words are spellings of one name: alike but for one letter, of a kind that papers write in several ways
/// (شافيز = تشافيز = شافز, هوجو = هوغو).
pub(super) fn alike(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    if short.len() < 4 || long.len() - short.len() > 1 {
        return false;
    }
    let same = long.iter().zip(&short).take_while(|(x, y)| x == y).count();
    if long.len() == short.len() {
        // One letter replaced.
        return similar(long[same], short[same]) && long[same + 1..] == short[same + 1..];
    }
    // One letter more: a vowel, or one written twice, or the ت of تش.
    let extra = long[same];
    let vowel = matches!(extra, 'ا' | 'و' | 'ي' | 'ه') || same > 0 && long[same - 1] == extra;
    // A final ي more makes a nisba of it, another name (قذاف, قذافي).
    let vowel = vowel && !(extra == 'ي' && same + 1 == long.len());
    let affricate = extra == 'ت' && long.get(same + 1) == Some(&'ش');
    (vowel && short.len() > 3 || affricate) && long[same + 1..] == short[same..]
}

/// What is left of a word when vowels are dropped and similar letters are one: an index for other spellings.
pub(super) fn skeleton(word: &str) -> String {
    let bones: String = word
        .chars()
        .filter_map(|c| match c {
            'ا' | 'و' | 'ي' | 'ه' => None,
            'غ' | 'ق' | 'ك' | 'گ' => Some('ج'),
            'ص' | 'ث' | 'ز' | 'ظ' | 'ذ' | 'ش' => Some('س'),
            'ط' => Some('ت'),
            'ض' => Some('د'),
            'ڤ' | 'ب' => Some('ف'),
            _ => Some(c),
        })
        .collect();
    // تش and ش are one sound.
    let bones = bones.replace("تس", "س");
    if bones.is_empty() { word.to_owned() } else { bones }
}
