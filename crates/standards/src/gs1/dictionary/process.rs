//! How a product was caught, made, processed or put in order again.

use super::Entry;
use super::component::{n, n_to, x_to};
use super::entry::{ai, range};
use crate::gs1::linter::Linter::CountryOrAny;

const ITEM: &[&str] = &["01", "02"];
const ONE_ITEM: &[&str] = &["01", "03", "8006"];

pub(super) const ENTRIES: &[Entry] = &[
    ai("7001", &[n(13)])
        .attribute()
        .requires(&["01", "02", "8006", "8026"]),
    ai("7002", &[x_to(30)]).attribute().requires(ITEM),
    ai("7004", &[n_to(4)])
        .attribute()
        .requires(&["01+10", "03+10"])
        .title("ACTIVE POTENCY"),
    ai("7005", &[x_to(12)]).attribute().requires(ITEM),
    ai("7008", &[x_to(3)]).attribute().requires(ITEM),
    ai("7009", &[x_to(10)]).attribute().requires(ITEM),
    ai("7010", &[x_to(2)])
        .attribute()
        .requires(&["01", "02", "03"]),
    ai("7020", &[x_to(20)])
        .attribute()
        .requires(&["01+416", "03+416", "8006+416"]),
    ai("7021", &[x_to(20)]).attribute().requires(ONE_ITEM),
    ai("7022", &[x_to(20)])
        .attribute()
        .requires(&["01+7021", "03+7021", "8006+7021"]),
    range("7030", "7039", &[n(3).lint(&[CountryOrAny]), x_to(27)])
        .attribute()
        .requires(ITEM),
];
