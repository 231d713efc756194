//! The items of a report: one for each exception for which the message has a kind.

use theriac_standards::epcis::exceptions::{
    CountError, DataMisalignment, Exceptions, GlnError, GtinError, MasterDataErrors, Maybe,
    MissingProduct, MissingProductData, ObservationSource, Resolution,
};

use super::{Number, Subject, subject::read};
use crate::packs::book::KnownException;

/// The exceptions by kind, each with its item.
pub(super) fn listed(items: &[(KnownException, String)]) -> Exceptions {
    let (mut without_data, mut missing, mut differing) = (Vec::new(), Vec::new(), Vec::new());
    let (mut over, mut under) = (Vec::new(), Vec::new());
    let mut master = MasterDataErrors::default();
    for (exception, item) in items {
        let item = item.clone();
        match &exception.found.subject {
            Subject::ProductWithoutData { pack } => without_data.extend(unexpected(item, pack)),
            Subject::DataWithoutProduct { pack } => missing.extend(absent(item, pack, exception)),
            Subject::Misaligned { pack, expected } => {
                differing.extend(misaligned(item, pack, expected));
            }
            Subject::Overage { .. } => over.extend(count(item, &exception.found.subject)),
            Subject::Underage { .. } => under.extend(count(item, &exception.found.subject)),
            Subject::MasterData { what, wrong, right } => {
                master_data(&mut master, *what, (item, wrong, right.as_ref()));
            }
            Subject::Damage { .. } | Subject::Other { .. } => {}
        }
    }
    let has_master = master != MasterDataErrors::default();
    Exceptions {
        missing_product_data: some(without_data),
        missing_product: some(missing),
        data_misalignment: some(differing),
        overages: some(over),
        underages: some(under),
        master_data_errors: match has_master {
            true => Maybe::Some(master),
            false => Maybe::Absent,
        },
    }
}

impl Subject {
    /// Whether the message has an item for it; otherwise it is told in words.
    pub(super) fn has_item(&self) -> bool {
        match self {
            Self::ProductWithoutData { .. }
            | Self::DataWithoutProduct { .. }
            | Self::Misaligned { .. }
            | Self::Overage { .. }
            | Self::Underage { .. }
            | Self::MasterData { .. } => true,
            Self::Damage { .. } | Self::Other { .. } => false,
        }
    }
}

fn unexpected(item: String, pack: &str) -> Option<MissingProductData> {
    let label = read(pack)?;
    Some(MissingProductData {
        exception_item_uuid: item,
        product_gtin: label.gtin().to_owned(),
        observation_source: ObservationSource::Scan,
        resolution_request: Resolution::SendNewData,
        product_serial: Maybe::Some(label.serial().to_owned()),
    })
}

fn absent(item: String, pack: &str, exception: &KnownException) -> Option<MissingProduct> {
    let label = read(pack)?;
    let file = exception.found.shipment.unwrap_or_default();
    Some(MissingProduct {
        exception_item_uuid: item,
        file_id: file.to_string(),
        product_gtin: label.gtin().to_owned(),
        product_serial: label.serial().to_owned(),
        resolution_request: Resolution::SendProduct,
    })
}

fn misaligned(item: String, pack: &str, expected: &str) -> Option<DataMisalignment> {
    let (received, expected) = (read(pack)?, read(expected)?);
    Some(DataMisalignment {
        exception_item_uuid: item,
        received_product_gtin: received.gtin().to_owned(),
        received_product_lot: received.lot().to_owned(),
        received_product_expiry: received.expiry().to_owned(),
        received_product_serial: Some(received.serial().to_owned()),
        product_data_gtin: expected.gtin().to_owned(),
        product_data_lot: expected.lot().to_owned(),
        product_data_expiry: expected.expiry().to_owned(),
        product_data_serial: Some(expected.serial().to_owned()),
        resolution_request: Resolution::SendNewData,
    })
}

/// More than was ordered is kept and paid for; less is credited.
fn count(item: String, subject: &Subject) -> Option<CountError> {
    let (gtin, ordered, received, resolution_request) = match subject {
        Subject::Overage {
            gtin,
            ordered,
            received,
        } => (gtin, ordered, received, Resolution::DebitAccount),
        Subject::Underage {
            gtin,
            ordered,
            received,
        } => (gtin, ordered, received, Resolution::CreditAccount),
        Subject::ProductWithoutData { .. }
        | Subject::DataWithoutProduct { .. }
        | Subject::Misaligned { .. }
        | Subject::Damage { .. }
        | Subject::MasterData { .. }
        | Subject::Other { .. } => return None,
    };
    Some(CountError {
        exception_item_uuid: item,
        gtin: gtin.clone(),
        quantity_ordered: i64::from(*ordered),
        quantity_received: i64::from(*received),
        resolution_request,
    })
}

fn master_data(
    errors: &mut MasterDataErrors,
    what: Number,
    (item, wrong, right): (String, &str, Option<&String>),
) {
    let proposed = right.map_or(Maybe::Absent, |right| Maybe::Some(right.clone()));
    let request = Maybe::Some(Resolution::SendNewData);
    match what {
        Number::Gln => push(
            &mut errors.gln_errors,
            GlnError {
                exception_item_uuid: item,
                invalid_gln: wrong.to_owned(),
                proposed_gln: proposed,
                resolution_request: request,
            },
        ),
        Number::Gtin => push(
            &mut errors.gtin_errors,
            GtinError {
                exception_item_uuid: item,
                invalid_gtin: wrong.to_owned(),
                proposed_gtin: proposed,
                resolution_request: request,
            },
        ),
    }
}

fn push<T>(list: &mut Maybe<Vec<T>>, one: T) {
    match list {
        Maybe::Some(list) => list.push(one),
        Maybe::Absent | Maybe::Null => *list = Maybe::Some(vec![one]),
    }
}

/// A list where it has anything.
pub(super) fn some<T>(list: Vec<T>) -> Maybe<Vec<T>> {
    match list.is_empty() {
        true => Maybe::Absent,
        false => Maybe::Some(list),
    }
}
