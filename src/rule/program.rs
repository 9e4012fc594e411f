//! Patterns compiled: for each rule an anchor that must occur, and what must stand before and after it.

use super::pattern::{Item, Pattern};
use crate::segment::TokenKind;

/// Most instructions of one direction of a rule.
const OPS: usize = 2000;

/// An instruction. A program has no loops, so it ends after at most as many steps as it has instructions.
#[derive(Debug)]
pub(super) enum Op {
    /// One of these words (ids of the vocabulary, sorted).
    Word(Box<[u32]>),
    Kind(TokenKind),
    Mention(u32, Option<u8>),
    /// Any segment that does not end a clause.
    Any,
    /// Go on at the first; if that fails, at the second.
    Split(u32, u32),
    Jump(u32),
    /// The group of a slot begins (or, backwards, ends) here.
    Mark(u8),
    Done,
}

/// What a search starts from.
#[derive(Debug, PartialEq)]
pub(super) enum Anchor {
    Words(Box<[u32]>),
    Mention(u32),
}

/// One variant of a rule: a rule whose only words stand in a choice has one for each alternative.
#[derive(Debug)]
pub(super) struct Variant {
    pub anchor: Anchor,
    /// From the anchor's first segment on.
    pub forward: Box<[Op]>,
    /// From there to the left; every item mirrored.
    pub backward: Box<[Op]>,
}

/// Compiles a pattern; `id` gives the vocabulary's number of a word.
///
/// # Errors
/// A message where nothing in the pattern can serve as its anchor, or the pattern is too long.
pub(super) fn compile(pattern: &Pattern, id: &mut dyn FnMut(&str) -> u32) -> Result<Vec<Variant>, String> {
    let mut variants = Vec::new();
    expand(pattern.items.clone(), id, &mut variants)?;
    Ok(variants)
}

/// How well an item serves as an anchor: longer words are rarer than short ones, any word than any mention.
fn weight(item: &Item) -> usize {
    match item {
        Item::Words(words) => 10 + words.iter().map(|w| w.chars().count()).min().unwrap_or(0).min(20),
        Item::Choice(ways) => {
            let best = |way: &Vec<Item>| way.iter().map(weight).max().unwrap_or(0);
            ways.iter().map(best).min().unwrap_or(0)
        }
        Item::Mention(mask, _) => 1 + usize::from(mask.count_ones() <= 3),
        _ => 0,
    }
}

fn expand(items: Vec<Item>, id: &mut dyn FnMut(&str) -> u32, variants: &mut Vec<Variant>) -> Result<(), String> {
    // Of equals the first is taken.
    let best = (0..items.len()).rev().max_by_key(|&i| weight(&items[i]));
    let best = best.filter(|&i| weight(&items[i]) > 0);
    let best = best.ok_or("a rule needs a word or a mention that is always there")?;
    if let Item::Choice(ways) = &items[best] {
        for way in ways {
            let mut spliced = items[..best].to_vec();
            spliced.extend_from_slice(way);
            spliced.extend_from_slice(&items[best + 1..]);
            expand(spliced, id, variants)?;
            if variants.len() > 500 {
                return Err("the alternatives of this rule are too many".to_owned());
            }
        }
        return Ok(());
    }
    let anchor = match &items[best] {
        Item::Words(words) => Anchor::Words(ids(words, id)),
        Item::Mention(mask, _) => Anchor::Mention(*mask),
        _ => return Err("a rule needs a word or a mention that is always there".to_owned()),
    };
    let forward = direction(&items[best..], false, id)?;
    let backward = direction(&items[..best], true, id)?;
    variants.push(Variant { anchor, forward, backward });
    Ok(())
}

fn ids(words: &[String], id: &mut dyn FnMut(&str) -> u32) -> Box<[u32]> {
    let mut ids: Vec<u32> = words.iter().map(|w| id(w)).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into()
}

fn direction(items: &[Item], backwards: bool, id: &mut dyn FnMut(&str) -> u32) -> Result<Box<[Op]>, String> {
    let mut ops = Vec::new();
    emit(items, backwards, id, &mut ops);
    ops.push(Op::Done);
    if ops.len() > OPS { Err("this pattern is too long".to_owned()) } else { Ok(ops.into()) }
}

fn emit(items: &[Item], backwards: bool, id: &mut dyn FnMut(&str) -> u32, ops: &mut Vec<Op>) {
    let mut one = |item: &Item| match item {
        Item::Words(words) => ops.push(Op::Word(ids(words, id))),
        Item::Kind(kind) => ops.push(Op::Kind(*kind)),
        Item::Mention(mask, slot) => ops.push(Op::Mention(*mask, *slot)),
        Item::Open(slot) | Item::Close(slot) => ops.push(Op::Mark(*slot)),
        Item::Gap(count) => {
            // The nearest continuation is tried first.
            let end = ops.len() as u32 + 2 * u32::from(*count);
            for _ in 0..*count {
                let next = ops.len() as u32 + 1;
                ops.push(Op::Split(end, next));
                ops.push(Op::Any);
            }
        }
        Item::Optional(inner) => {
            let split = ops.len();
            ops.push(Op::Done);
            emit(inner, backwards, id, ops);
            ops[split] = Op::Split(split as u32 + 1, ops.len() as u32);
        }
        Item::Choice(ways) => {
            let mut jumps = Vec::new();
            for (i, way) in ways.iter().enumerate() {
                let last = i + 1 == ways.len();
                let split = ops.len();
                if !last {
                    ops.push(Op::Done);
                }
                emit(way, backwards, id, ops);
                if !last {
                    jumps.push(ops.len());
                    ops.push(Op::Done);
                    ops[split] = Op::Split(split as u32 + 1, ops.len() as u32);
                }
            }
            let end = ops.len() as u32;
            for jump in jumps {
                ops[jump] = Op::Jump(end);
            }
        }
    };
    if backwards {
        items.iter().rev().for_each(&mut one);
    } else {
        items.iter().for_each(&mut one);
    }
}
