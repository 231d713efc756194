//! Health care: national reimbursement numbers, certificates, protocols, patients.

use super::Entry;
use super::component::{n, x, x_to};
use super::entry::ai;
use crate::gs1::linter::Linter::{
    BiologicalSex, FullDate, HourMinute, MediaType, PercentEncoded, PositionInSequence,
};

const PERSON: &[&str] = &["8017", "8018"];
const NAMED_IN_FULL: &[&str] = &["7256", "7259"];

/// A national healthcare reimbursement number.
const fn reimbursement(digits: &'static str, title: &'static str) -> Entry {
    ai(digits, const { &[x_to(20)] })
        .attribute()
        .requires(&["01"])
        .title(title)
}

/// A certificate: the scheme in two characters, then its reference.
const fn certificate(digits: &'static str) -> Entry {
    ai(digits, const { &[x(2), x_to(28)] })
        .attribute()
        .requires(&["01", "8004"])
}

/// A part of a person's name.
const fn name_part(digits: &'static str) -> Entry {
    ai(digits, const { &[x_to(40).lint(&[PercentEncoded])] })
        .attribute()
        .requires(PERSON)
        .excludes(NAMED_IN_FULL)
}

pub(super) const ENTRIES: &[Entry] = &[
    reimbursement("710", "NHRN PZN"),
    reimbursement("711", "NHRN CIP"),
    reimbursement("712", "NHRN CN"),
    reimbursement("713", "NHRN DRN"),
    reimbursement("714", "NHRN AIM"),
    reimbursement("715", "NHRN NDC"),
    reimbursement("716", "NHRN AIC"),
    reimbursement("717", "NHRN SRN"),
    certificate("7230"),
    certificate("7231"),
    certificate("7232"),
    certificate("7233"),
    certificate("7234"),
    certificate("7235"),
    certificate("7236"),
    certificate("7237"),
    certificate("7238"),
    certificate("7239"),
    ai("7240", &[x_to(20)])
        .attribute()
        .requires(&["01", "8006"])
        .excludes(&["03"])
        .title("PROTOCOL"),
    ai("7241", &[n(2).lint(&[MediaType])])
        .attribute()
        .requires(PERSON),
    ai("7242", &[x_to(25)]).attribute().requires(PERSON),
    ai("7250", &[n(8).lint(&[FullDate])])
        .attribute()
        .requires(&["8018"])
        .excludes(&["7251"]),
    ai("7251", &[n(8).lint(&[FullDate]), n(4).lint(&[HourMinute])])
        .attribute()
        .requires(&["8018"])
        .excludes(&["7250"]),
    ai("7252", &[n(1).lint(&[BiologicalSex])])
        .attribute()
        .requires(&["8018"]),
    name_part("7253"),
    name_part("7254"),
    ai("7255", &[x_to(10)])
        .attribute()
        .requires(PERSON)
        .excludes(NAMED_IN_FULL),
    ai("7256", &[x_to(90).lint(&[PercentEncoded])])
        .attribute()
        .requires(PERSON),
    ai("7257", &[x_to(70).lint(&[PercentEncoded])])
        .attribute()
        .requires(&["8018"]),
    ai("7258", &[x(3).lint(&[PositionInSequence])])
        .attribute()
        .requires(&["8018+7259"]),
    ai("7259", &[x_to(40).lint(&[PercentEncoded])])
        .attribute()
        .requires(&["8018"])
        .excludes(&["7256"]),
];
