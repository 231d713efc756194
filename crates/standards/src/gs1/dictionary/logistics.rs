//! Orders, places to ship to, addresses, origin, handling.

use super::Entry;
use super::component::{n, x, x_to};
use super::entry::ai;
use crate::gs1::linter::Linter::{
    CheckDigit, Country, CountryLetters, Hyphen, Latitude, Longitude, PackageType, PercentEncoded,
    PrefixAtFirst, YesNo,
};

const UNIT: &[&str] = &["00"];
const ITEM: &[&str] = &["01", "02", "03"];

/// A place: a GLN that needs nothing beside it.
const fn place(digits: &'static str) -> Entry {
    ai(
        digits,
        const { &[n(13).lint(&[CheckDigit, PrefixAtFirst])] },
    )
    .predefined()
    .attribute()
}

/// A line of at most 35 characters on a logistic unit's label.
const fn short_line(digits: &'static str) -> Entry {
    ai(digits, const { &[x_to(35).lint(&[PercentEncoded])] })
        .attribute()
        .requires(UNIT)
}

/// A line of at most 70 characters on a logistic unit's label.
const fn long_line(digits: &'static str, requires: &'static [&'static str]) -> Entry {
    ai(digits, const { &[x_to(70).lint(&[PercentEncoded])] })
        .attribute()
        .requires(requires)
}

/// A yes or no on a logistic unit's label.
const fn flag(digits: &'static str) -> Entry {
    ai(digits, const { &[n(1).lint(&[YesNo])] })
        .attribute()
        .requires(UNIT)
}

/// A temperature in hundredths of a degree; a hyphen at the end makes it negative.
const fn temperature(digits: &'static str, other_unit: &'static [&'static str]) -> Entry {
    ai(digits, const { &[n(6), x(1).optional().lint(&[Hyphen])] })
        .attribute()
        .requires(UNIT)
        .excludes(other_unit)
}

/// One to five countries.
const fn countries(digits: &'static str) -> Entry {
    ai(
        digits,
        const {
            &[
                n(3).lint(&[Country]),
                n(3).optional().lint(&[Country]),
                n(3).optional().lint(&[Country]),
                n(3).optional().lint(&[Country]),
                n(3).optional().lint(&[Country]),
            ]
        },
    )
    .attribute()
    .requires(ITEM)
    .excludes(&["426"])
}

pub(super) const ENTRIES: &[Entry] = &[
    ai("400", &[x_to(30)]).attribute(),
    ai("403", &[x_to(30)]).attribute().requires(UNIT),
    place("410"),
    place("411"),
    place("412"),
    place("413"),
    place("416"),
    ai("420", &[x_to(20)]).attribute().excludes(&["421"]),
    ai("421", &[n(3).lint(&[Country]), x_to(9)])
        .attribute()
        .excludes(&["4307"]),
    ai("422", &[n(3).lint(&[Country])])
        .attribute()
        .requires(&["01", "02", "03", "8006", "8026"])
        .excludes(&["426"]),
    countries("423"),
    ai("424", &[n(3).lint(&[Country])])
        .attribute()
        .requires(ITEM)
        .excludes(&["426"]),
    countries("425"),
    ai("426", &[n(3).lint(&[Country])])
        .attribute()
        .requires(ITEM),
    ai("427", &[x_to(3)])
        .attribute()
        .requires(&["01+422", "02+422", "03+422"]),
    short_line("4300"),
    short_line("4301"),
    long_line("4302", UNIT),
    long_line("4303", &["4302"]),
    long_line("4304", UNIT),
    long_line("4305", UNIT),
    long_line("4306", UNIT),
    ai("4307", &[x(2).lint(&[CountryLetters])])
        .attribute()
        .requires(UNIT),
    ai("4308", &[x_to(30)]).attribute().requires(UNIT),
    ai("4309", &[n(10).lint(&[Latitude]), n(10).lint(&[Longitude])])
        .attribute()
        .requires(UNIT),
    short_line("4310"),
    short_line("4311"),
    long_line("4312", UNIT),
    long_line("4313", &["4312"]),
    long_line("4314", UNIT),
    long_line("4315", UNIT),
    long_line("4316", UNIT),
    ai("4317", &[x(2).lint(&[CountryLetters])])
        .attribute()
        .requires(UNIT),
    ai("4318", &[x_to(20)]).attribute().requires(UNIT),
    ai("4319", &[x_to(30)]).attribute().requires(UNIT),
    short_line("4320"),
    flag("4321"),
    flag("4322"),
    flag("4323"),
    temperature("4330", &["4331"]),
    temperature("4331", &["4330"]),
    temperature("4332", &["4333"]),
    temperature("4333", &["4332"]),
    ai("7041", &[x_to(4).lint(&[PackageType])]).requires(UNIT),
];
