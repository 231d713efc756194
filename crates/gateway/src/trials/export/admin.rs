//! Who and where: what audit records and signatures refer to.

use std::collections::{BTreeMap, BTreeSet};

use alloy_primitives::Address;
use theriac_contracts::codes::Meaning;
use theriac_standards::odm::xml::Element;

use super::{
    metadata::Definitions,
    shape::{Shape, time, with},
};

/// People, places and meanings that an export names.
#[derive(Clone, Debug, Default)]
pub(super) struct Admin {
    /// Accounts, with the names that they signed by.
    pub(super) people: BTreeMap<Address, Option<String>>,
    /// Sites; 0 is the sponsor.
    pub(super) sites: BTreeSet<u16>,
    /// When the study was registered.
    pub(super) since_ms: u64,
}

pub(super) fn user_oid(account: Address) -> String {
    format!("U.{account:#x}")
}

pub(super) fn site_oid(site: u16) -> String {
    format!("SITE.{site}")
}

pub(super) fn meaning_oid(code: u8) -> String {
    let word = Meaning::from_code(code).map_or("other", Meaning::word);
    format!("SD.{word}")
}

impl Admin {
    pub(super) fn element(&self, shape: Shape, definitions: &Definitions) -> Element {
        let users = self.people.iter().map(|(account, name)| {
            let login = match shape.is_two() {
                true => "UserName",
                false => "LoginName",
            };
            let account_text = format!("{account:#x}");
            let names = [
                Some((login, account_text)),
                name.clone().map(|name| ("FullName", name)),
            ];
            let names = names.into_iter().flatten();
            let user = shape.element("User").with("OID", Some(user_oid(*account)));
            with(
                user,
                names.map(|(element, text)| shape.text(element, &text)),
            )
        });
        let locations = self
            .sites
            .iter()
            .map(|site| self.location(shape, *site, definitions));
        let meanings = Meaning::ALL.iter().map(|meaning| {
            let definition = shape
                .element("SignatureDef")
                .with("OID", Some(meaning_oid(meaning.code())))
                .with("Methodology", Some("Digital"));
            let legal = "Signed with two keys of the signer over the data as the ledger has them.";
            let texts = [
                shape.text("Meaning", meaning.word()),
                shape.text("LegalReason", legal),
            ];
            with(definition, texts)
        });
        let admin = shape
            .element("AdminData")
            .with("StudyOID", Some(&definitions.study));
        with(admin, users.chain(locations).chain(meanings))
    }

    fn location(&self, shape: Shape, site: u16, definitions: &Definitions) -> Element {
        let (name, kind) = match site {
            0 => ("Sponsor".to_owned(), "Sponsor"),
            site => (format!("Site {site}"), "Site"),
        };
        let attribute = match shape.is_two() {
            true => "Role",
            false => "LocationType",
        };
        let location = shape
            .element("Location")
            .with("OID", Some(site_oid(site)))
            .with("Name", Some(name))
            .with(attribute, Some(kind));
        let version = shape
            .reference("MetaDataVersionRef", "StudyOID", &definitions.study)
            .with("MetaDataVersionOID", Some(&definitions.version))
            .with("EffectiveDate", time(self.since_ms).get(..10));
        with(location, [version])
    }
}
