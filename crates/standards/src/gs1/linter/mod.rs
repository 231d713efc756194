//! What a component of an element must satisfy, and where it does not.
//!
//! The rules are those of the GS1 Barcode Syntax Tests.

mod characters;
mod check_digit;
mod check_pair;
mod codes;
mod company_prefix;
mod coordinates;
mod countries;
mod coupon;
mod coupon_code;
mod coupon_offer;
mod currencies;
mod date;
mod fault;
mod iban;
mod kind;
mod number;
mod package_types;
mod percent;
mod time;

pub use check_digit::{check_digit, verify_check_digit};
pub use check_pair::check_pair;
pub use company_prefix::{CompanyPrefixes, PrefixStatus};
pub use coupon::{CouponField, CouponProblem, Purchase};
pub use fault::{LintError, LintFault};
pub use kind::Linter;

pub(crate) use characters::is_cset82;
pub(crate) use date::days_of_month;
