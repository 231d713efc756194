//! The linters by name.

use super::{
    LintFault, check_digit, check_pair, codes, company_prefix, coordinates, coupon_code,
    coupon_offer, date, iban, number, percent, time,
};
use crate::gs1::linter::CompanyPrefixes;

/// A rule for the content of a component. The name in the dictionary stands beside each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Linter {
    /// `csum`: the last digit is the check digit.
    CheckDigit,
    /// `csumalpha`: the last two characters are the check character pair.
    CheckPair,
    /// `gcppos1`: a GS1 company prefix comes first.
    PrefixAtFirst,
    /// `gcppos2`: a GS1 company prefix comes after the first character.
    PrefixAtSecond,
    /// `hasnondigit`.
    HasNonDigit,
    /// `yymmdd`.
    Date,
    /// `yymmd0`: day 00 means the whole month.
    DateOrMonth,
    /// `yyyymmdd`.
    FullDate,
    /// `yyyymmd0`: day 00 means the whole month.
    FullDateOrMonth,
    /// `hh`.
    Hour,
    /// `hhmi`.
    HourMinute,
    /// `mi`.
    Minute,
    /// `ss`.
    Second,
    /// `hyphen`.
    Hyphen,
    /// `iban`.
    Iban,
    /// `importeridx`.
    ImporterIndex,
    /// `iso3166`: a country in three digits.
    Country,
    /// `iso3166999`: a country in three digits, or 999 for many.
    CountryOrAny,
    /// `iso3166alpha2`: a country in two letters.
    CountryLetters,
    /// `iso4217`: a currency in three digits.
    Currency,
    /// `iso5218`.
    BiologicalSex,
    /// `latitude`.
    Latitude,
    /// `longitude`.
    Longitude,
    /// `mediatype`.
    MediaType,
    /// `packagetype`.
    PackageType,
    /// `pcenc`: percent signs are followed by two hexadecimal digits.
    PercentEncoded,
    /// `pieceoftotal`.
    PieceOfTotal,
    /// `posinseqslash`.
    PositionInSequence,
    /// `winding`.
    Winding,
    /// `yesno`.
    YesNo,
    /// `zero`.
    Zero,
    /// `nonzero`.
    NonZero,
    /// `nozeroprefix`.
    NoZeroPrefix,
    /// `couponcode`: North American coupon.
    CouponCode,
    /// `couponposoffer`: North American coupon for positive offers.
    CouponOffer,
}

impl Linter {
    /// Checks `data` with every company prefix taken as allocated.
    ///
    /// # Errors
    /// The first fault from the left, as the rule defines it.
    pub fn check(self, data: &[u8]) -> Result<(), LintFault> {
        self.check_with(data, CompanyPrefixes::All)
    }

    /// Checks `data`; `prefixes` knows which company prefixes are allocated.
    ///
    /// # Errors
    /// The first fault from the left, as the rule defines it.
    pub fn check_with(self, data: &[u8], prefixes: CompanyPrefixes<'_>) -> Result<(), LintFault> {
        match self {
            Self::CheckDigit => check_digit::lint(data),
            Self::CheckPair => check_pair::lint(data),
            Self::PrefixAtFirst => company_prefix::at_first(data, prefixes),
            Self::PrefixAtSecond => company_prefix::at_second(data, prefixes),
            Self::HasNonDigit => number::has_non_digit(data),
            Self::Date => date::lint(data, 2, date::Day::Needed),
            Self::DateOrMonth => date::lint(data, 2, date::Day::MayBeZero),
            Self::FullDate => date::lint(data, 4, date::Day::Needed),
            Self::FullDateOrMonth => date::lint(data, 4, date::Day::MayBeZero),
            Self::Hour => time::hour(data),
            Self::HourMinute => time::hour_minute(data),
            Self::Minute => time::minute(data),
            Self::Second => time::second(data),
            Self::Hyphen => codes::hyphen(data),
            Self::Iban => iban::lint(data),
            Self::ImporterIndex => codes::importer_index(data),
            Self::Country => codes::country(data),
            Self::CountryOrAny => codes::country_or_any(data),
            Self::CountryLetters => codes::country_letters(data),
            Self::Currency => codes::currency(data),
            Self::BiologicalSex => codes::biological_sex(data),
            Self::Latitude => coordinates::latitude(data),
            Self::Longitude => coordinates::longitude(data),
            Self::MediaType => codes::media_type(data),
            Self::PackageType => codes::package_type(data),
            Self::PercentEncoded => percent::lint(data),
            Self::PieceOfTotal => number::piece_of_total(data),
            Self::PositionInSequence => number::position_in_sequence(data),
            Self::Winding => codes::winding(data),
            Self::YesNo => codes::yes_no(data),
            Self::Zero => number::zero(data),
            Self::NonZero => number::non_zero(data),
            Self::NoZeroPrefix => number::no_zero_prefix(data),
            Self::CouponCode => coupon_code::lint(data, prefixes),
            Self::CouponOffer => coupon_offer::lint(data),
        }
    }
}
