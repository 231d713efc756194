//! The published table says what the table in code says.

use super::class::{CLASSES, Class, Stage};

const DOCUMENT: &str = include_str!("../../../../../docs/security-packs.md");

fn row(class: &Class) -> String {
    let causes = |causes: &[&str]| match causes {
        [] => "-".to_owned(),
        causes => causes.join(", "),
    };
    format!(
        "| {} | {} | {} | {} | {} |",
        class.name,
        class.earliest.word(),
        causes(class.causes),
        class.eu.word(),
        causes(class.eu_causes)
    )
}

#[test]
fn the_document_has_each_class_with_its_event_and_causes() {
    let published: Vec<_> = DOCUMENT
        .lines()
        .filter(|line| line.starts_with("| ") && line.matches(" | ").count() == 4)
        .skip(1)
        .collect();
    let expected: Vec<_> = CLASSES.iter().map(row).collect();
    assert_eq!(published, expected, "\n{}\n", expected.join("\n"));
}

#[test]
fn what_is_never_seen_has_no_cause_and_each_class_stands_once() {
    for class in CLASSES {
        assert_eq!(class.earliest == Stage::Never, class.causes.is_empty());
        assert_eq!(class.eu == Stage::Never, class.eu_causes.is_empty());
        let same = CLASSES.iter().filter(|other| other.kind == class.kind);
        assert_eq!(same.count(), 1, "{}", class.name);
    }
}
