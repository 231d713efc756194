//! Element strings and scans against the vectors of the GS1 Barcode Syntax Engine. In them `^` is FNC1.

use serde_json::Value;
use theriac_standards::gs1::element_string::{
    AssociationError, ElementError, ElementFault, ElementString,
};
use theriac_standards::gs1::scan::{Content, Scan};

use crate::support::{Ledger, rows};

const FILE: &str = "syntax-engine/syntax-engine-vectors.json";

const FNC1_FIRST: &str = "we read raw data with and without a leading FNC1";
const UNKNOWN_AI: &str = "the vector permits unknown identifiers, which we refuse";

fn vectors(test: &str, function: &str) -> Option<Vec<Vec<Value>>> {
    let rows = rows(test, FILE)?;
    let wanted = rows.into_iter().filter(|row| row["function"] == function);
    Some(
        wanted
            .map(|row| row["args"].as_array().unwrap().clone())
            .collect(),
    )
}

fn gs(text: &str) -> String {
    text.replace('^', "\u{1d}")
}

#[test]
fn raw_element_strings_are_read_and_refused_as_the_engine_does() {
    let test = "raw_element_strings_are_read_and_refused_as_the_engine_does";
    let Some(vectors) = vectors(test, "processAIdata") else {
        return;
    };
    let mut ledger = Ledger::new(&[("991234", FNC1_FIRST)]);
    for args in &vectors {
        let input = args[1].as_str().unwrap();
        let raw = gs(input);
        let got = ElementString::parse(&raw);
        if let Ok(elements) = &got {
            let again = elements.to_raw();
            assert_eq!(ElementString::parse(&again).as_ref(), Ok(elements));
        }
        ledger.note(input, got.is_ok() == args[0].as_bool().unwrap(), got);
    }
    assert_eq!(ledger.close(), 51);
}

#[test]
fn bracketed_element_strings_are_read_and_refused_as_the_engine_does() {
    let test = "bracketed_element_strings_are_read_and_refused_as_the_engine_does";
    let Some(vectors) = vectors(test, "parseAIdata") else {
        return;
    };
    let mut ledger = Ledger::new(&[]);
    for args in &vectors {
        let input = args[1].as_str().unwrap();
        let got = ElementString::parse_bracketed(input);
        let raw = got
            .as_ref()
            .map(|elements| format!("\u{1d}{}", elements.to_raw()));
        let agrees = match args[0].as_bool().unwrap() {
            true => raw.as_deref() == Ok(gs(args[2].as_str().unwrap()).as_str()),
            false => raw.is_err(),
        };
        if let Ok(elements) = &got {
            let again = elements.to_bracketed();
            assert_eq!(
                ElementString::parse_bracketed(&again).as_ref(),
                Ok(elements)
            );
        }
        ledger.note(input, agrees, got);
    }
    assert_eq!(ledger.close(), 18);
}

#[test]
fn elements_go_together_as_the_engine_has_it() {
    let test = "elements_go_together_as_the_engine_has_it";
    let Some(vectors) = vectors(test, "validateAIs") else {
        return;
    };
    let mut ledger = Ledger::new(&[("(89)ABC(89)ABC(89)ABC", UNKNOWN_AI)]);
    for args in &vectors {
        let rule = args[1].as_str().unwrap();
        let input = args[2].as_str().unwrap();
        let check: fn(&ElementString<'_>) -> Result<(), AssociationError> = match rule {
            "validateAImutex" => |elements| elements.check_exclusions(),
            "validateAIrepeats" => |elements| elements.check_repeats(),
            "validateAIrequisites" => |elements| elements.check_requirements(),
            "validateDigSigRequiresSerialisedKey" => |elements| elements.check_signature(),
            other => panic!("unknown rule {other}"),
        };
        let elements = ElementString::split_bracketed(input);
        let got = match &elements {
            Ok(elements) => check(elements).map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        ledger.note(input, got.is_ok() == args[0].as_bool().unwrap(), got);
    }
    assert_eq!(ledger.close(), 50);
}

/// The engine's own notation: FNC1 first for elements, a backslash before a `^` that is text.
fn engine_notation(scan: &Scan<'_>) -> String {
    let elements =
        |elements: &ElementString<'_>| format!("^{}", elements.to_raw()).replace('\u{1d}', "^");
    match &scan.content {
        Content::Elements(content) => elements(content),
        Content::Item { gtin, composite } => {
            let composite = composite
                .as_ref()
                .map_or(String::new(), |content| format!("|{}", elements(content)));
            let length = if scan.to_scanned().starts_with("]E4") {
                8
            } else {
                13
            };
            format!("{}{composite}", &gtin.as_str()[14 - length..])
        }
        Content::Text(text) => {
            let head = text.trim_start_matches('\\');
            match head.starts_with('^') {
                true => format!("\\{text}"),
                false => (*text).to_owned(),
            }
        }
    }
}

#[test]
fn scans_are_taken_apart_as_the_engine_does() {
    let test = "scans_are_taken_apart_as_the_engine_does";
    let Some(vectors) = vectors(test, "testProcessScanData") else {
        return;
    };
    let mut ledger = Ledger::new(&[]);
    for args in &vectors {
        let input = args[1].as_str().unwrap();
        let got = Scan::parse(input);
        let agrees = match (&got, args[0].as_bool().unwrap()) {
            (Ok(scan), true) => {
                assert_eq!(scan.to_scanned(), input);
                engine_notation(scan) == args[3].as_str().unwrap()
            }
            (Err(_), false) => true,
            _ => false,
        };
        ledger.note(input, agrees, got);
    }
    assert_eq!(ledger.close(), 36);
}

const COMPOSITE: &str =
    "the engine joins the two parts of a composite; we print what one part says";
const TRAILING_FNC1: &str =
    "a separator after the last element says nothing, and we do not print it";
const NO_WHOLE_NUMBER: &str =
    "the engine completes a number before it encodes it; we take 8, 12, 13 or 14 digits";

/// The identifier that a symbology of the engine has for elements, for digits and for text.
fn identifier(symbology: &str, data: &str) -> Option<&'static str> {
    let elements = data.starts_with('^');
    Some(match symbology {
        "DM" if elements => "]d2",
        "DM" => "]d1",
        "QR" if elements => "]Q3",
        "QR" => "]Q1",
        "DotCode" if elements => "]J1",
        "DotCode" => "]J0",
        "GS1_128_CCA" => "]C1",
        "EAN13" | "UPCA" | "UPCE" => "]E0",
        "EAN8" => "]E4",
        "DataBarExpanded" | "DataBarOmni" | "DataBarLimited" => "]e0",
        _ => return None,
    })
}

fn scanned(symbology: &str, data: &str) -> Option<String> {
    let identifier = identifier(symbology, data)?;
    let elements = data.strip_prefix('^');
    let text = match elements {
        Some(elements) => gs(elements),
        None if identifier.starts_with("]E") => gs(&data.replace("|^", "|]e0")),
        None => data.strip_prefix('\\').unwrap_or(data).to_owned(),
    };
    let scan = format!("{identifier}{text}");
    Some(Scan::parse(&scan).ok()?.to_scanned())
}

#[test]
fn scans_are_printed_as_the_engine_does() {
    let test = "scans_are_printed_as_the_engine_does";
    let Some(vectors) = vectors(test, "testGenerateScanData") else {
        return;
    };
    let mut ledger = Ledger::new(&[
        ("DM ^011231231231233310ABC123^99TESTING^", TRAILING_FNC1),
        ("QR ^011231231231233310ABC123^99TESTING^", TRAILING_FNC1),
        (
            "DotCode ^011231231231233310ABC123^99TESTING^",
            TRAILING_FNC1,
        ),
        (
            "DataBarExpanded ^011231231231233310ABC123^11991225|^98COMPOSITE^97XYZ",
            COMPOSITE,
        ),
        (
            "GS1_128_CCA ^011231231231233310ABC123^99TESTING|^98COMPOSITE^97XYZ",
            COMPOSITE,
        ),
        (
            "DataBarLimited 15012345678907|^99COMPOSITE^98XYZ",
            COMPOSITE,
        ),
        ("DataBarOmni 24012345678905|^99COMPOSITE^98XYZ", COMPOSITE),
        (
            "DataBarOmni ^0124012345678905|^99COMPOSITE^98XYZ",
            COMPOSITE,
        ),
        ("EAN8 ^0100000002345673|^99COMPOSITE^98XYZ", COMPOSITE),
        ("UPCA ^0100416000336108|^99COMPOSITE^98XYZ", COMPOSITE),
        ("UPCE 001234000057|^99COMPOSITE^98XYZ", NO_WHOLE_NUMBER),
        ("EAN13 211234567890", NO_WHOLE_NUMBER),
    ]);
    for args in &vectors {
        let (symbology, data) = (args[0].as_str().unwrap(), args[1].as_str().unwrap());
        let expected = args[2].as_str();
        let got = scanned(symbology, data);
        ledger.note(
            &format!("{symbology} {data}"),
            got.as_deref() == expected,
            got,
        );
    }
    assert_eq!(ledger.close(), 18);
}

#[test]
fn faults_are_where_the_engine_marks_them() {
    let test = "faults_are_where_the_engine_marks_them";
    let Some(vectors) = vectors(test, "errMarkup") else {
        return;
    };
    assert_eq!(vectors.len(), 2);
    for args in &vectors {
        let (input, marked) = (args[0].as_str().unwrap(), args[1].as_str().unwrap());
        let Err(ElementError::Fault(ElementFault::Lint { ai, fault })) =
            ElementString::parse_bracketed(input)
        else {
            panic!("a fault expected in {input}");
        };
        let start = ai.as_str().len() + 2 + fault.position;
        let (before, rest) = input.split_at(start);
        let marks = format!("{before}|{}|", &rest[..fault.length]);
        assert!(marked.starts_with(&marks), "{marked}: got {marks}");
    }
}
