//! Elements of ODM 2.0 as those of 1.3.2.

use super::{
    element::{described, forget_schema, like, push_first, rename, replace, set, take},
    fit::fit,
    loss::Losses,
};
use crate::odm::{
    dialect::Dialect,
    xml::{Element, Name, Node, ODM_1_3, Space},
};

/// Stands behind the OID of a form for the group of the items that stand in the form itself.
const ITEMS: &str = ".ITEMS";

pub(super) struct ToOne<'a> {
    path: Vec<String>,
    losses: &'a mut Losses,
}

impl<'a> ToOne<'a> {
    pub(super) fn new(path: Vec<String>, losses: &'a mut Losses) -> Self {
        Self { path, losses }
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
        fit(&mut element, Dialect::Odm1, &self.path, self.losses);
        self.path.pop();
        element
    }

    fn lose(&mut self, element: &Element, what: &str) {
        self.losses.push(element.place, &self.path, what);
    }

    fn change(&mut self, name: &str, element: &mut Element) {
        match name {
            "ODM" => root(element),
            "Study" => study(element),
            "MetaDataVersion" => version(element),
            "StudyEventData" => {
                for node in &mut element.nodes {
                    if let Node::Element(child) = node
                        && child.name.odm() == Some("ItemGroupData")
                    {
                        form_data(child);
                    }
                }
            }
            "ItemGroupDef" => {
                replace(
                    element,
                    "Repeating",
                    &[("Simple", "Yes"), ("Dynamic", "Yes"), ("Static", "Yes")],
                );
                rename(element, "DatasetName", "SASDatasetName");
                if matches!(element.attribute("Type"), Some("Section" | "Form")) {
                    element.take("Type");
                }
            }
            "CodeList" => self.code_list(element),
            "MethodDef" => {
                replace(element, "Type", &[("Preload", "Other")]);
                without_signature(element);
            }
            "ConditionDef" | "RangeCheck" => without_signature(element),
            "FormalExpression" => unwrap_text(element, "Code"),
            "TranslatedText" if element.attribute("Type") == Some("text/plain") => {
                element.take("Type");
            }
            "Comment" => {
                if element.children("TranslatedText").count() > 1 {
                    self.lose(element, "further translations");
                }
                unwrap_text(element, "TranslatedText");
            }
            "User" => self.user(element),
            "Location" => rename(element, "Role", "LocationType"),
            "AuditRecord" => rename(element, "UsedMethod", "UsedImputationMethod"),
            "ItemData" => self.item(element),
            _ => {}
        }
    }

    fn item(&mut self, element: &mut Element) {
        let values = take(element, &["Value"]);
        if let Some(value) = values.first() {
            set(element, "Value", &value.text());
        }
        for value in values.iter().skip(1) {
            self.lose(value, "a further Value");
        }
    }

    /// ODM 1.3 has lists with meanings, lists without, and names of lists elsewhere, and none that is mixed.
    fn code_list(&mut self, element: &mut Element) {
        replace(element, "DataType", &[("decimal", "float")]);
        let has_items = element.child("CodeListItem").is_some();
        let codings = take(element, &["Coding"]);
        for (at, coding) in codings.iter().enumerate() {
            match has_items || at > 0 {
                true => self.lose(coding, "element Coding"),
                false => {
                    let name = coding
                        .attribute("SystemName")
                        .or_else(|| coding.attribute("System"));
                    let list = like(element, "ExternalCodeList")
                        .with("Dictionary", name)
                        .with("Version", coding.attribute("SystemVersion"))
                        .with("href", coding.attribute("System"));
                    element.push(list);
                }
            }
        }
        let has_meaning = element
            .children("CodeListItem")
            .any(|item| item.child("Decode").is_some());
        for node in &mut element.nodes {
            let Node::Element(item) = node else {
                continue;
            };
            if item.name.odm() != Some("CodeListItem") {
                continue;
            }
            if !has_meaning {
                called(item, "EnumeratedItem");
            } else if item.child("Decode").is_none() {
                let coded = item.attribute("CodedValue").unwrap_or_default().to_owned();
                let mut decode = like(item, "Decode");
                decode.push(like(item, "TranslatedText").with_text(coded));
                push_first(item, decode);
            }
        }
    }

    fn user(&mut self, element: &mut Element) {
        let known = ["Sponsor", "Investigator", "Lab", "Other"];
        if element
            .attribute("UserType")
            .is_some_and(|kind| !known.contains(&kind))
        {
            self.lose(element, "attribute UserType");
            set(element, "UserType", "Other");
        }
        for node in &mut element.nodes {
            let Node::Element(child) = node else {
                continue;
            };
            match child.name.odm() {
                Some("UserName") => called(child, "LoginName"),
                Some("GivenName") => called(child, "FirstName"),
                Some("FamilyName") => called(child, "LastName"),
                Some("Image") => {
                    called(child, "Picture");
                    rename(child, "ImageFileName", "PictureFileName");
                    rename(child, "MimeType", "ImageType");
                }
                Some("Telecom") => telecom(child),
                _ => {}
            }
        }
        if let Some(location) = element.take("LocationOID") {
            let reference = like(element, "LocationRef").with("LocationOID", Some(location));
            element.push(reference);
        }
    }
}

fn called(element: &mut Element, local: &str) {
    element.name.local = local.into();
}

/// Puts the element, and the declarations on it, into the namespace of ODM 1.3.
fn renamespace(element: &mut Element) {
    element.name = Name::new(&element.name.prefix, ODM_1_3, &element.name.local);
    redeclare(element);
}

fn redeclare(element: &mut Element) {
    for (_, namespace) in &mut element.declarations {
        if Space::of(namespace) == Space::Odm {
            ODM_1_3.clone_into(namespace);
        }
    }
}

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

/// Puts the text of the first such child in the place of the children.
fn unwrap_text(element: &mut Element, name: &str) {
    let children = take(element, &[name]);
    if let Some(child) = children.first() {
        element.nodes.retain(|node| !matches!(node, Node::Text(_)));
        element.nodes.push(Node::Text(child.text()));
    }
}

fn without_signature(element: &mut Element) {
    let is_empty = |signature: &Element| signature.elements().next().is_none();
    if element.child("MethodSignature").is_some_and(is_empty) {
        take(element, &["MethodSignature"]);
    }
}

fn root(element: &mut Element) {
    forget_schema(element);
    set(element, "ODMVersion", "1.3.2");
    if element.attribute("Context") == Some("Archive") {
        element.take("Context");
        set(element, "Archival", "Yes");
    }
    if let Some(description) = take(element, &["Description"]).first() {
        set(element, "Description", &described(description));
    }
}

fn study(element: &mut Element) {
    let text = take(element, &["Description"]);
    let text = text.first().map(described).unwrap_or_default();
    let name = element.take("StudyName").unwrap_or_default();
    let protocol = element.take("ProtocolName").unwrap_or_default();
    let mut variables = like(element, "GlobalVariables");
    for (child, text) in [
        ("StudyName", name),
        ("StudyDescription", text),
        ("ProtocolName", protocol),
    ] {
        variables.push(like(element, child).with_text(text));
    }
    push_first(element, variables);
}

fn version(element: &mut Element) {
    if let Some(description) = take(element, &["Description"]).first() {
        set(element, "Description", &described(description));
    }
    protocol(element);
    let events = element.children("StudyEventDef");
    let referred = events.flat_map(|event| event.children("ItemGroupRef"));
    let referred = referred.filter_map(|group| group.attribute("ItemGroupOID"));
    let referred: Vec<_> = referred.map(str::to_owned).collect();
    let mut companions = Vec::new();
    for node in &mut element.nodes {
        let Node::Element(child) = node else {
            continue;
        };
        match child.name.odm() {
            Some("StudyEventDef") => {
                for node in &mut child.nodes {
                    if let Node::Element(group) = node
                        && group.name.odm() == Some("ItemGroupRef")
                    {
                        called(group, "FormRef");
                        rename(group, "ItemGroupOID", "FormOID");
                    }
                }
            }
            Some("ItemGroupDef") => {
                let oid = child.attribute("OID").unwrap_or_default();
                if child.attribute("Type") == Some("Form")
                    || referred.iter().any(|form| form == oid)
                {
                    companions.extend(form_def(child));
                }
            }
            _ => {}
        }
    }
    companions.into_iter().for_each(|group| element.push(group));
}

/// Events of all groups of events, in their order, become those of the protocol.
fn protocol(element: &mut Element) {
    let groups = take(element, &["StudyEventGroupDef"]);
    let events = groups
        .iter()
        .flat_map(|group| group.children("StudyEventRef"));
    let mut events: Vec<_> = events.cloned().collect();
    if groups.len() > 1 {
        // The order numbers of several groups would contradict each other.
        events
            .iter_mut()
            .for_each(|event| drop(event.take("OrderNumber")));
    }
    if element.child("Protocol").is_none() && !events.is_empty() {
        let protocol = like(element, "Protocol");
        push_first(element, protocol);
    }
    for node in &mut element.nodes {
        if let Node::Element(protocol) = node
            && protocol.name.odm() == Some("Protocol")
        {
            take(protocol, &["StudyEventGroupRef"]);
            events.drain(..).for_each(|event| protocol.push(event));
        }
    }
}

/// A group as a form; gives the group of the items that stood in it.
fn form_def(element: &mut Element) -> Option<Element> {
    called(element, "FormDef");
    replace(
        element,
        "Repeating",
        &[("Simple", "Yes"), ("Dynamic", "Yes"), ("Static", "Yes")],
    );
    if matches!(element.attribute("Type"), Some("Form" | "Section")) {
        element.take("Type");
    }
    let items = take(element, &["ItemRef"]);
    if items.is_empty() {
        return None;
    }
    let oid = format!("{}{ITEMS}", element.attribute("OID").unwrap_or_default());
    let mut group = like(element, "ItemGroupDef")
        .with("OID", Some(&oid))
        .with("Name", element.attribute("Name"))
        .with("Repeating", Some("No"));
    items.into_iter().for_each(|item| group.push(item));
    let reference = like(element, "ItemGroupRef")
        .with("ItemGroupOID", Some(&oid))
        .with("Mandatory", Some("No"));
    element.push(reference);
    Some(group)
}

/// The data of a group as those of a form, the items that stand in it in a group of their own.
fn form_data(element: &mut Element) {
    called(element, "FormData");
    rename(element, "ItemGroupOID", "FormOID");
    rename(element, "ItemGroupRepeatKey", "FormRepeatKey");
    let items = take(element, &["ItemData"]);
    if items.is_empty() {
        return;
    }
    let oid = format!(
        "{}{ITEMS}",
        element.attribute("FormOID").unwrap_or_default()
    );
    let mut group = like(element, "ItemGroupData").with("ItemGroupOID", Some(oid));
    items.into_iter().for_each(|item| group.push(item));
    element.push(group);
}

fn telecom(element: &mut Element) {
    let kind = element
        .attribute("TelecomType")
        .unwrap_or_default()
        .to_owned();
    if !matches!(kind.as_str(), "Email" | "Phone" | "Fax" | "Pager") {
        return;
    }
    element.take("TelecomType");
    let value = element.take("Value").unwrap_or_default();
    called(element, &kind);
    element.nodes.push(Node::Text(value));
}
