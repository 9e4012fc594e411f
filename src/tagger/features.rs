//! What the tagger sees of a segment: what the shipped one sees, and what that one finds.

use super::view::View;
use crate::mention::features;
use crate::model::linear::Features;
use crate::segment::Sentence;

/// Writes the features of segment `i` of a sentence over `features`.
pub(super) fn extract(view: &View, sentence: &Sentence, i: usize, features: &mut Features) {
    features::extract(&view.words, sentence, i, features);
    let range = sentence.segments.range();
    let near = |by: isize| i.checked_add_signed(by).filter(|n| range.contains(n)).map(|n| &view.shipped[n]);
    let tags = |by: isize| near(by).map_or([255; 3], |s| s.tags).map(u64::from);
    let sure = |by: isize| near(by).map_or([255; 3], |s| s.sure).map(u64::from);
    let [b2, b1, here, a1, a2] = [tags(-2), tags(-1), tags(0), tags(1), tags(2)];
    let mut template = 300;
    let mut add = |parts: &[u64]| {
        template += 1;
        features.add(template, parts);
    };
    add(&[here[0]]);
    add(&[here[1]]);
    add(&[here[2]]);
    add(&here);
    add(&[b1[0], here[0]]);
    add(&[here[0], a1[0]]);
    add(&[b1[0], here[0], a1[0]]);
    add(&[b1[1], here[1], a1[1]]);
    add(&[b2[0], a2[0]]);
    add(&[here[0], view.words[i].form]);
    add(&[here[0], sure(0)[0]]);
    add(&[here[0], here[1], sure(0)[0], sure(0)[1]]);
    add(&[b1[0], sure(-1)[0]]);
    add(&[a1[0], sure(1)[0]]);
}
