//! `xz -dc ../shared/corpora/raw/*.xz | khabar-train clusters`: clusters of the words of raw text (documents parted by blank
//! lines) on standard input.

use std::io::BufRead;
use std::path::Path;

use khabar::model::clusters::Clusters;
use khabar::train::vectors::{Vocabulary, k_means, skip_gram};
use khabar::{Result, segment};

/// Rarer words have vectors that say little.
const RAREST: u64 = 10;
const FINE: usize = 1000;
const COARSE: usize = 100;

pub fn train(models: &Path) -> Result<()> {
    let mut vocabulary = Vocabulary::default();
    let mut lines = Vec::new();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let text = segment::segment(&line)?;
        for sentence in &text.sentences {
            lines.push(sentence.segments.range().map(|i| vocabulary.add(text.form(i))).collect::<Vec<u32>>());
        }
    }
    // Numbers by falling count, rare ones dropped.
    let words = vocabulary.words();
    let mut kept: Vec<usize> = (0..words.len()).filter(|&i| vocabulary.counts[i] >= RAREST).collect();
    kept.sort_by_key(|&i| std::cmp::Reverse(vocabulary.counts[i]));
    let mut renumbered = vec![None; words.len()];
    kept.iter().enumerate().for_each(|(new, &old)| renumbered[old] = Some(new as u32));
    for line in &mut lines {
        *line = line.iter().filter_map(|&w| renumbered[w as usize]).collect();
    }
    let counts: Vec<u64> = kept.iter().map(|&i| vocabulary.counts[i]).collect();
    eprintln!("{} lines, {} words, {} of them kept", lines.len(), words.len(), kept.len());

    let vectors = skip_gram(&lines, &counts);
    eprintln!("vectors made");
    let (fine, centres) = k_means(&vectors, FINE, 8);
    let (coarse, _) = k_means(&centres, COARSE, 20);
    let coarse: Vec<u8> = coarse.iter().map(|&c| c as u8 + 1).collect();
    let table = kept.iter().zip(&fine).map(|(&word, &cluster)| (words[word], cluster as u16 + 1));
    std::fs::write(models.join("clusters.bin"), Clusters::write(table, &coarse))?;
    for shown in (0..fine.len()).step_by(fine.len().max(40) / 40) {
        let mates = (0..fine.len()).filter(|&i| fine[i] == fine[shown]).take(8).map(|i| words[kept[i]]);
        eprintln!("{}", mates.collect::<Vec<_>>().join(" "));
    }
    Ok(())
}
