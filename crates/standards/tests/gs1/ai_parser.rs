//! One element at a time against the scenarios of the GS1 AI validating parser.

use theriac_standards::gs1::element_string::ElementString;

use crate::support::{Ledger, after, rows, steps};

const PREDEFINED_MAY_BE_CLOSED: &str =
    "a separator after data of predefined length is allowed (GS1 General Specifications, 7.8)";

const KOSOVO: &str = "XK is no country of ISO 3166 (linter iban)";
const COUPON: &str = "the positive offer has the data of a coupon code and ends with excess data";
const NO_SUCH_TIME: &str = "hour 99 does not exist (linter hhmi)";
const NO_SUCH_ROLL: &str = "a dimension of zero is not allowed (linter nonzero)";
const NO_PREFIX: &str =
    "a key begins with a company prefix of four digits at least (linter gcppos1)";
const LEADING_ZERO: &str = "a leading zero is not allowed (linter nozeroprefix)";

#[test]
fn each_identifier_is_found_with_its_value_and_length() {
    let test = "each_identifier_is_found_with_its_value_and_length";
    let Some(rows) = rows(test, "ai-parser/ParseEntity.json") else {
        return;
    };
    let mut ledger = Ledger::new(&[("8112106141416543213500110000310123196000", COUPON)]);
    for row in &rows {
        let steps = steps(row);
        let input = after(&steps, "Given the input is ").unwrap();
        let got = ElementString::parse(input);
        let agrees = got.as_ref().is_ok_and(|elements| {
            let [element] = elements.elements() else {
                return false;
            };
            let entry = element.entry();
            let fixed = entry.minimum() == entry.maximum();
            let exponent = after(&steps, "And the inverse exponent should be ");
            let title = after(&steps, "And the data value should be ");
            after(&steps, "And the AI should be ") == Some(element.ai().as_str())
                && after(&steps, "And the value should be ") == Some(element.value())
                && after(&steps, "And the length of the value should be ")
                    == Some(if fixed { "fixed" } else { "variable" })
                && exponent.is_none_or(|digit| element.ai().as_str().ends_with(digit))
                && entry.title.is_none_or(|ours| {
                    title.is_some_and(|theirs| theirs.eq_ignore_ascii_case(ours))
                })
        });
        ledger.note(input, agrees, got);
    }
    assert_eq!(ledger.close(), 145);
}

#[test]
fn the_bounds_of_every_pattern_are_read() {
    let test = "the_bounds_of_every_pattern_are_read";
    let bounds = [
        ("43249912319999", NO_SUCH_TIME),
        ("800100000000000000", NO_SUCH_ROLL),
        ("8010#-/0123456789ABCDEFGHIJKLMNOPQ", NO_PREFIX),
        ("80100", NO_PREFIX),
        ("80109", NO_PREFIX),
        ("80110", LEADING_ZERO),
    ];
    for (file, listed, count) in [
        ("ai-parser/PatternBounds.json", bounds.as_slice(), 396),
        (
            "ai-parser/Iban.json",
            &[("8007XK051212012345678906", KOSOVO)],
            47,
        ),
    ] {
        let Some(rows) = rows(test, file) else {
            return;
        };
        let mut ledger = Ledger::new(listed);
        for row in &rows {
            let steps = steps(row);
            assert!(steps.contains(&"And there should be no errors"));
            let input = after(&steps, "Given the input is ").unwrap();
            let got = ElementString::parse(input);
            let entity = after(&steps, "Then the entity should be ").unwrap();
            let agrees = got
                .as_ref()
                .is_ok_and(|elements| elements.elements()[0].ai().as_str().starts_with(entity));
            ledger.note(input, agrees, got);
        }
        assert_eq!(ledger.close(), count, "{file}");
    }
}

#[test]
fn what_the_parser_calls_an_error_is_one() {
    let test = "what_the_parser_calls_an_error_is_one";
    let Some(rows) = rows(test, "ai-parser/Errors.json") else {
        return;
    };
    let mut ledger = Ledger::new(&[(
        "Trigger an 'entity is incorrectly terminated with an FNC1' error",
        PREDEFINED_MAY_BE_CLOSED,
    )]);
    for row in &rows {
        let name = row["scenario"].as_str().unwrap();
        let steps = steps(row);
        let closed = after(&steps, "When the AI of ").map(|text| {
            let (ai, value) = text
                .split_once(" is incorrectly terminated with an FNC and the value is ")
                .unwrap();
            format!("{ai}{value}\u{1d}")
        });
        let input = after(&steps, "Given the input is ").unwrap_or(closed.as_deref().unwrap_or(""));
        let got = ElementString::parse(input);
        ledger.note(name, got.is_err(), got);
    }
    assert_eq!(ledger.close(), 5);
}
