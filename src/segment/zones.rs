//! Zones: which part of a page a line belongs to.

use super::{Sentence, Zone};

/// Sets the zone of each sentence: a first line that is short and ends without a full stop is the title of what follows.
pub(super) fn mark(text: &str, sentences: &mut [Sentence], first_line: usize) {
    if first_line >= sentences.len() {
        return;
    }
    let (first, rest) = sentences.split_at_mut(first_line);
    let line = &text[first[0].span.start as usize..first[first.len() - 1].span.end as usize];
    let body: usize = rest.iter().map(|s| s.tokens.len()).sum();
    let words: usize = first.iter().map(|s| s.tokens.len()).sum();
    if words <= 30 && body > words && !line.ends_with(['.', '،', '؛']) {
        for sentence in first {
            sentence.zone = Zone::Title;
        }
    }
}
