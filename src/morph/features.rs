//! Grammar as Universal Dependencies write it.

use std::sync::LazyLock;

use super::{Aspect, Gender, Grammar, GrammaticalNumber, Voice};

impl Grammar {
    /// The grammar as the column FEATS of [CoNLL-U](https://universaldependencies.org/format.html) has it: names in the order of the alphabet,
    /// parted by `|`; empty where there is nothing to tell. The imperative is a mood there, the two others are aspects.
    ///
    /// ```
    /// use khabar::morph::{Aspect, analyze_word};
    /// let found = analyze_word("أعلنت");
    /// let she = found.iter().find(|a| a.grammar.aspect == Some(Aspect::Perfective) && a.grammar.person == Some(3)).unwrap();
    /// assert_eq!(she.grammar.features(), "Aspect=Perf|Gender=Fem|Number=Sing|Person=3|Voice=Act");
    /// ```
    pub fn features(&self) -> &'static str {
        static ALL: LazyLock<Vec<String>> = LazyLock::new(|| (0..RADIX.iter().product()).map(written).collect());
        let place = |value: Option<usize>| value.map_or(0, |place| place + 1);
        let digits = [
            place(self.aspect.map(|a| a as usize)),
            place(self.gender.map(|g| g as usize)),
            place(self.number.map(|n| n as usize)),
            usize::from(self.person.unwrap_or(0).min(3)),
            place(self.voice.map(|v| v as usize)),
        ];
        &ALL[digits.iter().zip(RADIX).fold(0, |index, (digit, radix)| index * radix + digit)]
    }
}

/// How many values aspect, gender, number, person and voice have, none of them included.
const RADIX: [usize; 5] =
    [Aspect::ALL.len() + 1, Gender::ALL.len() + 1, GrammaticalNumber::ALL.len() + 1, 4, Voice::ALL.len() + 1];

/// The features with a number: what [`Grammar::features`] looks up.
fn written(mut index: usize) -> String {
    let mut digits = [0; RADIX.len()];
    for (digit, radix) in digits.iter_mut().zip(RADIX).rev() {
        *digit = index % radix;
        index /= radix;
    }
    let [aspect, gender, number, person, voice] = digits;
    let value =
        |name: &str, values: &[&str], digit: usize| Some(format!("{name}={}", values.get(digit.checked_sub(1)?)?));
    let pairs = [
        value("Aspect", &["Perf", "Imp"], aspect),
        value("Gender", &["Masc", "Fem"], gender),
        (aspect == Aspect::Imperative as usize + 1).then(|| "Mood=Imp".to_owned()),
        value("Number", &["Sing", "Dual", "Plur"], number),
        value("Person", &["1", "2", "3"], person),
        value("Voice", &["Act", "Pass"], voice),
    ];
    pairs.into_iter().flatten().collect::<Vec<_>>().join("|")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::morph::Pos;

    #[test]
    fn all_that_grammar_can_say() {
        let none = Grammar { pos: Pos::Punct, aspect: None, voice: None, person: None, gender: None, number: None };
        assert_eq!(none.features(), "");
        let order = Grammar {
            pos: Pos::Verb,
            aspect: Some(Aspect::Imperative),
            voice: Some(Voice::Passive),
            person: Some(2),
            gender: Some(Gender::Masculine),
            number: Some(GrammaticalNumber::Plural),
        };
        assert_eq!(order.features(), "Gender=Masc|Mood=Imp|Number=Plur|Person=2|Voice=Pass");
        let noun = Grammar { gender: Some(Gender::Feminine), number: Some(GrammaticalNumber::Dual), ..none };
        assert_eq!(noun.features(), "Gender=Fem|Number=Dual");
        assert_eq!(Grammar { person: Some(3), ..none }.features(), "Person=3");
    }
}
