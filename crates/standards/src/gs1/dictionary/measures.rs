//! Measures of trade items and logistic units; the last digit of the identifier is the number of decimals.

use super::Entry;
use super::component::{Component, n};
use super::entry::range;

const SIX_DIGITS: &[Component] = &[n(6)];

/// A measure of a trade item, or of those that a unit contains.
const fn trade(first: &'static str, last: &'static str, own: &'static [&'static str]) -> Entry {
    measure(first, last, own).requires(&["01", "02"])
}

/// A measure of a logistic unit, or of a trade item as it is shipped.
const fn logistic(first: &'static str, last: &'static str, own: &'static [&'static str]) -> Entry {
    measure(first, last, own).requires(&["00", "01"])
}

/// A measure is given once, whatever the number of its decimals.
const fn measure(first: &'static str, last: &'static str, own: &'static [&'static str]) -> Entry {
    range(first, last, SIX_DIGITS)
        .predefined()
        .attribute()
        .excludes(own)
}

pub(super) const ENTRIES: &[Entry] = &[
    trade("3100", "3105", &["310n"]),
    trade("3110", "3115", &["311n"]),
    trade("3120", "3125", &["312n"]),
    trade("3130", "3135", &["313n"]),
    trade("3140", "3145", &["314n"]),
    trade("3150", "3155", &["315n"]),
    trade("3160", "3165", &["316n"]),
    trade("3200", "3205", &["320n"]),
    trade("3210", "3215", &["321n"]),
    trade("3220", "3225", &["322n"]),
    trade("3230", "3235", &["323n"]),
    trade("3240", "3245", &["324n"]),
    trade("3250", "3255", &["325n"]),
    trade("3260", "3265", &["326n"]),
    trade("3270", "3275", &["327n"]),
    trade("3280", "3285", &["328n"]),
    trade("3290", "3295", &["329n"]),
    logistic("3300", "3305", &["330n"]),
    logistic("3310", "3315", &["331n"]),
    logistic("3320", "3325", &["332n"]),
    logistic("3330", "3335", &["333n"]),
    logistic("3340", "3345", &["334n"]),
    logistic("3350", "3355", &["335n"]),
    logistic("3360", "3365", &["336n"]),
    measure("3370", "3375", &["337n"]).requires(&["01"]),
    logistic("3400", "3405", &["340n"]),
    logistic("3410", "3415", &["341n"]),
    logistic("3420", "3425", &["342n"]),
    logistic("3430", "3435", &["343n"]),
    logistic("3440", "3445", &["344n"]),
    logistic("3450", "3455", &["345n"]),
    logistic("3460", "3465", &["346n"]),
    logistic("3470", "3475", &["347n"]),
    logistic("3480", "3485", &["348n"]),
    logistic("3490", "3495", &["349n"]),
    trade("3500", "3505", &["350n"]),
    trade("3510", "3515", &["351n"]),
    trade("3520", "3525", &["352n"]),
    logistic("3530", "3535", &["353n"]),
    logistic("3540", "3545", &["354n"]),
    logistic("3550", "3555", &["355n"]),
    trade("3560", "3565", &["356n"]),
    trade("3570", "3575", &["357n"]),
    trade("3600", "3605", &["360n"]),
    trade("3610", "3615", &["361n"]),
    logistic("3620", "3625", &["362n"]),
    logistic("3630", "3635", &["363n"]),
    trade("3640", "3645", &["364n"]),
    trade("3650", "3655", &["365n"]),
    trade("3660", "3665", &["366n"]),
    logistic("3670", "3675", &["367n"]),
    logistic("3680", "3685", &["368n"]),
    logistic("3690", "3695", &["369n"]),
];
