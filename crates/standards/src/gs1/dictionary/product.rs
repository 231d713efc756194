//! What is said of a trade item: batch, serial, variant, further numbers, signature, dimensions.

use super::Entry;
use super::component::{n, n_to, x, x_to, z_to};
use super::entry::ai;
use crate::gs1::linter::Linter::{ImporterIndex, NonZero, PrefixAtFirst, Winding};

const ANY_ITEM: &[&str] = &["01", "02", "03", "8006", "8026"];
const ONE_ITEM: &[&str] = &["01", "03", "8006"];
const SERIAL_OF_ITEM: &[&str] = &["01+21", "03+21", "8006+21"];
const DEVICE: &[&str] = &["01+21+8040"];

pub(super) const ENTRIES: &[Entry] = &[
    ai("10", &[x_to(20)])
        .attribute()
        .requires(ANY_ITEM)
        .title("BATCH/LOT"),
    ai("20", &[n(2)])
        .predefined()
        .attribute()
        .requires(ANY_ITEM)
        .title("VARIANT"),
    ai("21", &[x_to(20)])
        .requires(ONE_ITEM)
        .excludes(&["235"])
        .title("SERIAL"),
    ai("22", &[x_to(20)]).requires(&["01"]).title("CPV"),
    ai("235", &[x_to(28)]).requires(&["01"]),
    ai("240", &[x_to(30)])
        .attribute()
        .requires(ANY_ITEM)
        .title("ADDITIONAL ID"),
    ai("241", &[x_to(30)]).attribute().requires(ANY_ITEM),
    ai("242", &[n_to(6)])
        .attribute()
        .requires(&["01", "02", "8006", "8026"]),
    ai("243", &[x_to(20)]).attribute().requires(&["01", "03"]),
    ai("250", &[x_to(30)]).attribute().requires(SERIAL_OF_ITEM),
    ai("251", &[x_to(30)]).attribute().requires(ONE_ITEM),
    ai("254", &[x_to(20)]).requires(&["414"]),
    ai("30", &[n_to(8)]).attribute().requires(&["01", "02"]),
    ai("37", &[n_to(8)])
        .attribute()
        .requires(&["00+02", "00+8026"])
        .title("COUNT"),
    ai("7023", &[x_to(30).lint(&[PrefixAtFirst])]).attribute(),
    ai("7040", &[n(1), x(1), x(1), x(1).lint(&[ImporterIndex])]),
    ai(
        "8001",
        &[
            n(4).lint(&[NonZero]),
            n(5).lint(&[NonZero]),
            n(3).lint(&[NonZero]),
            n(1).lint(&[Winding]),
            n(1),
        ],
    )
    .attribute()
    .requires(&["01"]),
    ai("8002", &[x_to(20)]).attribute(),
    ai("8009", &[x_to(50)])
        .attribute()
        .requires(&["00", "01", "03"]),
    ai("8012", &[x_to(20)]).attribute().requires(ONE_ITEM),
    ai("8030", &[z_to(90)]).attribute().requires(&[
        "00",
        "01+21",
        "03+21",
        "253",
        "255",
        "8003",
        "8004",
        "8006+21",
        "8010+8011",
        "8017",
        "8018",
    ]),
    ai("8040", &[n(15)]).requires(&["01+21"]),
    ai("8041", &[n(15)]).requires(DEVICE),
    ai("8042", &[n(32)]).requires(DEVICE),
    ai("8043", &[n(18), n_to(2).optional()]).requires(DEVICE),
    ai("8200", &[x_to(70)])
        .requires(&["01"])
        .title("PRODUCT URL"),
];
