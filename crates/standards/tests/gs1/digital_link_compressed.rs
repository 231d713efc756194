//! Compressed GS1 Digital Links against the scenarios of the Digital Link library: what each says, whoever compressed it.
//!
//! We do not compress. So the scenarios that compress are read backwards: the compressed address that the library makes must say what
//! the library made it of. `AdditionalUriContent.json` (94 rows) is about compressing parameters that are no elements, and left out.

use theriac_standards::gs1::digital_link::{DigitalLink, DigitalLinkError};

use crate::digital_link_library::{OTHERWISE, elements_of, quoted, sorted};
use crate::random::Random;
use crate::support::{Rules, rows, steps};

type Pairs = Vec<(String, String)>;

fn said(uri: &str) -> Result<Pairs, DigitalLinkError> {
    DigitalLink::parse_compressed(uri).map(|link| sorted(link.elements()))
}

fn quoted_in(step: &str) -> &str {
    let (_, rest) = step.split_once('"').unwrap();
    rest.strip_suffix('"').unwrap()
}

#[test]
fn compressed_addresses_say_what_the_plain_ones_say() {
    let test = "compressed_addresses_say_what_the_plain_ones_say";
    for (file, counts) in [
        ("digital-link-lib/DecompressGs1DigitalLink.json", (102, 44)),
        ("digital-link-lib/CompressGs1DigitalLink.json", (111, 44)),
    ] {
        let Some(rows) = rows(test, file) else { return };
        let mut rules = Rules::new(OTHERWISE);
        for row in &rows {
            let steps = steps(row);
            let (from, to) = (quoted_in(steps[0]), quoted_in(steps[2]));
            let (got, wanted) = (said(from), said(to));
            let agrees = got.is_ok() && got == wanted;
            rules.note(&format!("{from} {to}"), agrees, got);
        }
        assert_eq!(rules.close(), counts, "{file}");
    }
}

#[test]
fn compressed_addresses_say_what_they_were_made_of() {
    let test = "compressed_addresses_say_what_they_were_made_of";
    let file = "digital-link-lib/Gs1ElementStringsToCompressedGs1DigitalLink.json";
    let Some(rows) = rows(test, file) else { return };
    let mut rules = Rules::new(OTHERWISE);
    for row in &rows {
        let steps = steps(row);
        let (text, uri) = (quoted_in(steps[0]), quoted_in(steps[2]));
        let wanted = elements_of(text).map(|elements| sorted(&elements));
        let got = said(uri);
        let agrees = wanted.is_some() && got.clone().ok() == wanted;
        rules.note(&format!("{text} {uri}"), agrees, got);
    }
    assert_eq!(rules.close(), (409, 215));
}

#[test]
fn elements_are_extracted_as_the_library_does() {
    let test = "elements_are_extracted_as_the_library_does";
    let file = "digital-link-lib/ExtractFromGs1DigitalLink.json";
    let Some(rows) = rows(test, file) else { return };
    let mut rules = Rules::new(OTHERWISE);
    for row in &rows {
        let steps = steps(row);
        let uri = quoted(&steps, "Given the following Digital Link URI: ").unwrap();
        let table = row["steps"][2]["table"].as_array().unwrap();
        let cell =
            |pair: &serde_json::Value, index: usize| pair[index].as_str().unwrap().to_owned();
        let pairs = table
            .iter()
            .skip(1)
            .map(|pair| (cell(pair, 0), cell(pair, 1)));
        let mut wanted: Pairs = pairs.filter(|(ai, _)| !ai.is_empty()).collect();
        wanted.sort();
        let got = said(uri);
        rules.note(
            &format!("{uri} {wanted:?}"),
            got.as_ref() == Ok(&wanted),
            got,
        );
    }
    assert_eq!(rules.close(), (78, 35));
}

#[test]
fn random_compressed_parts_never_panic_and_what_is_read_is_a_plain_address() {
    const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut random = Random::new(29);
    let mut read = 0;
    for round in 0..200_000 {
        let stem = ["https://a", "https://a/01/05412345000013"][round % 2];
        let start = ["", "EEarwSM", "AQnYUc1gmi", "IQuGp9FdO"][random.below(4)];
        let length = random.below(20);
        let rest = (0..length).map(|_| char::from(BASE64[random.below(64)]));
        let uri = format!("{stem}/{start}{}", rest.collect::<String>());
        if let Ok(link) = DigitalLink::parse_compressed(&uri) {
            read += 1;
            assert_eq!(DigitalLink::parse(&link.to_uri()), Ok(link), "{uri}");
        }
    }
    assert!(read > 100, "{read} addresses could be read");
}
