//! The rules of the schema, piece by piece as a file streams by.

use super::{
    frame::{Frame, Zone, open_path, path_of},
    references::References,
    report::Report,
    rule::Rule,
};
use crate::odm::{
    dialect::Dialect,
    grammar::{AttributeRule, Body, ElementRule, Grammar, Step, grammar},
    limits::Limits,
    place::Place,
    xml::{Element, Name, Node, ODM_1_3, ODM_2_0, Space},
};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// A text is checked by its type up to here; dates and numbers are shorter.
const MAX_TEXT: usize = 1 << 16;

/// Checks one file.
pub(in crate::odm) struct Structure {
    grammar: &'static Grammar,
    frames: Vec<Frame>,
    /// Levels below an element that is not looked into.
    skipped: usize,
    ids: BTreeSet<String>,
    id_uses: BTreeMap<String, (Place, String)>,
    references: References,
    pub(super) report: Report,
}

impl Structure {
    pub(in crate::odm) fn new(dialect: Dialect, root: &Element, limits: &Limits) -> Self {
        let is_old = !matches!(&*root.name.namespace, ODM_1_3 | ODM_2_0);
        Self {
            grammar: grammar(dialect),
            frames: Vec::new(),
            skipped: 0,
            ids: BTreeSet::new(),
            id_uses: BTreeMap::new(),
            references: References::new(limits.definitions),
            report: Report::new(dialect, is_old),
        }
    }

    /// The file turned out to be in another dialect: elements that are open keep their rules.
    pub(in crate::odm) fn refine(&mut self, dialect: Dialect) {
        if dialect == self.report.dialect {
            return;
        }
        self.report.dialect = dialect;
        self.grammar = grammar(dialect);
        let is_define_one = dialect == Dialect::Define21;
        if let (true, Some(root)) = (is_define_one, self.frames.first()) {
            let (place, path) = (root.place, "/ODM".to_owned());
            self.report
                .push(Rule::MissingAttribute, place, path, "def:Context");
        }
    }

    /// The path of what began or ended last.
    pub(super) fn path(&self) -> String {
        path_of(&self.frames)
    }

    /// A whole element passes.
    pub(in crate::odm) fn tree(&mut self, element: &Element) {
        self.start(element);
        for node in &element.nodes {
            match node {
                Node::Element(child) => self.tree(child),
                Node::Text(text) => self.text(text),
                Node::Comment(_) | Node::Instruction(_) => {}
            }
        }
        self.end();
    }

    /// An element begins; what stands in it passes later.
    pub(in crate::odm) fn start(&mut self, element: &Element) {
        if self.skipped > 0 {
            self.skipped += 1;
            return;
        }
        let key = key(&element.name);
        if self.frames.is_empty() && key != "ODM" {
            self.push(Rule::Fragment, element.place, &key);
        }
        let index = self.count(&element.name.local);
        let is_known = self.place(element, &key);
        let rule = self.grammar.element(&key).filter(|_| is_known);
        let Some(rule) = rule else {
            self.skipped = 1;
            return;
        };
        let zone = self.zone(element);
        self.collect(element, zone);
        self.unique(element, &key);
        self.attributes(element, rule, zone);
        self.frames.push(Frame {
            local: element.name.local.clone(),
            index,
            rule,
            state: 0,
            zone,
            place: element.place,
            text: String::new(),
            has_text: false,
            children: Vec::new(),
            last: None,
            unique: BTreeSet::new(),
        });
    }

    /// The number of this child among those of its name, from 1.
    fn count(&mut self, local: &Arc<str>) -> u32 {
        let Some(parent) = self.frames.last_mut() else {
            return 1;
        };
        let at = parent.children.iter().position(|(name, _)| name == local);
        let at = at.unwrap_or_else(|| {
            parent.children.push((local.clone(), 0));
            parent.children.len() - 1
        });
        parent.last = Some(at);
        let count = &mut parent.children[at].1;
        *count = count.saturating_add(1);
        *count
    }

    /// Checks whether the element may stand where it does; false where it is not looked into.
    fn place(&mut self, element: &Element, key: &str) -> bool {
        let Some(parent) = self.frames.last() else {
            return true;
        };
        let (rule, state) = (parent.rule, parent.state);
        let content = match &rule.body {
            Body::Children(content) | Body::Mixed(content) => Some(content),
            Body::Text(_) => None,
        };
        let step = content.map_or(Step::Unknown, |content| content.step(state, key));
        let is_foreign = self.is_foreign(&element.name);
        match step {
            Step::To(state) => {
                let parent = self.frames.last_mut().expect("there is a parent");
                parent.state = state;
                true
            }
            Step::NotHere => {
                let said = self.expected(key);
                self.push(Rule::Misplaced, element.place, &said);
                true
            }
            Step::Unknown if is_foreign => {
                self.push(Rule::ForeignElement, element.place, &element.name.written());
                false
            }
            Step::Unknown => {
                self.push(Rule::UnknownElement, element.place, key);
                true
            }
        }
    }

    fn is_foreign(&self, name: &Name) -> bool {
        match name.space {
            Space::Odm | Space::Bare => false,
            Space::Define | Space::Arm => {
                let dialect = self.report.dialect;
                matches!(dialect, Dialect::Odm1 | Dialect::Odm2)
            }
            Space::Signature | Space::Xlink | Space::Xml | Space::Html | Space::Foreign => true,
        }
    }

    fn expected(&self, got: &str) -> String {
        let frame = self.frames.last();
        let expected = frame.map_or(Vec::new(), |frame| match &frame.rule.body {
            Body::Children(content) | Body::Mixed(content) => content.expected(frame.state),
            Body::Text(_) => Vec::new(),
        });
        match expected.first() {
            None => format!("{got}, where nothing more is expected"),
            Some(_) => format!("{got}, where {} is expected", some(&expected)),
        }
    }

    fn zone(&self, element: &Element) -> Zone {
        let outer = self.frames.last().map_or(Zone::Root, |frame| frame.zone);
        match (outer, &*element.name.local) {
            (Zone::Root, "Study") => Zone::Study,
            (Zone::Root, "AdminData") => Zone::Admin,
            (Zone::Root, "ClinicalData" | "ReferenceData" | "Association") => Zone::Data,
            (Zone::Root | Zone::Study, "MetaDataVersion") => Zone::Metadata,
            _ => outer,
        }
    }

    fn collect(&mut self, element: &Element, zone: Zone) {
        // The frame of the element itself is not there yet; its number is already counted.
        let path = || path_of(&self.frames);
        match zone {
            Zone::Root => {}
            Zone::Study | Zone::Metadata => {
                if &*element.name.local == "Study" {
                    self.references.begin_study();
                }
                self.references.metadata(element, path);
            }
            Zone::Admin => self.references.admin(element),
            Zone::Data => self.references.mention(element, path),
        }
    }

    fn unique(&mut self, element: &Element, key: &str) {
        let Some(parent) = self.frames.last() else {
            return;
        };
        let rules = parent.rule.unique.iter().enumerate();
        let rules = rules.filter(|(_, (child, _))| child == "*" || child == key);
        for (at, (_, names)) in rules.collect::<Vec<_>>() {
            let values = names.iter().map(|name| {
                let mut attributes = element.attributes.iter();
                let found =
                    attributes.find(|attribute| self::key(&attribute.name) == name.as_str());
                found.map(|attribute| attribute.value.clone())
            });
            let Some(values) = values.collect::<Option<Vec<_>>>() else {
                continue;
            };
            let said = format!("{key} {}", values.join(" "));
            let parent = self.frames.last_mut().expect("there is a parent");
            if !parent.unique.insert((at, values)) {
                self.push(Rule::Duplicate, element.place, &said);
            }
        }
    }

    fn attributes(&mut self, element: &Element, rule: &'static ElementRule, zone: Zone) {
        for attribute in &element.attributes {
            let name = &attribute.name;
            let key = key(name);
            let found = rule.attributes.iter().find(|rule| rule.name == *key);
            if let Some(rule) = found {
                self.attribute(rule, &attribute.value, element.place, zone);
            } else if !rule.is_open && &*name.namespace != INSTANCE {
                let rule = match name.space {
                    Space::Bare => Rule::UnknownAttribute,
                    _ if self.is_foreign(name) => Rule::ForeignAttribute,
                    _ => Rule::UnknownAttribute,
                };
                self.push(rule, element.place, &name.written());
            }
        }
        for rule in rule.attributes.iter().filter(|rule| rule.is_required) {
            let mut attributes = element.attributes.iter();
            if !attributes.any(|attribute| key(&attribute.name) == rule.name.as_str()) {
                self.push(Rule::MissingAttribute, element.place, &rule.name);
            }
        }
    }

    fn attribute(&mut self, rule: &AttributeRule, value: &str, place: Place, zone: Zone) {
        if !rule.lexical.accepts(value) {
            let is_shown = zone != Zone::Data && zone != Zone::Admin;
            let shown = if is_shown { value } else { "" };
            let said = format!("{} as {}: {shown}", rule.name, rule.kind);
            self.push(
                Rule::AttributeValue,
                place,
                said.trim_end_matches([' ', ':']),
            );
        }
        match rule.kind.as_str() {
            "ID" if !self.references.is_full() => {
                let is_new = self.ids.insert(value.to_owned());
                if !is_new {
                    self.push(Rule::Duplicate, place, &rule.name);
                }
            }
            "IDREF" if !self.references.is_full() => {
                let path = self.path();
                self.id_uses
                    .entry(value.to_owned())
                    .or_insert((place, path));
            }
            _ => {}
        }
    }

    /// Text inside the element that began last.
    pub(in crate::odm) fn text(&mut self, text: &str) {
        let Some(frame) = self.frames.last_mut().filter(|_| self.skipped == 0) else {
            return;
        };
        let is_wrong = match &frame.rule.body {
            Body::Mixed(_) => false,
            Body::Children(content) if content.is_empty() => !text.is_empty(),
            Body::Children(_) => !text.trim_matches([' ', '\t', '\r', '\n']).is_empty(),
            Body::Text(_) => {
                if frame.text.len() < MAX_TEXT {
                    frame.text.push_str(text);
                }
                false
            }
        };
        if is_wrong && !std::mem::replace(&mut frame.has_text, true) {
            let (place, local) = (frame.place, frame.local.to_string());
            let path = self.own_path();
            self.report.push(Rule::Text, place, path, &local);
        }
    }

    /// The element that began last ends.
    pub(in crate::odm) fn end(&mut self) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        let Some(frame) = self.frames.pop() else {
            return;
        };
        match &frame.rule.body {
            Body::Children(content) | Body::Mixed(content) if !content.may_end(frame.state) => {
                let said = format!(
                    "{} in {}",
                    some(&content.expected(frame.state)),
                    frame.local
                );
                self.push(Rule::MissingElement, frame.place, &said);
            }
            Body::Text(lexical) if !lexical.accepts(&frame.text) => {
                self.push(Rule::TextValue, frame.place, &frame.local);
            }
            Body::Children(_) | Body::Mixed(_) | Body::Text(_) => {}
        }
        if frame.zone == Zone::Metadata && &*frame.local == "MetaDataVersion" {
            self.references.end_version(&mut self.report);
        }
        if self.frames.is_empty() {
            self.finish();
        }
    }

    fn finish(&mut self) {
        self.references.end_file(&mut self.report);
        for (id, (place, path)) in std::mem::take(&mut self.id_uses) {
            if !self.ids.contains(&id) {
                self.report.push(Rule::DanglingId, place, path, &id);
            }
        }
        if self.references.is_full() {
            let (place, path) = (Place::default(), "/ODM".to_owned());
            self.report.push(Rule::Unchecked, place, path, "");
        }
    }

    /// The path of the innermost open element itself.
    fn own_path(&self) -> String {
        open_path(&self.frames)
    }

    /// A problem of what began last.
    pub(super) fn push(&mut self, rule: Rule, place: Place, subject: &str) {
        let path = self.path();
        self.report.push(rule, place, path, subject);
    }
}

/// The first names of a list.
fn some(names: &[&str]) -> String {
    let first: Vec<_> = names.iter().take(4).copied().collect();
    match names.len() > 4 {
        true => format!("{} or another", first.join(" or ")),
        false => first.join(" or "),
    }
}

/// A name as the grammars have it.
fn key(name: &Name) -> Cow<'_, str> {
    match name.space.prefix() {
        "" => Cow::Borrowed(&*name.local),
        prefix => Cow::Owned(format!("{prefix}{}", name.local)),
    }
}
