//! An element made to fit the target: its children in the order of the target, and what the target does not know left out and told.

use super::loss::Losses;
use crate::odm::{
    dialect::Dialect,
    grammar::{Body, Content, grammar},
    xml::{Element, Node, Space},
};

/// Fits the element; its children fit already.
pub(super) fn fit(element: &mut Element, target: Dialect, path: &[String], losses: &mut Losses) {
    let Some(rule) = grammar(target).element(&element.name.local) else {
        return;
    };
    let place = element.place;
    element.attributes.retain(|attribute| {
        let name = &attribute.name;
        let key = format!("{}{}", name.space.prefix(), name.local);
        let found = rule.attributes.iter().find(|rule| rule.name == key);
        let is_kept = match (name.space, found) {
            (Space::Foreign | Space::Xml | Space::Xlink, _) => true,
            (_, Some(rule)) => rule.lexical.accepts(&attribute.value),
            (_, None) => false,
        };
        if !is_kept {
            losses.push(place, path, &format!("attribute {}", name.written()));
        }
        is_kept
    });
    match &rule.body {
        Body::Children(content) | Body::Mixed(content) => {
            let is_mixed = matches!(rule.body, Body::Mixed(_));
            let nodes = std::mem::take(&mut element.nodes);
            element.nodes = ordered(nodes, content, is_mixed, path, losses);
        }
        Body::Text(_) => element.nodes.retain(|node| match node {
            Node::Element(child) => {
                losses.push(
                    child.place,
                    path,
                    &format!("element {}", child.name.written()),
                );
                false
            }
            Node::Text(_) | Node::Comment(_) | Node::Instruction(_) => true,
        }),
    }
}

/// Whether a child of this name may stand in the element.
pub(super) fn may_hold(parent: &str, child: &Element, target: Dialect) -> bool {
    let rule = grammar(target).element(parent);
    let is_known = rule.is_some_and(|rule| match &rule.body {
        Body::Children(content) | Body::Mixed(content) => content.rank(&child.name.local).is_some(),
        Body::Text(_) => false,
    });
    is_known || child.name.space == Space::Foreign
}

fn ordered(
    nodes: Vec<Node>,
    content: &Content,
    is_mixed: bool,
    path: &[String],
    losses: &mut Losses,
) -> Vec<Node> {
    let mut ranked: Vec<(usize, Node)> = Vec::new();
    // Comments and instructions go before the element that they stood before, additions of vendors behind the one before.
    let mut waiting = Vec::new();
    let mut rank = 0;
    for node in nodes {
        match node {
            Node::Element(child) => {
                if child.name.space != Space::Foreign {
                    let found = content.rank(&child.name.local);
                    let is_ours =
                        matches!(child.name.space, Space::Odm | Space::Bare | Space::Html);
                    let Some(found) = found.filter(|_| is_ours) else {
                        let what = format!("element {}", child.name.written());
                        losses.push(child.place, path, &what);
                        continue;
                    };
                    rank = found;
                }
                let before = waiting.drain(..).map(|node| (rank, node));
                ranked.extend(before);
                ranked.push((rank, Node::Element(child)));
            }
            Node::Text(text) if is_mixed => ranked.push((rank, Node::Text(text))),
            Node::Text(text) if text.trim().is_empty() => {}
            Node::Text(_) => {
                if let Some((_, Node::Element(before))) = ranked.last() {
                    losses.push(before.place, path, "text");
                }
            }
            Node::Comment(_) | Node::Instruction(_) => waiting.push(node),
        }
    }
    ranked.extend(waiting.into_iter().map(|node| (usize::MAX, node)));
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, node)| node).collect()
}
