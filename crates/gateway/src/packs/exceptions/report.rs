//! Exceptions as a report between trading partners under the DSCSA, in the message of the Partnership for DSCSA Governance.

use theriac_standards::epcis::exceptions::{
    Contact, CountError, DataMisalignment, ExceptionReport, Exceptions, GlnError, GtinError,
    MasterDataErrors, Maybe, MissingProduct, MissingProductData, ObservationSource, Resolution,
    write,
};

use super::{Action, Number, Subject, subject::read};
use crate::packs::{
    Error, Partner, Refusal,
    book::{Case, KnownException},
    random,
};

/// Who reports, and about what.
#[derive(Clone, Copy, Debug)]
pub struct Reporter<'a> {
    /// The place: a GLN.
    pub gln: &'a str,
    /// Where to write back.
    pub email: &'a str,
    /// The number of the purchase order.
    pub order: &'a str,
    /// Unix milliseconds.
    pub now_ms: u64,
}

/// What was reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// The case.
    pub case: String,
    /// The message, as JSON.
    pub message: String,
}

impl Partner {
    /// Reports exceptions to the partner against whom they are, as one case. What was reported before stays in its case, with its items.
    ///
    /// # Errors
    /// `ExceptionUnknown`, `NotInState`, `NothingToReport`, `SeveralPartners`, `SeveralCases`; those of the book.
    pub fn report_exceptions(
        &mut self,
        numbers: &[i64],
        reporter: &Reporter<'_>,
    ) -> Result<Reported, Error> {
        let mut exceptions = Vec::new();
        for number in numbers {
            let exception = self.book.exception(*number)?;
            let exception = exception.ok_or(Refusal::ExceptionUnknown(*number))?;
            if exception.state.next(Action::Report).is_none() {
                return Err(Refusal::NotInState(exception.state.word()).into());
            }
            exceptions.push(exception);
        }
        let case = one_case(&exceptions)?;
        if let Some(case) = &case {
            self.with_rest_of(case, &mut exceptions)?;
        }
        let id = case.unwrap_or_else(uuid);
        let items = exceptions.into_iter().map(|exception| {
            let item = exception.item.clone().unwrap_or_else(uuid);
            (exception, item)
        });
        let items: Vec<_> = items.collect();
        let message = write(&message(&id, &items, reporter));
        let case = Case {
            id: id.clone(),
            report: message.clone(),
            response: None,
        };
        self.book.report_case(&case, &items)?;
        Ok(Reported { case: id, message })
    }

    /// A later report takes the place of the one before: what is still open of the case belongs into it.
    fn with_rest_of(&self, case: &str, exceptions: &mut Vec<KnownException>) -> Result<(), Error> {
        for other in self.book.exceptions_of_case(case)? {
            let is_in = exceptions.iter().any(|one| one.number == other.number);
            if !is_in && !other.state.is_final() {
                exceptions.push(other);
            }
        }
        Ok(())
    }
}

/// The case in which all of them are, if they are in one; refused where they are of several cases or partners.
fn one_case(exceptions: &[KnownException]) -> Result<Option<String>, Refusal> {
    let first = exceptions.first().ok_or(Refusal::NothingToReport)?;
    let partner = |one: &KnownException| (one.found.organisation, one.found.gln.clone());
    if exceptions.iter().any(|one| partner(one) != partner(first)) {
        return Err(Refusal::SeveralPartners);
    }
    let mut cases: Vec<_> = exceptions
        .iter()
        .filter_map(|one| one.case.clone())
        .collect();
    cases.sort_unstable();
    cases.dedup();
    match cases.len() {
        0 | 1 => Ok(cases.pop()),
        _ => Err(Refusal::SeveralCases),
    }
}

fn message(
    case: &str,
    items: &[(KnownException, String)],
    reporter: &Reporter<'_>,
) -> ExceptionReport {
    let others = items
        .iter()
        .filter(|(one, _)| !one.found.subject.has_item());
    let others = others.map(|(one, _)| match &one.found.subject {
        Subject::Damage { pack } => format!("damaged: {pack}"),
        subject => subject.text(),
    });
    ExceptionReport {
        message_uuid: uuid(),
        exception_case_uuid: case.to_owned(),
        timestamp: (reporter.now_ms / 1_000).cast_signed(),
        po_number: reporter.order.to_owned(),
        sender_information: contact(reporter),
        exceptions: Maybe::Some(listed(items)),
        other_errors: some(others.collect()),
        case_resolved: false,
    }
}

/// The last message of a case.
pub(super) fn closing(case: &str, reporter: &Reporter<'_>) -> String {
    write(&ExceptionReport {
        exceptions: Maybe::Some(Exceptions::default()),
        other_errors: Maybe::Absent,
        case_resolved: true,
        ..message(case, &[], reporter)
    })
}

fn contact(reporter: &Reporter<'_>) -> Contact {
    Contact {
        vp: Maybe::Absent,
        gln: Maybe::Some(reporter.gln.to_owned()),
        email: reporter.email.to_owned(),
        phone: Maybe::Absent,
    }
}

fn listed(items: &[(KnownException, String)]) -> Exceptions {
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

fn some<T>(list: Vec<T>) -> Maybe<Vec<T>> {
    match list.is_empty() {
        true => Maybe::Absent,
        false => Maybe::Some(list),
    }
}

/// A random UUID (RFC 9562, version 4).
fn uuid() -> String {
    let mut bytes: [u8; 16] = random();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let digits = hex::encode(bytes);
    let parts = [
        &digits[..8],
        &digits[8..12],
        &digits[12..16],
        &digits[16..20],
        &digits[20..],
    ];
    parts.join("-")
}
