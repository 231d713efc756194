//! What a prescription on the ledger can hold of an order.

use super::{Fault, FhirError, MedicationRequest};

/// Most fills of one prescription.
pub const MAX_FILLS: u8 = 100;
/// The most of one fill, in the order's unit.
pub const MAX_AMOUNT: u64 = 10_000;
/// The longest time from beginning to end: 366 days.
const LONGEST_MS: i64 = 366 * 86_400_000;

/// An order that can be honoured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// How much each time, in the order's unit.
    pub amount: u64,
    /// How often, the first time included.
    pub fills: u8,
    /// Unix seconds from which it counts, where that is said.
    pub from: Option<u64>,
    /// Unix seconds at which it ends.
    pub until: u64,
}

impl MedicationRequest {
    /// What of it the ledger holds.
    ///
    /// # Errors
    /// [`FhirError::At`] with the first element that cannot be honoured, in the order status, intent, doNotPerform, dispenseRequest.
    pub fn order(&self) -> Result<Order, FhirError> {
        self.check_stands()?;
        let supply = self.dispense.as_ref();
        let supply = supply.ok_or_else(|| at("dispenseRequest", Fault::Missing))?;
        let quantity = supply.quantity.as_ref();
        let quantity = quantity.ok_or_else(|| at("dispenseRequest.quantity", Fault::Missing))?;
        if quantity.value > MAX_AMOUNT {
            return Err(at(
                "dispenseRequest.quantity.value",
                Fault::NotHonoured("more than 10000 at a time"),
            ));
        }
        let fills = supply.repeats.checked_add(1);
        let fills = fills.and_then(|fills| u8::try_from(fills).ok());
        let too_many = || {
            let fault = Fault::NotHonoured("more than 99 repeats");
            at("dispenseRequest.numberOfRepeatsAllowed", fault)
        };
        let fills = fills.filter(|fills| *fills <= MAX_FILLS);
        let (from, until) = self.window()?;
        Ok(Order {
            amount: quantity.value,
            fills: fills.ok_or_else(too_many)?,
            from,
            until,
        })
    }

    fn check_stands(&self) -> Result<(), FhirError> {
        if self.status != "active" {
            return Err(at("status", Fault::NotHonoured("it is not active")));
        }
        if !["order", "original-order"].contains(&self.intent.as_str()) {
            return Err(at("intent", Fault::NotHonoured("it is not an order")));
        }
        match self.do_not_perform {
            true => Err(at("doNotPerform", Fault::NotHonoured("it forbids"))),
            false => Ok(()),
        }
    }

    fn window(&self) -> Result<(Option<u64>, u64), FhirError> {
        let period = "dispenseRequest.validityPeriod";
        let validity = self.dispense.as_ref().and_then(|one| one.validity.as_ref());
        let validity = validity.ok_or_else(|| at(period, Fault::Missing))?;
        let end = validity.end.as_ref();
        let end = end.ok_or_else(|| at("dispenseRequest.validityPeriod.end", Fault::Missing))?;
        let start = validity.start.as_ref().or(self.authored_on.as_ref());
        let start_ms = start.map(|start| start.first_ms());
        let length = end.end_ms() - start_ms.unwrap_or_else(|| end.end_ms() - 1);
        if !(1..=LONGEST_MS).contains(&length) {
            return Err(at(period, Fault::NotHonoured("not within 366 days")));
        }
        let seconds = |ms: i64| u64::try_from(ms / 1_000).ok();
        let until = seconds(end.end_ms())
            .ok_or_else(|| at(period, Fault::Expected("a time after 1970")))?;
        Ok((start_ms.and_then(seconds), until))
    }
}

fn at(path: &str, fault: Fault) -> FhirError {
    let path = format!("MedicationRequest.{path}");
    FhirError::At { path, fault }
}
