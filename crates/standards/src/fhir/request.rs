//! `MedicationRequest`: an order to supply a medicine.

use super::{
    Concept, Fault, FhirError, Identifier, Period, Quantity, Reference, When, json,
    node::Node,
    resolve::{Source, medication},
};

/// A `MedicationRequest`, as far as supplying it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MedicationRequest {
    /// Its logical id.
    pub id: Option<String>,
    /// Its business identifiers.
    pub identifiers: Vec<Identifier>,
    /// `active`, `on-hold`, `cancelled`, ...
    pub status: String,
    /// `order`, `proposal`, `plan`, ...
    pub intent: String,
    /// Whether it forbids what it names.
    pub do_not_perform: bool,
    /// What is ordered; of a contained or bundled medication its code.
    pub medication: Concept,
    /// For whom.
    pub subject: Reference,
    /// Who ordered it.
    pub requester: Option<Reference>,
    /// When it was written.
    pub authored_on: Option<When>,
    /// How it is to be supplied.
    pub dispense: Option<DispenseRequest>,
    /// Whether another product may be supplied, where that is said.
    pub substitution_allowed: Option<bool>,
}

/// How a medicine is to be supplied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DispenseRequest {
    /// How much each time.
    pub quantity: Option<Quantity>,
    /// How often after the first time.
    pub repeats: u64,
    /// When.
    pub validity: Option<Period>,
}

/// Reads a `MedicationRequest`, or a `Bundle` with one.
///
/// # Errors
/// [`FhirError`]: no such resource, or one with something that would change what is ordered and is not understood.
pub fn read_request(bytes: &[u8]) -> Result<MedicationRequest, FhirError> {
    let root = json::parse(bytes)?;
    let source = Source::of(&root)?;
    request(&source)
}

fn request(source: &Source<'_>) -> Result<MedicationRequest, FhirError> {
    let node = source.request();
    check_modifiers(node)?;
    let identifiers = node.items_of("identifier")?;
    let identifiers = identifiers.iter().map(Identifier::read);
    let requester = node.member("requester");
    let authored_on = node.member("authoredOn");
    let dispense = node.member("dispenseRequest");
    let do_not_perform = node.member("doNotPerform");
    Ok(MedicationRequest {
        id: node.text_of("id")?,
        identifiers: identifiers
            .filter_map(Result::transpose)
            .collect::<Result<_, _>>()?,
        status: node.required("status")?.text()?.to_owned(),
        intent: node.required("intent")?.text()?.to_owned(),
        do_not_perform: do_not_perform.map_or(Ok(false), |member| member.boolean())?,
        medication: medication(source)?,
        subject: Reference::read(&node.required("subject")?)?,
        requester: requester.map(|one| Reference::read(&one)).transpose()?,
        authored_on: authored_on.map(|one| When::read(&one)).transpose()?,
        dispense: dispense.map(|one| supply(&one)).transpose()?,
        substitution_allowed: substitution(node)?,
    })
}

/// Extensions that change meaning must be understood or refused (FHIR R4, 2.4.1), and so must implicit rules (2.27.1).
fn check_modifiers(node: &Node<'_>) -> Result<(), FhirError> {
    node.refuse("implicitRules", "it stands under rules that are not known")?;
    for part in ["", "dispenseRequest", "substitution"] {
        let part = match part {
            "" => Some(node.clone()),
            name => node.member(name),
        };
        if let Some(part) = part {
            part.refuse("modifierExtension", "an extension changes what it means")?;
        }
    }
    for dosage in node.items_of("dosageInstruction")? {
        dosage.refuse("modifierExtension", "an extension changes what it means")?;
    }
    Ok(())
}

fn supply(node: &Node<'_>) -> Result<DispenseRequest, FhirError> {
    node.object()?;
    node.refuse("initialFill", "all fills are of one quantity")?;
    node.refuse("dispenseInterval", "nobody would hold pharmacies to it")?;
    let quantity = node.member("quantity");
    let validity = node.member("validityPeriod");
    let repeats = node.member("numberOfRepeatsAllowed");
    Ok(DispenseRequest {
        quantity: quantity.map(|one| Quantity::read(&one)).transpose()?,
        repeats: repeats.map_or(Ok(0), |one| count(&one))?,
        validity: validity.map(|one| Period::read(&one)).transpose()?,
    })
}

fn count(node: &Node<'_>) -> Result<u64, FhirError> {
    let fault = || node.fault(Fault::Expected("a whole number"));
    node.value().as_u64().ok_or_else(fault)
}

fn substitution(node: &Node<'_>) -> Result<Option<bool>, FhirError> {
    let Some(node) = node.member("substitution") else {
        return Ok(None);
    };
    node.object()?;
    let allowed = node.member("allowedBoolean");
    allowed.map(|one| one.boolean()).transpose()
}
