//! The rule engine: the examples in every shipped file of rules, matching, mistakes in files.

use khabar::ErrorKind;
use khabar::mention::Mention;
use khabar::rule::{Rules, parse_marked};
use khabar::segment::segment;
use khabar::span::Span;
use proptest::prelude::*;

/// The file of rules for this engine, with all its examples (other files in the folder are data of single stages).
#[test]
fn examples_of_shipped_rules_come_out() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/data/rules");
    let name = "relation.toml";
    let rules = Rules::parse(name, &std::fs::read_to_string(folder.join(name)).unwrap()).unwrap();
    let failures: Vec<String> = rules.check().into_iter().map(|f| format!("{name}: {f}")).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn rule(pattern: &str) -> String {
    format!(
        "[classes]\nkin = [\"نجل\", \"ابن عم\"]\n\n[[rule]]\nname = \"r\"\npattern = \"{pattern}\"\nyields = {{}}\nmatch = [\"ا\"]\nreject = [\"ب\"]\n"
    )
}

/// Where a pattern matches a marked text, as the parts that it keeps.
fn kept(pattern: &str, marked: &str) -> Vec<Vec<String>> {
    let rules = Rules::parse("t.toml", &rule(pattern)).unwrap();
    let (text, spans) = parse_marked(marked).unwrap();
    let cut = segment(&text).unwrap();
    let place = |span: Span| {
        Span::of(
            cut.segments.partition_point(|s| s.span.end <= span.start),
            cut.segments.partition_point(|s| s.span.start < span.end),
        )
    };
    let mention =
        |&(kind, span): &_| Mention { span, segments: place(span), kind, value: None, entity: None, confidence: None };
    let mentions: Vec<Mention> = spans.iter().map(mention).collect();
    let rule = &rules.rules()[0];
    let parts = |found: &khabar::rule::Match| {
        let names = rule.captures.iter();
        names
            .flat_map(|n| {
                found.captured(rule, n).map(|c| cut.surface(cut.bytes(c.segments)).to_owned()).collect::<Vec<_>>()
            })
            .collect()
    };
    rules.find(&cut, &mentions).iter().map(parts).collect()
}

#[test]
fn mentions_words_and_gaps() {
    let text = "أعلن [OCC قائد [ORG الجيش]] [PERS سامي الكيلاني] أن القوات تتقدم";
    assert_eq!(kept("<PERS p> أعلن", text).len(), 0);
    assert_eq!(kept("أعلن ~3 <PERS p>", text), [["سامي الكيلاني"]]);
    assert_eq!(kept("أعلن ~1 <PERS p>", text).len(), 0);
    assert_eq!(kept("أعلن <OCC post> <PERS p>", text), [["قائد الجيش", "سامي الكيلاني"]]);
    assert_eq!(kept("قائد <ORG o> <PERS p>", text), [["الجيش", "سامي الكيلاني"]]);
    assert_eq!(kept("<ORG o>", text), [["الجيش"]]);
}

#[test]
fn gaps_stay_within_the_clause_and_the_sentence() {
    assert_eq!(kept("زار ~5 <GPE g>", "زار الوفد مدينة [GPE سبها]"), [["سبها"]]);
    assert_eq!(kept("زار ~5 <GPE g>", "زار الوفد، وقالت [GPE روما] إنها ترحب").len(), 0);
    assert_eq!(kept("زار ~5 <GPE g>", "زار الوفد.\nوقالت [GPE روما] إنها ترحب").len(), 0);
}

#[test]
fn options_choices_classes_groups() {
    assert_eq!(kept("<PERS a> [،] @kin <PERS b>", "[PERS سعد]، ابن عم [PERS علي]"), [["سعد", "علي"]]);
    assert_eq!(kept("<PERS a> [،] @kin <PERS b>", "[PERS سعد] نجل [PERS علي]"), [["سعد", "علي"]]);
    assert_eq!(kept("cue:(قال | صرح في حديث) <PERS b>", "صرح في حديث [PERS علي]"), [["صرح في حديث", "علي"]]);
    assert_eq!(kept("%number cue:(جنود)", "وصل 20 جنود"), [["جنود"]]);
}

#[test]
fn spelling_variants_and_proclitics_do_not_matter() {
    assert_eq!(kept("إدارة <ORG o>", "وَإِدارة [ORG النادي]"), [["النادي"]]);
    assert_eq!(kept("بقيادة <PERS p>", "تحالف بقيادة [PERS ماجد]"), [["ماجد"]]);
}

#[test]
fn mistakes_are_told_by_line_and_column() {
    let place = |source: &str| {
        let error = Rules::parse("my.toml", source).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Rule);
        let message = error.to_string();
        let mut parts = message.split(':');
        assert_eq!(parts.next(), Some("my.toml"));
        (parts.next().unwrap().parse::<usize>().unwrap(), parts.next().unwrap().parse::<usize>().unwrap())
    };
    assert_eq!(place(&rule("زار <PRES p>")), (6, 17));
    assert_eq!(place(&rule("(زار")), (6, 12));
    assert_eq!(place(&rule("زار @kind")), (6, 16));
    assert_eq!(place(&rule("~3")), (6, 11));
    assert_eq!(place(&rule("[زار]")), (6, 11));
    assert_eq!(place("[[rule]]\nname = \"a\"\n"), (1, 1));
    assert_eq!(place("[[rule]]\nname = 3\n").0, 2);
    assert_eq!(place("x = 1\n"), (1, 1));
    assert_eq!(place("[[rule]\n").0, 1);
    // Without examples of both kinds no rule is accepted.
    assert_eq!(place(&rule("زار").replace("reject = [\"ب\"]", "")).0, 4);
    assert_eq!(place(&rule("زار").replace("reject = [\"ب\"]", "reject = []")), (9, 10));
    assert_eq!(place(&rule("زار").replace("match = [\"ا\"]", "match = [\"[PERS ا\"]")), (8, 11));
    let twice = rule("زار") + &rule("قال").replace("[classes]\nkin = [\"نجل\", \"ابن عم\"]\n", "");
    assert_eq!(place(&twice).0, 13);
}

#[test]
fn an_example_that_fails_is_named() {
    let rules = Rules::parse("t.toml", &rule("زار")).unwrap();
    let failures = rules.check();
    assert_eq!(failures.len(), 1);
    assert!(failures[0].starts_with("line 8, rule r: does not match"), "{failures:?}");
}

proptest! {
    #[test]
    fn no_source_panics(source in "\\PC{0,200}") {
        let _ = Rules::parse("p.toml", &source);
    }

    #[test]
    fn no_pattern_panics(pattern in "[<>|~@%:() \\[\\]a-zA-Z0-9\u{0627}-\u{064A}]{0,60}", text in "\\PC{0,80}") {
        if let Ok(rules) = Rules::parse("p.toml", &rule(&pattern)) {
            let cut = segment(&text).unwrap();
            rules.find(&cut, &[]);
        }
    }

    #[test]
    fn nested_choices_end_in_time(depth in 1usize..7, text in "[اب ]{0,300}") {
        let pattern = format!("{}ا ~20 ب{}", "[ا ~20 ".repeat(depth), " ~20 ا]".repeat(depth));
        if let Ok(rules) = Rules::parse("p.toml", &rule(&pattern)) {
            rules.find(&segment(&text).unwrap(), &[]);
        }
    }
}
