//! `[[trials]]` of `gateway.toml`: books of studies.

use alloy_primitives::B256;
use anyhow::{Context as _, ensure};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};
use theriac_gateway::{SiteReach, Trials};
use theriac_sdk::Client;

use super::file::PartnerLines;
use crate::{output::Output, person::unlock};

/// A study's book.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lines {
    study: B256,
    book: PathBuf,
    account: PathBuf,
    password_file: PathBuf,
    nodes: Vec<String>,
    #[serde(default)]
    partners: BTreeMap<String, SiteLines>,
    #[serde(default)]
    unblinded: BTreeSet<String>,
}

/// `"all"`, or numbers of sites.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum SiteLines {
    Sites(BTreeSet<u16>),
    Word(AllSites),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum AllSites {
    All,
}

impl Lines {
    /// The book with its account, whose keystore is opened; paths are relative to the folder.
    ///
    /// # Errors
    /// A keystore that cannot be opened, addresses that are none.
    pub(super) fn trials(self, folder: &Path, output: Output) -> anyhow::Result<Trials> {
        let (account, password) = (folder.join(self.account), folder.join(self.password_file));
        let account = unlock(&account, Some(&password), output)
            .context("[[trials]]: the account cannot be opened")?;
        let partners = self.partners.into_iter().map(|(name, lines)| {
            let reach = match lines {
                SiteLines::Sites(sites) => SiteReach::Sites(sites),
                SiteLines::Word(AllSites::All) => SiteReach::All,
            };
            (name, reach)
        });
        Ok(Trials {
            study: self.study,
            book: folder.join(self.book),
            client: Client::new(&self.nodes, Some(Arc::new(account)))?,
            partners: partners.collect(),
            unblinded: self.unblinded,
        })
    }
}

/// Checks that who stands in the tables of studies is a partner of the gateway.
///
/// # Errors
/// A name that no partner has, most likely a slip of the pen.
pub(super) fn check_names(trials: &[Lines], partners: &[PartnerLines]) -> anyhow::Result<()> {
    let names = trials.iter().flat_map(|lines| {
        let reaching = lines.partners.keys();
        reaching.chain(&lines.unblinded)
    });
    for name in names {
        let is_known = partners.iter().any(|one| one.name == *name);
        ensure!(is_known, "[[trials]]: there is no partner {name}");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::file::File;

    const FILE: &str = r#"
        listen = "127.0.0.1:0"
        storage = "embedded"
        [[trials]]
        study = "0x1111111111111111111111111111111111111111111111111111111111111111"
        book = "trial"
        account = "account.json"
        password_file = "password"
        nodes = []
        partners = { sponsor = "all", cro = [1, 2] }
        unblinded = ["sponsor"]
        [[partners]]
        name = "sponsor"
        token_sha256 = ""
        rights = []
        [[partners]]
        name = "cro"
        token_sha256 = ""
        rights = []
    "#;

    fn refused(text: &str) -> Option<String> {
        let file: File = toml::from_str(text).unwrap();
        let checked = super::check_names(&file.trials, &file.partners);
        checked.err().map(|error| error.to_string())
    }

    #[test]
    fn a_name_that_no_partner_has_is_refused() {
        assert_eq!(refused(FILE), None);
        for (from, to) in [
            ("cro = [1, 2]", "cra = [1, 2]"),
            ("[\"sponsor\"]", "[\"cra\"]"),
        ] {
            let told = refused(&FILE.replace(from, to));
            assert_eq!(told.as_deref(), Some("[[trials]]: there is no partner cra"));
        }
    }
}
