//! `MedicationDispense`: what was handed out for an order.

use serde_json::{Map, Value, json};

use super::{Coding, Concept, GTIN_SYSTEM, Identifier, MedicationRequest, NDC_SYSTEM, ndc};
use crate::{
    epcis::time::Instant,
    gs1::{key::Day, pack_label::PackLabel},
};

/// The system of identifiers that are URIs.
const URI_SYSTEM: &str = "urn:ietf:rfc:3986";

/// What was handed out.
#[derive(Clone, Copy, Debug)]
pub struct HandedOver<'a> {
    /// How much, in the order's unit.
    pub amount: u64,
    /// When.
    pub at: Instant,
    /// The packs.
    pub packs: &'a [PackLabel],
    /// URI of who handed it out.
    pub performer: &'a str,
    /// URI of the place.
    pub place: &'a str,
    /// Whether it is another product than was ordered.
    pub was_substituted: bool,
}

/// The `MedicationDispense` for an order, as JSON.
///
/// R4 has no element for the packs of a dispensing. Each is a contained `Medication` with its batch, and its GS1 Digital Link as identifier, to which
/// `supportingInformation` refers.
pub fn write_dispense(request: &MedicationRequest, handed: &HandedOver<'_>) -> String {
    let quantity = request
        .dispense
        .as_ref()
        .and_then(|one| one.quantity.as_ref());
    let quantity = match quantity {
        Some(quantity) => quantity.print(handed.amount),
        None => json!({ "value": handed.amount }),
    };
    let year = handed.at.to_text()[..4].parse();
    let year = year.expect("an instant prints with four digits of year");
    let packs = (1..).zip(handed.packs);
    let packs = packs.map(|(number, pack)| medication(number, pack, year));
    let links =
        (1..=handed.packs.len()).map(|number| json!({ "reference": format!("#pack-{number}") }));
    let dispense = json!({
        "resourceType": "MedicationDispense",
        "contained": packs.collect::<Vec<_>>(),
        "status": "completed",
        "medicationCodeableConcept": product(request, handed).print(),
        "subject": request.subject.print(),
        "supportingInformation": links.collect::<Vec<_>>(),
        "performer": [{ "actor": named(handed.performer) }],
        "location": named(handed.place),
        "authorizingPrescription": [prescription(request)],
        "quantity": quantity,
        "whenHandedOver": handed.at.to_text(),
        "substitution": { "wasSubstituted": handed.was_substituted },
    });
    dispense.to_string()
}

/// The order's medicine, or the packs' where another product was handed out.
fn product(request: &MedicationRequest, handed: &HandedOver<'_>) -> Concept {
    match (handed.was_substituted, handed.packs.first()) {
        (true, Some(pack)) => codes(pack),
        (true, None) | (false, _) => request.medication.clone(),
    }
}

fn codes(pack: &PackLabel) -> Concept {
    let coding = |system: &str, code: &str| Coding {
        system: Some(system.to_owned()),
        code: Some(code.to_owned()),
        display: None,
    };
    let mut codings = vec![coding(GTIN_SYSTEM, pack.gtin.as_str())];
    codings.extend(ndc(&pack.gtin).map(|digits| coding(NDC_SYSTEM, digits)));
    Concept {
        codings,
        text: None,
    }
}

fn medication(number: usize, pack: &PackLabel, year: u16) -> Value {
    let link = pack.to_digital_link().to_uri();
    let Day { year, month, day } = pack.expiry.last_day(year);
    let expiry = match pack.expiry.as_str().ends_with("00") {
        true => format!("{year:04}-{month:02}"),
        false => format!("{year:04}-{month:02}-{day:02}"),
    };
    json!({
        "resourceType": "Medication",
        "id": format!("pack-{number}"),
        "identifier": [{ "system": URI_SYSTEM, "value": link }],
        "code": codes(pack).print(),
        "batch": { "lotNumber": pack.lot.as_str(), "expirationDate": expiry },
    })
}

fn named(uri: &str) -> Value {
    json!({ "identifier": { "system": URI_SYSTEM, "value": uri } })
}

fn prescription(request: &MedicationRequest) -> Value {
    let mut reference = Map::new();
    if let Some(id) = &request.id {
        let id = format!("MedicationRequest/{id}");
        reference.insert("reference".to_owned(), json!(id));
    }
    if let Some(identifier) = request.identifiers.first() {
        reference.insert("identifier".to_owned(), Identifier::print(identifier));
    }
    if reference.is_empty() {
        reference.insert(
            "display".to_owned(),
            json!("a prescription without a number"),
        );
    }
    Value::Object(reference)
}
