//! What stands around the events, from and to XML.

use super::{
    Edition, XmlElement, XmlWriteError,
    extension::{extension_from_element, fill, push_extensions, value_from_element},
};
use crate::epcis::model::{
    Attribute, DocumentKind, Envelope, MasterData, Name, Prefixes, Vocabulary, VocabularyElement,
};
use std::sync::Arc;

/// An envelope that holds what the root element says itself.
pub(super) fn from_root(root: &XmlElement) -> Envelope {
    let mut envelope = Envelope::default();
    if root.standard_name() == Some("EPCISQueryDocument") {
        envelope.kind = DocumentKind::Query;
    }
    let mut prefixes = Prefixes::default();
    for (prefix, namespace) in &root.declarations {
        prefixes.define(prefix, namespace);
    }
    envelope.prefixes = Arc::new(prefixes);
    envelope.declarations.clone_from(&root.declarations);
    for (name, value) in &root.attributes {
        let standard = name.namespace.is_none().then_some(name.local.as_str());
        match standard {
            Some("schemaVersion") => envelope.schema_version = Some(value.clone()),
            Some("creationDate") => envelope.creation_date = Some(value.clone()),
            _ => envelope.attributes.push((name.clone(), value.clone())),
        }
    }
    envelope
}

/// Takes `EPCISHeader` into the envelope.
pub(super) fn header(envelope: &mut Envelope, header: &XmlElement) {
    envelope.has_header = true;
    for child in header.unwrapped() {
        match child.standard_name() {
            Some("EPCISMasterData") => envelope.master_data = Some(master_data(child)),
            _ => envelope.header.push(extension_from_element(child)),
        }
    }
}

fn master_data(element: &XmlElement) -> MasterData {
    let mut data = MasterData::default();
    for child in element.unwrapped() {
        match child.standard_name() {
            Some("VocabularyList") => data.vocabularies = vocabularies(child),
            _ => data.extensions.push(extension_from_element(child)),
        }
    }
    data
}

pub(super) fn vocabularies(element: &XmlElement) -> Vec<Vocabulary> {
    let children = element.unwrapped().into_iter();
    children.map(vocabulary).collect()
}

fn vocabulary(element: &XmlElement) -> Vocabulary {
    let mut vocabulary = Vocabulary {
        vocabulary_type: element.attribute("type").map(str::to_owned),
        ..Vocabulary::default()
    };
    for child in element.unwrapped() {
        match child.standard_name() {
            Some("VocabularyElementList") => {
                let elements = child.unwrapped().into_iter();
                vocabulary.elements = Some(elements.map(vocabulary_element).collect());
            }
            _ => vocabulary.extensions.push(extension_from_element(child)),
        }
    }
    vocabulary
}

fn vocabulary_element(element: &XmlElement) -> VocabularyElement {
    let mut read = VocabularyElement {
        id: element.attribute("id").map(str::to_owned),
        ..VocabularyElement::default()
    };
    for child in element.unwrapped() {
        match child.standard_name() {
            Some("attribute") => read
                .attributes
                .get_or_insert_default()
                .push(attribute(child)),
            Some("children") => {
                let ids = child.children.iter().map(|id| id.text.trim().to_owned());
                read.children = Some(ids.collect());
            }
            _ => read.extensions.push(extension_from_element(child)),
        }
    }
    read
}

fn attribute(element: &XmlElement) -> Attribute {
    let mut inner = element.clone();
    inner
        .attributes
        .retain(|(name, _)| name.local != "id" || name.namespace.is_some());
    Attribute {
        id: element.attribute("id").map(str::to_owned),
        value: value_from_element(&inner),
    }
}

/// The root element with its attributes and declarations, and nothing in it.
pub(super) fn to_root(envelope: &Envelope, edition: Edition) -> XmlElement {
    let (prefix, local, namespace) = match envelope.kind {
        DocumentKind::Capture | DocumentKind::Event => {
            ("epcis", "EPCISDocument", edition.namespace())
        }
        DocumentKind::Query => ("epcisq", "EPCISQueryDocument", edition.query_namespace()),
    };
    let mut root = XmlElement::new(Name {
        prefix: Some(Arc::from(prefix)),
        namespace: Some(Arc::from(namespace)),
        local: local.to_owned(),
    });
    root.declarations
        .push((prefix.to_owned(), namespace.to_owned()));
    let others = envelope.declarations.iter();
    let others = others.filter(|(other, namespace)| {
        other != prefix && !other.is_empty() && !super::is_epcis(namespace)
    });
    root.declarations.extend(others.cloned());
    let version = envelope.schema_version.as_deref();
    root = root.with_attribute("schemaVersion", version);
    root = root.with_attribute("creationDate", envelope.creation_date.as_deref());
    root.attributes.extend(envelope.attributes.iter().cloned());
    root
}

/// In both editions the schema has an extension around the master data.
pub(super) fn header_to_element(envelope: &Envelope) -> Result<XmlElement, XmlWriteError> {
    let mut header = XmlElement::standard("EPCISHeader");
    let is_sbdh = |name: &Name| name.local == "StandardBusinessDocumentHeader";
    let (first, rest): (Vec<_>, Vec<_>) = envelope
        .header
        .iter()
        .cloned()
        .partition(|extension| is_sbdh(&extension.name));
    push_extensions(&mut header.children, &first)?;
    if let Some(data) = &envelope.master_data {
        let mut wrapper = XmlElement::standard("extension");
        wrapper.children.push(master_data_to_element(data)?);
        header.children.push(wrapper);
    }
    push_extensions(&mut header.children, &rest)?;
    Ok(header)
}

fn master_data_to_element(data: &MasterData) -> Result<XmlElement, XmlWriteError> {
    let mut element = XmlElement::standard("EPCISMasterData");
    element
        .children
        .push(vocabularies_to_element(&data.vocabularies)?);
    push_extensions(&mut element.children, &data.extensions)?;
    Ok(element)
}

pub(super) fn vocabularies_to_element(
    vocabularies: &[Vocabulary],
) -> Result<XmlElement, XmlWriteError> {
    let mut list = XmlElement::standard("VocabularyList");
    let items = vocabularies.iter().map(vocabulary_to_element);
    list.children = items.collect::<Result<_, _>>()?;
    Ok(list)
}

fn vocabulary_to_element(vocabulary: &Vocabulary) -> Result<XmlElement, XmlWriteError> {
    let kind = vocabulary.vocabulary_type.as_deref();
    let mut element = XmlElement::standard("Vocabulary").with_attribute("type", kind);
    if let Some(elements) = &vocabulary.elements {
        let mut list = XmlElement::standard("VocabularyElementList");
        let items = elements.iter().map(element_to_element);
        list.children = items.collect::<Result<_, _>>()?;
        element.children.push(list);
    }
    push_extensions(&mut element.children, &vocabulary.extensions)?;
    Ok(element)
}

fn element_to_element(read: &VocabularyElement) -> Result<XmlElement, XmlWriteError> {
    let mut element =
        XmlElement::standard("VocabularyElement").with_attribute("id", read.id.as_deref());
    for attribute in read.attributes.iter().flatten() {
        let mut child = XmlElement::standard("attribute");
        fill(&mut child, &attribute.value)?;
        let id = attribute.id.iter();
        let id = id.map(|id| (Name::bare("id"), id.clone()));
        child.attributes.splice(0..0, id);
        element.children.push(child);
    }
    if let Some(children) = &read.children {
        let mut list = XmlElement::standard("children");
        let ids = children.iter().map(|id| XmlElement::leaf("id", id));
        list.children = ids.collect();
        element.children.push(list);
    }
    push_extensions(&mut element.children, &read.extensions)?;
    Ok(element)
}
