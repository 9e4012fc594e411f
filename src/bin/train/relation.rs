//! Trains the scorer of relations on `news_ie` and measures it by cross-validation.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::time::{Duration, Instant};

use khabar::entity::{Linked, link};
use khabar::lexicon;
use khabar::model::linear::{self, Linear};
use khabar::model::{Linears, Task};
use khabar::morph;
use khabar::relation::{Ends, NONE, Proposals, RelationType, find_relations};
use khabar::rule::{Capture, Rules};
use khabar::segment::segment;
use khabar::train::gold::{self, GoldDocument};
use khabar::train::learner::{self, Example, Settings};
use khabar::{Error, ErrorKind, Result};

/// A relation as it is judged: type, head, tail or title.
type Key = (RelationType, u32, String);

/// A candidate with what the annotators say of it.
struct Labelled {
    features: Vec<u32>,
    allowed: Vec<bool>,
    right: Vec<RelationType>,
    rules: Vec<(&'static str, RelationType)>,
    /// For people who read errors: the ends and the words from one to the other.
    about: String,
}

/// A document: its candidates, and all its relations, those without a candidate too.
struct Judged {
    candidates: Vec<Labelled>,
    gold: Vec<Key>,
}

fn classes() -> Vec<String> {
    std::iter::once(NONE).chain(RelationType::ALL.iter().map(|k| k.as_str())).map(str::to_owned).collect()
}

fn judge(document: &GoldDocument) -> Result<Judged> {
    let aligned = document.align()?;
    let linked = aligned.linked();
    let mut gold: Vec<Key> = document
        .relations
        .iter()
        .map(|r| match (r.tail, &r.tail_text) {
            // Relations that hold both ways are proposed from the entity that comes first.
            (Some(tail), _) if r.kind.is_symmetric() => (r.kind, r.head.min(tail), r.head.max(tail).to_string()),
            (Some(tail), _) => (r.kind, r.head, tail.to_string()),
            (None, text) => (r.kind, r.head, text.clone().unwrap_or_default()),
        })
        .collect();
    gold.sort();
    gold.dedup();
    let mut candidates = Vec::new();
    let mut proposals = Proposals::new(linked);
    while let Some(proposal) = proposals.next() {
        let ends = match proposal.ends {
            Ends::Pair { head, tail } => (head, tail.to_string()),
            Ends::Title { head, mention } => {
                (head, document.text[document.mentions[mention as usize].span.range()].to_owned())
            }
        };
        let is_title = matches!(proposal.ends, Ends::Title { .. });
        let right =
            gold.iter().filter(|g| (g.0 == RelationType::HasTitle) == is_title && (g.1, &g.2) == (ends.0, &ends.1));
        let right = right.map(|g| g.0).collect();
        let rules = proposal.rules().collect();
        let allowed = RelationType::ALL.iter().map(|&k| proposal.allowed.contains(k)).collect();
        let around = aligned.segmentation.bytes(proposal.anchors[0].join(proposal.anchors[1]));
        let words: Vec<&str> = document.text[around.range()].split_whitespace().take(40).collect();
        let name = |id: u32| document.entities[id as usize].name.as_str();
        let tail = ends.1.parse().map_or(ends.1.as_str(), name);
        let about = format!("{} → {tail} | {}", name(ends.0), words.join(" "));
        candidates.push(Labelled { rules, about, features: proposal.features.to_vec(), allowed, right });
    }
    Ok(Judged { candidates, gold })
}

/// Weights of the classes: those with few examples count more, up to `most` times, or none of them would ever be believed.
fn class_weights(judged: &[Judged], most: f32) -> Vec<f32> {
    let mut counts = vec![0usize; 1 + RelationType::ALL.len()];
    for candidate in judged.iter().flat_map(|d| &d.candidates) {
        candidate.right.iter().for_each(|&kind| counts[1 + kind as usize] += 1);
    }
    let weight = |&count: &usize| (300.0 / count.max(1) as f32).sqrt().clamp(1.0, most);
    std::iter::once(1.0).chain(counts[1..].iter().map(weight)).collect()
}

fn examples<'d>(candidates: impl Iterator<Item = &'d Labelled>) -> Vec<Example> {
    let mut examples = Vec::new();
    for candidate in candidates {
        let example = |class| Example { features: candidate.features.clone(), class, weight: 1.0 };
        if candidate.right.is_empty() {
            examples.push(example(0));
        }
        examples.extend(candidate.right.iter().map(|&kind| example(1 + kind as usize)));
    }
    examples
}

/// The examples in the file of rules are examples for the model too: it would never believe a type that the corpus
/// holds a dozen times, however plain the words.
fn rule_examples(rules: &Rules) -> Result<Vec<Labelled>> {
    let mut labelled = Vec::new();
    for (number, rule) in rules.rules().iter().enumerate() {
        let kind: RelationType = rule.yields.get("relation").map_or("", String::as_str).parse()?;
        for example in rule.matches.iter().chain(&rule.rejects) {
            let segmentation = segment(&example.text)?;
            let words = morph::read(&segmentation)?;
            let hits = lexicon::look_up(&segmentation);
            let mut mentions = example.mentions_in(&segmentation);
            let entities = link(&segmentation, &hits, &mut mentions);
            let linked = Linked {
                segmentation: &segmentation,
                words: &words,
                hits: &hits,
                mentions: &mentions,
                entities: &entities,
            };
            let mut pairs = Vec::new();
            for found in rules.find(&segmentation, &mentions).iter().filter(|m| m.rule as usize == number) {
                let entity = |c: Capture| mentions[c.mention? as usize].entity;
                for head in found.captured(rule, "head").filter_map(entity) {
                    pairs.extend(found.captured(rule, "tail").filter_map(entity).map(|tail| (head, tail)));
                }
            }
            let mut proposals = Proposals::new(linked);
            while let Some(proposal) = proposals.next() {
                let Ends::Pair { head, tail } = proposal.ends else { continue };
                let is_right = pairs.contains(&(head, tail)) || kind.is_symmetric() && pairs.contains(&(tail, head));
                let allowed: Vec<bool> = RelationType::ALL.iter().map(|&k| proposal.allowed.contains(k)).collect();
                // What else an example tells is not written down, so only the pairs of its own pattern are told apart.
                if is_right && proposal.allowed.contains(kind) {
                    let features = proposal.features.to_vec();
                    labelled.push(Labelled {
                        rules: Vec::new(),
                        about: String::new(),
                        features,
                        allowed,
                        right: vec![kind],
                    });
                } else if pairs.is_empty()
                    && matches!(
                        kind,
                        RelationType::ChildOf
                            | RelationType::SiblingOf
                            | RelationType::SpouseOf
                            | RelationType::Succeeds
                    )
                {
                    let features = proposal.features.to_vec();
                    labelled.push(Labelled {
                        rules: Vec::new(),
                        about: String::new(),
                        features,
                        allowed,
                        right: Vec::new(),
                    });
                }
            }
        }
    }
    Ok(labelled)
}

#[derive(Clone, Copy, Default)]
struct Tally {
    hit: usize,
    found: usize,
    gold: usize,
}

impl Tally {
    fn line(self) -> String {
        let share = |a: usize, b: usize| if b == 0 { 0.0 } else { 100.0 * a as f64 / b as f64 };
        let (p, r) = (share(self.hit, self.found), share(self.hit, self.gold));
        format!(
            "P {p:5.1} R {r:5.1} F {:5.1} gold {} found {}",
            share(2 * self.hit, self.found + self.gold),
            self.gold,
            self.found
        )
    }

    fn f(self) -> f64 {
        2.0 * self.hit as f64 / (self.found + self.gold).max(1) as f64
    }
}

/// Probabilities that held-out candidates got, with whether they are right.
type Scored = HashMap<RelationType, Vec<(f32, bool)>>;

fn tally(scored: &[(f32, bool)], gold: usize, threshold: f32) -> Tally {
    let found: Vec<bool> = scored.iter().filter(|s| s.0 >= threshold).map(|s| s.1).collect();
    Tally { hit: found.iter().filter(|h| **h).count(), found: found.len(), gold }
}

fn report(scored: &Scored, gold: &BTreeMap<RelationType, usize>) {
    let grid: Vec<f32> = (4..=16).map(|i| i as f32 * 0.05).collect();
    for &threshold in &grid {
        let all = scored.iter().map(|(kind, s)| tally(s, gold.get(kind).copied().unwrap_or(0), threshold));
        let sum =
            all.fold(Tally::default(), |a, b| Tally { hit: a.hit + b.hit, found: a.found + b.found, gold: a.gold });
        let sum = Tally { gold: gold.values().sum(), ..sum };
        println!("threshold {threshold:.2}  {}", sum.line());
    }
    for (kind, &count) in gold {
        let empty = Vec::new();
        let scored = scored.get(kind).unwrap_or(&empty);
        let best =
            grid.iter().copied().max_by(|a, b| tally(scored, count, *a).f().total_cmp(&tally(scored, count, *b).f()));
        let best = best.unwrap_or(0.5);
        println!(
            "{:20} {}   best at {best:.2}: {}",
            kind.as_str(),
            tally(scored, count, 0.4).line(),
            tally(scored, count, best).line()
        );
    }
}

/// `khabar-train relation [epochs=… rate=… l1=… l2=… min_count=… folds=… most=… write=… errors=…]`: `folds=0` leaves the measuring out,
/// `write=false` the model; `errors=leads` prints those of a type.
///
/// # Errors
/// Where the corpus cannot be read or a setting is no number.
pub fn train(corpora: &Path, models: &Path, options: &HashMap<String, String>) -> Result<()> {
    fn option<T: std::str::FromStr>(options: &HashMap<String, String>, name: &str, default: T) -> Result<T> {
        let Some(value) = options.get(name) else { return Ok(default) };
        value.parse().map_err(|_| Error::new(ErrorKind::Argument, format!("setting {name}={value}")))
    }
    let usual = Settings::default();
    let mut settings = Settings {
        row_bits: 18,
        epochs: option(options, "epochs", 12)?,
        rate: option(options, "rate", usual.rate)?,
        l1: option(options, "l1", usual.l1)?,
        l2: option(options, "l2", usual.l2)?,
        min_count: option(options, "min_count", 2)?,
        ..usual
    };
    let errors = options.get("errors").and_then(|kind| kind.parse::<RelationType>().ok());
    let (folds, write) = (option(options, "folds", 5)?, option(options, "write", true)?);
    let documents = gold::read(&corpora.join("news_ie/documents.jsonl"))?;
    let judged = documents.iter().map(judge).collect::<Result<Vec<_>>>()?;
    let file = models.with_file_name("rules").join("relation.toml");
    let taught = rule_examples(&Rules::parse("relation.toml", &std::fs::read_to_string(file)?)?)?;
    println!("{} examples out of rules", taught.len());
    let classes = classes();
    settings.class_weights = class_weights(&judged, option(options, "most", 4.0)?);
    let candidates: usize = judged.iter().map(|d| d.candidates.len()).sum();
    let reachable: usize = judged.iter().flat_map(|d| &d.candidates).map(|c| c.right.len()).sum();
    let total: usize = judged.iter().map(|d| d.gold.len()).sum();
    let features: usize = judged.iter().flat_map(|d| &d.candidates).map(|c| c.features.len()).sum();
    println!("{candidates} candidates with {features} features, {reachable} of {total} relations among them");

    rules_alone(&judged, errors);
    if folds > 1 {
        let mut scored = Scored::new();
        let mut gold: BTreeMap<RelationType, usize> = BTreeMap::new();
        judged.iter().flat_map(|d| &d.gold).for_each(|g| *gold.entry(g.0).or_default() += 1);
        let learn = |inside: &[usize]| -> Result<Linear> {
            Linear::load(learner::train(
                &classes,
                &examples(inside.iter().flat_map(|&i| &judged[i].candidates).chain(&taught)),
                &settings,
            )?)
        };
        let mut scores = Vec::new();
        learner::jackknife(judged.len(), folds, learn, |model, i| {
            let Ok(model) = model else { return };
            for candidate in &judged[i].candidates {
                model.scores(&candidate.features, &mut scores);
                for (score, allowed) in scores[1..].iter_mut().zip(&candidate.allowed) {
                    if !allowed {
                        *score = f32::NEG_INFINITY;
                    }
                }
                linear::softmax(&mut scores);
                if let Some(kind) = errors {
                    let (found, right) = (scores[1 + kind as usize] >= 0.3, candidate.right.contains(&kind));
                    if found != right {
                        println!("{} {}", if found { "spurious" } else { "missed" }, candidate.about);
                    }
                }
                for (&kind, &probability) in RelationType::ALL.iter().zip(&scores[1..]) {
                    if probability > 0.05 {
                        scored.entry(kind).or_default().push((probability, candidate.right.contains(&kind)));
                    }
                }
            }
        });
        report(&scored, &gold);
    }
    if write {
        let data =
            learner::train(&classes, &examples(judged.iter().flat_map(|d| &d.candidates).chain(&taught)), &settings)?;
        println!("{} bytes", data.len());
        std::fs::write(models.join("relation.bin"), &data)?;
        speed(&documents, Linear::load(data)?)?;
    }
    Ok(())
}

/// Prints how fast the stage is with a model, on gold mentions.
fn speed(documents: &[GoldDocument], model: Linear) -> Result<()> {
    let scorer = Linears::default().with(Task::Relation, Some(model));
    let (mut spent, mut words, mut found) = (Duration::ZERO, 0, 0);
    for document in documents {
        let aligned = document.align()?;
        let start = Instant::now();
        found += find_relations(aligned.linked(), &scorer).len();
        spent += start.elapsed();
        words += document.text.split_whitespace().count();
    }
    println!("{found} relations in {words} words, {:.0} words/s", words as f64 / spent.as_secs_f64().max(1e-9));
    Ok(())
}

/// Prints how right the rules are without the model; those of one type each for itself.
fn rules_alone(judged: &[Judged], detail: Option<RelationType>) {
    let mut by_kind: BTreeMap<RelationType, (usize, usize)> = BTreeMap::new();
    let mut by_rule: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for candidate in judged.iter().flat_map(|d| &d.candidates) {
        let mut kinds: Vec<RelationType> = candidate.rules.iter().map(|r| r.1).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let right = |kind| usize::from(candidate.right.contains(&kind));
        for kind in kinds {
            let tally = by_kind.entry(kind).or_default();
            *tally = (tally.0 + 1, tally.1 + right(kind));
        }
        for &(name, kind) in candidate.rules.iter().filter(|r| detail == Some(r.1)) {
            let tally = by_rule.entry(name).or_default();
            *tally = (tally.0 + 1, tally.1 + right(kind));
        }
    }
    for (kind, (fired, right)) in by_kind {
        println!("rules alone: {:20} {right} of {fired} right", kind.as_str());
    }
    for (name, (fired, right)) in by_rule {
        println!("rule {name}: {right} of {fired} right");
    }
}
