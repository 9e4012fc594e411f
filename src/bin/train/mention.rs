//! `khabar-train mention [epochs=N] [rate=X] [l1=X] [min=N] [folds=N] [recall=X] [all=1] [name=NAME]`: the mention tagger, from `news_ner`
//! (with the better mentions of `news_ie` where both have a document); measures on its dev part, which `all=1` takes into training.
//! Writes `NAME_first.bin` and `NAME_second.bin`; `mention` is the fast model, `corrected` what the encoder corrects.
//! `silver=FILE [weight=X] [silver_epochs=N] [silver_words=N]`: learns from what the accurate model tagged (`khabar-train label`) too: from
//! its first so many words, each counting so much, in the first so many epochs.
//! `without=FAMILY,…` leaves families of features out, to measure what they are worth.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use khabar::mention::{Mention, MentionType, find_mentions};
use khabar::model::linear::Linear;
use khabar::model::{Linears, Task};
use khabar::train::gold::{self, Aligned, GoldDocument};
use khabar::train::learner::Settings;
use khabar::train::silver::Silver;
use khabar::train::tagger::{self, Plan, Text};
use khabar::{Error, ErrorKind, Result};

/// An option that is a number.
pub fn number(options: &HashMap<String, String>, name: &str, default: f32) -> Result<f32> {
    let Some(value) = options.get(name) else { return Ok(default) };
    value.parse().map_err(|_| Error::new(ErrorKind::Argument, format!("{name}={value}: a number expected")))
}

/// How the tagger is trained.
pub fn settings(options: &HashMap<String, String>) -> Result<Settings> {
    let number = |name: &str, default: f32| number(options, name, default);
    Ok(Settings {
        row_bits: 18,
        epochs: number("epochs", 5.0)? as usize,
        rate: number("rate", 0.1)?,
        l1: number("l1", 1.0)?,
        l2: number("l2", 0.1)?,
        min_count: number("min", 2.0)? as u32,
        ..Settings::default()
    })
}

/// `news_ner`, with the better mentions of `news_ie` where both have a document.
pub fn documents(corpora: &Path) -> Result<Vec<GoldDocument>> {
    let mut better: HashMap<String, GoldDocument> =
        gold::read(&corpora.join("news_ie/documents.jsonl"))?.into_iter().map(|d| (d.id.clone(), d)).collect();
    let mut documents = gold::read(&corpora.join("news_ner/documents.jsonl"))?;
    for document in &mut documents {
        if let Some(other) = better.remove(&document.id).filter(|other| other.text == document.text) {
            document.mentions = other.mentions;
        }
    }
    Ok(documents)
}

pub fn train(corpora: &Path, models: &Path, options: &HashMap<String, String>) -> Result<()> {
    let number = |name: &str, default: f32| number(options, name, default);
    let settings = settings(options)?;
    let folds = number("folds", 4.0)? as usize;
    let (chosen, all) = (number("recall", 0.0)?, number("all", 0.0)? != 0.0);
    let name = options.get("name").map_or("mention", String::as_str);
    let documents = documents(corpora)?;
    let aligned: Vec<Aligned<'_>> = documents.iter().map(GoldDocument::align).collect::<Result<_>>()?;
    let is_dev = |a: &&Aligned<'_>| a.document.split.as_deref() == Some("dev");
    let dev: Vec<&Aligned<'_>> = aligned.iter().filter(is_dev).collect();
    let texts = aligned.iter().filter(|a| all || !is_dev(a)).map(Text::new).collect::<Result<Vec<_>>>()?;
    report("borders of segments allow", &dev, |a| {
        let segments = |m: &Mention| Mention { span: a.segmentation.bytes(m.segments), ..m.clone() };
        a.mentions.iter().map(segments).collect()
    });

    let silver = match options.get("silver") {
        Some(path) => silver(Path::new(path), options)?,
        None => Vec::new(),
    };
    let plan = Plan { folds, silver_epochs: number("silver_epochs", 3.0)? as usize, without: without(options)? };
    let trained = tagger::train_with(&texts.iter().chain(&silver).collect::<Vec<_>>(), &settings, &plan);
    for recall in [0.0, 0.3, 0.6] {
        let [first, second] = trained.write(recall)?;
        let load = |data: &[u8]| Linear::load(data.to_vec()).map(Some);
        let scorer =
            Linears::default().with(Task::MentionFirst, load(&first)?).with(Task::MentionSecond, load(&second)?);
        println!("recall={recall}: {} + {} bytes", first.len(), second.len());
        report("dev", &dev, |a| find_mentions(&a.segmentation, &a.hits, &a.numbers, &a.times, &scorer));
        if recall == chosen {
            std::fs::write(models.join(format!("{name}_first.bin")), first)?;
            std::fs::write(models.join(format!("{name}_second.bin")), second)?;
        }
    }
    Ok(())
}

/// Families of feature templates, by their numbers in `mention::features` and, behind those, `mention::memory`.
#[rustfmt::skip]
const FAMILIES: [(&str, &[usize]); 10] = [
    ("form", &[0]),
    ("neighbours", &[1, 2, 3, 4, 5, 6, 7, 8, 45, 46]),
    ("edges", &[9, 10, 11, 12, 13, 14]),
    ("shape", &[15, 16, 47]),
    ("clusters", &[17, 18, 19, 20, 21, 22, 23, 24, 25, 40]),
    ("word_list", &[26, 27, 28, 29, 30, 31, 32, 33, 38]),
    ("names", &[34, 35, 36, 37, 38, 39, 40, 41, 42]),
    ("numbers", &[43, 44]),
    ("memory", &[57, 58, 59, 60, 61, 62, 63, 64]),
    ("second_pass", &[48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65]),
];

/// The templates that `without` names, by their families.
fn without(options: &HashMap<String, String>) -> Result<Vec<usize>> {
    let names = options.get("without").map_or("", String::as_str).split(',').filter(|name| !name.is_empty());
    let family = |name: &str| {
        let found = FAMILIES.iter().find(|f| f.0 == name);
        found.ok_or_else(|| Error::new(ErrorKind::Argument, format!("without={name}: no family of features")))
    };
    let families = names.map(family).collect::<Result<Vec<_>>>()?;
    Ok(families.into_iter().flat_map(|f| f.1.iter().copied()).collect())
}

/// The texts that a model tagged.
fn silver(path: &Path, options: &HashMap<String, String>) -> Result<Vec<Text<'static>>> {
    let weight = number(options, "weight", 1.0)?;
    let mut left = number(options, "silver_words", f32::MAX)? as usize;
    let (mut texts, mut other) = (Vec::new(), 0);
    for line in BufReader::new(File::open(path)?).lines() {
        let bad = |e| Error::new(ErrorKind::Argument, format!("{}: {e}", path.display()));
        let silver: Silver = serde_json::from_str(&line?).map_err(bad)?;
        if left == 0 {
            break;
        }
        left = left.saturating_sub(silver.text.split_whitespace().count());
        match Text::silver(&silver, weight)? {
            Some(text) => texts.push(text),
            None => other += 1,
        }
    }
    println!("{} silver texts; {other} are cut otherwise than when they were tagged", texts.len());
    Ok(texts)
}

/// Prints precision, recall and F1 of exact spans and types.
fn report(title: &str, aligned: &[&Aligned<'_>], mut find: impl FnMut(&Aligned<'_>) -> Vec<Mention>) {
    let mut tallies = vec![[0u32; 3]; MentionType::ALL.len()];
    for document in aligned {
        let mut left: Vec<&Mention> = document.mentions.iter().collect();
        left.iter().for_each(|m| tallies[m.kind as usize][1] += 1);
        for mention in find(document) {
            let tally = &mut tallies[mention.kind as usize];
            tally[0] += 1;
            if let Some(at) = left.iter().position(|m| m.span == mention.span && m.kind == mention.kind) {
                left.swap_remove(at);
                tally[2] += 1;
            }
        }
    }
    let line = |name: &str, kinds: &mut dyn Iterator<Item = &MentionType>| {
        let [found, gold, right] =
            kinds.fold([0; 3], |sum, &k| std::array::from_fn(|i| sum[i] + tallies[k as usize][i]));
        let share = |of: u32| 100.0 * f64::from(right) / f64::from(of.max(1));
        println!(
            "{name:>10} P {:5.1} R {:5.1} F1 {:5.1}  ({gold})",
            share(found),
            share(gold),
            share((found + gold) / 2)
        );
    };
    println!("{title}:");
    line(
        "names",
        &mut MentionType::ALL
            .iter()
            .filter(|&&k| k <= MentionType::Product && !matches!(k, MentionType::Norp | MentionType::Occ)),
    );
    line("mentions", &mut MentionType::ALL.iter());
    for kind in MentionType::ALL {
        line(kind.as_str(), &mut std::iter::once(kind));
    }
}
