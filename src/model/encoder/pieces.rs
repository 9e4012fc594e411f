//! Subword pieces: the most probable split of a word by a unigram model (Kudo, "Subword Regularization", ACL 2018).

use std::collections::HashMap;

use fst::raw::{Fst, Output};

use crate::error::{Error, ErrorKind, Result};

/// What begins the first piece of a word.
const WORD_START: &str = "\u{2581}";

/// How much less probable a letter without a piece is than the least probable piece (SentencePiece's).
const UNKNOWN_PENALTY: f64 = 10.0;

/// The pieces, with their scores.
pub(super) struct Pieces {
    by_text: Fst<Vec<u8>>,
    scores: Vec<f64>,
    unknown_score: f64,
    odd: HashMap<char, String>,
    /// Marks of a window's begin and end, and what stands for letters without a piece.
    pub(super) begin: u32,
    pub(super) end: u32,
    unknown: u32,
}

/// The best way to a place in the word: its score, where its last piece began, which it was.
#[derive(Clone, Copy)]
struct Way {
    score: f64,
    start: usize,
    piece: u32,
}

impl Pieces {
    /// Reads the tables of the encoder's file: a line with the marks and a line a piece (text, score); a line for each odd
    /// character (code in hexadecimal, what it becomes).
    pub(super) fn read(table: &[u8], odd: &[u8]) -> Result<Self> {
        let bad = |what: &str| Error::new(ErrorKind::Model, format!("encoder: {what}"));
        let text = |part| std::str::from_utf8(part).map_err(|_| bad("tables are not UTF-8"));
        let mut lines = text(table)?.split_terminator('\n');
        let marks: Vec<u32> = lines.next().unwrap_or_default().split('\t').filter_map(|n| n.parse().ok()).collect();
        let &[begin, end, unknown] = &marks[..] else { return Err(bad("no marks")) };
        let mut scores: Vec<f64> = Vec::new();
        let mut pieces = Vec::new();
        for line in lines {
            let (piece, score) = line.split_once('\t').ok_or_else(|| bad("a piece without a score"))?;
            // Scores are 32-bit numbers, added up as 64-bit ones.
            let score: f32 = score.parse().map_err(|_| bad("a score that is no number"))?;
            pieces.push((piece, scores.len() as u64));
            scores.push(f64::from(score));
        }
        if marks.iter().any(|&mark| mark as usize >= scores.len()) || scores.iter().any(|s| !s.is_finite()) {
            return Err(bad("marks or scores out of range"));
        }
        pieces.sort_unstable();
        let by_text = fst::Map::from_iter(pieces).map_err(|e| bad(&e.to_string()))?.into_fst();
        let odd = text(odd)?.split_terminator('\n').map(|line| {
            let (code, becomes) = line.split_once('\t')?;
            Some((char::from_u32(u32::from_str_radix(code, 16).ok()?)?, becomes.to_owned()))
        });
        let odd = odd.collect::<Option<HashMap<_, _>>>().ok_or_else(|| bad("an odd character that is none"))?;
        let unknown_score = scores.iter().copied().fold(f64::INFINITY, f64::min) - UNKNOWN_PENALTY;
        Ok(Self { by_text, scores, unknown_score, odd, begin, end, unknown })
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.scores.len()
    }

    /// Splits a word and appends its pieces, at least one; `begins` says whether it is the first part of its token.
    pub(super) fn split(&self, word: &str, begins: bool, pieces: &mut Vec<u32>) {
        let mut plain = String::with_capacity(word.len() + WORD_START.len());
        for c in word.chars() {
            match self.odd.get(&c) {
                Some(becomes) => plain.push_str(becomes),
                None => plain.push(c),
            }
        }
        let plain = plain.trim();
        if plain.is_empty() {
            pieces.push(self.unknown);
            return;
        }
        let start = if begins { WORD_START } else { "" };
        self.best(&[start, plain].concat(), pieces);
    }

    /// The most probable split of a text that is not empty.
    fn best(&self, text: &str, pieces: &mut Vec<u32>) {
        let mut ways: Vec<Option<Way>> = vec![None; text.len() + 1];
        ways[0] = Some(Way { score: 0.0, start: 0, piece: self.unknown });
        for (at, c) in text.char_indices() {
            let Some(Way { score: so_far, .. }) = ways[at] else { continue };
            let mut reach = |end: usize, piece: u32, score: f64| {
                let score = so_far + score;
                if ways[end].is_none_or(|way| score > way.score) {
                    ways[end] = Some(Way { score, start: at, piece });
                }
            };
            let (mut node, mut out) = (self.by_text.root(), Output::zero());
            let mut single = false;
            for (n, &byte) in text.as_bytes()[at..].iter().enumerate() {
                let Some(input) = node.find_input(byte) else { break };
                let transition = node.transition(input);
                out = out.cat(transition.out);
                node = self.by_text.node(transition.addr);
                if node.is_final() {
                    let piece = out.cat(node.final_output()).value() as u32;
                    reach(at + n + 1, piece, self.scores[piece as usize]);
                    single |= n + 1 == c.len_utf8();
                }
            }
            if !single {
                reach(at + c.len_utf8(), self.unknown, self.unknown_score);
            }
        }
        let first = pieces.len();
        let mut end = text.len();
        while end > 0 {
            // Every place between letters is reached, by the unknown piece if by no other.
            let Some(way) = ways[end] else { break };
            // Letters without a piece that stand together are one piece.
            if way.piece != self.unknown || pieces.len() == first || pieces.last() != Some(&self.unknown) {
                pieces.push(way.piece);
            }
            end = way.start;
        }
        pieces[first..].reverse();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TABLE: &str = "0\t1\t2\n<s>\t0\n</s>\t0\n<unk>\t0\n▁\t-4\n▁ال\t-3\nال\t-3.5\nحكومة\t-8\nحكوم\t-7.5\nة\t-4\n▁و\t-3\nا\t-4\nل\t-4\n▁الحكومة\t-9\nه\t-5\n";

    fn pieces() -> Pieces {
        Pieces::read(TABLE.as_bytes(), "fef7\tلأ\n200f\t \n".as_bytes()).unwrap()
    }

    fn split(word: &str, begins: bool) -> Vec<String> {
        let pieces = pieces();
        let mut ids = Vec::new();
        pieces.split(word, begins, &mut ids);
        let texts: Vec<&str> = TABLE.lines().skip(1).filter_map(|l| Some(l.split_once('\t')?.0)).collect();
        ids.iter().map(|&id| texts[id as usize].to_owned()).collect()
    }

    #[test]
    fn the_best_sum_of_scores_wins() {
        assert_eq!(split("الحكومة", true), ["▁الحكومة"]);
        assert_eq!(split("الحكومة", false), ["ال", "حكومة"]);
        assert_eq!(split("الحكومه", false), ["ال", "حكوم", "ه"]);
    }

    #[test]
    fn letters_without_a_piece_become_one_unknown_piece() {
        assert_eq!(split("الزدذه", true), ["▁ال", "<unk>", "ه"]);
        assert_eq!(split("زدز", false), ["<unk>"]);
        assert_eq!(split("", true), ["<unk>"]);
        assert_eq!(split("\u{200f}", true), ["<unk>"]);
    }

    #[test]
    fn odd_characters_become_others() {
        assert_eq!(split("ا\u{fef7}\u{200f}", false), split("الأ", false));
    }

    #[test]
    fn damaged_tables_are_errors() {
        for table in ["", "0\t1\n", "0\t1\t2\na\t0\n", "0\t0\t0\na\tx\n", "0\t0\t0\na\tNaN\n", "0\t0\t0\na\t0\na\t0\n"]
        {
            assert_eq!(
                Pieces::read(table.as_bytes(), b"").err().map(|e| e.kind()),
                Some(ErrorKind::Model),
                "{table:?}"
            );
        }
        assert!(Pieces::read(TABLE.as_bytes(), b"d800\tx\n").is_err());
    }

    proptest! {
        #[test]
        fn any_word_has_pieces(word in "\\PC{0,12}", begins in any::<bool>()) {
            let (pieces, mut ids) = (pieces(), Vec::new());
            pieces.split(&word, begins, &mut ids);
            prop_assert!(!ids.is_empty() && ids.iter().all(|&id| (id as usize) < pieces.len()));
        }
    }
}
