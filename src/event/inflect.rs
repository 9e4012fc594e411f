//! Inflection of listed predicates: the forms that a verb, verbal noun or participle takes in news, as segments show them
//! (proclitics and pronouns cut, no marks).
//!
//! The lexicon gives each verb with its imperfect, so that the stems are known; what is left is how the endings join them, which
//! the last letters decide: sound, hollow (زار، زرت، لم يزر), defective (دعا، دعت، دعوا، لم يدع) and doubled verbs (احتل، احتللنا), and
//! how a hamza is spelled before an ending (لقاء، لقائه). A form too many costs little: the scorer decides.

use std::collections::BTreeSet;

use super::frame::Shape;

/// Forms of a lexicon line, folded.
#[derive(Default)]
pub(super) struct Forms {
    pub(super) all: BTreeSet<(String, Shape)>,
}

/// A word without its marks.
fn bare(word: &str) -> String {
    word.chars().filter(|&c| !matches!(c, '\u{064B}'..='\u{0652}' | '\u{0670}' | '\u{0640}')).collect()
}

fn is_weak(letter: char) -> bool {
    matches!(letter, 'ا' | 'و' | 'ي')
}

/// A perfect, cut for its endings.
struct Stem {
    letters: Vec<char>,
}

impl Stem {
    fn of(word: &str) -> Self {
        Self { letters: bare(word).chars().collect() }
    }

    fn nth_last(&self, n: usize) -> char {
        self.letters.len().checked_sub(n).map_or(' ', |i| self.letters[i])
    }

    /// Without its last letters, then an ending.
    fn with(&self, drop: usize, ending: &str) -> String {
        let mut word: String = self.letters[..self.letters.len().saturating_sub(drop)].iter().collect();
        word.push_str(ending);
        word
    }

    /// Without the letter at a place counted from the end.
    fn without(&self, n: usize) -> String {
        let skip = self.letters.len().saturating_sub(n);
        self.letters.iter().enumerate().filter(|(i, _)| *i != skip).map(|(_, c)| c).collect()
    }

    fn is_defective(&self) -> bool {
        self.letters.len() > 2 && matches!(self.nth_last(1), 'ى' | 'ي')
            || self.letters.len() > 2 && self.nth_last(1) == 'ا'
    }

    /// The last but one letter is a long vowel that short forms drop (زار، استقال); not so in فاوض.
    fn is_hollow(&self) -> bool {
        self.letters.len() > 2 && self.nth_last(2) == 'ا' && !self.is_defective() && self.nth_last(1) != 'ء'
    }

    /// The last letter stands for two (رد، احتل، استعد، انضم, and أعد where the imperfect is as short).
    fn is_doubled(&self, imperfect: &Self) -> bool {
        let (n, all) = (self.letters.len(), &self.letters);
        n == 2
            || n == 5 && all.starts_with(&['ا', 'س', 'ت']) && all[3] != 'ا'
            || n == 4 && all[0] == 'ا' && (all[2] == 'ت' || all[1] == 'ن') && !all[3..].contains(&'ى')
            || n == 3 && all[0] == 'أ' && imperfect.letters.len() == 3
    }
}

impl Forms {
    fn add(&mut self, word: &str, shape: Shape) {
        // Two hamzas in a row are one long alef (آخذ).
        let form = crate::lexicon::fold::key(&word.replace("أأ", "آ"));
        if form.chars().count() > 1 {
            self.all.insert((form, shape));
        }
    }

    /// Forms of a verb by its perfect and imperfect, third person singular masculine; either may be `-`.
    pub(super) fn verb(&mut self, perfect: &str, imperfect: &str) {
        let (perfect, imperfect) = (Stem::of(perfect), Stem::of(imperfect));
        if perfect.letters.len() > 1 {
            self.perfect(&perfect, &imperfect);
        }
        if imperfect.letters.len() > 2 && imperfect.letters[0] == 'ي' {
            self.imperfect(&imperfect, perfect.is_hollow());
        }
    }

    fn perfect(&mut self, stem: &Stem, imperfect: &Stem) {
        let mut add = |word: String| self.add(&word, Shape::Perfect);
        add(stem.with(0, ""));
        if stem.is_defective() {
            let ya = stem.nth_last(1) == 'ي';
            // The root's letter comes back before endings that begin with a consonant (دعوت، التقيت).
            let root = if stem.nth_last(1) == 'ا' && imperfect.nth_last(1) == 'و' { "و" } else { "ي" };
            add(stem.with(1, "ا"));
            ["وا", "و"].iter().for_each(|e| add(stem.with(1, e)));
            ["ت", "تا"].iter().for_each(|e| add(stem.with(if ya { 0 } else { 1 }, e)));
            ["ت", "نا", "ن", "ا", "تم"].iter().for_each(|e| add(stem.with(1, &format!("{root}{e}"))));
            return;
        }
        ["ت", "تا", "وا", "و", "ا"].iter().for_each(|e| add(stem.with(0, e)));
        if stem.nth_last(1) == 'أ' {
            ["ؤوا", "ءوا", "آ"].iter().for_each(|e| add(stem.with(1, e)));
        }
        let short = if stem.is_hollow() {
            stem.without(2)
        } else if stem.is_doubled(imperfect) {
            stem.with(0, &stem.nth_last(1).to_string())
        } else {
            stem.with(0, "")
        };
        ["ت", "نا", "ن", "تم"].iter().for_each(|e| add(format!("{short}{e}")));
    }

    fn imperfect(&mut self, stem: &Stem, hollow: bool) {
        for person in ['ي', 'ت', 'ن', 'أ'] {
            let mut letters = stem.letters.clone();
            letters[0] = person;
            let stem = Stem { letters };
            let mut add = |word: String| self.add(&word, Shape::Imperfect);
            add(stem.with(0, ""));
            match stem.nth_last(1) {
                last @ ('ي' | 'ى' | 'و' | 'ا') => {
                    ["", "ون", "وا", "و", "ين", "ا"].iter().for_each(|e| add(stem.with(1, e)));
                    let root = if last == 'و' { "و" } else { "ي" };
                    ["ان", "ا", "ن"].iter().for_each(|e| add(stem.with(1, &format!("{root}{e}"))));
                }
                last => {
                    ["ون", "وا", "و", "ان", "ا", "ين", "ن"].iter().for_each(|e| add(stem.with(0, e)));
                    if last == 'أ' {
                        ["ؤون", "ؤوا", "آن"].iter().for_each(|e| add(stem.with(1, e)));
                    }
                    if hollow && is_weak(stem.nth_last(2)) {
                        let short = stem.without(2);
                        ["", "ن"].iter().for_each(|e| add(format!("{short}{e}")));
                    }
                }
            }
        }
    }

    /// Forms of a noun without its article: case, number, before a pronoun.
    pub(super) fn noun(&mut self, noun: &str, shape: Shape) {
        let stem = Stem::of(noun);
        let mut add = |word: String| self.add(&word, shape);
        add(stem.with(0, ""));
        if stem.letters.len() < 2 {
            return;
        }
        match stem.nth_last(1) {
            'ة' => ["ت", "ات", "تان", "تين", "تا", "تي"].iter().for_each(|e| add(stem.with(1, e))),
            'ء' => {
                ["ئ", "ؤ"].iter().for_each(|e| add(stem.with(1, e)));
                ["ات", "ان", "ين", "ا", "ي"].iter().for_each(|e| add(stem.with(0, e)));
            }
            'ى' => {
                add(stem.with(1, "ا"));
                ["يات", "يان", "يين"].iter().for_each(|e| add(stem.with(1, e)));
            }
            // An accusative as it stands beside its light verb (اجتماعا): the bare word too.
            'ا' if stem.letters.len() > 3 => {
                add(stem.with(1, ""));
                ["ات", "ين"].iter().for_each(|e| add(stem.with(1, e)));
            }
            _ if noun.ends_with("ات") && stem.letters.len() > 4 => add(stem.with(0, "")),
            _ => ["ا", "ات", "ان", "ين", "ي"].iter().for_each(|e| add(stem.with(0, e))),
        }
    }

    /// Forms of a participle by gender and number; that of a defective verb is listed without its last letter (مدل).
    pub(super) fn participle(&mut self, participle: &str, defective: bool) {
        let stem = Stem::of(participle);
        let mut add = |word: String| self.add(&word, Shape::Participle);
        add(stem.with(0, ""));
        let drop = match stem.nth_last(1) {
            'ى' => {
                add(stem.with(1, "اة"));
                ["ين", "ون", "ا"].iter().for_each(|e| add(stem.with(1, e)));
                return;
            }
            'ي' => 1,
            _ => 0,
        };
        if defective || drop == 1 {
            ["ي", "يا", "ية", "يات", "يان", "يين"].iter().for_each(|e| add(stem.with(drop, e)));
        }
        ["ة", "ت", "ا", "ون", "ين", "ات", "و", "ي", "ان", "تان", "تين"].iter().for_each(|e| add(stem.with(drop, e)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verb(perfect: &str, imperfect: &str) -> BTreeSet<String> {
        let mut forms = Forms::default();
        forms.verb(perfect, imperfect);
        forms.all.into_iter().map(|f| f.0).collect()
    }

    fn has(forms: &BTreeSet<String>, wanted: &str) {
        for word in wanted.split(' ') {
            assert!(forms.contains(word), "{word} is missing in {forms:?}");
        }
    }

    #[test]
    fn hollow() {
        has(&verb("زار", "يزور"), "زار زارت زاروا زارا زارتا زرت زرنا يزور تزور نزور ازور يزورون يزر تزر يزورا يزوران");
        has(&verb("استقال", "يستقيل"), "استقال استقالت استقلت يستقيل يستقل يستقيلوا");
        assert!(!verb("فاوض", "يفاوض").contains("فوض"));
    }

    #[test]
    fn defective() {
        has(&verb("دعا", "يدعو"), "دعا دعت دعوا دعتا دعوت دعونا يدعو تدعو يدعون يدعوا يدعوان يدع");
        has(&verb("التقى", "يلتقي"), "التقي التقت التقوا التقيا التقيت التقينا التقا يلتقي يلتقون يلتقوا يلتقيان يلتق");
        has(&verb("نفى", "ينفي"), "نفي نفت نفوا ينفي ينف ينفون");
        has(&verb("لقي", "يلقى"), "لقي لقيت لقوا يلقي يلقون");
    }

    #[test]
    fn doubled_and_hamza() {
        has(&verb("رد", "يرد"), "رد ردت ردوا رددت رددنا يرد يردون");
        has(&verb("احتل", "يحتل"), "احتل احتلت احتللنا");
        has(&verb("بدأ", "يبدأ"), "بدا بدات بداوا بدؤوا يبدا يبداون يبدؤون");
        has(&verb("أخذ", "يأخذ"), "اخذ اخذت ياخذ اخذوا ناخذ");
    }

    #[test]
    fn nouns_and_participles() {
        let mut forms = Forms::default();
        ["زيارة", "لقاء", "هجوم", "اجتماعا"].iter().for_each(|n| forms.noun(n, Shape::Noun));
        forms.participle("مندد", false);
        forms.participle("مدل", true);
        forms.participle("ملغى", true);
        let forms = forms.all.into_iter().map(|f| f.0).collect();
        has(&forms, "زياره زيارت زيارات زيارتين لقاء لقائ لقاءات هجوم هجوما هجومين اجتماع اجتماعات");
        has(&forms, "مندد منددا منددين مندده مدل مدليا مدليه ملغي ملغاه");
    }
}
