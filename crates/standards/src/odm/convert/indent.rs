//! White space between elements, for people.

use crate::odm::xml::{Element, Node, Space};

/// Indents what stands in the element; additions of vendors and texts stay as they are.
pub(super) fn indent(element: &mut Element, level: usize) {
    let is_ours = matches!(element.name.space, Space::Odm | Space::Bare);
    if !is_ours || element.has_text() || element.elements().next().is_none() {
        return;
    }
    let nodes = std::mem::take(&mut element.nodes);
    for mut node in nodes {
        if matches!(node, Node::Text(_)) {
            continue;
        }
        if let Node::Element(child) = &mut node {
            indent(child, level + 1);
        }
        element.nodes.push(Node::Text(line(level + 1)));
        element.nodes.push(node);
    }
    element.nodes.push(Node::Text(line(level)));
}

/// A new line at this level.
pub(super) fn line(level: usize) -> String {
    format!("\n{}", "  ".repeat(level))
}
