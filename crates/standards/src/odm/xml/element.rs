//! An element with all that is in it.

use super::name::Name;
use crate::odm::place::Place;

/// An attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: Name,
    /// Its value.
    pub value: String,
}

/// What stands in an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Text, white space included.
    Text(String),
    /// A comment.
    Comment(String),
    /// An instruction, its target first.
    Instruction(String),
}

/// An element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Its name.
    pub name: Name,
    /// Attributes in order, declarations of namespaces apart.
    pub attributes: Vec<Attribute>,
    /// Namespaces that it declares: (prefix, namespace).
    pub declarations: Vec<(String, String)>,
    /// What stands in it, in order.
    pub nodes: Vec<Node>,
    /// Where its tag begins.
    pub place: Place,
}

impl Element {
    /// An element with nothing in it.
    pub fn new(name: Name) -> Self {
        Self {
            name,
            attributes: Vec::new(),
            declarations: Vec::new(),
            nodes: Vec::new(),
            place: Place::default(),
        }
    }

    /// Adds an attribute of ODM where there is a value.
    pub fn with(mut self, name: &str, value: Option<impl Into<String>>) -> Self {
        self.attributes.extend(value.map(|value| Attribute {
            name: Name::bare(name),
            value: value.into(),
        }));
        self
    }

    /// Adds text.
    pub fn with_text(mut self, text: impl Into<String>) -> Self {
        self.nodes.push(Node::Text(text.into()));
        self
    }

    /// Adds a child.
    pub fn push(&mut self, child: Self) {
        self.nodes.push(Node::Element(child));
    }

    /// The value of an attribute of ODM.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self
            .attributes
            .iter()
            .find(|attribute| attribute.name.is_bare(name));
        found.map(|attribute| attribute.value.as_str())
    }

    /// Takes an attribute of ODM away and gives its value.
    pub fn take(&mut self, name: &str) -> Option<String> {
        let at = self
            .attributes
            .iter()
            .position(|attribute| attribute.name.is_bare(name))?;
        Some(self.attributes.remove(at).value)
    }

    /// The elements in it.
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) | Node::Comment(_) | Node::Instruction(_) => None,
        })
    }

    /// The elements of ODM with this name in it.
    pub fn children<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.elements()
            .filter(move |element| element.name.odm() == Some(name))
    }

    /// The first element of ODM with this name in it.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.elements()
            .find(|element| element.name.odm() == Some(name))
    }

    /// Its own text, that of elements in it left out.
    pub fn text(&self) -> String {
        let texts = self.nodes.iter().map(|node| match node {
            Node::Text(text) => text.as_str(),
            Node::Element(_) | Node::Comment(_) | Node::Instruction(_) => "",
        });
        texts.collect()
    }

    /// Whether text other than white space stands in it.
    pub fn has_text(&self) -> bool {
        let mut nodes = self.nodes.iter();
        nodes.any(|node| matches!(node, Node::Text(text) if !text.trim().is_empty()))
    }
}
