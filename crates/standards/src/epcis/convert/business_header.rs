//! The standard business document header of XML, which JSON-LD replaces by three members.

use crate::epcis::{
    model::{Element, Envelope, Extension, Name, Value},
    xml::Edition,
};
use std::sync::Arc;

const NAMESPACE: &str = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader";
const HEADER: &str = "StandardBusinessDocumentHeader";

/// Makes a header of the sender, receiver and number, where they are and no header is.
pub(super) fn from_members(envelope: &mut Envelope, edition: Edition) {
    let stands = envelope.header.iter().any(is_header);
    let members = (
        envelope.sender.take(),
        envelope.receiver.take(),
        envelope.instance_identifier.take(),
    );
    if stands || members == (None, None, None) {
        return;
    }
    let header = header(members, edition, envelope.creation_date.as_deref());
    envelope.header.insert(0, header);
    envelope.has_header = true;
}

/// Takes sender, receiver and number out of the header. A header that says no more is dropped; another stays beside them.
pub(super) fn to_members(envelope: &mut Envelope) {
    let Some(at) = envelope.header.iter().position(is_header) else {
        return;
    };
    let found = &envelope.header[at].value;
    let members = (
        text_at(found, &["Sender", "Identifier"]),
        text_at(found, &["Receiver", "Identifier"]),
        text_at(found, &["DocumentIdentification", "InstanceIdentifier"]),
    );
    let date = envelope.creation_date.as_deref();
    let says_no_more = [Edition::One, Edition::Two].into_iter().any(|edition| {
        same(
            &header(members.clone(), edition, date),
            &envelope.header[at],
        )
    });
    (
        envelope.sender,
        envelope.receiver,
        envelope.instance_identifier,
    ) = members;
    if says_no_more {
        envelope.header.remove(at);
        envelope.has_header = !envelope.header.is_empty() || envelope.master_data.is_some();
    }
}

fn is_header(extension: &Extension) -> bool {
    extension.name.local == HEADER && extension.name.namespace.as_deref() == Some(NAMESPACE)
}

fn same(made: &Extension, found: &Extension) -> bool {
    made.value == found.value
}

fn text_at(value: &Value, path: &[&str]) -> Option<String> {
    let own = match value {
        Value::Text(text) => Some(text),
        Value::Element(element) => element.text.as_ref(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::List(_) => None,
    };
    let Some((name, rest)) = path.split_first() else {
        return own.map(|text| text.trim().to_owned());
    };
    let Value::Element(element) = value else {
        return None;
    };
    let mut fields = element.fields.iter();
    let field = fields.find(|field| field.name.local == *name)?;
    text_at(&field.value, rest)
}

fn named(local: &str, value: Value) -> Extension {
    Extension {
        name: Name {
            prefix: Some(Arc::from("sbdh")),
            namespace: Some(Arc::from(NAMESPACE)),
            local: local.to_owned(),
        },
        value,
    }
}

fn text(local: &str, text: &str) -> Extension {
    named(local, Value::Text(text.to_owned()))
}

fn element(local: &str, fields: Vec<Extension>) -> Extension {
    let element = Element {
        fields,
        ..Element::default()
    };
    named(local, Value::Element(element))
}

fn partner(local: &str, identifier: &str) -> Extension {
    let identifier = named(
        "Identifier",
        Value::Element(Element {
            attributes: vec![(Name::bare("Authority"), "GS1".to_owned())],
            text: Some(identifier.to_owned()),
            fields: Vec::new(),
        }),
    );
    element(local, vec![identifier])
}

type Members = (Option<String>, Option<String>, Option<String>);

fn header(
    (sender, receiver, number): Members,
    edition: Edition,
    creation_date: Option<&str>,
) -> Extension {
    let version = match edition {
        Edition::One => "1.2",
        Edition::Two => "2.0",
    };
    let mut fields = vec![text("HeaderVersion", "1.0")];
    fields.extend(sender.map(|sender| partner("Sender", &sender)));
    fields.extend(receiver.map(|receiver| partner("Receiver", &receiver)));
    let mut identification = vec![text("Standard", "EPCglobal"), text("TypeVersion", version)];
    identification.extend(number.map(|number| text("InstanceIdentifier", &number)));
    identification.push(text("Type", "Events"));
    identification.extend(creation_date.map(|date| text("CreationDateAndTime", date)));
    fields.push(element("DocumentIdentification", identification));
    element(HEADER, fields)
}
