//! A value of a resource with its path.

use serde_json::Value;

use super::{Fault, FhirError};

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    value: &'a Value,
    path: String,
}

impl<'a> Node<'a> {
    pub(super) fn new(value: &'a Value, path: String) -> Self {
        Self { value, path }
    }

    pub(super) fn value(&self) -> &'a Value {
        self.value
    }

    /// The error that something is wrong here.
    pub(super) fn fault(&self, fault: Fault) -> FhirError {
        let path = self.path.clone();
        FhirError::At { path, fault }
    }

    /// The error that something is wrong with a member.
    pub(super) fn fault_of(&self, name: &str, fault: Fault) -> FhirError {
        let path = format!("{}.{name}", self.path);
        FhirError::At { path, fault }
    }

    pub(super) fn member(&self, name: &str) -> Option<Node<'a>> {
        let value = self.value.get(name)?;
        Some(Node::new(value, format!("{}.{name}", self.path)))
    }

    pub(super) fn required(&self, name: &str) -> Result<Node<'a>, FhirError> {
        let missing = || self.fault_of(name, Fault::Missing);
        self.member(name).ok_or_else(missing)
    }

    /// Refuses a member that would change what is meant.
    pub(super) fn refuse(&self, name: &str, why: &'static str) -> Result<(), FhirError> {
        match self.member(name) {
            None => Ok(()),
            Some(member) => Err(member.fault(Fault::NotHonoured(why))),
        }
    }

    pub(super) fn object(&self) -> Result<(), FhirError> {
        let is_object = self.value.is_object();
        let fault = || self.fault(Fault::Expected("an object"));
        is_object.then_some(()).ok_or_else(fault)
    }

    pub(super) fn text(&self) -> Result<&'a str, FhirError> {
        let text = self.value.as_str().filter(|text| !text.is_empty());
        text.ok_or_else(|| self.fault(Fault::Expected("a text")))
    }

    pub(super) fn boolean(&self) -> Result<bool, FhirError> {
        let fault = || self.fault(Fault::Expected("true or false"));
        self.value.as_bool().ok_or_else(fault)
    }

    pub(super) fn items(&self) -> Result<Vec<Node<'a>>, FhirError> {
        let fault = || self.fault(Fault::Expected("a list"));
        let items = self.value.as_array().ok_or_else(fault)?.iter().enumerate();
        let node = |(place, item)| Node::new(item, format!("{}[{place}]", self.path));
        Ok(items.map(node).collect())
    }

    /// The items of a member that is a list; none where it is absent.
    pub(super) fn items_of(&self, name: &str) -> Result<Vec<Node<'a>>, FhirError> {
        self.member(name)
            .map_or(Ok(Vec::new()), |list| list.items())
    }

    pub(super) fn text_of(&self, name: &str) -> Result<Option<String>, FhirError> {
        let member = self.member(name);
        let text = member.map(|member| member.text().map(str::to_owned));
        text.transpose()
    }
}
