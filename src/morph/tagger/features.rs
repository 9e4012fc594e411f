//! What the tagger sees of a segment: its form as written and folded, its ends, what the tables of morphology let it be, its
//! cluster; and the same of its neighbours.

use crate::lexicon::Lexicon;
use crate::model::clusters::{Cluster, Clusters};
use crate::model::linear::{Features, hash, key};
use crate::morph::{Aspect, Gender, GrammaticalNumber, Morphology, Pos, Voice};
use crate::segment::{Segment, SegmentKind, Segmentation, Sentence, TokenKind};

/// What features are made of, one a segment; computed once, read by its neighbours too.
#[derive(Clone, Copy, Default)]
pub(crate) struct Word {
    /// Hash of the letters as written; numbers of like writing are one word.
    written: u64,
    /// Hash of the folded form.
    form: u64,
    /// Hashes of the first 1 to 3 letters of the folded form and of the last 1 to 3.
    starts: [u64; 3],
    ends: [u64; 3],
    /// Hash of the last letter as written, and of the mark after it.
    last: u64,
    /// Class of the token, kind of the segment, article, length.
    shape: u64,
    /// Kind of the segment and whether others of its token are before and after it.
    place: u64,
    cluster: Cluster,
    /// Hash of the form without the article.
    bare: u64,
    /// The parts of speech that the tables know, as bits; and these with what they say of the form.
    class: u64,
    fine_class: u64,
    /// What names the word can be part of.
    codes: u64,
    proclitic: bool,
    enclitic: bool,
    /// How its sentence is written.
    style: Style,
}

/// How a sentence is written. Treebanks differ in what they call function words, and their texts in how they are written: by this the
/// tagger tells which of the two usages goes with a text.
#[derive(Clone, Copy, Default)]
enum Style {
    /// Neither of the others.
    #[default]
    Plain,
    /// With Arabic commas.
    Arabic,
    /// With the marks of tanween or Latin commas, as in translations.
    Marked,
}

impl Style {
    fn of(sentence: &str) -> Self {
        let mut style = Self::Plain;
        // All of them are of two bytes but the comma.
        for pair in sentence.as_bytes().windows(2) {
            match pair {
                [0xD9, 0x8B..=0x8D] | [b',', _] => return Self::Marked,
                [0xD8, 0x8C] => style = Self::Arabic,
                _ => {}
            }
        }
        style
    }
}

/// Reads texts into words.
pub(crate) struct Reader {
    clusters: &'static Clusters,
    morphology: &'static Morphology,
    room: String,
}

impl Reader {
    pub(crate) fn new(clusters: &'static Clusters) -> Self {
        Self { clusters, morphology: Morphology::shipped(), room: String::new() }
    }

    /// The words of a text.
    pub(crate) fn words(&mut self, segmentation: &Segmentation<'_>) -> Vec<Word> {
        let segments = &segmentation.segments;
        let mut words: Vec<Word> =
            segments.iter().enumerate().map(|(i, segment)| self.word(segmentation, i, segment)).collect();
        for sentence in &segmentation.sentences {
            let style = Style::of(segmentation.surface(sentence.span));
            words[sentence.segments.range()].iter_mut().for_each(|w| w.style = style);
        }
        words
    }

    fn word(&mut self, segmentation: &Segmentation<'_>, i: usize, segment: &Segment) -> Word {
        let token = &segmentation.tokens[segment.token as usize];
        let form = segmentation.form(i);
        let surface = segmentation.surface(segment.span);
        let (first, last) = (token.segments.start as usize == i, token.segments.end as usize == i + 1);
        let next = segmentation.segments.get(i + 1).filter(|_| !last);
        let enclitic = next.is_some_and(|s| s.kind == SegmentKind::Enclitic);
        let hashed = hash(form);
        let mut word = Word {
            form: hashed,
            cluster: self.clusters.get(hashed),
            place: (segment.kind as u64) << 2 | u64::from(first) << 1 | u64::from(last),
            proclitic: segment.kind == SegmentKind::Proclitic,
            enclitic: segment.kind == SegmentKind::Enclitic,
            ..Word::default()
        };
        self.room.clear();
        match token.kind {
            TokenKind::Number => {
                self.room.extend(surface.chars().map(|c| if c.is_numeric() { '0' } else { c }));
                word.form = hash(&self.room);
            }
            _ => self.room.extend(surface.chars().filter(|c| !('\u{0640}'..='\u{0652}').contains(c))),
        }
        word.written = hash(&self.room);
        (word.starts, word.ends) = ends(form);
        let mark = surface.chars().next_back().filter(|c| ('\u{064B}'..='\u{0652}').contains(c));
        let tanween = surface.contains('\u{064B}');
        word.last = key(
            0,
            &[self.room.chars().next_back().map_or(0, u64::from), mark.map_or(0, u64::from), u64::from(tanween)],
        )
        .into();
        let article = form.starts_with("ال") && form.len() > 6;
        let length = (form.len() / 2).min(7) as u64;
        let year = form.len() == 4 && (form.starts_with("19") || form.starts_with("20"));
        word.shape =
            (token.kind as u64) << 12 | word.place << 8 | length << 4 | u64::from(article) << 1 | u64::from(year);
        if token.kind == TokenKind::Arabic && segment.kind == SegmentKind::Stem {
            (word.class, word.fine_class) = self.class(form, enclitic);
            word.codes = u64::from(Lexicon::shipped().word(form).bits());
            word.bare = hash(form.strip_prefix("ال").filter(|_| article).unwrap_or(form));
        }
        word
    }

    fn class(&self, form: &str, followed: bool) -> (u64, u64) {
        let (mut class, mut fine) = (1u64 << 20, 0u64);
        self.morphology.readings(form, followed, |reading| {
            let grammar = reading.grammar;
            class |= 1 << grammar.pos as u32;
            fine |= match (grammar.pos, grammar.aspect) {
                (Pos::Verb, Some(aspect)) => {
                    let passive = u32::from(grammar.voice == Some(Voice::Passive));
                    let aspect = match aspect {
                        Aspect::Perfective => 0,
                        Aspect::Imperfective => 1,
                        Aspect::Imperative => 2,
                    };
                    1 << (24 + 2 * aspect + passive)
                }
                (Pos::Adj, _) => {
                    let feminine = u32::from(grammar.gender == Some(Gender::Feminine));
                    let number = match grammar.number {
                        Some(GrammaticalNumber::Dual) => 1,
                        Some(GrammaticalNumber::Plural) => 2,
                        _ => 0,
                    };
                    1 << (32 + 2 * number + feminine)
                }
                _ => 0,
            };
        });
        (class, class | fine)
    }
}

/// Hashes of the first and of the last 1 to 3 letters.
fn ends(form: &str) -> ([u64; 3], [u64; 3]) {
    let mut cuts = form.char_indices().map(|c| c.0).skip(1);
    let starts = std::array::from_fn(|_| hash(&form[..cuts.next().unwrap_or(form.len())]));
    let mut back = form.char_indices().rev().map(|c| c.0);
    let ends = std::array::from_fn(|_| hash(&form[back.next().unwrap_or(0)..]));
    (starts, ends)
}

/// What stands beyond the ends of a sentence.
const NONE: Word = Word {
    written: 1,
    form: 1,
    starts: [1; 3],
    ends: [1; 3],
    last: 1,
    shape: 1 << 20,
    place: 1 << 20,
    cluster: Cluster { fine: u16::MAX, coarse: u8::MAX },
    bare: 1,
    class: 1,
    fine_class: 1,
    proclitic: false,
    enclitic: false,
    style: Style::Plain,
    codes: 1 << 20,
};

/// The features of segment `i` of a sentence, written over `features`.
pub(crate) fn extract(words: &[Word], sentence: &Sentence, i: usize, features: &mut Features) {
    let range = sentence.segments.range();
    let near = |by: isize| i.checked_add_signed(by).filter(|n| range.contains(n)).map_or(&NONE, |n| &words[n]);
    let [b3, b2, b1, here, a1, a2, a3] = [near(-3), near(-2), near(-1), near(0), near(1), near(2), near(3)];
    // The words around are those beyond clitics.
    let before = if b1.proclitic || b1.enclitic { if b2.proclitic { b3 } else { b2 } } else { b1 };
    let after = if a1.proclitic || a1.enclitic { if a2.proclitic { a3 } else { a2 } } else { a1 };
    let coarse = |w: &Word| u64::from(w.cluster.coarse);
    let fine = |w: &Word| u64::from(w.cluster.fine);

    features.clear();
    let mut template = 0;
    let mut add = |parts: &[u64]| {
        template += 1;
        features.add(template, parts);
    };
    add(&[here.written]);
    add(&[here.form]);
    add(&[b1.form]);
    add(&[a1.form]);
    add(&[b2.form]);
    add(&[a2.form]);
    add(&[b1.form, here.form]);
    add(&[here.form, a1.form]);
    add(&[here.written, coarse(b1)]);
    add(&[here.written, coarse(a1)]);
    add(&[here.starts[0]]);
    add(&[here.starts[1]]);
    add(&[here.starts[2]]);
    add(&[here.ends[0]]);
    add(&[here.ends[1]]);
    add(&[here.ends[2]]);
    add(&[here.starts[1], here.ends[1]]);
    add(&[here.starts[0], here.ends[0], here.shape]);
    add(&[here.last, here.class]);
    add(&[here.shape]);
    add(&[here.class, here.shape]);
    add(&[here.fine_class]);
    add(&[here.fine_class, b1.fine_class]);
    add(&[here.class, a1.class]);
    add(&[here.class, b1.class, b2.class]);
    add(&[here.class, a1.class, a2.class]);
    add(&[here.class, before.class, after.class]);
    add(&[here.class, b1.form]);
    add(&[here.class, a1.form]);
    add(&[b1.place, here.place, a1.place]);
    add(&[fine(here)]);
    add(&[coarse(here)]);
    add(&[fine(before)]);
    add(&[fine(after)]);
    add(&[fine(here), coarse(before)]);
    add(&[fine(here), coarse(after)]);
    add(&[coarse(before), coarse(here), coarse(after)]);
    add(&[coarse(b1), coarse(here)]);
    add(&[coarse(here), coarse(a1)]);
    add(&[coarse(here), here.class]);
    add(&[before.ends[1], here.ends[1]]);
    add(&[here.ends[1], after.ends[1]]);
    add(&[before.shape, here.shape, before.ends[0], here.ends[0]]);
    add(&[before.form, here.class]);
    add(&[after.ends[1]]);
    add(&[before.ends[1]]);
    add(&[here.bare]);
    add(&[here.codes]);
    add(&[b1.codes, here.codes]);
    add(&[here.codes, a1.codes]);
    add(&[before.codes, here.codes, after.codes]);
    add(&[here.codes, coarse(here)]);
    add(&[here.codes, here.class]);
    add(&[here.codes, b1.form]);
    add(&[here.codes, fine(before)]);
    add(&[here.style as u64, here.form]);
    add(&[here.style as u64, here.written]);
    add(&[here.style as u64, b1.form, here.form]);
    add(&[here.style as u64, here.class]);
    add(&[here.style as u64, here.form, a1.class]);
    add(&[here.style as u64, here.form, b1.place]);
    let style = here.style as u64;
    add(&[style, fine(here)]);
    add(&[style, here.codes, here.class]);
    add(&[style, here.ends[1], here.class]);
    add(&[style, b1.form, here.class]);
    add(&[style, here.class, b1.class, a1.class]);
    add(&[b2.class, b1.class, here.class, a1.class]);
    add(&[fine(b2), coarse(here)]);
    add(&[coarse(b2), coarse(b1), coarse(here)]);
    add(&[coarse(here), coarse(a1), coarse(a2)]);
}
