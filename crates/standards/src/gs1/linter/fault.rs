//! What is wrong with a component, and in which bytes of it.

use super::coupon::{CouponField, CouponProblem};

/// A fault with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{error}, at byte {position} for {length} bytes")]
pub struct LintFault {
    /// What is wrong.
    pub error: LintError,
    /// The first byte at fault, counted from 0 in the component.
    pub position: usize,
    /// The bytes at fault; 0 where something is missing.
    pub length: usize,
}

impl LintFault {
    pub(super) const fn new(error: LintError, position: usize, length: usize) -> Self {
        Self {
            error,
            position,
            length,
        }
    }

    /// The whole component is at fault.
    pub(super) const fn whole(error: LintError, data: &[u8]) -> Self {
        Self::new(error, 0, data.len())
    }

    /// The same fault in a text in which the component starts at `offset`.
    #[must_use]
    pub const fn moved(self, offset: usize) -> Self {
        Self {
            position: self.position + offset,
            ..self
        }
    }
}

/// What can be wrong with a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LintError {
    /// Digits only are allowed.
    #[error("a character is not a digit")]
    NonDigitCharacter,
    /// Not of character set 39.
    #[error("a character is outside character set 39")]
    InvalidCset39Character,
    /// Not of character set 64.
    #[error("a character is outside character set 64")]
    InvalidCset64Character,
    /// Padding where it cannot be, or too much of it.
    #[error("the padding of base64 is wrong")]
    InvalidCset64Padding,
    /// Not of character set 82.
    #[error("a character is outside character set 82")]
    InvalidCset82Character,
    /// Nothing to check.
    #[error("too short to have a check digit")]
    TooShortForCheckDigit,
    /// The last digit does not follow from the others.
    #[error("the check digit is wrong")]
    IncorrectCheckDigit,
    /// Fewer than two characters.
    #[error("too short to have a check character pair")]
    TooShortForCheckPair,
    /// More characters than there are weights.
    #[error("too long for a check character pair")]
    TooLongForCheckPair,
    /// The last two characters do not follow from the others.
    #[error("the check character pair is wrong")]
    IncorrectCheckPair,
    /// Fewer than four characters.
    #[error("too short to have a GS1 company prefix")]
    TooShortForGcp,
    /// Not digits, or not a prefix that was allocated.
    #[error("the GS1 company prefix is invalid")]
    InvalidGcpPrefix,
    /// Who knows the prefixes did not answer.
    #[error("the source of company prefixes cannot be reached")]
    GcpDatasourceOffline,
    /// Digits alone, where another character is asked for.
    #[error("a character that is not a digit is asked for")]
    RequiresNonDigitCharacter,
    /// Fewer characters than a date has.
    #[error("too short for a date")]
    DateTooShort,
    /// More characters than a date has.
    #[error("too long for a date")]
    DateTooLong,
    /// Not 01 to 12.
    #[error("there is no such month")]
    IllegalMonth,
    /// Not a day of that month.
    #[error("there is no such day")]
    IllegalDay,
    /// Fewer than two characters.
    #[error("too short for an hour")]
    HourTooShort,
    /// More than two characters.
    #[error("too long for an hour")]
    HourTooLong,
    /// Not 00 to 23.
    #[error("there is no such hour")]
    IllegalHour,
    /// Fewer than four characters.
    #[error("too short for hour and minute")]
    HourWithMinuteTooShort,
    /// More than four characters.
    #[error("too long for hour and minute")]
    HourWithMinuteTooLong,
    /// Fewer than two characters.
    #[error("too short for a minute")]
    MinuteTooShort,
    /// More than two characters.
    #[error("too long for a minute")]
    MinuteTooLong,
    /// Not 00 to 59.
    #[error("there is no such minute")]
    IllegalMinute,
    /// Fewer than two characters.
    #[error("too short for a second")]
    SecondTooShort,
    /// More than two characters.
    #[error("too long for a second")]
    SecondTooLong,
    /// Not 00 to 59.
    #[error("there is no such second")]
    IllegalSecond,
    /// Something else than hyphens.
    #[error("only a hyphen is allowed")]
    NotHyphen,
    /// Too few characters for an account.
    #[error("too short for an IBAN")]
    IbanTooShort,
    /// More than 34 characters.
    #[error("too long for an IBAN")]
    IbanTooLong,
    /// The first two letters are no country.
    #[error("the country of the IBAN is unknown")]
    IllegalIbanCountryCode,
    /// Not a digit or a capital.
    #[error("a character cannot stand in an IBAN")]
    InvalidIbanCharacter,
    /// The check digits do not fit.
    #[error("the check digits of the IBAN are wrong")]
    IncorrectIbanChecksum,
    /// Not exactly one character.
    #[error("an importer index is one character")]
    ImporterIdxMustBeOneCharacter,
    /// Not of character set 64.
    #[error("a character cannot be an importer index")]
    InvalidImportIdxCharacter,
    /// No such country number.
    #[error("not a country of ISO 3166 in three digits")]
    NotIso3166,
    /// No such country letters.
    #[error("not a country of ISO 3166 in two letters")]
    NotIso3166Alpha2,
    /// No such country number, nor 999.
    #[error("neither a country of ISO 3166 in three digits nor 999")]
    NotIso3166Or999,
    /// No such currency number.
    #[error("not a currency of ISO 4217 in three digits")]
    NotIso4217,
    /// Not 0, 1, 2 or 9.
    #[error("not a sex of ISO 5218")]
    InvalidBiologicalSexCode,
    /// Not ten digits.
    #[error("a latitude has ten digits")]
    LatitudeInvalidLength,
    /// Beyond the pole.
    #[error("there is no such latitude")]
    InvalidLatitude,
    /// Not ten digits.
    #[error("a longitude has ten digits")]
    LongitudeInvalidLength,
    /// More than a full turn.
    #[error("there is no such longitude")]
    InvalidLongitude,
    /// Not an assigned type.
    #[error("not an AIDC media type")]
    InvalidMediaType,
    /// Not in the list of package types.
    #[error("not a package type")]
    InvalidPackageType,
    /// `%` without two hexadecimal digits.
    #[error("a percent sign without two hexadecimal digits")]
    InvalidPercentSequence,
    /// An odd number of digits, or none.
    #[error("piece and total need the same number of digits")]
    InvalidLengthForPieceOfTotal,
    /// Piece 0.
    #[error("the number of the piece is zero")]
    ZeroPieceNumber,
    /// Of 0 pieces.
    #[error("the number of pieces is zero")]
    ZeroTotalPieces,
    /// Piece 3 of 2.
    #[error("the number of the piece exceeds the number of pieces")]
    PieceNumberExceedsTotal,
    /// Not digits, a slash, digits.
    #[error("a position in a sequence is written 1/2")]
    PositionInSequenceMalformed,
    /// Place 3 of 2.
    #[error("the position exceeds the end of the sequence")]
    PositionExceedsEnd,
    /// Not 0, 1 or 9.
    #[error("not a winding direction")]
    InvalidWindingDirection,
    /// Not 0 or 1.
    #[error("only 0 and 1 are allowed")]
    NotZeroOrOne,
    /// Something else than zeros.
    #[error("only zero is allowed")]
    NotZero,
    /// All zeros.
    #[error("zero is not allowed")]
    IllegalZeroValue,
    /// A number that starts with 0.
    #[error("a leading zero is not allowed")]
    IllegalZeroPrefix,
    /// A field of a coupon.
    #[error("coupon: {problem}: {field}")]
    Coupon {
        /// The field.
        field: CouponField,
        /// What is wrong with it.
        problem: CouponProblem,
    },
}
