//! GS1 Digital Link against the scenarios of the Digital Link library.

use theriac_standards::gs1::digital_link::{CANONICAL_STEM, DigitalLink};
use theriac_standards::gs1::element_string::ElementString;

use crate::support::{Rules, after, rows, steps};

/// What the library does otherwise, with what the rows about it have in common.
pub(crate) const OTHERWISE: &[(&[&str], &str)] = &[
    (
        &["054123450000130201"],
        "piece 02 of 01 does not exist (linter pieceoftotal)",
    ),
    (
        &[
            "/410/",
            "/411/",
            "/412/",
            "/413/",
            "/416/",
            "/shipTo/",
            "/billTo/",
            "/purchasedFrom/",
            "/shipFor/",
            "/glnProd/",
            "QQSaVjC_dA",
            "QRSaVjC_dA",
            "QSSaVjC_dA",
            "QTSaVjC_dA",
            "QWSaVjC_dA",
        ],
        "these places are no primary keys in the dictionary any more",
    ),
    (
        &["I1j3FSNWcOGeFywaR5CZmSmWQ9a1EOwA"],
        "it holds (235) beside a document, where it has no place; the library leaves it out",
    ),
    (
        &[" https://dlr.acme.org/search/"],
        "the library leaves the port of the stem out where it is the usual one, we do not",
    ),
];

const HOST: &str = "https://dlr.trvst4hp.org";

/// Elements in the order of their identifiers: the library and we put them in different orders.
pub(crate) fn sorted(elements: &ElementString<'_>) -> Vec<(String, String)> {
    let mut pairs: Vec<_> = elements
        .elements()
        .iter()
        .map(|element| (element.ai().to_string(), element.value().to_owned()))
        .collect();
    pairs.sort();
    pairs
}

pub(crate) fn quoted<'a>(steps: &[&'a str], head: &str) -> Option<&'a str> {
    after(steps, head)?.strip_prefix('"')?.strip_suffix('"')
}

pub(crate) fn elements_of(text: &str) -> Option<ElementString<'static>> {
    let text = text.replace("<GS>", "\u{1d}").replace("<gs>", "\u{1d}");
    let elements = match text.starts_with('(') {
        true => ElementString::parse_bracketed(&text),
        false => ElementString::parse(&text),
    };
    elements.ok().map(ElementString::into_owned)
}

/// Whether an address has a compressed part.
fn is_compressed(scenario: &str) -> bool {
    (scenario.contains("compressed") || scenario.contains("Compressed"))
        && !scenario.contains("uncompressed")
}

#[test]
fn addresses_become_the_elements_that_the_library_reads() {
    let test = "addresses_become_the_elements_that_the_library_reads";
    let (mut expanded, mut agreed, mut differed) = (0, 0, 0);
    for (file, head) in [
        (
            "digital-link-lib/Gs1DigitalLinkToGs1ElementStrings.json",
            "Given I want to convert the following Digital Link to an element string: ",
        ),
        (
            "digital-link-lib/Gs1CompressedDigitalLinkToGs1ElementStrings.json",
            "Given I want to convert the following compressed Digital Link to an element string: ",
        ),
    ] {
        let Some(rows) = rows(test, file) else { return };
        let mut ledger = Rules::new(OTHERWISE);
        for row in &rows {
            let compressed = is_compressed(row["scenario"].as_str().unwrap());
            expanded += usize::from(compressed);
            let steps = steps(row);
            let uri = quoted(&steps, head).unwrap();
            let wanted = quoted(&steps, "Then the element string should be ").unwrap();
            let got = match compressed {
                true => DigitalLink::parse_compressed(uri),
                false => DigitalLink::parse_early(uri),
            };
            let got = got.map(|link| sorted(link.elements()));
            let text = wanted;
            let wanted = elements_of(wanted).map(|elements| sorted(&elements));
            ledger.note(
                &format!("{uri} {text}"),
                wanted.is_some() && got.clone().ok() == wanted,
                got,
            );
        }
        let counts = ledger.close();
        agreed += counts.0;
        differed += counts.1;
    }
    assert_eq!((agreed, differed, expanded), (318, 138, 238));
}

#[test]
fn elements_become_the_addresses_that_the_library_makes() {
    let test = "elements_become_the_addresses_that_the_library_makes";
    let Some(rows) = rows(
        test,
        "digital-link-lib/Gs1ElementStringsToGs1DigitalLink.json",
    ) else {
        return;
    };
    let mut ledger = Rules::new(OTHERWISE);
    let (mut refused, mut short_names) = (0, 0);
    for row in &rows {
        let steps = steps(row);
        let text = ["bracketed ", ""]
            .iter()
            .find_map(|kind| {
                let head = format!(
                    "Given I want to create a Digital Link for the {kind}GS1 element string "
                );
                quoted(&steps, &head)
            })
            .unwrap();
        let wanted = quoted(&steps, "Then the Digital Link should be ");
        let got = elements_of(text).map(|elements| {
            let hosted = wanted.is_some_and(|uri| uri.starts_with(HOST));
            let stem = if hosted { HOST } else { CANONICAL_STEM };
            let stem = row["row"]["uriStem"].as_str().unwrap_or(stem);
            DigitalLink::new(stem, &elements)
        });
        let Some(wanted) = wanted else {
            assert!(after(&steps, "Then an exception with message ").is_some());
            assert!(matches!(got, Some(Err(_))), "{steps:?}");
            refused += 1;
            continue;
        };
        let agrees = match &got {
            Some(Ok(link)) if row["scenario"].as_str().unwrap().contains("short names") => {
                short_names += 1;
                DigitalLink::parse_early(wanted)
                    .is_ok_and(|theirs| theirs.to_canonical_uri() == link.to_canonical_uri())
            }
            Some(Ok(link)) => link.to_uri() == wanted,
            _ => false,
        };
        ledger.note(
            &format!("{text} {wanted}"),
            agrees,
            got.map(|link| link.map(|link| link.to_uri())),
        );
    }
    assert_eq!((ledger.close(), refused, short_names), ((343, 145), 8, 167));
}
