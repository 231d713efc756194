//! Keys: trade items, logistic units, documents, consignments, places, parties, assets, components, persons.

use super::Entry;
use super::component::{n, n_to, x_to, y_to};
use super::entry::ai;
use crate::gs1::linter::Linter::{
    CheckDigit, CheckPair, HasNonDigit, NoZeroPrefix, PieceOfTotal, PrefixAtFirst, PrefixAtSecond,
    Zero,
};

const NO_QUALIFIERS: &[&[&str]] = &[];

pub(super) const ENTRIES: &[Entry] = &[
    ai("00", &[n(18).lint(&[CheckDigit, PrefixAtSecond])])
        .predefined()
        .attribute()
        .key(NO_QUALIFIERS)
        .title("SSCC"),
    ai("01", &[n(14).lint(&[CheckDigit, PrefixAtSecond])])
        .predefined()
        .attribute()
        .excludes(&["255", "37"])
        .key(&[&["22", "10", "21"], &["235"]])
        .title("GTIN"),
    ai("02", &[n(14).lint(&[CheckDigit, PrefixAtSecond])])
        .predefined()
        .attribute()
        .requires(&["37"])
        .excludes(&["01", "03"])
        .title("CONTENT"),
    ai("03", &[n(14).lint(&[CheckDigit, PrefixAtSecond])])
        .predefined()
        .excludes(&["01", "02", "37", "235"]),
    ai(
        "253",
        &[
            n(13).lint(&[CheckDigit, PrefixAtFirst]),
            x_to(17).optional(),
        ],
    )
    .attribute()
    .key(NO_QUALIFIERS),
    ai(
        "255",
        &[
            n(13).lint(&[CheckDigit, PrefixAtFirst]),
            n_to(12).optional(),
        ],
    )
    .attribute()
    .excludes(&["01", "02", "415", "8006", "8020", "8026"])
    .key(NO_QUALIFIERS),
    ai("401", &[x_to(30).lint(&[PrefixAtFirst])])
        .attribute()
        .key(NO_QUALIFIERS),
    ai("402", &[n(17).lint(&[CheckDigit, PrefixAtFirst])])
        .attribute()
        .key(NO_QUALIFIERS),
    ai("414", &[n(13).lint(&[CheckDigit, PrefixAtFirst])])
        .predefined()
        .attribute()
        .key(&[&["254"], &["7040"]])
        .title("LOC No."),
    ai("415", &[n(13).lint(&[CheckDigit, PrefixAtFirst])])
        .predefined()
        .attribute()
        .requires(&["8020"])
        .key(&[&["8020"]]),
    ai("417", &[n(13).lint(&[CheckDigit, PrefixAtFirst])])
        .predefined()
        .attribute()
        .key(&[&["7040"]])
        .title("PARTY"),
    ai(
        "8003",
        &[
            n(1).lint(&[Zero]),
            n(13).lint(&[CheckDigit, PrefixAtFirst]),
            x_to(16).optional(),
        ],
    )
    .attribute()
    .key(NO_QUALIFIERS),
    ai("8004", &[x_to(30).lint(&[PrefixAtFirst])])
        .attribute()
        .key(&[&["7040"]]),
    ai(
        "8006",
        &[
            n(14).lint(&[CheckDigit, PrefixAtSecond]),
            n(4).lint(&[PieceOfTotal]),
        ],
    )
    .attribute()
    .excludes(&["01", "03", "37"])
    .key(&[&["22", "10", "21"]]),
    ai("8010", &[y_to(30).lint(&[PrefixAtFirst])])
        .attribute()
        .key(&[&["8011"]]),
    ai("8011", &[n_to(12).lint(&[NoZeroPrefix])]).requires(&["8010"]),
    ai("8013", &[x_to(25).lint(&[CheckPair, PrefixAtFirst])])
        .attribute()
        .key(NO_QUALIFIERS),
    ai(
        "8014",
        &[x_to(25).lint(&[CheckPair, PrefixAtFirst, HasNonDigit])],
    )
    .requires(&["01"]),
    ai("8017", &[n(18).lint(&[CheckDigit, PrefixAtFirst])])
        .attribute()
        .excludes(&["8018"])
        .key(&[&["8019"]]),
    ai("8018", &[n(18).lint(&[CheckDigit, PrefixAtFirst])])
        .attribute()
        .excludes(&["8017"])
        .key(&[&["8019"]]),
    ai("8019", &[n_to(10)]).requires(&["8017", "8018"]),
    ai(
        "8026",
        &[
            n(14).lint(&[CheckDigit, PrefixAtSecond]),
            n(4).lint(&[PieceOfTotal]),
        ],
    )
    .attribute()
    .requires(&["37"])
    .excludes(&["02", "03", "8006"]),
];
