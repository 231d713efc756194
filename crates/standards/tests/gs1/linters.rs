//! Every linter against the vectors of the reference implementation.

use std::cell::Cell;
use std::collections::BTreeSet;

use theriac_standards::gs1::dictionary::CharacterSet;
use theriac_standards::gs1::linter::{
    CompanyPrefixes, CouponField, CouponProblem, LintError, LintFault, Linter, PrefixStatus,
    Purchase,
};

use crate::support::published;

const FILE: &str = "linters/linter-vectors.tsv";
const VECTORS: usize = 3808;

/// Names that the dictionary no longer uses. The reference keeps them as stubs that accept everything, one vector each; we have no
/// such linters.
const RETIRED: [&str; 6] = [
    "hhmm",
    "iso3166list",
    "key",
    "keyoff1",
    "mmoptss",
    "yymmddhh",
];

/// The linter of that name in the dictionary.
pub(crate) fn named(name: &str) -> Option<Linter> {
    Some(match name {
        "csum" => Linter::CheckDigit,
        "csumalpha" => Linter::CheckPair,
        "gcppos1" => Linter::PrefixAtFirst,
        "gcppos2" => Linter::PrefixAtSecond,
        "hasnondigit" => Linter::HasNonDigit,
        "yymmdd" => Linter::Date,
        "yymmd0" => Linter::DateOrMonth,
        "yyyymmdd" => Linter::FullDate,
        "yyyymmd0" => Linter::FullDateOrMonth,
        "hh" => Linter::Hour,
        "hhmi" => Linter::HourMinute,
        "mi" => Linter::Minute,
        "ss" => Linter::Second,
        "hyphen" => Linter::Hyphen,
        "iban" => Linter::Iban,
        "importeridx" => Linter::ImporterIndex,
        "iso3166" => Linter::Country,
        "iso3166999" => Linter::CountryOrAny,
        "iso3166alpha2" => Linter::CountryLetters,
        "iso4217" => Linter::Currency,
        "iso5218" => Linter::BiologicalSex,
        "latitude" => Linter::Latitude,
        "longitude" => Linter::Longitude,
        "mediatype" => Linter::MediaType,
        "packagetype" => Linter::PackageType,
        "pcenc" => Linter::PercentEncoded,
        "pieceoftotal" => Linter::PieceOfTotal,
        "posinseqslash" => Linter::PositionInSequence,
        "winding" => Linter::Winding,
        "yesno" => Linter::YesNo,
        "zero" => Linter::Zero,
        "nonzero" => Linter::NonZero,
        "nozeroprefix" => Linter::NoZeroPrefix,
        "couponcode" => Linter::CouponCode,
        "couponposoffer" => Linter::CouponOffer,
        _ => return None,
    })
}

fn set_named(name: &str) -> Option<CharacterSet> {
    Some(match name {
        "csetnumeric" => CharacterSet::Numeric,
        "cset82" => CharacterSet::Cset82,
        "cset39" => CharacterSet::Cset39,
        "cset64" => CharacterSet::Cset64,
        _ => return None,
    })
}

#[test]
fn every_linter_agrees_with_the_reference_on_error_place_and_length() {
    let test = "every_linter_agrees_with_the_reference_on_error_place_and_length";
    let Some(text) = published(test, FILE) else {
        return;
    };
    let mut checked = 0;
    let mut retired = BTreeSet::new();
    for line in text.lines().skip(1) {
        let row: Vec<&str> = line.split('\t').collect();
        let [
            linter,
            input,
            expected,
            error,
            position,
            length,
            lookup,
            countdown,
        ] = row[..]
        else {
            panic!("eight columns expected: {line}");
        };
        if RETIRED.contains(&linter) {
            assert!(retired.insert(linter), "one vector each: {linter}");
            continue;
        }
        let got = run(linter, &unescape(input), lookup, countdown.parse().unwrap());
        match expected {
            "pass" => assert_eq!(got, Ok(()), "{line}"),
            _ => {
                let fault = got.expect_err(line);
                let shown = (
                    name(fault.error),
                    fault.position.to_string(),
                    fault.length.to_string(),
                );
                let wanted = (error.to_owned(), position.to_owned(), length.to_owned());
                assert_eq!(shown, wanted, "{line}");
            }
        }
        checked += 1;
    }
    assert_eq!(retired, BTreeSet::from(RETIRED));
    assert_eq!(checked + RETIRED.len(), VECTORS);
}

fn run(linter: &str, data: &[u8], lookup: &str, valid_first: u32) -> Result<(), LintFault> {
    if let Some(set) = set_named(linter) {
        return set.check(data);
    }
    let answers_left = Cell::new(valid_first);
    let directory = |_: &[u8]| {
        if let Some(left) = answers_left.get().checked_sub(1) {
            answers_left.set(left);
            return PrefixStatus::Allocated;
        }
        match lookup {
            "valid" => PrefixStatus::Allocated,
            "invalid" => PrefixStatus::NotAllocated,
            "offline" => PrefixStatus::Unknown,
            other => panic!("unknown lookup {other}"),
        }
    };
    named(linter)
        .unwrap_or_else(|| panic!("unknown linter {linter}"))
        .check_with(data, CompanyPrefixes::Known(&directory))
}

fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        match (first, after) {
            (b'\\', [b'\\', ..]) => {
                bytes.push(b'\\');
                rest = &after[1..];
            }
            (b'\\', [b'x', ..]) => {
                bytes.push(
                    u8::from_str_radix(std::str::from_utf8(&after[1..3]).unwrap(), 16).unwrap(),
                );
                rest = &after[3..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    bytes
}

/// The reference's name of an error.
fn name(error: LintError) -> String {
    match error {
        LintError::Coupon { field, problem } => coupon_name(field, problem),
        other => {
            let mut name = String::new();
            for letter in format!("{other:?}").chars() {
                if letter.is_uppercase() && !name.is_empty() {
                    name.push('_');
                }
                name.push(letter.to_ascii_uppercase());
            }
            name.replace("_OR999", "_OR_999")
        }
    }
}

fn coupon_name(field: CouponField, problem: CouponProblem) -> String {
    let ordinal = |purchase| match purchase {
        Purchase::First => "1ST",
        Purchase::Second => "2ND",
        Purchase::Third => "3RD",
    };
    let field_name = match field {
        CouponField::CompanyPrefix => "GCP".to_owned(),
        CouponField::OfferCode => "OFFER_CODE".to_owned(),
        CouponField::SaveValue => "SAVE_VALUE".to_owned(),
        CouponField::Requirement(which) => format!("{}_PURCHASE_REQUIREMENT", ordinal(which)),
        CouponField::RequirementCode(which) => {
            format!("{}_PURCHASE_REQUIREMENT_CODE", ordinal(which))
        }
        CouponField::FamilyCode(which) => format!("{}_PURCHASE_FAMILY_CODE", ordinal(which)),
        CouponField::PurchasePrefix(which) => format!("{}_PURCHASE_GCP", ordinal(which)),
        CouponField::AdditionalRules => "ADDITIONAL_PURCHASE_RULES_CODE".to_owned(),
        CouponField::ExpirationDate => match problem {
            CouponProblem::Truncated => return "COUPON_TOO_SHORT_FOR_EXPIRATION_DATE".to_owned(),
            CouponProblem::BeforeStart => return "COUPON_EXPIRATION_BEFORE_START".to_owned(),
            _ => "EXIPIRATION_DATE".to_owned(),
        },
        CouponField::StartDate if problem == CouponProblem::Truncated => {
            return "COUPON_TOO_SHORT_FOR_START_DATE".to_owned();
        }
        CouponField::StartDate => "START_DATE".to_owned(),
        CouponField::SerialNumber => "SERIAL_NUMBER".to_owned(),
        CouponField::Retailer => "RETAILER_GCP_OR_GLN".to_owned(),
        CouponField::SaveValueCode => "SAVE_VALUE_CODE".to_owned(),
        CouponField::SaveValueAppliesTo => "SAVE_VALUE_APPLIES_TO_ITEM".to_owned(),
        CouponField::StoreCoupon => "STORE_COUPON_FLAG".to_owned(),
        CouponField::DontMultiply => "DONT_MULTIPLY_FLAG".to_owned(),
        CouponField::FormatCode => "FORMAT_CODE".to_owned(),
        CouponField::Funder => "FUNDER".to_owned(),
        CouponField::Rest => return "COUPON_EXCESS_DATA".to_owned(),
    };
    match problem {
        CouponProblem::LengthMissing => format!("COUPON_MISSING_{field_name}_VLI"),
        CouponProblem::LengthInvalid => format!("COUPON_INVALID_{field_name}_LENGTH"),
        CouponProblem::Missing => format!("COUPON_MISSING_{field_name}"),
        CouponProblem::Truncated => format!("COUPON_TRUNCATED_{field_name}"),
        CouponProblem::Invalid => format!("COUPON_INVALID_{field_name}"),
        CouponProblem::BeforeStart | CouponProblem::Excess => {
            unreachable!("named by their fields")
        }
    }
}
