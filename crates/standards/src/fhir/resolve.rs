//! Finds the order in what was given, and the medication to which it refers.

use serde_json::Value;

use super::{Concept, Fault, FhirError, node::Node};

/// A `MedicationRequest`, with the resources that came with it.
pub(super) struct Source<'a> {
    request: Node<'a>,
    /// Resources of the bundle, each with its full URL.
    bundled: Vec<(Option<String>, Node<'a>)>,
}

impl<'a> Source<'a> {
    pub(super) fn of(root: &'a Value) -> Result<Self, FhirError> {
        let fault = |fault| {
            let path = "resourceType".to_owned();
            FhirError::At { path, fault }
        };
        match root.get("resourceType").and_then(Value::as_str) {
            Some("MedicationRequest") => Ok(Self {
                request: Node::new(root, "MedicationRequest".to_owned()),
                bundled: Vec::new(),
            }),
            Some("Bundle") => Self::of_bundle(&Node::new(root, "Bundle".to_owned())),
            Some(_) => Err(fault(Fault::Expected(
                "a MedicationRequest, or a Bundle with one",
            ))),
            None => Err(fault(Fault::Missing)),
        }
    }

    fn of_bundle(bundle: &Node<'a>) -> Result<Self, FhirError> {
        let mut bundled = Vec::new();
        for entry in bundle.items_of("entry")? {
            if let Some(resource) = entry.member("resource") {
                bundled.push((entry.text_of("fullUrl")?, resource));
            }
        }
        let is_request =
            |node: &&(Option<String>, Node<'_>)| kind(&node.1) == Some("MedicationRequest");
        let mut requests = bundled.iter().filter(is_request);
        let request = requests.next().map(|(_, node)| node.clone());
        let request = request.ok_or_else(|| bundle.fault_of("entry", Fault::Missing))?;
        match requests.next() {
            None => Ok(Self { request, bundled }),
            Some((_, second)) => Err(second.fault(Fault::NotHonoured("one order at a time"))),
        }
    }

    pub(super) fn request(&self) -> &Node<'a> {
        &self.request
    }

    /// The resource of a reference: contained, or in the bundle.
    fn resolve(&self, reference: &str) -> Result<Option<Node<'a>>, FhirError> {
        if let Some(id) = reference.strip_prefix('#') {
            let contained = self.request.items_of("contained")?;
            let is_it = |node: &Node<'_>| text(node, "id") == Some(id);
            return Ok(contained.into_iter().find(is_it));
        }
        let is_it = |(url, node): &&(Option<String>, Node<'_>)| {
            let relative = kind(node).zip(text(node, "id"));
            let relative = relative.map(|(kind, id)| format!("{kind}/{id}"));
            [url.as_deref(), relative.as_deref()].contains(&Some(reference))
        };
        Ok(self
            .bundled
            .iter()
            .find(is_it)
            .map(|(_, node)| node.clone()))
    }
}

/// What is ordered: a concept in the order, or the code of a medication that came with it.
pub(super) fn medication(source: &Source<'_>) -> Result<Concept, FhirError> {
    let node = source.request();
    let (concept, reference) = ("medicationCodeableConcept", "medicationReference");
    match (node.member(concept), node.member(reference)) {
        (Some(concept), None) => Concept::read_coded(&concept),
        (None, Some(reference)) => referred(source, &reference),
        (Some(_), Some(reference)) => Err(reference.fault(Fault::Ambiguous)),
        (None, None) => Err(node.fault_of("medication", Fault::Missing)),
    }
}

fn referred(source: &Source<'_>, node: &Node<'_>) -> Result<Concept, FhirError> {
    let reference = node.required("reference")?;
    let unresolved = || reference.fault(Fault::Unresolved);
    let medication = source.resolve(reference.text()?)?;
    let medication = medication.ok_or_else(unresolved)?;
    if kind(&medication) != Some("Medication") {
        return Err(medication.fault(Fault::Expected("a Medication")));
    }
    medication.refuse("modifierExtension", "an extension changes what it means")?;
    medication.refuse("implicitRules", "it stands under rules that are not known")?;
    match text(&medication, "status") {
        None | Some("active") => Concept::read_coded(&medication.required("code")?),
        Some(_) => Err(medication.fault_of("status", Fault::NotHonoured("it is not active"))),
    }
}

fn kind<'a>(node: &Node<'a>) -> Option<&'a str> {
    text(node, "resourceType")
}

fn text<'a>(node: &Node<'a>, name: &str) -> Option<&'a str> {
    node.value().get(name).and_then(Value::as_str)
}
