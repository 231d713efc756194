//! Exceptions of a receipt as a report between trading partners under the DSCSA, in the message of the Partnership for DSCSA Governance.

use theriac_standards::epcis::exceptions::{
    Contact, DataMisalignment, ExceptionReport, Exceptions, Maybe, MissingProduct,
    MissingProductData, ObservationSource, Resolution, write,
};

use super::{
    Receipt,
    exception::{Exception, Fault},
    label::Label,
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

/// The report of a receipt's exceptions, as JSON.
pub fn report(receipt: &Receipt, reporter: &Reporter<'_>) -> String {
    let contact = Contact {
        vp: Maybe::Absent,
        gln: Maybe::Some(reporter.gln.to_owned()),
        email: reporter.email.to_owned(),
        phone: Maybe::Absent,
    };
    let file = receipt.shipment.to_string();
    write(&ExceptionReport {
        message_uuid: uuid(),
        exception_case_uuid: uuid(),
        timestamp: (reporter.now_ms / 1_000).cast_signed(),
        po_number: reporter.order.to_owned(),
        sender_information: contact,
        exceptions: Maybe::Some(items(&receipt.exceptions, &file)),
        other_errors: others(&receipt.exceptions),
        case_resolved: false,
    })
}

fn items(exceptions: &[Exception], file: &str) -> Exceptions {
    let (mut without_data, mut missing, mut differing) = (Vec::new(), Vec::new(), Vec::new());
    for one in exceptions {
        let Some(label) = one.label else { continue };
        match &one.fault {
            Fault::Unexpected => without_data.push(unexpected(&label)),
            Fault::Missing => missing.push(absent(&label, file)),
            Fault::Misaligned { expected } => differing.extend(misaligned(&label, expected)),
            Fault::NotInTheLot
            | Fault::LotUnknown
            | Fault::ProductUnknown
            | Fault::LotOfAnother { .. }
            | Fault::Custody(_)
            | Fault::KeyNotYours
            | Fault::KeyClosed
            | Fault::SentByAnother
            | Fault::PaperNotCommitted { .. }
            | Fault::PaperTime { .. }
            | Fault::Flagged { .. }
            | Fault::Duplicate { .. }
            | Fault::Unreadable { .. } => {}
        }
    }
    Exceptions {
        missing_product_data: some(without_data),
        missing_product: some(missing),
        data_misalignment: some(differing),
        ..Exceptions::default()
    }
}

/// What the message has no item for, in words.
fn others(exceptions: &[Exception]) -> Maybe<Vec<String>> {
    let has_item = |fault: &Fault| {
        matches!(
            fault,
            Fault::Unexpected | Fault::Missing | Fault::Misaligned { .. }
        )
    };
    let others = exceptions
        .iter()
        .filter(|one| !has_item(&one.fault))
        .map(|one| match one.label {
            Some(label) => format!("{}: {}", label.bracketed(), one.fault),
            None => one.fault.to_string(),
        });
    some(others.collect())
}

fn unexpected(label: &Label) -> MissingProductData {
    MissingProductData {
        exception_item_uuid: uuid(),
        product_gtin: label.gtin().to_owned(),
        observation_source: ObservationSource::Scan,
        resolution_request: Resolution::SendNewData,
        product_serial: Maybe::Some(label.serial().to_owned()),
    }
}

fn absent(label: &Label, file: &str) -> MissingProduct {
    MissingProduct {
        exception_item_uuid: uuid(),
        file_id: file.to_owned(),
        product_gtin: label.gtin().to_owned(),
        product_serial: label.serial().to_owned(),
        resolution_request: Resolution::SendProduct,
    }
}

fn misaligned(received: &Label, expected: &str) -> Option<DataMisalignment> {
    let expected = Label::scan(expected).ok()?.label;
    Some(DataMisalignment {
        exception_item_uuid: uuid(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use alloy_primitives::B256;
    use theriac_standards::epcis::exceptions::{check_report, read_report};

    #[test]
    fn a_report_of_each_kind_of_exception_has_no_defect() {
        let label = |serial: &str| Label::new("04012345123456", serial, "L7", "271100").unwrap();
        let expected = label("A3").bracketed();
        let exceptions = vec![
            Exception::of(label("A1"), Fault::Missing),
            Exception::of(label("A2"), Fault::Unexpected),
            Exception::of(label("A3"), Fault::Misaligned { expected }),
            Exception::of(label("A4"), Fault::Duplicate { times: 2 }),
            Exception::alone(Fault::Unreadable { line: 7 }),
        ];
        let receipt = Receipt {
            shipment: B256::repeat_byte(1),
            organisation: 2,
            from: "4012345000009".to_owned(),
            packs: Vec::new(),
            units: Vec::new(),
            exceptions,
        };
        let reporter = Reporter {
            gln: "4012345000016",
            email: "goods@pharmacy.example",
            order: "P1",
            now_ms: 1_795_420_800_000,
        };
        let read = read_report(report(&receipt, &reporter).as_bytes()).unwrap();
        assert_eq!(check_report(&read), []);
        let exceptions = read.exceptions.value().unwrap();
        assert_eq!(exceptions.missing_product.value().unwrap().len(), 1);
        assert_eq!(exceptions.missing_product_data.value().unwrap().len(), 1);
        assert_eq!(exceptions.data_misalignment.value().unwrap().len(), 1);
        assert_eq!(read.other_errors.value().unwrap().len(), 2);
        assert_eq!(read.timestamp, 1_795_420_800);
    }
}
