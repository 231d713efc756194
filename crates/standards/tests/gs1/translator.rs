//! EPC URNs, GS1 Digital Links and words of the CBV against the assertions of the OpenEPCIS translator.

use std::collections::BTreeMap;

use theriac_standards::epcis::vocabulary::{Kind, from_any, to_bare, to_urn, to_web_uri};
use theriac_standards::gs1::digital_link::DigitalLink;
use theriac_standards::gs1::epc::{Epc, Level, PrefixLength};

use crate::support::{Ledger, published};

const FILE: &str = "epc-digital-link/translator-assertions.tsv";

/// How many rows of each identifier give no length of the company prefix and look it up in a table that is not published: 37.
const WITHOUT_LENGTH: [(&str, usize); 16] = [
    ("CPI", 1),
    ("GCN", 5),
    ("GDTI", 3),
    ("GIAI", 2),
    ("GINC", 1),
    ("GRAI", 5),
    ("GSIN", 1),
    ("GSRN", 1),
    ("GSRNP", 1),
    ("ITIP", 4),
    ("LGTIN", 2),
    ("PGLN", 2),
    ("SGLN", 2),
    ("SGTIN", 5),
    ("SSCC", 1),
    ("UPUI", 1),
];

const RAW: &str =
    "a character stands there that a URN or an address percent-encodes (TDS 6.3, RFC 3986)";
const CHECK: &str = "the check digit is wrong";
const ZERO: &str = "the zero that (8003) puts before the asset number is left out";
const PIECE: &str = "the number of the piece exceeds the number of pieces";

/// Rows that contradict the standards.
const CONTRADICTIONS: &[(&str, &str)] = &[
    (
        "toURIForClassLevelIdentifier urn:epc:idpat:cpi:858588503943.4/38.* ",
        RAW,
    ),
    (
        "toURN https://id.gs1.org/8010/4748374/23748#94//8011/94304 7",
        RAW,
    ),
    (
        "toURNForClassLevelIdentifier https://id.gs1.org/8010/8585885039434/38 12",
        RAW,
    ),
    ("toURN https://gs1.in/255/12345678901234 12", CHECK),
    (
        "toURNForClassLevelIdentifier https://id.gs1.org/255/7578457485748 12",
        CHECK,
    ),
    ("toURI urn:epc:id:gdti:893489348949..\":?> ", RAW),
    ("toURN https://benelog1.de/253/1234567890123A 10", CHECK),
    ("toURN https://id.gs1.org/253/8934893489494\":?> 12", RAW),
    (
        "toURNForClassLevelIdentifier https://id.gs1.org/253/8438489238239 12",
        CHECK,
    ),
    (
        "toURI urn:epc:id:ginc:48493047.38473!\"\"%/%&'()*+,-.:= ",
        RAW,
    ),
    (
        "toURI urn:epc:id:ginc:48493047.38473!\"%/%&'()*+,-.:= ",
        RAW,
    ),
    (
        "toURN https://id.gs1.org/401/4849304738473!\"\"%/%&'()*+,-.:= 8",
        RAW,
    ),
    ("toURI urn:epc:id:grai:1234567890.12.4ABC ", ZERO),
    ("toURI urn:epc:id:grai:123456789012..4 ", ZERO),
    ("toURI urn:epc:id:grai:438478.374837.3:;<>=?AZ_az ", RAW),
    (
        "toURIForClassLevelIdentifier urn:epc:idpat:grai:8439483.98439.* ",
        ZERO,
    ),
    (
        "toURIForClassLevelIdentifier urn:epc:idpat:grai:8493394.83984.* ",
        ZERO,
    ),
    ("toURN https://id.gs1.org/8003/12345678901234ABCD 6", ZERO),
    ("toURN https://id.gs1.org/8003/1234567890123AABC 10", ZERO),
    (
        "toURN https://id.gs1.org/8003/43847837483703:;<>=?AZ_az 6",
        ZERO,
    ),
    (
        "toURNForClassLevelIdentifier https://id.example.com/8003/7842837283728 12",
        ZERO,
    ),
    (
        "toURN https://benelog.com/horrem/402/12345678905123456 10",
        CHECK,
    ),
    (
        "toURN https://https://id.gs1.org/402/95205984950459045 6",
        CHECK,
    ),
    (
        "toURN https://hp.com/laptop/8018/654673483739829829 11",
        CHECK,
    ),
    ("toURN https://google.com/8017/123456789012345678 10", CHECK),
    ("toURN https://google.com/8017/667602231213121237 12", CHECK),
    (
        "toURI urn:epc:id:itip:467348.6589384.38.44.!\"%&'()*+,-./1:;<=>= ",
        RAW,
    ),
    (
        "toURIForClassLevelIdentifier urn:epc:idpat:itip:493494.3399430.40.39.* ",
        PIECE,
    ),
    (
        "toURN https://id.gs1.org/8006/646734858938493844/21/!\"%&'()*+,-./1:;<=>= 6",
        RAW,
    ),
    (
        "toURNForClassLevelIdentifier https://id.gs1.org/8006/123456789012345678 10",
        CHECK,
    ),
    (
        "toURNForClassLevelIdentifier https://id.gs1.org/8006/394354903094390493 12",
        CHECK,
    ),
    (
        "toURNForClassLevelIdentifier https://id.gs1.org/8006/843948393494893434 6",
        CHECK,
    ),
    (
        "toURIForClassLevelIdentifier urn:epc:class:lgtin:4384738478.734.8484892% ",
        RAW,
    ),
    (
        "toURNForClassLevelIdentifier https://id.gs1.org/01/12345678901231/10/!\"%&'()*+,-./19:;<=> 10",
        RAW,
    ),
    (
        "toURNForClassLevelIdentifier https://id.gs1.org/01/12475775757579/10/488484 10",
        CHECK,
    ),
    (
        "toURNForClassLevelIdentifier https://id.gs1.org/01/59850359038590/10/2z32746 10",
        CHECK,
    ),
    (
        "toURNForClassLevelIdentifier https://id.gs1.org/01/74778478489849/10//777474 10",
        CHECK,
    ),
    (
        "toURI urn:epc:id:sgln:437473647364..\"%&'()*+,-./19:;<=>? ",
        RAW,
    ),
    (
        "toURN https://deutscheBahn.de/train/414/1234567890123/254/1234 6",
        CHECK,
    ),
    ("toURN https://id.gs1.org/414/6880009384938 12", CHECK),
    ("toURI urn:epc:id:sgtin:234567.1890123./19:;<=>?AZ_az ", RAW),
    (
        "toURN https://id.gs1.org/01/12345678901231/21/!\"%&'()*+,-./ 6",
        RAW,
    ),
    (
        "toURNForClassLevelIdentifier https://id.gs1.org/01/12345678901234 6",
        CHECK,
    ),
    ("toURN https://id.gs1.org/00/012345678901234567 6", CHECK),
    (
        "toURN https://marriot.in/blr/123/00/012345678901234567 6",
        CHECK,
    ),
    ("toURI urn:epc:id:upui:857458457485.7.!\"%&'()*+,-./ ", RAW),
    (
        "toURN https://id.gs1.org/01/78574584574857/235/!\"%&'()*+,-./ 12",
        RAW,
    ),
];

struct Row<'a> {
    identifier: &'a str,
    operation: &'a str,
    input: &'a str,
    argument: &'a str,
    expected: &'a str,
    result: &'a str,
    needs_table: bool,
}

impl Row<'_> {
    fn name(&self) -> String {
        format!("{} {} {}", self.operation, self.input, self.argument)
    }
}

fn read(text: &str) -> Vec<Row<'_>> {
    let lines = text.lines().skip(1);
    lines
        .map(|line| {
            let row: Vec<&str> = line.split('\t').collect();
            let [
                identifier,
                operation,
                input,
                argument,
                expected,
                result,
                needs,
            ] = row[..]
            else {
                panic!("seven columns expected: {line}");
            };
            Row {
                identifier,
                operation,
                input,
                argument,
                expected,
                result,
                needs_table: needs == "yes",
            }
        })
        .collect()
}

fn urn_to_uri(urn: &str, level: Level) -> Option<String> {
    let epc = Epc::parse(urn).ok().filter(|epc| epc.level() == level)?;
    assert_eq!(Epc::parse(&epc.to_urn()).as_ref(), Ok(&epc));
    Some(epc.to_digital_link().ok()?.to_identifier_uri())
}

fn uri_to_urn(uri: &str, digits: &str, level: Level) -> Option<String> {
    let link = DigitalLink::parse(uri).ok()?;
    let length = PrefixLength::new(digits.parse().ok()?).ok()?;
    let epc = Epc::new(link.elements(), length).ok()?;
    assert_eq!(Epc::parse(&epc.to_urn()).as_ref(), Ok(&epc));
    (epc.level() == level).then(|| epc.to_urn())
}

fn short_names(text: &str) -> String {
    DigitalLink::parse_early(text).map_or(text.to_owned(), |link| link.to_identifier_uri())
}

fn list_named(name: &str) -> Option<Kind> {
    Some(match name.to_ascii_lowercase().as_str() {
        "bizstep" => Kind::BizStep,
        "disposition" | "persistentdisposition" => Kind::Disposition,
        "biztransaction" | "biztransactionlist" => Kind::BizTransaction,
        "source" | "sourcelist" | "destination" | "destinationlist" => Kind::Party,
        "reason" | "errordeclaration" => Kind::ErrorReason,
        _ => return None,
    })
}

fn vocabulary(text: &str, argument: &str) -> String {
    let (list, spelling) = argument.split_once(',').unwrap();
    let known = from_any(text).map(|(list, _)| list);
    match list_named(list).or(known) {
        None => text.to_owned(),
        Some(list) if spelling.eq_ignore_ascii_case("urn") => to_urn(list, text),
        Some(list) => to_web_uri(list, text),
    }
}

fn run(row: &Row<'_>) -> Option<String> {
    let listed = |to: fn(Kind, &str) -> String| {
        from_any(row.input).map_or(row.input.to_owned(), |(list, _)| to(list, row.input))
    };
    match row.operation {
        "toURI" => urn_to_uri(row.input, Level::Instance),
        "toURIForClassLevelIdentifier" => urn_to_uri(row.input, Level::Class),
        "toURN" => uri_to_urn(row.input, row.argument, Level::Instance),
        "toURNForClassLevelIdentifier" => uri_to_urn(row.input, row.argument, Level::Class),
        "shortNameReplacer" => Some(short_names(row.input)),
        "toBareStringVocabulary" => Some(to_bare(row.input).to_owned()),
        "toUrnVocabulary" => Some(listed(to_urn)),
        "toWebURIVocabulary" => Some(listed(to_web_uri)),
        "toCbvVocabulary" => Some(vocabulary(row.input, row.argument)),
        other => panic!("unknown operation {other}"),
    }
}

#[test]
fn codes_and_addresses_are_translated_as_the_translator_does() {
    let test = "codes_and_addresses_are_translated_as_the_translator_does";
    let Some(text) = published(test, FILE) else {
        return;
    };
    let mut ledger = Ledger::new(CONTRADICTIONS);
    let mut without_length: BTreeMap<&str, usize> = BTreeMap::new();
    let mut nothing = 0;
    for row in read(&text) {
        if row.needs_table {
            *without_length.entry(row.identifier).or_default() += 1;
            continue;
        }
        if row.expected == "null" {
            nothing += 1;
            continue;
        }
        let got = run(&row);
        let agrees = match row.expected {
            "ok" => got.as_deref() == Some(row.result),
            _ => got.is_none(),
        };
        ledger.note(&row.name(), agrees, got);
    }
    assert_eq!(nothing, 7, "rows that ask for nothing to be translated");
    assert_eq!(without_length, BTreeMap::from(WITHOUT_LENGTH));
    assert_eq!(ledger.close(), 373);
}
