//! Small changes of elements that conversions are made of.

use crate::odm::xml::{Attribute, Element, Name, Node};

/// An element of the same namespace and prefix as `like`.
pub(super) fn like(like: &Element, local: &str) -> Element {
    let mut element = Element::new(Name {
        local: local.into(),
        ..like.name.clone()
    });
    element.place = like.place;
    element
}

/// Sets an attribute of ODM, in its place where it was there.
pub(super) fn set(element: &mut Element, name: &str, value: &str) {
    let mut attributes = element.attributes.iter_mut();
    match attributes.find(|attribute| attribute.name.is_bare(name)) {
        Some(attribute) => value.clone_into(&mut attribute.value),
        None => element.attributes.push(Attribute {
            name: Name::bare(name),
            value: value.to_owned(),
        }),
    }
}

/// Gives an attribute of ODM another name.
pub(super) fn rename(element: &mut Element, from: &str, to: &str) {
    let mut attributes = element.attributes.iter_mut();
    if let Some(attribute) = attributes.find(|attribute| attribute.name.is_bare(from)) {
        attribute.name = Name::bare(to);
    }
}

/// Puts other values in the place of those named.
pub(super) fn replace(element: &mut Element, name: &str, values: &[(&str, &str)]) {
    let mut attributes = element.attributes.iter_mut();
    let found = attributes.find(|attribute| attribute.name.is_bare(name));
    if let Some(attribute) = found
        && let Some((_, to)) = values.iter().find(|(from, _)| *from == attribute.value)
    {
        (*to).clone_into(&mut attribute.value);
    }
}

/// Takes the children of these names out.
pub(super) fn take(element: &mut Element, names: &[&str]) -> Vec<Element> {
    let nodes = std::mem::take(&mut element.nodes);
    let mut taken = Vec::new();
    for node in nodes {
        match node {
            Node::Element(child) if child.name.odm().is_some_and(|name| names.contains(&name)) => {
                taken.push(child);
            }
            node => element.nodes.push(node),
        }
    }
    taken
}

/// Puts a child first.
pub(super) fn push_first(element: &mut Element, child: Element) {
    element.nodes.insert(0, Node::Element(child));
}

/// The first translation of a description, trimmed.
pub(super) fn described(element: &Element) -> String {
    let text = match element.child("TranslatedText") {
        Some(translated) => translated.text(),
        None => element.text(),
    };
    text.trim().to_owned()
}

/// Takes away where the schema of the other version is said to be.
pub(super) fn forget_schema(element: &mut Element) {
    let is_hint = |attribute: &Attribute| &*attribute.name.local == "schemaLocation";
    element.attributes.retain(|attribute| !is_hint(attribute));
}
