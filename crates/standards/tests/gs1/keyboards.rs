//! Barcodes typed through European keyboard layouts, against the tables of the EMVS parser.

use std::collections::BTreeMap;

use theriac_standards::gs1::element_string::ElementString;
use theriac_standards::gs1::scan::layout::{LAYOUTS, Layout};
use theriac_standards::gs1::scan::{Content, RepairError, Scan, repair, repair_typed_through};

use crate::support::rows;

const FILE: &str = "emvs/keyboard-layout-barcodes.json";

/// The table's name of a layout, and ours.
const NAMES: [(&str, &str); 43] = [
    ("Us", "US"),
    ("UnitedKingdomExtended", "United Kingdom and Ireland"),
    ("Irish", "United Kingdom and Ireland"),
    ("BelgianComma", "Belgian"),
    ("BelgianFrench", "Belgian"),
    ("CzechQwerty", "Czech"),
    (
        "CzechProgrammers",
        "US with Escape for GS (Czech programmers)",
    ),
    ("Dutch", "Dutch"),
    ("Estonian", "Estonian"),
    ("FinnishWithSami", "Finnish and Swedish"),
    ("French", "French"),
    ("German", "German and Austrian"),
    ("GermanIbm", "German and Austrian"),
    ("Hungarian", "Hungarian"),
    ("Hungarian101Key", "Hungarian of 101 keys"),
    ("Italian", "Italian"),
    ("Latvian", "Latvian"),
    ("LatvianQwerty", "US"),
    ("Lithuanian", "Lithuanian"),
    ("LithuanianIbm", "Lithuanian, IBM"),
    ("Luxembourgish", "Swiss French and Luxembourgish"),
    ("Maltese47Key", "Maltese"),
    ("Norwegian", "Norwegian"),
    ("NorwegianWithSami", "Norwegian"),
    ("PolishProgrammers", "US"),
    ("Portuguese", "Portuguese"),
    ("RomanianProgrammers", "US"),
    ("RomanianStandard", "Romanian"),
    ("SamiExtendedNorway", "Sami, Norway"),
    ("Slovenian", "Croatian and Slovenian"),
    ("SorbianExtended", "Sorbian"),
    ("SorbianStandardLegacy", "Sorbian, legacy"),
    ("Spanish", "Spanish"),
    ("Standard", "Croatian and Slovenian"),
    ("Swedish", "Finnish and Swedish"),
    ("SwissFrench", "Swiss French and Luxembourgish"),
    ("SwissGerman", "Swiss German"),
    ("Bulgarian", "Bulgarian"),
    ("BulgarianLatin", "US"),
    ("BulgarianPhoneticTraditional", "Bulgarian, phonetic"),
    ("BulgarianTypewriter", "Bulgarian, typewriter"),
    ("Greek319Latin", "Greek with Latin letters"),
    ("GreekLatin", "US"),
];

/// The layouts of which the table has no barcode, only calibration.
const WITHOUT_BARCODES: [&str; 3] = ["Greek220", "Greek220Latin", "Slovak"];

/// Barcodes whose keys other than US make other characters of set 82, so that nothing shows what happened to them.
const READ_AS_THEY_ARE: [&str; 3] = [
    "Greek319Latin Barcode2",
    "Greek319Latin Barcode3",
    "Greek319Latin Barcode5",
];

struct Typed {
    layout: &'static Layout,
    name: String,
    typed: String,
    expected: String,
}

fn layout(name: &str) -> &'static Layout {
    let mut layouts = LAYOUTS.iter();
    layouts.find(|layout| layout.name == name).expect(name)
}

/// The table lost a character: where its source has NUL and the digits of the next identifier, `\010` and `\017` were taken for octal
/// numbers. A real backspace is what the Latvian layout makes of GS.
fn mended(layout: &Layout, typed: &str) -> String {
    if layout.name == "Latvian" {
        return typed.to_owned();
    }
    typed
        .replace('\u{8}', "\u{0}10")
        .replace('\u{f}', "\u{0}17")
}

fn barcodes(test: &str) -> Option<Vec<Typed>> {
    let rows = rows(test, FILE)?;
    let names: BTreeMap<&str, &str> = NAMES.into_iter().collect();
    let mut all = Vec::new();
    let mut without = Vec::new();
    for row in &rows {
        let name = row["layout"].as_str().unwrap();
        let typed = row["typed"].as_object().unwrap();
        let before = all.len();
        for (barcode, text) in typed.iter().filter(|(key, _)| key.starts_with("Barcode")) {
            let layout = layout(names[name]);
            all.push(Typed {
                layout,
                name: format!("{name} {barcode}"),
                typed: mended(layout, text.as_str().unwrap()),
                expected: row["expected"][barcode].as_str().unwrap().to_owned(),
            });
        }
        if all.len() == before {
            without.push(name.to_owned());
        }
    }
    without.sort();
    assert_eq!(without, WITHOUT_BARCODES);
    Some(all)
}

fn elements(scanned: &str) -> ElementString<'static> {
    match Scan::parse(scanned).unwrap().content {
        Content::Elements(elements) => elements.into_owned(),
        other => panic!("elements expected, got {other:?}"),
    }
}

#[test]
fn every_barcode_is_recovered_where_the_layout_is_known() {
    let test = "every_barcode_is_recovered_where_the_layout_is_known";
    let Some(barcodes) = barcodes(test) else {
        return;
    };
    let mut failures = Vec::new();
    for one in &barcodes {
        let got = repair_typed_through(one.layout, &one.typed).map(|repaired| repaired.elements);
        if got.as_ref() != Ok(&elements(&one.expected)) {
            failures.push(format!(
                "{}: {:?} {:?} got {got:?}",
                one.name, one.typed, one.expected
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert_eq!(barcodes.len(), 516);
}

#[test]
fn a_barcode_is_recovered_or_refused_where_the_layout_is_not_known() {
    let test = "a_barcode_is_recovered_or_refused_where_the_layout_is_not_known";
    let Some(barcodes) = barcodes(test) else {
        return;
    };
    let (mut recovered, mut refused) = (0, 0);
    let mut unseen = Vec::new();
    let mut failures = Vec::new();
    for one in &barcodes {
        match repair(&one.typed) {
            Ok(repaired) if repaired.elements == elements(&one.expected) => recovered += 1,
            Err(RepairError::WhichLayout { names }) if names.contains(&one.layout.name) => {
                refused += 1
            }
            Ok(repaired) if READ_AS_THEY_ARE.contains(&one.name.as_str()) => {
                assert_eq!(repaired.repairs, []);
                unseen.push(one.name.clone());
            }
            other => failures.push(format!("{}: {:?} got {other:?}", one.name, one.typed)),
        }
    }
    assert!(
        failures.is_empty(),
        "{} {recovered} {refused}\n{}",
        failures.len(),
        failures.join("\n")
    );
    assert_eq!(unseen, READ_AS_THEY_ARE);
    assert_eq!((recovered, refused), (412, 101));
}
