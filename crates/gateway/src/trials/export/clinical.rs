//! Audit records, signatures, queries and items as elements.

use theriac_contracts::codes::{MissedReason, QueryState};
use theriac_evidence::trial::{
    Entry, ItemKind, PlainItem,
    body::{Missed, Queried, Signed},
};
use theriac_standards::odm::xml::Element;

use super::{
    admin::{meaning_oid, site_oid, user_oid},
    metadata::{MISSED, QUERY},
    shape::{Shape, time, with},
};
use crate::trials::source::{NULL_FLAG, null_parts, write_reason};

/// What an entry is about.
pub(super) struct About<'a> {
    pub(super) shape: Shape,
    pub(super) entry: &'a Entry,
    /// Visit and form, where it is about one.
    pub(super) form: Option<(&'a str, &'a str)>,
    /// The subject.
    pub(super) subject: &'a str,
}

impl About<'_> {
    /// The audit record of the entry, by whose number it is found on the ledger.
    pub(super) fn audit(&self, reason: Option<&str>) -> Element {
        let (shape, entry) = (self.shape, self.entry);
        let reason = reason.filter(|reason| !reason.is_empty());
        let children = [
            Some(shape.reference("UserRef", "UserOID", &user_oid(entry.actor))),
            Some(shape.reference("LocationRef", "LocationOID", &site_oid(entry.site))),
            Some(shape.text("DateTimeStamp", &time(entry.time_ms))),
            reason.map(|reason| shape.text("ReasonForChange", reason)),
            Some(shape.text("SourceID", &entry.number.to_string())),
        ];
        with(shape.element("AuditRecord"), children.into_iter().flatten())
    }

    pub(super) fn signature(&self, signed: &Signed) -> Element {
        let (shape, entry) = (self.shape, self.entry);
        let meaning = meaning_oid(signed.meaning);
        let binding = (!shape.is_two())
            .then(|| shape.text("CryptoBindingManifest", &signed.data_root.to_string()));
        let children = [
            shape.reference("UserRef", "UserOID", &user_oid(entry.actor)),
            shape.reference("LocationRef", "LocationOID", &site_oid(entry.site)),
            shape.reference("SignatureRef", "SignatureOID", &meaning),
            shape.text("DateTimeStamp", &time(signed.time)),
        ];
        with(
            shape.element("Signature"),
            children.into_iter().chain(binding),
        )
    }

    /// The subject with something said of it, which stands behind its data in ODM 2.0 and before them in 1.3.2.
    pub(super) fn subject(&self, transaction: Option<&str>, said: Element) -> Element {
        let shape = self.shape;
        let site = shape.reference("SiteRef", "LocationOID", &site_oid(self.entry.site));
        let children = match shape.is_two() {
            true => [site, said],
            false => [said, site],
        };
        with(self.subject_data(transaction), children)
    }

    fn subject_data(&self, transaction: Option<&str>) -> Element {
        let subject = self
            .shape
            .reference("SubjectData", "SubjectKey", self.subject);
        subject.with("TransactionType", transaction)
    }

    /// The subject with one form of it, which holds what is given.
    fn form(&self, transaction: Option<&str>, children: Vec<Element>) -> Element {
        let shape = self.shape;
        let (visit, form) = self.form.unwrap_or_default();
        let (element, attribute) = match shape.is_two() {
            true => ("ItemGroupData", "ItemGroupOID"),
            false => ("FormData", "FormOID"),
        };
        let form = shape
            .reference(element, attribute, form)
            .with("TransactionType", transaction);
        let event = shape.reference("StudyEventData", "StudyEventOID", visit);
        let site = shape.reference("SiteRef", "LocationOID", &site_oid(self.entry.site));
        let event = with(event, [with(form, children)]);
        with(self.subject_data(None), [site, event])
    }

    /// Items, each with what becomes of it.
    pub(super) fn items(&self, items: &[(PlainItem, &'static str)]) -> Element {
        let shape = self.shape;
        let data: Vec<_> = items
            .iter()
            .map(|(item, what)| self.item(item, what))
            .collect();
        if shape.is_two() {
            return self.form(None, data);
        }
        let (_, form) = self.form.unwrap_or_default();
        let group = shape.reference("ItemGroupData", "ItemGroupOID", &shape.group(form));
        self.form(None, vec![with(group, data)])
    }

    fn item(&self, item: &PlainItem, what: &'static str) -> Element {
        let shape = self.shape;
        let data = shape
            .reference("ItemData", "ItemOID", &item.oid)
            .with("TransactionType", Some(what));
        let reason = item.reason.as_ref();
        let reason = reason.map(|(code, text)| write_reason(*code, text));
        let audit = self.audit(reason.as_deref());
        match item.kind {
            ItemKind::Removed => with(data, [audit]),
            ItemKind::Null => {
                let (flavour, why) = null_parts(&item.value);
                let flag = shape.annotation(1, (NULL_FLAG, flavour), why);
                with(data.with("IsNull", Some("Yes")), [audit, flag])
            }
            ItemKind::Value if shape.is_two() => {
                with(data, [shape.text("Value", &item.value), audit])
            }
            ItemKind::Value => with(data.with("Value", Some(&item.value)), [audit]),
        }
    }

    /// A form that was missed.
    pub(super) fn missed(&self, missed: &Missed, why: &str) -> Element {
        let word = MissedReason::from_code(missed.reason_code).map_or("other", MissedReason::word);
        let flag = self.shape.annotation(1, (MISSED, word), why);
        self.form(Some("Insert"), vec![self.audit(None), flag])
    }

    /// A step of a query; in ODM 1.3.2 an annotation.
    pub(super) fn query(&self, queried: &Queried, source: &str, text: &str) -> Element {
        let shape = self.shape;
        let Queried { query, state, .. } = queried;
        let state = QueryState::from_code(*state).unwrap_or(QueryState::Open);
        if !shape.is_two() {
            let flag = shape.annotation(*query, (QUERY, state.word()), text);
            return self.form(Some("Update"), vec![self.audit(None), flag]);
        }
        let name = match state {
            QueryState::Open => "Open",
            QueryState::Answered => "Answered",
            QueryState::Closed => "Closed",
            QueryState::Cancelled => "Cancelled",
        };
        let element = shape
            .element("Query")
            .with("OID", Some(format!("Q.{query}")))
            .with("Source", Some(source))
            .with("Type", Some("Manual"))
            .with("State", Some(name))
            .with("LastUpdateDatetime", Some(time(self.entry.time_ms)));
        let element = with(element, [shape.text("Value", text), self.audit(None)]);
        self.form(None, vec![element])
    }
}
