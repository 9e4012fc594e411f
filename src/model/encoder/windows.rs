//! How a text is cut for the encoder, which reads at most some hundred pieces at once.

use std::ops::Range;

/// Pieces of a window of several sentences; it was trained on such. More cost more than they tell.
const USUAL: usize = 200;

/// Pieces of the longest sentence that is read at once; the encoder knows 512 places, two of them for its marks.
pub(super) const LONGEST: usize = 500;

/// Pieces that two windows of one sentence share at least.
const SHARED: usize = 100;

/// A run of words that is read at once, and of which words the scores are taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) read: Range<usize>,
    pub(super) keep: Range<usize>,
}

/// Cuts words, of so many pieces each, into windows of whole sentences (ends of `sentences` are numbers of words, ascending). A
/// sentence that is too long is read in windows that overlap; each word counts where more stands around it.
pub(super) fn cut(sizes: &[usize], sentences: &[usize]) -> Vec<Window> {
    let mut windows: Vec<Window> = Vec::new();
    let (mut start, mut end, mut size) = (0, 0, 0);
    let whole = |read: Range<usize>| Window { keep: read.clone(), read };
    for &next in sentences {
        let more: usize = sizes[end..next].iter().sum();
        if start < end && size + more > USUAL {
            windows.push(whole(start..end));
            (start, size) = (end, 0);
        }
        (end, size) = (next, size + more);
        if size > LONGEST {
            windows.extend(parts(sizes, start..end));
            (start, size) = (end, 0);
        }
    }
    if start < end {
        windows.push(whole(start..end));
    }
    windows
}

/// The windows of a sentence that is too long.
fn parts(sizes: &[usize], words: Range<usize>) -> Vec<Window> {
    let mut windows: Vec<Window> = Vec::new();
    let mut start = words.start;
    loop {
        let mut end = start;
        let mut size = 0;
        // A word longer than any window would be read cut; it is one window, and what is too much is not read.
        while end < words.end && (end == start || size + sizes[end] <= LONGEST) {
            size += sizes[end];
            end += 1;
        }
        let from = windows.last().map_or(start, |before| usize::midpoint(start, before.read.end));
        if let Some(before) = windows.last_mut() {
            before.keep.end = from;
        }
        windows.push(Window { read: start..end, keep: from..end });
        if end == words.end {
            return windows;
        }
        let mut shared = 0;
        let mut next = end;
        while next > start + 1 && shared < SHARED {
            next -= 1;
            shared += sizes[next];
        }
        start = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn whole_sentences_stand_together() {
        let sizes = vec![10; 60];
        let windows = cut(&sizes, &[5, 15, 25, 60]);
        let reads: Vec<_> = windows.into_iter().map(|w| w.read).collect();
        assert_eq!(reads, [0..15, 15..25, 25..60]);
    }

    #[test]
    fn a_long_sentence_is_read_in_overlapping_windows() {
        let windows = cut(&[10; 80], &[80]);
        assert_eq!(windows, [Window { read: 0..50, keep: 0..45 }, Window { read: 40..80, keep: 45..80 }]);
    }

    proptest! {
        #[test]
        fn each_word_counts_once(sizes in prop::collection::vec(1usize..700, 0..200), lengths in prop::collection::vec(1usize..90, 0..9)) {
            let mut ends: Vec<usize> = lengths.iter().scan(0, |end, n| { *end += n; Some(*end) }).filter(|&end| end < sizes.len()).collect();
            ends.extend((!sizes.is_empty()).then_some(sizes.len()));
            let windows = cut(&sizes, &ends);
            prop_assert!(windows.iter().all(|w| w.read.start <= w.keep.start && w.keep.end <= w.read.end));
            prop_assert!(windows.iter().all(|w| w.read.len() == 1 || sizes[w.read.clone()].iter().sum::<usize>() <= LONGEST));
            prop_assert_eq!(windows.iter().flat_map(|w| w.keep.clone()).collect::<Vec<_>>(), (0..sizes.len()).collect::<Vec<_>>());
        }
    }
}
