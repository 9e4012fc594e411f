//! Conditions of the tables: what a morpheme sets (`COND-S`) and what it asks of those around it (`COND-T`).
//!
//! A column of what is asked holds terms parted by white space, all of which must hold: `a||b` asks for one of two,
//! `!a` for the absence of one, `else` that no other term in its place holds, among morphemes of the same function that
//! agree in the terms before it.

use crate::error::{Error, ErrorKind, Result};

/// A set of conditions; each is a bit.
pub(super) type Set = u128;

/// Gives conditions their bits.
#[derive(Default)]
pub(super) struct Names(Vec<String>);

impl Names {
    /// The bit of a condition, given at first use.
    fn bit(&mut self, name: &str) -> Result<Set> {
        let at = match self.0.iter().position(|n| n == name) {
            Some(at) => at,
            None => {
                self.0.push(name.to_owned());
                self.0.len() - 1
            }
        };
        if at >= Set::BITS as usize {
            return Err(Error::new(ErrorKind::Rule, format!("more than {} conditions: {name}", Set::BITS)));
        }
        Ok(1 << at)
    }

    /// What a column `COND-S` sets.
    pub(super) fn set(&mut self, column: &str) -> Result<Set> {
        column.split_whitespace().filter(|&term| term != "_").try_fold(0, |set, term| Ok(set | self.bit(term)?))
    }

    fn term(&mut self, term: &str) -> Result<Term> {
        let (none, names) = match term.strip_prefix('!') {
            Some(rest) => (true, rest),
            None => (false, term),
        };
        let set = names.split("||").try_fold(0, |set, name| Ok::<_, Error>(set | self.bit(name)?))?;
        Ok(if none { Term::NoneOf(set) } else { Term::OneOf(set) })
    }

    /// What each column `COND-T` of a group asks; the group is all morphemes of one class and function.
    pub(super) fn tests(&mut self, columns: &[&str]) -> Result<Vec<Test>> {
        let split: Vec<Vec<&str>> =
            columns.iter().map(|c| c.split_whitespace().filter(|&term| term != "_").collect()).collect();
        split
            .iter()
            .map(|terms| {
                let test = terms.iter().enumerate().map(|(at, &term)| {
                    if term != "else" {
                        return self.term(term);
                    }
                    let rivals = split.iter().filter(|o| o.len() > at && o[..at] == terms[..at] && o[at] != "else");
                    Ok(Term::Else(rivals.map(|o| self.term(o[at])).collect::<Result<_>>()?))
                });
                Ok(Test(test.collect::<Result<_>>()?))
            })
            .collect()
    }
}

#[derive(Clone, Debug)]
enum Term {
    OneOf(Set),
    NoneOf(Set),
    Else(Vec<Term>),
}

impl Term {
    fn holds(&self, set: Set) -> bool {
        match self {
            Self::OneOf(names) => set & names != 0,
            Self::NoneOf(names) => set & names == 0,
            Self::Else(rivals) => rivals.iter().all(|rival| !rival.holds(set)),
        }
    }
}

/// What a morpheme asks of all morphemes of its word together.
#[derive(Clone, Debug, Default)]
pub(super) struct Test(Vec<Term>);

impl Test {
    pub(super) fn holds(&self, set: Set) -> bool {
        self.0.iter().all(|term| term.holds(set))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn else_holds_where_no_rival_does() {
        let mut names = Names::default();
        let tests = names.tests(&["#-ay z-suff else", "#-ay z-suff enc0", "#-ay else", "else"]).unwrap();
        let holds = |set: &str, names: &mut Names| {
            let set = names.set(set).unwrap();
            tests.iter().map(|t| t.holds(set)).collect::<Vec<_>>()
        };
        assert_eq!(holds("#-ay z-suff", &mut names), [true, false, false, false]);
        assert_eq!(holds("#-ay z-suff enc0", &mut names), [false, true, false, false]);
        assert_eq!(holds("#-ay v-suff", &mut names), [false, false, true, false]);
        assert_eq!(holds("v-suff", &mut names), [false, false, false, true]);
    }
}
