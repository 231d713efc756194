//! Documents as values that can be compared, read by other parsers than ours.

use roxmltree::{Document, Node};
use std::path::Path;

/// A JSON file as a value; the text of numbers counts.
pub(crate) fn json_value(text: &str) -> serde_json::Value {
    serde_json::from_str(text.trim_start_matches('\u{feff}')).expect("JSON")
}

/// How an XML document is compared.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    /// Element by element in order.
    Exact,
    /// Wrappers of 1.2 taken off, and the standard fields of an event in the order of their names.
    Unwrapped,
}

/// A canonical text of an XML document: prefixes, comments, white space between elements and the version of an EPCIS namespace
/// do not count; all else does, with what prefixes in `xsi:type` stand for.
pub(crate) fn xml_canonical(text: &str, comparison: Comparison, file: &Path) -> String {
    let text = text.trim_start_matches('\u{feff}');
    let document =
        Document::parse(text).unwrap_or_else(|error| panic!("{}: {error}\n{text}", file.display()));
    let mut canonical = String::new();
    push(&document.root_element(), comparison, 0, &mut canonical);
    canonical
}

fn is_standard(node: &Node<'_, '_>) -> bool {
    node.tag_name()
        .namespace()
        .is_none_or(|namespace| namespace.starts_with("urn:epcglobal:epcis"))
}

fn expanded(node: &Node<'_, '_>) -> String {
    match node.tag_name().namespace() {
        Some(namespace) if !is_standard(node) => {
            format!("{{{namespace}}}{}", node.tag_name().name())
        }
        _ => node.tag_name().name().to_owned(),
    }
}

fn push(node: &Node<'_, '_>, comparison: Comparison, depth: usize, text: &mut String) {
    let name = expanded(node);
    text.push_str(&format!("{}{name}", " ".repeat(depth)));
    let mut attributes: Vec<_> = node.attributes().map(|one| attribute(node, &one)).collect();
    attributes.sort();
    attributes
        .iter()
        .for_each(|attribute| text.push_str(&format!(" {attribute}")));
    let mut children = elements(node, comparison);
    if children.is_empty() {
        let own = node.text().unwrap_or("");
        let own = if is_standard(node) { own.trim() } else { own };
        text.push_str(&format!(" = {own:?}"));
    }
    text.push('\n');
    let is_event = is_standard(node) && name.ends_with("Event");
    let by_name = name == "persistentDisposition" && is_standard(node);
    if by_name || (is_event && comparison == Comparison::Unwrapped) {
        children.sort_by_key(|child| {
            (
                !is_standard(child),
                is_standard(child).then(|| expanded(child)),
            )
        });
    }
    children
        .iter()
        .for_each(|child| push(child, comparison, depth + 1, text));
}

fn elements<'a, 'input>(node: &Node<'a, 'input>, comparison: Comparison) -> Vec<Node<'a, 'input>> {
    let mut found = Vec::new();
    for child in node.children().filter(Node::is_element) {
        let wrapper =
            is_standard(&child) && matches!(child.tag_name().name(), "extension" | "baseExtension");
        match comparison {
            Comparison::Unwrapped if wrapper => found.extend(elements(&child, comparison)),
            Comparison::Exact | Comparison::Unwrapped => found.push(child),
        }
    }
    found
}

fn attribute(node: &Node<'_, '_>, attribute: &roxmltree::Attribute<'_, '_>) -> String {
    let name = format!(
        "{{{}}}{}",
        attribute.namespace().unwrap_or(""),
        attribute.name()
    );
    let is_type = attribute.name() == "type"
        && attribute.namespace() == Some("http://www.w3.org/2001/XMLSchema-instance");
    match attribute.value().split_once(':') {
        Some((prefix, local)) if is_type => {
            let namespace = node.lookup_namespace_uri(Some(prefix));
            format!("{name}={{{}}}{local}", namespace.unwrap_or("?"))
        }
        _ => format!("{name}={:?}", attribute.value()),
    }
}
