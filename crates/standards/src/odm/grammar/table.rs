//! The tables read into rules, once for each dialect.

use super::{Content, lexical::Lexical};
use crate::odm::dialect::Dialect;
use std::{collections::HashMap, sync::LazyLock};

/// The rules of one dialect.
#[derive(Debug, Default)]
pub(crate) struct Grammar {
    elements: HashMap<String, ElementRule>,
}

/// What is required of one element.
#[derive(Debug)]
pub(crate) struct ElementRule {
    /// Its attributes by name.
    pub(crate) attributes: Vec<AttributeRule>,
    /// Whether any further attribute may stand there.
    pub(crate) is_open: bool,
    /// What stands in it.
    pub(crate) body: Body,
    /// Children whose attributes must differ: (child or `*`, attributes).
    pub(crate) unique: Vec<(String, Vec<String>)>,
}

/// What is required of one attribute.
#[derive(Debug)]
pub(crate) struct AttributeRule {
    pub(crate) name: String,
    pub(crate) is_required: bool,
    /// The name of its type.
    pub(crate) kind: String,
    pub(crate) lexical: Lexical,
}

/// What stands in an element.
#[derive(Debug)]
pub(crate) enum Body {
    /// Children.
    Children(Content),
    /// Text.
    Text(Lexical),
    /// Children and text.
    Mixed(Content),
}

impl Grammar {
    /// The rule of an element, named with the prefix of the tables.
    pub(crate) fn element(&self, name: &str) -> Option<&ElementRule> {
        self.elements.get(name)
    }

    fn read(tables: &[&str]) -> Result<Self, String> {
        let mut lines: Vec<String> = Vec::new();
        let all = tables.iter().flat_map(|table| table.lines());
        for line in all.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match (line.strip_prefix("    "), lines.last_mut()) {
                (Some(more), Some(before)) => {
                    before.push(' ');
                    before.push_str(more);
                }
                _ => lines.push(line.to_owned()),
            }
        }
        let mut types = HashMap::new();
        for line in &lines {
            if let Some((name, kind)) = Lexical::defined(line)? {
                types.insert(name, kind);
            }
        }
        let mut grammar = Self::default();
        let mut last = String::new();
        for line in &lines {
            if line.starts_with("enum ") || line.starts_with("type ") {
                continue;
            }
            if let Some(unique) = line.strip_prefix("  unique ") {
                let rule = grammar
                    .elements
                    .get_mut(&last)
                    .ok_or("unique before an element")?;
                let mut words = unique.split_whitespace();
                let child = words.next().ok_or_else(|| line.clone())?.to_owned();
                let attributes = words.map(|word| word.trim_start_matches('@').to_owned());
                rule.unique.push((child, attributes.collect()));
                continue;
            }
            let (name, rule) = element(line, &types)?;
            last.clone_from(&name);
            grammar.elements.insert(name, rule);
        }
        Ok(grammar)
    }
}

fn element(line: &str, types: &HashMap<String, Lexical>) -> Result<(String, ElementRule), String> {
    let lexical = |name: &str| {
        let known = types.get(name).cloned().or_else(|| Lexical::named(name));
        known.ok_or_else(|| format!("type {name} in {line}"))
    };
    let (name, mut rest) = line.split_once(' ').ok_or_else(|| line.to_owned())?;
    let mut rule = ElementRule {
        attributes: Vec::new(),
        is_open: false,
        body: Body::Text(Lexical::Text),
        unique: Vec::new(),
    };
    while let Some(attribute) = rest.strip_prefix('@') {
        let (attribute, behind) = attribute.split_once(' ').ok_or_else(|| line.to_owned())?;
        rest = behind;
        if attribute == "any" {
            rule.is_open = true;
            continue;
        }
        rule.attributes.push(attribute_rule(attribute, &lexical)?);
    }
    let (is_mixed, rest) = match rest.strip_prefix("mixed ") {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    rule.body = match (rest.strip_prefix("= "), is_mixed) {
        (Some(kind), _) => Body::Text(lexical(kind)?),
        (None, is_mixed) => {
            let inner = rest
                .strip_prefix('{')
                .and_then(|rest| rest.strip_suffix('}'));
            let content = Content::parse(inner.ok_or_else(|| line.to_owned())?)?;
            match is_mixed {
                true => Body::Mixed(content),
                false => Body::Children(content),
            }
        }
    };
    Ok((name.to_owned(), rule))
}

/// `Name!:type`; a name may have a prefix and a type too.
fn attribute_rule(
    text: &str,
    lexical: &impl Fn(&str) -> Result<Lexical, String>,
) -> Result<AttributeRule, String> {
    let (name, kind, is_required) = match text.split_once("!:") {
        Some((name, kind)) => (name, kind, true),
        None => {
            let known = ["def:", "xml:", "xlink:", "arm:"];
            let skip = known.iter().find(|prefix| text.starts_with(**prefix));
            let skip = skip.map_or(0, |prefix| prefix.len());
            let at = text[skip..].find(':').ok_or_else(|| text.to_owned())? + skip;
            (&text[..at], &text[at + 1..], false)
        }
    };
    Ok(AttributeRule {
        name: name.to_owned(),
        is_required,
        kind: kind.to_owned(),
        lexical: lexical(kind)?,
    })
}

const ODM_1_3: &str = include_str!("odm_1_3.txt");
const ODM_2_0: &str = include_str!("odm_2_0.txt");
const DEFINE_2_0: &str = include_str!("define_2_0.txt");
const DEFINE_2_1: &str = include_str!("define_2_1.txt");
const ARM_1_0: &str = include_str!("arm_1_0.txt");

/// The rules of a dialect.
pub(crate) fn grammar(dialect: Dialect) -> &'static Grammar {
    static ONE: LazyLock<Grammar> = LazyLock::new(|| read(&[ODM_1_3]));
    static TWO: LazyLock<Grammar> = LazyLock::new(|| read(&[ODM_2_0]));
    static DEFINE_ZERO: LazyLock<Grammar> = LazyLock::new(|| read(&[ODM_1_3, DEFINE_2_0, ARM_1_0]));
    static DEFINE_ONE: LazyLock<Grammar> = LazyLock::new(|| read(&[ODM_1_3, DEFINE_2_1, ARM_1_0]));
    match dialect {
        Dialect::Odm1 => &ONE,
        Dialect::Odm2 => &TWO,
        Dialect::Define20 => &DEFINE_ZERO,
        Dialect::Define21 => &DEFINE_ONE,
    }
}

fn read(tables: &[&str]) -> Grammar {
    Grammar::read(tables).expect("the tables are part of the program, and a test reads each")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_read_and_names_no_element_that_it_lacks() {
        for dialect in [
            Dialect::Odm1,
            Dialect::Odm2,
            Dialect::Define20,
            Dialect::Define21,
        ] {
            let grammar = grammar(dialect);
            for (name, rule) in &grammar.elements {
                let (Body::Children(content) | Body::Mixed(content)) = &rule.body else {
                    continue;
                };
                for child in content.names() {
                    let is_known = grammar.elements.contains_key(child);
                    let is_outside = ["ds:Signature", "xhtml:div"].contains(&child);
                    assert!(is_known || is_outside, "{dialect:?}: {child} in {name}");
                }
                for (child, _) in &rule.unique {
                    assert!(child == "*" || content.names().any(|name| name == child));
                }
            }
        }
    }

    #[test]
    fn a_table_with_a_mistake_is_told() {
        for wrong in ["A @B:nonsense { }", "A { B", "A { (B }", "A @B { }", "A"] {
            assert!(Grammar::read(&[wrong]).is_err(), "{wrong}");
        }
    }
}
