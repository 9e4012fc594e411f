//! The verbs of saying with all their forms, out of `data/lexicon/reporting.tsv`.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::lexicon::key;

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
    forms: HashMap<String, Form>,
}

impl Reporting {
    /// The shipped list, inflected at first use.
    ///
    /// ```
    /// use khabar::quote::reporting::{Reporting, Shape};
    /// let reporting = Reporting::shipped();
    /// let said = reporting.get("قالت").unwrap();
    /// assert_eq!(said.lemma, reporting.get("يقولون").unwrap().lemma);
    /// assert_eq!(reporting.get("مضيفا").unwrap().shape, Shape::Participle);
    /// ```
    pub fn shipped() -> &'static Self {
        static REPORTING: OnceLock<Reporting> = OnceLock::new();
        REPORTING.get_or_init(|| Self::inflect(include_str!("../data/lexicon/reporting.tsv")))
    }

    /// The reporting verb that a segment's form can be.
    #[inline]
    pub fn get(&self, form: &str) -> Option<Form> {
        self.forms.get(form).copied()
    }

    fn inflect(lines: &str) -> Self {
        let mut reporting = Self { forms: HashMap::new() };
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

    fn verb(&mut self, lemma: u16, perfect: &str, imperfect: &str) {
        let form = |shape, subject| Form { lemma, shape, subject };
        let perfects: [(&str, Subject); 6] = [
            ("", Subject::Masculine),
            ("ت", Subject::Feminine),
            ("وا", Subject::Plural),
            ("ا", Subject::Plural),
            ("تا", Subject::Plural),
            ("ن", Subject::Plural),
        ];
        let weak = perfect.ends_with('ي') || perfect.ends_with('ا');
        for (ending, subject) in perfects {
            let stem = match (weak, ending) {
                (true, "") => perfect.to_owned(),
                (true, _) => perfect.chars().take(perfect.chars().count() - 1).collect(),
                (false, _) => perfect.to_owned(),
            };
            self.add(&format!("{stem}{ending}"), form(Shape::Perfect, subject));
        }
        let Some(rest) = imperfect.strip_prefix('ي') else { return };
        let short = rest.strip_suffix(['ي', 'و']).unwrap_or(rest);
        for (text, subject) in [
            (format!("ي{rest}"), Subject::Masculine),
            (format!("ت{rest}"), Subject::Feminine),
            (format!("ي{short}ون"), Subject::Plural),
            (format!("ي{rest}ان"), Subject::Plural),
        ] {
            self.add(&text, form(Shape::Imperfect, subject));
        }
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

    #[test]
    fn forms_of_saying() {
        let reporting = Reporting::shipped();
        for (form, like, shape, subject) in [
            ("نفت", "نفي", Shape::Perfect, Subject::Feminine),
            ("اكدوا", "اكد", Shape::Perfect, Subject::Plural),
            ("تؤكد", "اكد", Shape::Imperfect, Subject::Feminine),
            ("مؤكده", "اكد", Shape::Participle, Subject::Feminine),
            ("مشيرين", "اشار", Shape::Participle, Subject::Plural),
            ("محذرا", "حذر", Shape::Participle, Subject::Masculine),
        ] {
            let found = reporting.get(form).unwrap();
            assert_eq!((found.shape, found.subject), (shape, subject), "{form}");
            assert_eq!(found.lemma, reporting.get(like).unwrap().lemma, "{form}");
        }
        assert_eq!(reporting.get("بحسب").unwrap().shape, Shape::Particle);
        assert!(reporting.get("كتاب").is_none());
    }
}
