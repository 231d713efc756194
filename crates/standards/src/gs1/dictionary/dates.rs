//! Days and times, as `YYMMDD` with or without a day of zero.

use super::Entry;
use super::component::n;
use super::entry::ai;
use crate::gs1::linter::Linter::{Date, DateOrMonth, Hour, HourMinute, Minute, Second};

const ANY_ITEM: &[&str] = &["01", "02", "03", "8006", "8026"];

pub(super) const ENTRIES: &[Entry] = &[
    ai("11", &[n(6).lint(&[DateOrMonth])])
        .predefined()
        .attribute()
        .requires(ANY_ITEM)
        .title("PROD DATE"),
    ai("12", &[n(6).lint(&[DateOrMonth])])
        .predefined()
        .attribute()
        .requires(&["8020"]),
    ai("13", &[n(6).lint(&[DateOrMonth])])
        .predefined()
        .attribute()
        .requires(ANY_ITEM)
        .title("PACK DATE"),
    ai("15", &[n(6).lint(&[DateOrMonth])])
        .predefined()
        .attribute()
        .requires(ANY_ITEM)
        .title("BEST BEFORE or BEST BY"),
    ai("16", &[n(6).lint(&[DateOrMonth])])
        .predefined()
        .attribute()
        .requires(ANY_ITEM)
        .title("SELL BY"),
    ai("17", &[n(6).lint(&[DateOrMonth])])
        .predefined()
        .attribute()
        .requires(&["01", "02", "03", "255", "8006", "8026"])
        .title("USE BY or EXPIRY"),
    ai(
        "4324",
        &[n(6).lint(&[DateOrMonth]), n(4).lint(&[HourMinute])],
    )
    .attribute()
    .requires(&["00"]),
    ai(
        "4325",
        &[n(6).lint(&[DateOrMonth]), n(4).lint(&[HourMinute])],
    )
    .attribute()
    .requires(&["00"]),
    ai("4326", &[n(6).lint(&[Date])])
        .attribute()
        .requires(&["00"]),
    ai("7003", &[n(6).lint(&[Date]), n(4).lint(&[HourMinute])])
        .attribute()
        .requires(&["01", "02", "03"])
        .title("EXPIRY TIME"),
    ai("7006", &[n(6).lint(&[Date])])
        .attribute()
        .requires(&["01", "02"]),
    ai("7007", &[n(6).lint(&[Date]), n(6).optional().lint(&[Date])])
        .attribute()
        .requires(&["01", "02"]),
    ai(
        "7011",
        &[n(6).lint(&[Date]), n(4).optional().lint(&[HourMinute])],
    )
    .attribute()
    .requires(&["01", "02", "03"]),
    ai(
        "8008",
        &[
            n(6).lint(&[Date]),
            n(2).lint(&[Hour]),
            n(2).optional().lint(&[Minute]),
            n(2).optional().lint(&[Second]),
        ],
    )
    .attribute()
    .requires(&["01", "02", "03"])
    .title("PROD TIME"),
];
