//! Words as [CoNLL-U](https://universaldependencies.org/format.html).

use std::borrow::Cow;
use std::fmt::Write;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::{Pos, Words, read};
use crate::error::Result;
use crate::segment::{Part, Scheme, SegmentKind, Segmentation, segment};

/// The sentences of a text as CoNLL-U: words cut by a scheme, with lemmas, tags and features.
///
/// A word in several parts is a multi-word token, `SpaceAfter=No` tells of words without a space between. `# text` is the sentence
/// on one line, white space as one space, in the normal form C that Universal Dependencies ask for; other white space than one space stands in MISC as
/// `SpacesAfter`, with UDPipe's `\s \t \r \n` for it. There is no parser behind it: all words hang on the first one, which is the root, by the relation
/// `dep`, which stands for an unknown one, so that readers who want a tree find one.
///
/// `id` names the document (`# newdoc id`), white space in it written as `_`, and begins the names of its sentences (`# sent_id`), which have no slash.
///
/// # Errors
/// [`ErrorKind::Text`](crate::ErrorKind::Text) where the text is over 4 GiB, [`ErrorKind::Model`](crate::ErrorKind::Model) where an embedded file
/// is damaged.
///
/// ```
/// use khabar::segment::Scheme;
/// let lines = khabar::to_conllu("وأعلن الوزير استقالته.", Some("a"), Scheme::Pud)?;
/// assert!(lines.starts_with("# newdoc id = a\n# sent_id = a-1\n# text = وأعلن الوزير استقالته.\n1-2\tوأعلن\t_"));
/// assert!(lines.contains("\n2\tأعلن\tأعلن\tVERB\t_\tAspect=Perf|Gender=Masc|Number=Sing|Person=3|Voice=Act\t1\tdep\t_\t_\n"));
/// assert!(lines.contains("\n4-5\tاستقالته\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"));
/// # Ok::<(), khabar::Error>(())
/// ```
pub fn to_conllu(text: &str, id: Option<&str>, scheme: Scheme) -> Result<String> {
    let cut = segment(text)?;
    let words = read(&cut)?;
    let id = id.map(|id| composed(id).replace(|c: char| c.is_whitespace() || c.is_control(), "_"));
    let id = id.filter(|id| !id.is_empty());
    let prefix = id.as_ref().map_or_else(String::new, |id| format!("{}-", id.replace('/', "_")));
    let mut out = String::with_capacity(text.len() * 6);
    for (number, sentence) in cut.sentences.iter().enumerate() {
        if number == 0 {
            out.push_str("# newdoc");
            if let Some(id) = &id {
                push(&mut out, format_args!(" id = {id}"));
            }
            out.push('\n');
        }
        push(&mut out, format_args!("# sent_id = {prefix}{}\n# text = ", number + 1));
        for token in sentence.tokens.range() {
            out.push_str(&composed(cut.surface(cut.tokens[token].span)));
            if token + 1 < sentence.tokens.end as usize && Gap::after(&cut, token).space {
                out.push(' ');
            }
        }
        out.push('\n');
        let mut next = 1;
        for token in sentence.tokens.range() {
            let last = token + 1 == sentence.tokens.end as usize;
            next = row(&mut out, &cut, &words, scheme, token, next, last)?;
        }
        out.push('\n');
    }
    Ok(out)
}

/// The lines of a token, its first word having the number `next`; gives the number after its last.
fn row(
    out: &mut String,
    cut: &Segmentation<'_>,
    words: &Words,
    scheme: Scheme,
    token: usize,
    next: usize,
    last: bool,
) -> Result<usize> {
    let misc = Gap::after(cut, token).misc(last);
    let nominal = |pos| matches!(pos, Pos::Noun | Pos::Adj | Pos::Propn | Pos::Num);
    let parts = cut.parts(token, scheme, |segment| Some(nominal(words.pos(segment))))?;
    if parts.len() > 1 {
        let form = composed(cut.surface(cut.tokens[token].span));
        push(out, format_args!("{next}-{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}\n", next + parts.len() - 1));
    }
    let misc = if parts.len() > 1 { "_" } else { &misc };
    for (number, part) in (next..).zip(&parts) {
        let word = Word::of(cut, words, part);
        let (form, lemma, pos, features) =
            (composed(word.form), composed(word.lemma), word.pos.as_str(), word.features);
        let (head, relation) = if number == 1 { (0, "root") } else { (1, "dep") };
        push(out, format_args!("{number}\t{form}\t{lemma}\t{pos}\t_\t{features}\t{head}\t{relation}\t_\t{misc}\n"));
    }
    Ok(next + parts.len())
}

/// The columns of a word.
struct Word<'a> {
    form: &'a str,
    lemma: &'a str,
    pos: Pos,
    features: &'static str,
}

impl<'a> Word<'a> {
    fn of(cut: &Segmentation<'a>, words: &'a Words, part: &'a Part) -> Self {
        let written = cut.surface(part.span);
        if part.kind == SegmentKind::Article {
            // Written or not: the ل of للحشد stands for it, in للغة nothing does.
            return Self { form: &part.form, lemma: &part.form, pos: Pos::Det, features: "_" };
        }
        let segment = part.segment as usize;
        Self {
            form: written,
            lemma: or(words.lemma(segment), written),
            pos: words.pos(segment),
            features: or(words.grammar(segment).features(), "_"),
        }
    }
}

/// The text, or another where it is empty.
fn or<'a>(text: &'a str, other: &'a str) -> &'a str {
    if text.is_empty() { other } else { text }
}

/// What stands between a token and the next one.
struct Gap<'t> {
    text: &'t str,
    /// Whether words are parted by it.
    space: bool,
}

impl<'t> Gap<'t> {
    fn after(cut: &Segmentation<'t>, token: usize) -> Self {
        let start = cut.tokens[token].span.end as usize;
        let end = cut.tokens.get(token + 1).map_or(cut.text.len(), |next| next.span.start as usize);
        let text = &cut.text[start..end];
        Self {
            text,
            space: token + 1 == cut.tokens.len() || text.contains(|c: char| c.is_whitespace() || c.is_control()),
        }
    }

    /// The column MISC; what follows a sentence is told only where nothing does.
    fn misc(&self, last: bool) -> Cow<'static, str> {
        match (self.space, self.text) {
            (true, " ") => "_".into(),
            (true, _) if last => "_".into(),
            (false, "") => "SpaceAfter=No".into(),
            (space, text) => {
                let mut misc = String::from(if space { "SpacesAfter=" } else { "SpaceAfter=No|SpacesAfter=" });
                for c in text.chars() {
                    match c {
                        ' ' => misc.push_str("\\s"),
                        '\t' => misc.push_str("\\t"),
                        '\r' => misc.push_str("\\r"),
                        '\n' => misc.push_str("\\n"),
                        // Readers take some of these for the end of a line.
                        c if c.is_whitespace() || c.is_control() => {
                            push(&mut misc, format_args!("\\u{:04X}", c as u32))
                        }
                        c => misc.push(c),
                    }
                }
                misc.into()
            }
        }
    }
}

fn composed(text: &str) -> Cow<'_, str> {
    if is_nfc(text) { text.into() } else { text.nfc().collect::<String>().into() }
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    // A string takes all that is written to it.
    let _ = out.write_fmt(text);
}
