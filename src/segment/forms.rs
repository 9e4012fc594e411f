//! Normalized forms of words and their parts.

use std::sync::LazyLock;

use super::clitics::Restored;
use crate::normalize::fold_into;

/// What [`fold_into`] makes of single characters of U+0600–U+06FF; nearly all words consist of them.
static SINGLE: LazyLock<[u16; 256]> = LazyLock::new(|| {
    let mut table = [BY_CONTEXT; 256];
    for (entry, c) in table.iter_mut().zip('\u{600}'..='\u{6FF}') {
        // Madda and hamza compose with the letter before them.
        if ('\u{653}'..='\u{655}').contains(&c) {
            continue;
        }
        let mut folded = String::new();
        fold_into(c.encode_utf8(&mut [0; 4]), &mut folded);
        let mut folded = folded.chars();
        *entry = match (folded.next(), folded.next()) {
            (None, _) => DROPPED,
            (Some(c @ '\u{1}'..='\u{7FF}'), None) => c as u16,
            _ => BY_CONTEXT,
        };
    }
    table
});

const DROPPED: u16 = 0;
const BY_CONTEXT: u16 = u16::MAX;

/// Gives words their normalized forms, as [`fold_into`] does, faster.
pub(super) struct Forms {
    single: &'static [u16; 256],
    scratch: String,
}

impl Default for Forms {
    fn default() -> Self {
        Self { single: &SINGLE, scratch: String::new() }
    }
}

impl Forms {
    /// Appends the form of a part of a word.
    #[inline]
    pub(super) fn append(&mut self, surface: &str, restored: Restored, out: &mut String) {
        match restored {
            Restored::Nothing => {}
            Restored::Alef => out.push('ا'),
            Restored::Article => out.push_str("ال"),
            Restored::Last(last) => {
                let from = out.len();
                self.fold(surface, out);
                // The letter that the pronoun changed; marks on it are gone.
                if out.len() > from {
                    out.pop();
                }
                return self.fold(last.encode_utf8(&mut [0; 4]), out);
            }
        }
        self.fold(surface, out);
    }

    #[inline]
    fn fold(&mut self, surface: &str, out: &mut String) {
        let start = out.len();
        // Letters written three times are a matter of their neighbours too.
        let (mut last, mut run) = (0, 0);
        for c in surface.chars() {
            let folded = match c {
                '\u{600}'..='\u{6FF}' => self.single[c as usize & 0xFF],
                'a'..='z' | '0'..='9' => c as u16,
                _ => BY_CONTEXT,
            };
            if folded == DROPPED {
                continue;
            }
            run = if folded == last { run + 1 } else { 1 };
            last = folded;
            match char::from_u32(folded.into()) {
                Some(c) if folded != BY_CONTEXT && run < 3 => out.push(c),
                _ => {
                    out.truncate(start);
                    // Not into `out` itself, which may be long.
                    self.scratch.clear();
                    fold_into(surface, &mut self.scratch);
                    return out.push_str(&self.scratch);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_folding(word in "[\u{600}-\u{6FF}a-zA-Z0-9&;\u{FB50}-\u{FEFF}]{0,12}|(ا|و|ه|\u{64B}|\u{640}|s|;|&){0,9}|.{0,6}") {
            let (mut fast, mut right) = ("قبل".to_owned(), String::new());
            Forms::default().append(&word, Restored::Nothing, &mut fast);
            fold_into(&word, &mut right);
            prop_assert_eq!(&fast["قبل".len()..], right);
        }
    }

    #[test]
    fn restores_what_the_pronoun_changed() {
        let mut out = String::new();
        Forms::default().append("زيارتُ", Restored::Last('ة'), &mut out);
        assert_eq!(out, "زياره");
    }
}
