//! Our table against the GS1 Barcode Syntax Dictionary, both ways.

use std::collections::BTreeSet;

use theriac_standards::gs1::dictionary::{
    Ai, CharacterSet, Component, Entry, entries, entry, leading,
};

use crate::linters::named;
use crate::support::published;

const FILE: &str = "syntax-dictionary/gs1-syntax-dictionary.txt";
const ENTRIES: usize = 224;

#[test]
fn every_entry_of_the_dictionary_is_in_our_table_and_no_other() {
    let Some(text) = published(
        "every_entry_of_the_dictionary_is_in_our_table_and_no_other",
        FILE,
    ) else {
        return;
    };
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut compared = 0;
    let mut theirs = BTreeSet::new();
    for line in lines {
        let (fields, title) = line.split_once('#').unwrap_or((line, ""));
        let mut words = fields.split_whitespace();
        let range = words.next().unwrap();
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let words: Vec<&str> = words.collect();
        for number in first.parse::<u32>().unwrap()..=last.parse().unwrap() {
            let ai: Ai = format!("{number:0width$}", width = first.len())
                .parse()
                .unwrap();
            let ours = entry(ai).unwrap_or_else(|| panic!("{ai} is missing"));
            compare(ai, ours, &words, title.trim());
            assert_eq!(leading(ai.as_str().as_bytes()).map(|(ai, _)| ai), Some(ai));
            theirs.insert(ai);
        }
        compared += 1;
    }
    assert_eq!(compared, ENTRIES);
    let ours: BTreeSet<Ai> = entries().flat_map(identifiers).collect();
    assert_eq!(ours, theirs);
}

fn identifiers(entry: &Entry) -> Vec<Ai> {
    let first: u32 = entry.first.as_str().parse().unwrap();
    let last: u32 = entry.last.as_str().parse().unwrap();
    let width = entry.first.as_str().len();
    (first..=last)
        .map(|number| format!("{number:0width$}").parse().unwrap())
        .collect()
}

fn compare(ai: Ai, ours: &Entry, words: &[&str], title: &str) {
    let (flags, words) = match words.split_first() {
        Some((flags, rest)) if flags.bytes().all(|byte| b"*?".contains(&byte)) => (*flags, rest),
        _ => ("", words),
    };
    assert_eq!(ours.predefined, flags.contains('*'), "{ai} predefined");
    assert_eq!(ours.attribute, flags.contains('?'), "{ai} attribute");
    let is_component = |word: &&&str| !word.contains('=') && **word != "dlpkey";
    let components: Vec<Component> = words
        .iter()
        .take_while(is_component)
        .map(|word| component(word))
        .collect();
    assert_eq!(ours.components, components, "{ai} components");
    let attributes: Vec<&str> = words.iter().skip(components.len()).copied().collect();
    assert_eq!(ours.requires, list(&attributes, "req="), "{ai} requires");
    assert_eq!(ours.excludes, list(&attributes, "ex="), "{ai} excludes");
    let key = attributes.iter().find_map(|word| {
        let rest = word.strip_prefix("dlpkey")?;
        let sequences = rest.strip_prefix('=').map(|text| text.split('|'));
        Some(sequences.map_or(Vec::new(), |sequences| {
            sequences
                .map(|sequence| sequence.split(',').collect())
                .collect::<Vec<Vec<&str>>>()
        }))
    });
    let ours_key = ours
        .key
        .map(|sequences| sequences.iter().map(|one| one.to_vec()).collect::<Vec<_>>());
    assert_eq!(ours_key, key, "{ai} key");
    if let Some(ours) = ours.title {
        assert_eq!(ours, title, "{ai} title");
    }
}

fn list<'a>(attributes: &[&'a str], name: &str) -> Vec<&'a str> {
    let mut found = attributes.iter().filter_map(|word| word.strip_prefix(name));
    let list = found
        .next()
        .map_or(Vec::new(), |text| text.split(',').collect());
    assert_eq!(found.next(), None, "{name} is given once");
    list
}

fn component(word: &str) -> Component {
    let mut parts = word.split(',');
    let kind = parts.next().unwrap();
    let optional = kind.starts_with('[');
    let kind = kind.trim_start_matches('[').trim_end_matches(']');
    let (set, length) = kind.split_at(1);
    let (minimum, maximum) = match length.strip_prefix("..") {
        Some(maximum) => (1, maximum.parse().unwrap()),
        None => (length.parse().unwrap(), length.parse().unwrap()),
    };
    let linters: Vec<_> = parts.map(|name| named(name).expect(name)).collect();
    Component {
        characters: match set {
            "N" => CharacterSet::Numeric,
            "X" => CharacterSet::Cset82,
            "Y" => CharacterSet::Cset39,
            "Z" => CharacterSet::Cset64,
            other => panic!("unknown set {other}"),
        },
        minimum,
        maximum,
        optional,
        linters: linters.leak(),
    }
}
