//! Examples with a mistake put in, judged here and by xmllint with the schema of CDISC.

use crate::{
    random::Random,
    schema::by_xmllint,
    support::{checked, examples, has_xmllint, published},
};
use std::{collections::BTreeMap, fs};
use theriac_standards::odm::{
    Dialect, Limits,
    xml::{Element, Name, Node, Piece, Scanner, Writer},
};

fn tree(bytes: &[u8]) -> Element {
    let mut scanner = Scanner::new(bytes, &Limits::default());
    loop {
        if let Some(Piece::Start(root)) = scanner.next_piece().expect("well-formed") {
            return scanner.element(root).expect("well-formed");
        }
    }
}

fn text(root: &Element) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new());
    writer.element(root).expect("it was read");
    writer.finish().expect("it is closed")
}

fn count(element: &Element) -> usize {
    1 + element.elements().map(count).sum::<usize>()
}

/// Changes the element that is `at` in the order of the text, the root being 0.
fn change(element: &mut Element, at: &mut usize, random: &mut Random) {
    if *at == 0 {
        return mistake(element, random);
    }
    for node in &mut element.nodes {
        if let Node::Element(child) = node {
            let inside = count(child);
            *at -= 1;
            if *at < inside {
                return change(child, at, random);
            }
            *at -= inside - 1;
        }
    }
}

const VALUES: [&str; 8] = ["", "Yes", "1", "-1", "2024-02-30", "x y", "Upsert", "text"];

fn mistake(element: &mut Element, random: &mut Random) {
    let elements: Vec<usize> = (0..element.nodes.len())
        .filter(|at| matches!(element.nodes[*at], Node::Element(_)))
        .collect();
    let attributes = element.attributes.len();
    match random.below(9) {
        0 if attributes > 0 => {
            element.attributes.remove(random.below(attributes));
        }
        1 if attributes > 0 => {
            let at = random.below(attributes);
            element.attributes[at].value = VALUES[random.below(VALUES.len())].to_owned();
        }
        2 if attributes > 0 => {
            let at = random.below(attributes);
            element.attributes[at].name = Name::bare("Unheard");
        }
        3 if !elements.is_empty() => {
            element.nodes.remove(elements[random.below(elements.len())]);
        }
        4 if !elements.is_empty() => {
            let copy = element.nodes[elements[random.below(elements.len())]].clone();
            element.nodes.push(copy);
        }
        5 if elements.len() > 1 => {
            let one = elements[random.below(elements.len())];
            let other = elements[random.below(elements.len())];
            element.nodes.swap(one, other);
        }
        6 => {
            let name = Name::new("", &element.name.namespace, "Unheard");
            element.push(Element::new(name));
        }
        7 => element.nodes.push(Node::Text("text".to_owned())),
        _ => element.name.local = "Description".into(),
    }
}

/// Of 300 mutants of each edition the verdicts are compared; with `THERIAC_LONG`, of ten times as many.
#[test]
fn mistakes_are_seen_where_xmllint_sees_them_and_nowhere_else() {
    let test = "mutants by xmllint";
    let Some(root) = published(test).filter(|_| has_xmllint(test)) else {
        return;
    };
    let mut random = Random(0x6f64_6d20_7468_6572);
    let rounds = if std::env::var_os("THERIAC_LONG").is_some() {
        3_000
    } else {
        300
    };
    for (dialect, schema) in [
        (Dialect::Odm1, "odm/schema-1.3.2/ODM1-3-2.xsd"),
        (Dialect::Odm2, "odm/schema-2.0/ODM.xsd"),
    ] {
        let sources: Vec<_> = examples(&root)
            .into_iter()
            .filter(|(name, bytes)| bytes.len() < 40_000 && !name.contains("ODM1-1"))
            .filter(|(_, bytes)| {
                let report = checked(bytes);
                report.dialect == dialect && report.keeps_schema()
            })
            .map(|(name, bytes)| (name, tree(&bytes)))
            .collect();
        let folder = tempfile::tempdir().expect("a folder");
        let mut ours = BTreeMap::new();
        let mut told = BTreeMap::new();
        for round in 0..rounds {
            let (name, source) = &sources[random.below(sources.len())];
            let mut mutant = source.clone();
            let mut at = random.below(count(&mutant));
            change(&mut mutant, &mut at, &mut random);
            let bytes = text(&mutant);
            let Ok(report) = theriac_standards::odm::validate::check(&*bytes, Limits::default())
            else {
                continue;
            };
            let file = format!("{round}.xml");
            fs::write(folder.path().join(&file), &bytes).expect("a file");
            told.insert(
                file.clone(),
                format!(
                    "{name}: {:?}",
                    report.problems.first().map(ToString::to_string)
                ),
            );
            ours.insert(file, report.keeps_schema());
        }
        let files: Vec<_> = ours.keys().cloned().collect();
        let theirs = by_xmllint(&root.join(schema), &files, folder.path());
        assert_eq!(theirs.len(), ours.len(), "{dialect}");
        let differ: Vec<_> = ours
            .iter()
            .filter(|(file, keeps)| theirs.get(*file) != Some(*keeps))
            .collect();
        let refused = theirs.values().filter(|keeps| !**keeps).count();
        println!("{dialect}: {} mutants, {refused} refused", ours.len());
        assert!(refused > rounds / 3, "{refused}");
        if let Some((file, keeps)) = differ.first() {
            let kept = std::env::temp_dir().join(format!("theriac-odm-mutant-{file}"));
            fs::copy(folder.path().join(file), &kept).expect("a copy");
            panic!(
                "{} of {} differ; the first, {}, is {keeps} here: {}",
                differ.len(),
                ours.len(),
                kept.display(),
                told[*file]
            );
        }
    }
}
