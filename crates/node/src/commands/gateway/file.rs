//! The configuration of a gateway: `gateway.toml` in its folder.

use anyhow::{Context as _, bail, ensure};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use theriac_gateway::{
    Config, Limits, Packs, Partner, Reach, Right, Storage, Webhooks,
    packs::{
        desk::{AskWhen, Settings},
        messaging::Requester,
    },
};
use theriac_sdk::Client;

use super::{token, trials};
use crate::{output::Output, person::unlock};

/// Its name in the folder.
pub(super) const NAME: &str = "gateway.toml";

/// What the file says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    listen: SocketAddr,
    public_url: Option<String>,
    storage: String,
    #[serde(default)]
    webhooks: WebhookLines,
    #[serde(default)]
    limits: LimitLines,
    packs: Option<PackLines>,
    #[serde(default)]
    pub(super) trials: Vec<trials::Lines>,
    #[serde(default)]
    pub(super) partners: Vec<PartnerLines>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WebhookLines {
    inside: Vec<String>,
    plain: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct LimitLines {
    connections: Option<usize>,
    document_bytes: Option<u64>,
    document_events: Option<u64>,
    event_bytes: Option<usize>,
    odm_bytes: Option<usize>,
    largest_page: Option<usize>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PackLines {
    book: PathBuf,
    account: PathBuf,
    password_file: PathBuf,
    nodes: Vec<String>,
    #[serde(default)]
    ask: Ask,
    #[serde(default)]
    answers_anyone: bool,
    #[serde(default)]
    inside: Vec<String>,
    #[serde(default)]
    plain: bool,
    patience_ms: Option<u64>,
    #[serde(default)]
    tokens: BTreeMap<String, String>,
    #[serde(default)]
    instead: BTreeMap<String, String>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Ask {
    Never,
    #[default]
    Unknown,
    Always,
}

/// A partner, or the organisation itself.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartnerLines {
    pub(super) name: String,
    token_sha256: String,
    rights: Vec<String>,
    #[serde(default)]
    glns: Vec<String>,
    #[serde(default)]
    reads_everything: bool,
}

/// Reads the file of a folder.
///
/// # Errors
/// Where it cannot be read, or is not as it should be.
pub(super) fn read(folder: &Path) -> anyhow::Result<File> {
    let path = folder.join(NAME);
    let text = fs::read_to_string(&path).with_context(|| {
        format!(
            "cannot read {}; make it with: theriac gateway init",
            path.display()
        )
    })?;
    toml::from_str(&text).with_context(|| format!("{} is not as it should be", path.display()))
}

impl File {
    /// The configuration; paths of the file are relative to its folder. Opens the keystore of packs.
    ///
    /// # Errors
    /// A value that cannot be, a keystore that cannot be opened.
    pub(super) fn config(self, folder: &Path, output: Output) -> anyhow::Result<Config> {
        trials::check_names(&self.trials, &self.partners)?;
        let partners = self.partners.into_iter().map(PartnerLines::partner);
        let partners = partners.collect::<anyhow::Result<Vec<_>>>()?;
        ensure!(
            !partners.is_empty(),
            "there is no [[partners]]: nobody could ask anything"
        );
        let mut config = Config::new(folder.join("data"), partners);
        config.listen = self.listen;
        config.public_url = self.public_url;
        config.storage = match self.storage.as_str() {
            "embedded" => Storage::Embedded,
            url if url.starts_with("postgres") => Storage::Postgres(url.to_owned()),
            _ => bail!("storage: expected embedded, or an address that begins with postgres://"),
        };
        config.webhooks = Webhooks {
            inside: self.webhooks.inside,
            plain: self.webhooks.plain,
            ..Webhooks::default()
        };
        config.limits = self.limits.limits();
        let packs = self.packs.map(|packs| packs.packs(folder, output));
        config.packs = packs.transpose()?;
        let trials = self.trials.into_iter();
        let trials = trials.map(|trials| trials.trials(folder, output));
        config.trials = trials.collect::<anyhow::Result<_>>()?;
        Ok(config)
    }
}

impl LimitLines {
    fn limits(self) -> Limits {
        let usual = Limits::default();
        Limits {
            connections: self.connections.unwrap_or(usual.connections),
            document_bytes: self.document_bytes.unwrap_or(usual.document_bytes),
            document_events: self.document_events.unwrap_or(usual.document_events),
            event_bytes: self.event_bytes.unwrap_or(usual.event_bytes),
            odm_bytes: self.odm_bytes.unwrap_or(usual.odm_bytes),
            largest_page: self.largest_page.unwrap_or(usual.largest_page),
            ..usual
        }
    }
}

impl PackLines {
    fn packs(self, folder: &Path, output: Output) -> anyhow::Result<Packs> {
        let (account, password) = (folder.join(self.account), folder.join(self.password_file));
        let account = unlock(&account, Some(&password), output)
            .context("[packs]: the account cannot be opened")?;
        let client = Client::new(&self.nodes, Some(Arc::new(account)))?;
        let usual = Settings::default();
        let patience = self.patience_ms.map(Duration::from_millis);
        let patience = patience.unwrap_or(usual.patience);
        let requester = Requester {
            tokens: self.tokens,
            instead: self.instead,
            inside: self.inside,
            plain: self.plain,
            patience,
        };
        Ok(Packs {
            book: folder.join(self.book),
            client,
            answers_anyone: self.answers_anyone,
            settings: Settings {
                patience,
                ask: match self.ask {
                    Ask::Never => AskWhen::Never,
                    Ask::Unknown => AskWhen::Unknown,
                    Ask::Always => AskWhen::Always,
                },
                requester,
                ..usual
            },
        })
    }
}

impl PartnerLines {
    fn partner(self) -> anyhow::Result<Partner> {
        let name = &self.name;
        let token = token::hash(&self.token_sha256);
        let token = token.with_context(|| {
            format!("partner {name}: token_sha256 is not 64 hexadecimal digits")
        })?;
        let right = |word: &String| {
            Right::named(word).with_context(|| format!("partner {name}: there is no right {word}"))
        };
        let rights = self.rights.iter().map(right);
        let rights = rights.collect::<anyhow::Result<_>>()?;
        let reach = match self.reads_everything {
            true => Reach::Everything,
            false => Reach::parties(self.glns.iter().map(String::as_str))
                .with_context(|| format!("partner {name}"))?,
        };
        Ok(Partner {
            name: self.name,
            token,
            rights,
            reach,
        })
    }
}

/// The lines of a partner.
pub(super) fn partner_lines(
    (name, hash): (&str, &str),
    rights: &[Right],
    glns: Option<&[String]>,
) -> String {
    let quoted = |word: &str| format!("\"{word}\"");
    let rights: Vec<_> = rights.iter().map(|right| quoted(right.name())).collect();
    let reach = match glns {
        None => "reads_everything = true".to_owned(),
        Some(glns) => {
            let glns: Vec<_> = glns.iter().map(|gln| quoted(gln)).collect();
            format!("glns = [{}]", glns.join(", "))
        }
    };
    format!(
        "\n[[partners]]\nname = {}\ntoken_sha256 = \"{hash}\"\nrights = [{}]\n{reach}\n",
        toml::Value::from(name),
        rights.join(", ")
    )
}
