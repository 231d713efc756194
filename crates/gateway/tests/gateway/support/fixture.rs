//! A gateway of a test, with partners of different rights.

use super::{Client, postgres::Database};
use std::collections::BTreeSet;
use tempfile::TempDir;
use theriac_gateway::{
    Config, Gateway, Partner, Reach, Right, Rights, Running, Storage, TokenHash,
};

pub(crate) const GLN_MAKER: &str = "9506000111117";
pub(crate) const GLN_SHOP: &str = "9506000122229";

/// The partners: name, rights, GLNs (`None` reads all). A partner's token is its name and `-token`.
pub(crate) const PARTNERS: [(&str, &[Right], Option<&[&str]>); 10] = [
    ("own", &Right::ALL, None),
    (
        "maker",
        &[Right::Capture, Right::Query, Right::Subscribe],
        Some(&[GLN_MAKER]),
    ),
    ("shop", &[Right::Query, Right::Subscribe], Some(&[GLN_SHOP])),
    ("scanner", &[Right::Capture], Some(&[])),
    ("reader", &[Right::Query], Some(&[])),
    ("listener", &[Right::Subscribe], Some(&[])),
    ("clerk", &[Right::Administer], Some(&[])),
    ("checker", &[Right::Verify], Some(&[])),
    ("counter", &[Right::Dispense], Some(&[])),
    ("holder", &[Right::Ask], Some(&[])),
];

pub(crate) fn partners() -> Vec<Partner> {
    let all = PARTNERS.iter().map(|(name, rights, glns)| Partner {
        name: (*name).to_owned(),
        token: TokenHash::of(&token(name)),
        rights: rights.iter().copied().collect::<Rights>(),
        reach: match glns {
            None => Reach::Everything,
            Some([]) => Reach::Parties(BTreeSet::new()),
            Some(glns) => Reach::parties(glns.iter().copied()).expect("GLNs"),
        },
    });
    all.collect()
}

fn token(name: &str) -> String {
    format!("{name}-token")
}

/// What a test changes of a configuration.
pub(crate) type Setup = Box<dyn Fn(&mut Config) + Send + Sync>;

pub(crate) struct Fixture {
    running: Option<Running>,
    folder: TempDir,
    database: Option<Database>,
    setup: Setup,
    pub(crate) base: String,
}

impl Fixture {
    /// On SQLite.
    pub(crate) async fn embedded() -> Self {
        Self::embedded_with(|_| {}).await
    }

    pub(crate) async fn embedded_with(setup: impl Fn(&mut Config) + Send + Sync + 'static) -> Self {
        Self::start(Box::new(setup), None).await
    }

    /// On PostgreSQL, or `None` where that is absent.
    pub(crate) async fn postgres(test: &str) -> Option<Self> {
        let database = Database::new(test).await?;
        Some(Self::start(Box::new(|_| {}), Some(database)).await)
    }

    async fn start(setup: Setup, database: Option<Database>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut fixture = Self {
            running: None,
            folder,
            database,
            setup,
            base: String::new(),
        };
        fixture.restart().await;
        fixture
    }

    /// Stops the gateway, if it runs, and starts one on the same data.
    pub(crate) async fn restart(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
        let mut config = Config::new(self.folder.path().join("data"), partners());
        if let Some(database) = &self.database {
            config.storage = Storage::Postgres(database.url.clone());
        }
        (self.setup)(&mut config);
        let running = Gateway::start(config).await.expect("it starts");
        self.base = format!("http://{}", running.address());
        self.running = Some(running);
    }

    pub(crate) fn running(&self) -> &Running {
        self.running.as_ref().expect("it runs")
    }

    pub(crate) fn data(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) async fn stop(mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
    }

    /// A client with this partner's token.
    pub(crate) fn client(&self, partner: &str) -> Client {
        Client::new(&self.base, Some(&token(partner)))
    }

    pub(crate) fn own(&self) -> Client {
        self.client("own")
    }
}
