//! Elements of ODM 1.3.2 as those of 2.0.

use super::{
    element::{forget_schema, like, push_first, rename, replace, set, take},
    fit::fit,
    loss::Losses,
};
use crate::odm::{
    dialect::Dialect,
    xml::{Element, Name, Node, ODM_2_0, Space},
};

pub(super) struct ToTwo<'a> {
    path: Vec<String>,
    form_prefix: &'a str,
    losses: &'a mut Losses,
}

impl<'a> ToTwo<'a> {
    pub(super) fn new(path: Vec<String>, form_prefix: &'a str, losses: &'a mut Losses) -> Self {
        Self {
            path,
            form_prefix,
            losses,
        }
    }

    /// The element with all that is in it.
    pub(super) fn element(&mut self, mut element: Element) -> Element {
        let Some(name) = element.name.odm().map(str::to_owned) else {
            renamed(&mut element);
            return element;
        };
        self.path.push(name.clone());
        self.change(&name, &mut element);
        renamespace(&mut element);
        let nodes = std::mem::take(&mut element.nodes);
        for node in nodes {
            element.nodes.push(match node {
                Node::Element(child) => Node::Element(self.element(child)),
                node => node,
            });
        }
        fit(&mut element, Dialect::Odm2, &self.path, self.losses);
        self.path.pop();
        element
    }

    fn change(&mut self, name: &str, element: &mut Element) {
        match name {
            "ODM" => root(element),
            "Study" => study(element),
            "MetaDataVersion" => version(element),
            "FormRef" => self.form(element, "ItemGroupRef"),
            "FormDef" => {
                rename(element, "OID", "FormOID");
                self.form(element, "ItemGroupDef");
                rename(element, "ItemGroupOID", "OID");
                group(element, "Form");
            }
            "FormData" => self.form(element, "ItemGroupData"),
            "ItemGroupDef" => group(element, "Section"),
            "ImputationMethod" => imputation(element),
            "MethodDef" | "ConditionDef" => {
                let signature = like(element, "MethodSignature");
                element.push(signature);
            }
            "FormalExpression" => wrap_text(element, "Code"),
            "TranslatedText" => set(element, "Type", "text/plain"),
            "Comment" => wrap_text(element, "TranslatedText"),
            "CodeList" => replace(element, "DataType", &[("float", "decimal")]),
            "EnumeratedItem" => called(element, "CodeListItem"),
            "ExternalCodeList" => external(element),
            "User" => user(element),
            "Address" => address(element),
            "Location" => rename(element, "LocationType", "Role"),
            "AuditRecord" => rename(element, "UsedImputationMethod", "UsedMethod"),
            _ if name.starts_with("ItemData") => item(element),
            _ => {}
        }
    }

    /// A form, or a reference to one, as a group.
    fn form(&self, element: &mut Element, name: &str) {
        called(element, name);
        if let Some(oid) = element.attribute("FormOID") {
            let oid = format!("{}{oid}", self.form_prefix);
            set(element, "FormOID", &oid);
        }
        rename(element, "FormOID", "ItemGroupOID");
        rename(element, "FormRepeatKey", "ItemGroupRepeatKey");
    }
}

fn called(element: &mut Element, local: &str) {
    element.name.local = local.into();
}

/// Puts the element, and the declarations on it, into the namespace of ODM 2.0.
fn renamespace(element: &mut Element) {
    element.name = Name::new(&element.name.prefix, ODM_2_0, &element.name.local);
    redeclare(element);
}

fn redeclare(element: &mut Element) {
    for (prefix, namespace) in &mut element.declarations {
        if Space::of(namespace) == Space::Odm || (prefix.is_empty() && namespace.is_empty()) {
            ODM_2_0.clone_into(namespace);
        }
    }
}

/// An addition of a vendor: elements of ODM in it change their namespace alone.
fn renamed(element: &mut Element) {
    redeclare(element);
    if element.name.space == Space::Odm {
        renamespace(element);
    }
    for node in &mut element.nodes {
        if let Node::Element(child) = node {
            renamed(child);
        }
    }
}

/// A text as a translation.
fn translation(like_this: &Element, text: &str) -> Element {
    like(like_this, "TranslatedText").with_text(text)
}

fn description(like_this: &Element, text: &str) -> Element {
    let mut description = like(like_this, "Description");
    description.push(translation(like_this, text));
    description
}

/// Puts the text of the element into a child.
fn wrap_text(element: &mut Element, name: &str) {
    if element.child(name).is_some() {
        return;
    }
    let child = like(element, name).with_text(element.text());
    element.nodes.retain(|node| !matches!(node, Node::Text(_)));
    element.push(child);
}

fn root(element: &mut Element) {
    forget_schema(element);
    set(element, "ODMVersion", "2.0");
    if element.attribute("Archival") == Some("Yes") {
        element.take("Archival");
        set(element, "Context", "Archive");
    }
    if let Some(text) = element.take("Description") {
        let child = description(element, &text);
        push_first(element, child);
    }
}

fn study(element: &mut Element) {
    for variables in take(element, &["GlobalVariables"]) {
        let text = |name: &str| {
            let text = variables.child(name).map(Element::text);
            text.map(|text| text.trim().to_owned())
        };
        for (child, attribute) in [("StudyName", "StudyName"), ("ProtocolName", "ProtocolName")] {
            if let Some(text) = text(child) {
                set(element, attribute, &text);
            }
        }
        if let Some(text) = text("StudyDescription").filter(|text| !text.is_empty()) {
            let child = description(element, &text);
            push_first(element, child);
        }
    }
    let is_empty = |child: &Element| child.elements().next().is_none();
    if element.child("BasicDefinitions").is_some_and(is_empty) {
        take(element, &["BasicDefinitions"]);
    }
}

/// The events of the protocol become a group of events, since ODM 2.0 names groups alone there.
fn version(element: &mut Element) {
    let oid = format!("{}.PROTOCOL", element.attribute("OID").unwrap_or_default());
    let mut group = like(element, "StudyEventGroupDef")
        .with("OID", Some(&oid))
        .with("Name", Some("Protocol"));
    for node in &mut element.nodes {
        if let Node::Element(protocol) = node
            && protocol.name.odm() == Some("Protocol")
        {
            for event in take(protocol, &["StudyEventRef"]) {
                group.push(event);
            }
            let reference = like(protocol, "StudyEventGroupRef")
                .with("StudyEventGroupOID", Some(&oid))
                .with("Mandatory", Some("Yes"));
            if group.elements().next().is_some() {
                protocol.push(reference);
            }
        }
    }
    if group.elements().next().is_some() {
        element.push(group);
    }
    if let Some(text) = element.take("Description") {
        let child = description(element, &text);
        push_first(element, child);
    }
}

fn group(element: &mut Element, kind: &str) {
    set(element, "Type", kind);
    replace(element, "Repeating", &[("Yes", "Simple")]);
    rename(element, "SASDatasetName", "DatasetName");
}

fn imputation(element: &mut Element) {
    called(element, "MethodDef");
    let name = element.attribute("OID").unwrap_or_default().to_owned();
    set(element, "Name", &name);
    set(element, "Type", "Imputation");
    let child = description(element, element.text().trim());
    element.nodes.clear();
    element.push(child);
    let signature = like(element, "MethodSignature");
    element.push(signature);
}

fn external(element: &mut Element) {
    called(element, "Coding");
    let system = element
        .attribute("href")
        .or_else(|| element.attribute("Dictionary"));
    let system = system.unwrap_or_default().to_owned();
    rename(element, "Dictionary", "SystemName");
    rename(element, "Version", "SystemVersion");
    set(element, "System", &system);
}

fn user(element: &mut Element) {
    for node in &mut element.nodes {
        let Node::Element(child) = node else {
            continue;
        };
        match child.name.odm() {
            Some("LoginName") => called(child, "UserName"),
            Some("FirstName") => called(child, "GivenName"),
            Some("LastName") => called(child, "FamilyName"),
            Some("Email" | "Phone" | "Fax" | "Pager") => {
                let kind = child.name.local.to_string();
                let value = child.text().trim().to_owned();
                child.nodes.clear();
                set(child, "TelecomType", &kind);
                set(child, "Value", &value);
                called(child, "Telecom");
            }
            Some("Picture") => {
                called(child, "Image");
                rename(child, "PictureFileName", "ImageFileName");
                rename(child, "ImageType", "MimeType");
            }
            _ => {}
        }
    }
    // A user has one location; a further one stays a child, which is then told as lost.
    let first = element
        .child("LocationRef")
        .and_then(|location| location.attribute("LocationOID"));
    if let Some(location) = first.map(str::to_owned) {
        set(element, "LocationOID", &location);
        let mut rest = take(element, &["LocationRef"]).into_iter();
        let _first = rest.next();
        rest.for_each(|location| element.push(location));
    }
}

fn address(element: &mut Element) {
    let streets = take(element, &["StreetName"]);
    if streets.is_empty() {
        return;
    }
    let text: Vec<_> = streets
        .iter()
        .map(|street| street.text().trim().to_owned())
        .collect();
    let street = like(element, "StreetName").with_text(text.join(", "));
    push_first(element, street);
}

fn item(element: &mut Element) {
    let is_typed = &*element.name.local != "ItemData";
    let value = match is_typed {
        true if element.attribute("IsNull").is_some() => None,
        true => Some(element.text()),
        false => element.take("Value"),
    };
    if is_typed {
        called(element, "ItemData");
        element.nodes.retain(|node| !matches!(node, Node::Text(_)));
    }
    if let Some(value) = value {
        let child = like(element, "Value").with_text(value);
        push_first(element, child);
    }
}
