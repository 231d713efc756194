//! What is printed as XML against GS1's XML schemas, by xmllint. GS1 publishes them in its repository EPCIS; `THERIAC_EPCIS_XSD` names the
//! folder of a copy.

use crate::{
    round_trip::{json_documents, xml_documents},
    support::{is_xml, name, published, read},
};
use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};
use theriac_standards::epcis::{
    model::{Document, DocumentKind},
    xml::{self, Edition},
};

/// Where the schemas of an edition are in the repository, for documents and for answers to queries.
const SCHEMAS: [(Edition, [&str; 2]); 2] = [
    (
        Edition::One,
        [
            "XSL/1.2/XSD/EPCglobal-epcis-1_2.xsd",
            "XSL/1.2/XSD/EPCglobal-epcis-query-1_2.xsd",
        ],
    ),
    (
        Edition::Two,
        [
            "XSD/EPCglobal-epcis-2_0.xsd",
            "XSD/EPCglobal-epcis-query-2_0.xsd",
        ],
    ),
];

/// Documents of EPCIS 1 with an element of their own in the header, for which the schema of EPCIS 2 has no place; it is kept all the same.
const WITHOUT_PLACE: [&str; 2] = [
    "openepcis-test-resources/1.2/EPCIS/XML/Capture/Documents/EPCISDocument_with_comment.xml",
    "openepcis-test-resources/1.2/EPCIS/XML/Capture/Documents/GS1_US_Pharma_Example_2_2_1_1.xml",
];

/// Documents in JSON that say no namespace for a prefix of theirs, without which XML has no name.
const WITHOUT_NAMESPACE: [&str; 2] = [
    "openepcis-converter/1._GS1_Eg_EPCIS_Document.json",
    "openepcis-converter/2._GS1_Eg_EPCIS_Document.json",
];

fn schemas(test: &str) -> Option<PathBuf> {
    let Some(folder) = env::var_os("THERIAC_EPCIS_XSD") else {
        println!("SKIPPED {test}: THERIAC_EPCIS_XSD names no copy of GS1's schemas");
        return None;
    };
    Some(folder.into())
}

/// The files that do not keep a schema, with what xmllint says first.
fn refused(schema: &Path, files: &[PathBuf]) -> BTreeMap<PathBuf, String> {
    let output = Command::new("xmllint")
        .args(["--nonet", "--noout", "--schema"])
        .arg(schema)
        .args(files)
        .output()
        .expect("xmllint runs");
    let told = String::from_utf8_lossy(&output.stderr);
    let mut refused = BTreeMap::new();
    for file in files {
        let shown = file.display().to_string();
        if told
            .lines()
            .any(|line| line == format!("{shown} validates"))
        {
            continue;
        }
        let reason = told
            .lines()
            .find(|line| line.starts_with(&format!("{shown}:")));
        refused.insert(file.clone(), reason.unwrap_or("not judged").to_owned());
    }
    refused
}

/// What stands for a slash in the name of a file that was printed.
const SLASH: &str = "__";

/// The name of the published file that was printed there.
fn published_name(printed: &Path) -> String {
    let name = printed.file_name().unwrap().to_string_lossy();
    name.replace(SLASH, "/")
}

/// A published document.
struct Published {
    file: PathBuf,
    document: Document,
    edition: Edition,
    /// Its schema among those of the edition.
    place: usize,
    /// Whether it keeps the schema as it was published; JSON has no such schema.
    keeps: bool,
}

/// All documents that XML has a schema for: an event alone has none.
fn all_published(root: &Path, schemas: &Path) -> Vec<Published> {
    let mut all = Vec::new();
    for file in xml_documents(root).into_iter().chain(json_documents(root)) {
        let document = read(&file).unwrap();
        let place = match document.envelope.kind {
            DocumentKind::Event => continue,
            DocumentKind::Capture => 0,
            DocumentKind::Query => 1,
        };
        let text = fs::read_to_string(&file).unwrap();
        let edition = match text.contains("urn:epcglobal:epcis:xsd:1") {
            true => Edition::One,
            false => Edition::Two,
        };
        all.push(Published {
            file,
            document,
            edition,
            place,
            keeps: true,
        });
    }
    for (edition, of_edition) in SCHEMAS {
        for (place, schema) in of_edition.iter().enumerate() {
            let of_schema = |it: &&mut Published| {
                is_xml(&it.file) && it.edition == edition && it.place == place
            };
            let mut judged: Vec<_> = all.iter_mut().filter(of_schema).collect();
            let files: Vec<_> = judged.iter().map(|it| it.file.clone()).collect();
            let refused = refused(&schemas.join(schema), &files);
            for it in &mut judged {
                it.keeps = !refused.contains_key(&it.file);
            }
        }
    }
    all
}

#[test]
fn what_is_printed_as_xml_keeps_the_schema_by_xmllint() {
    let test = "EPCIS against XML schemas";
    let (Some(root), Some(schemas)) = (published(test), schemas(test)) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let all = all_published(&root, &schemas);
    let faulty = all.iter().filter(|it| !it.keeps).count();
    let (mut missed, mut unprintable) = (Vec::new(), Vec::new());
    for (edition, of_edition) in SCHEMAS {
        let mut printed: [Vec<PathBuf>; 2] = Default::default();
        // What only EPCIS 2 has cannot be printed in the first edition.
        let is_asked =
            |it: &&Published| it.keeps && (edition == Edition::Two || it.edition == edition);
        for it in all.iter().filter(is_asked) {
            let Ok(text) = xml::write_document(&it.document, edition) else {
                unprintable.push(name(&root, &it.file));
                continue;
            };
            let to = folder
                .path()
                .join(name(&root, &it.file).replace('/', SLASH));
            fs::write(&to, text).unwrap();
            printed[it.place].push(to);
        }
        for (files, schema) in printed.iter().zip(of_edition) {
            let refused = refused(&schemas.join(schema), files);
            if !refused.is_empty() {
                println!("{refused:#?}");
            }
            println!(
                "{} of {} documents keep {schema}",
                files.len() - refused.len(),
                files.len()
            );
            missed.extend(refused.into_keys().map(|file| published_name(&file)));
        }
    }
    println!("{faulty} documents do not keep their schema as they were published");
    assert_eq!(missed, WITHOUT_PLACE);
    assert_eq!(unprintable, WITHOUT_NAMESPACE);
    assert!(all.len() - faulty >= 100, "{}", all.len());
}
