//! Figures of a tagger, those of `conlleval` and `seqeval`: entities with the right tokens and type.

use super::conll::Entity;

/// Numbers of entities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Found.
    pub found: usize,
    /// Annotated.
    pub gold: usize,
    /// Found that are annotated.
    pub right: usize,
}

impl Tally {
    fn share(right: usize, of: usize) -> f64 {
        if of == 0 { 0.0 } else { right as f64 / of as f64 }
    }

    /// Share of the found entities that are right; 0 where there are none.
    pub fn precision(self) -> f64 {
        Self::share(self.right, self.found)
    }

    /// Share of the annotated entities that were found; 0 where there are none.
    pub fn recall(self) -> f64 {
        Self::share(self.right, self.gold)
    }

    /// Harmonic mean of both.
    pub fn f1(self) -> f64 {
        Self::share(2 * self.right, self.found + self.gold)
    }
}

/// Counts entities by type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    types: Vec<Tally>,
}

impl Score {
    /// Of so many types.
    pub fn new(types: usize) -> Self {
        Self { types: vec![Tally::default(); types] }
    }

    /// A tally for each type.
    pub fn types(&self) -> &[Tally] {
        &self.types
    }

    /// Adds the entities of a sentence.
    pub fn add(&mut self, found: &[Entity], gold: &[Entity]) {
        let most = found.iter().chain(gold).map(|e| e.kind + 1).max().unwrap_or(0);
        self.types.resize(self.types.len().max(most), Tally::default());
        found.iter().for_each(|e| self.types[e.kind].found += 1);
        for entity in gold {
            self.types[entity.kind].gold += 1;
            self.types[entity.kind].right += usize::from(found.contains(entity));
        }
    }

    /// Over all types.
    pub fn micro(&self) -> Tally {
        self.types.iter().fold(Tally::default(), |sum, t| Tally {
            found: sum.found + t.found,
            gold: sum.gold + t.gold,
            right: sum.right + t.right,
        })
    }
}
