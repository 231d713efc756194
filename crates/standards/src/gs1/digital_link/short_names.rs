//! The names that early releases of the standard allowed for identifiers in the path and the query.

use crate::gs1::dictionary::Ai;

/// A name and the identifier that it stands for.
const NAMES: [(&str, &str); 32] = [
    ("sscc", "00"),
    ("gtin", "01"),
    ("lot", "10"),
    ("exp", "17"),
    ("ser", "21"),
    ("cpv", "22"),
    ("gdti", "253"),
    ("glnx", "254"),
    ("gcn", "255"),
    ("ginc", "401"),
    ("gsin", "402"),
    ("shipTo", "410"),
    ("billTo", "411"),
    ("purchasedFrom", "412"),
    ("shipFor", "413"),
    ("gln", "414"),
    ("payTo", "415"),
    ("glnProd", "416"),
    ("party", "417"),
    ("expdt", "7003"),
    ("grai", "8003"),
    ("giai", "8004"),
    ("itip", "8006"),
    ("cpi", "8010"),
    ("cpid", "8010"),
    ("cpsn", "8011"),
    ("gmn", "8013"),
    ("gsrnp", "8017"),
    ("gsrn", "8018"),
    ("srin", "8019"),
    ("refno", "8020"),
    ("tpx", "235"),
];

/// The identifier that a name stands for.
pub(super) fn ai_of(name: &str) -> Option<Ai> {
    let (_, digits) = NAMES.iter().find(|(short, _)| *short == name)?;
    Some(Ai::of(digits))
}
