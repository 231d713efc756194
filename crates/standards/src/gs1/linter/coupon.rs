//! North American coupons: their fields, and a cursor that reads fields with a length indicator before them.

use std::fmt;

use super::{LintError, LintFault};

/// Which of up to three purchases a field is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purchase {
    /// The first, which is always there.
    First,
    /// The second, of optional field 1.
    Second,
    /// The third, of optional field 2.
    Third,
}

/// A field of a coupon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CouponField {
    /// The company prefix of who issued it.
    CompanyPrefix,
    /// The offer code of six digits.
    OfferCode,
    /// What it saves.
    SaveValue,
    /// What has to be bought.
    Requirement(Purchase),
    /// In which unit it has to be bought.
    RequirementCode(Purchase),
    /// Of which family.
    FamilyCode(Purchase),
    /// Whose products.
    PurchasePrefix(Purchase),
    /// How the purchases go together.
    AdditionalRules,
    /// The last day.
    ExpirationDate,
    /// The first day.
    StartDate,
    /// The serial number.
    SerialNumber,
    /// The retailer.
    Retailer,
    /// How the saving is counted.
    SaveValueCode,
    /// To which purchase the saving applies.
    SaveValueAppliesTo,
    /// Whether the store issued it.
    StoreCoupon,
    /// Whether it may be multiplied.
    DontMultiply,
    /// The format of a positive offer.
    FormatCode,
    /// Who pays for a positive offer.
    Funder,
    /// What follows the last field.
    Rest,
}

/// What is wrong with a field of a coupon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CouponProblem {
    /// The digit that says how long the field is is missing.
    LengthMissing,
    /// The digit that says how long the field is has no meaning.
    LengthInvalid,
    /// The field is missing.
    Missing,
    /// The data ends inside the field.
    Truncated,
    /// The value has no meaning.
    Invalid,
    /// It expires before it starts.
    BeforeStart,
    /// There is more than the fields.
    Excess,
}

impl fmt::Display for CouponField {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::CompanyPrefix => "company prefix",
            Self::OfferCode => "offer code",
            Self::SaveValue => "save value",
            Self::Requirement(_) => "purchase requirement",
            Self::RequirementCode(_) => "purchase requirement code",
            Self::FamilyCode(_) => "purchase family code",
            Self::PurchasePrefix(_) => "company prefix of a purchase",
            Self::AdditionalRules => "additional purchase rules",
            Self::ExpirationDate => "expiration date",
            Self::StartDate => "start date",
            Self::SerialNumber => "serial number",
            Self::Retailer => "retailer",
            Self::SaveValueCode => "save value code",
            Self::SaveValueAppliesTo => "item to which the save value applies",
            Self::StoreCoupon => "store coupon flag",
            Self::DontMultiply => "don't multiply flag",
            Self::FormatCode => "format code",
            Self::Funder => "funder",
            Self::Rest => "end",
        };
        formatter.write_str(name)
    }
}

impl fmt::Display for CouponProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::LengthMissing => "no length",
            Self::LengthInvalid => "no such length",
            Self::Missing => "missing",
            Self::Truncated => "too short",
            Self::Invalid => "invalid",
            Self::BeforeStart => "before the start",
            Self::Excess => "more data than fields",
        })
    }
}

/// Reads the fields of a coupon from the left.
pub(super) struct Cursor<'a> {
    data: &'a [u8],
    place: usize,
}

impl<'a> Cursor<'a> {
    /// Over digits.
    pub(super) fn new(data: &'a [u8]) -> Self {
        Self { data, place: 0 }
    }

    pub(super) fn place(&self) -> usize {
        self.place
    }

    /// Takes the indicator of an optional field, if it is the next digit.
    pub(super) fn takes(&mut self, indicator: u8) -> bool {
        let found = self.data.get(self.place) == Some(&indicator);
        self.place += usize::from(found);
        found
    }

    /// The digit that says how long `field` is; one of `allowed`.
    pub(super) fn length(&mut self, field: CouponField, allowed: &[u8]) -> Result<u8, LintFault> {
        let (missing, invalid) = (CouponProblem::LengthMissing, CouponProblem::LengthInvalid);
        self.one(field, allowed, missing, invalid)
    }

    /// A code of one digit; one of `allowed`.
    pub(super) fn code(&mut self, field: CouponField, allowed: &[u8]) -> Result<u8, LintFault> {
        let (missing, invalid) = (CouponProblem::Missing, CouponProblem::Invalid);
        self.one(field, allowed, missing, invalid)
    }

    /// The next `count` digits with the place of the first.
    pub(super) fn take(
        &mut self,
        field: CouponField,
        count: usize,
    ) -> Result<(usize, &'a [u8]), LintFault> {
        let start = self.place;
        let rest = &self.data[start..];
        let Some(taken) = rest.get(..count) else {
            let error = coupon(field, CouponProblem::Truncated);
            return Err(match rest.len() {
                0 => LintFault::whole(error, self.data),
                left => LintFault::new(error, start, left),
            });
        };
        self.place += count;
        Ok((start, taken))
    }

    /// Nothing is left, else the rest from `start` is in excess.
    pub(super) fn finish(self) -> Result<(), LintFault> {
        match self.data.len() - self.place {
            0 => Ok(()),
            left => {
                let error = coupon(CouponField::Rest, CouponProblem::Excess);
                Err(LintFault::new(error, self.place, left))
            }
        }
    }

    fn one(
        &mut self,
        field: CouponField,
        allowed: &[u8],
        missing: CouponProblem,
        invalid: CouponProblem,
    ) -> Result<u8, LintFault> {
        let Some(digit) = self.data.get(self.place) else {
            return Err(LintFault::whole(coupon(field, missing), self.data));
        };
        if !allowed.contains(digit) {
            return Err(LintFault::new(coupon(field, invalid), self.place, 1));
        }
        self.place += 1;
        Ok(*digit)
    }
}

pub(super) const fn coupon(field: CouponField, problem: CouponProblem) -> LintError {
    LintError::Coupon { field, problem }
}
