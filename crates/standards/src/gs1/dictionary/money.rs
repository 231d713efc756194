//! Amounts, prices, coupons and payment slips.

use super::Entry;
use super::component::{n, n_to, x_to};
use super::entry::{ai, range};
use crate::gs1::linter::Linter::{CouponCode, CouponOffer, Currency, Iban};

const MEASURED: &[&str] = &["30", "31nn", "32nn", "35nn", "36nn"];

pub(super) const ENTRIES: &[Entry] = &[
    range("3900", "3909", &[n_to(15)])
        .attribute()
        .requires(&["255", "8020"])
        .excludes(&["390n", "391n", "394n", "8111"]),
    range("3910", "3919", &[n(3).lint(&[Currency]), n_to(15)])
        .attribute()
        .requires(&["8020"])
        .excludes(&["391n"]),
    range("3920", "3929", &[n_to(15)])
        .attribute()
        .requires(&["01+30", "01+31nn", "01+32nn", "01+35nn", "01+36nn"])
        .excludes(&["392n", "393n"]),
    range("3930", "3939", &[n(3).lint(&[Currency]), n_to(15)])
        .attribute()
        .requires(MEASURED)
        .excludes(&["393n"]),
    range("3940", "3943", &[n(4)])
        .attribute()
        .requires(&["255"])
        .excludes(&["394n", "8111"]),
    range("3950", "3955", &[n(6)])
        .attribute()
        .requires(MEASURED)
        .excludes(&["392n", "393n", "395n", "8005"]),
    ai("8005", &[n(6)]).attribute().requires(&["01", "02"]),
    ai("8007", &[x_to(34).lint(&[Iban])])
        .attribute()
        .requires(&["415"]),
    ai("8020", &[x_to(25)]).requires(&["415"]),
    ai("8110", &[x_to(70).lint(&[CouponCode])]).attribute(),
    ai("8111", &[n(4)]).attribute().requires(&["255"]),
    ai("8112", &[x_to(70).lint(&[CouponOffer])]).attribute(),
];
