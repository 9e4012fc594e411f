//! The verbs of saying, out of `data/lexicon/reporting.tsv`.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::lexicon::key;
use crate::morph::{Aspect, Gender, GrammaticalNumber, Pos, Words};
use crate::segment::Segmentation;

/// What a word of saying is, grammatically.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// قال، قالت، قالوا.
    Perfect,
    /// يقول، تقول، يقولون.
    Imperfect,
    /// قائلا، مضيفة، مؤكدين.
    Participle,
    /// قول، تأكيد.
    Noun,
    /// بحسب، نقلا: names whom what is said comes from.
    Particle,
}

/// What a form of saying tells of its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// Masculine singular, or any plural after the verb.
    Masculine,
    /// Feminine singular, or things.
    Feminine,
    /// Plural in the verb itself.
    Plural,
}

/// A form of a reporting verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// Line of the list; the same for all forms of a verb.
    pub lemma: u16,
    /// What it is.
    pub shape: Shape,
    /// What it tells of its subject.
    pub subject: Subject,
}

/// The reporting verbs.
pub struct Reporting {
    /// Lines of the list by the verb's folded perfect and imperfect: its lemma, and the passives that have lines of their own (قيل).
    verbs: HashMap<String, u16>,
    /// Participles in the accusative, nouns and particles, as they stand.
    forms: HashMap<String, Form>,
}

impl Reporting {
    /// The shipped list.
    ///
    /// ```
    /// use khabar::quote::reporting::{Reporting, Shape, Subject};
    /// let cut = khabar::segment::segment("وقالت مصادر")?;
    /// let said = Reporting::shipped().get(&cut, &khabar::morph::read(&cut)?, 1).unwrap();
    /// assert_eq!((said.shape, said.subject), (Shape::Perfect, Subject::Feminine));
    /// # Ok::<(), khabar::Error>(())
    /// ```
    pub fn shipped() -> &'static Self {
        static REPORTING: OnceLock<Reporting> = OnceLock::new();
        REPORTING.get_or_init(|| Self::read(include_str!("../data/lexicon/reporting.tsv")))
    }

    /// The word of saying that a segment can be.
    #[inline]
    pub fn get(&self, segmentation: &Segmentation<'_>, words: &Words, segment: usize) -> Option<Form> {
        if words.pos(segment) == Pos::Verb
            && let Some(&lemma) =
                self.verbs.get(segmentation.form(segment)).or_else(|| self.verbs.get(words.key(segment)))
        {
            let grammar = words.grammar(segment);
            let shape = if grammar.aspect == Some(Aspect::Perfective) { Shape::Perfect } else { Shape::Imperfect };
            let subject = match (grammar.number, grammar.gender) {
                (Some(GrammaticalNumber::Dual | GrammaticalNumber::Plural), _) => Subject::Plural,
                (_, Some(Gender::Feminine)) => Subject::Feminine,
                _ => Subject::Masculine,
            };
            return Some(Form { lemma, shape, subject });
        }
        self.forms.get(segmentation.form(segment)).copied()
    }

    fn read(lines: &str) -> Self {
        let mut reporting = Self { verbs: HashMap::new(), forms: HashMap::new() };
        for (lemma, line) in (0..).zip(lines.lines()) {
            let mut columns = line.split('\t');
            let (Some(perfect), Some(imperfect), Some(nouns)) = (columns.next(), columns.next(), columns.next()) else {
                continue;
            };
            // Of longer wordings (أعرب عن) the verb; where none is, only single words report.
            let (head, alone) = perfect.split_once(' ').map_or((perfect, true), |(head, _)| (head, false));
            if imperfect == "-" {
                if alone {
                    reporting.unchanging(lemma, &key(head), columns.next().unwrap_or_default());
                }
                continue;
            }
            reporting.verb(lemma, &key(head), &key(imperfect));
            for noun in nouns.split('|').filter(|n| *n != "-" && !n.contains(' ')) {
                reporting.add(&key(noun), Form { lemma, shape: Shape::Noun, subject: Subject::Masculine });
            }
        }
        reporting
    }

    fn add(&mut self, form: &str, entry: Form) {
        if form.chars().count() > 2 || entry.shape == Shape::Perfect {
            // The first line that gives a form keeps it: the commonest verbs stand first.
            self.forms.entry(form.to_owned()).or_insert(entry);
        }
    }

    /// بحسب and the participles that stand for themselves.
    fn unchanging(&mut self, lemma: u16, form: &str, class: &str) {
        let participle = form.ends_with('ا') && class != "attribution-particle";
        let shape = if participle { Shape::Participle } else { Shape::Particle };
        self.add(form, Form { lemma, shape, subject: Subject::Masculine });
        if let (true, Some(stem)) = (participle, form.strip_suffix('ا')) {
            self.participle(lemma, stem);
        }
    }

    fn participle(&mut self, lemma: u16, stem: &str) {
        // Of weak roots the last letter comes back: ناف، نافية.
        let endings =
            [("ا", Subject::Masculine), ("ه", Subject::Feminine), ("ين", Subject::Plural), ("تين", Subject::Feminine)];
        for (ending, subject) in endings {
            self.add(&format!("{stem}{ending}"), Form { lemma, shape: Shape::Participle, subject });
        }
    }

    /// A verb, and the participle that goes on with a report.
    fn verb(&mut self, lemma: u16, perfect: &str, imperfect: &str) {
        for form in [perfect, imperfect] {
            self.verbs.entry(form.to_owned()).or_insert(lemma);
        }
        let weak = perfect.ends_with('ي') || perfect.ends_with('ا');
        let Some(rest) = imperfect.strip_prefix('ي') else { return };
        // Derived stems build the participle on the imperfect: يضيف, مضيف. The ground stem (three letters) does not.
        if perfect.chars().count() > 3
            || perfect.chars().count() == 3 && imperfect.chars().count() == 4 && perfect.starts_with('ا')
        {
            self.participle(lemma, &format!("م{rest}"));
        } else if !weak {
            // The second stem is written like the ground stem: حذر, محذرا.
            self.participle(lemma, &format!("م{rest}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{morph, segment::segment};

    /// The word of saying that each segment of a text is.
    fn found(text: &str) -> Vec<Option<Form>> {
        let cut = segment(text).unwrap();
        let words = morph::read(&cut).unwrap();
        (0..cut.segments.len()).map(|i| Reporting::shipped().get(&cut, &words, i)).collect()
    }

    #[test]
    fn forms_of_saying() {
        for (text, at, shape, subject) in [
            ("نفت الحكومة ذلك", 0, Shape::Perfect, Subject::Feminine),
            ("المسؤولون أكدوا أن الحل قريب", 1, Shape::Perfect, Subject::Plural),
            ("لجنة تؤكد أن الوضع خطير", 1, Shape::Imperfect, Subject::Feminine),
            ("مؤكدة أن الحل قريب", 0, Shape::Participle, Subject::Feminine),
            ("مشيرين إلى خطورة الوضع", 0, Shape::Participle, Subject::Plural),
            ("محذرا من الحرب", 0, Shape::Participle, Subject::Masculine),
        ] {
            let found = found(text)[at].unwrap_or_else(|| panic!("no word of saying in {text}"));
            assert_eq!((found.shape, found.subject), (shape, subject), "{text}");
        }
        assert_eq!(found("بحسب الوزير")[1].unwrap().shape, Shape::Particle);
        assert!(found("كتاب جديد").iter().all(Option::is_none));
    }
}
