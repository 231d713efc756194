//! A firm of the trade: an organisation with a book of packs and a gateway.

use crate::commands::demo::{
    cast::account_of,
    door::Door,
    narrator::Narrator,
    network::Network,
    story::{HOSPITAL, membership},
};
use anyhow::{Context as _, ensure};
use std::{
    path::PathBuf,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};
use theriac_contracts::{OrganisationId, OrganisationKind, codes::Role};
use theriac_gateway::{
    Config, Gateway, Reach, Rights, Running, TokenHash,
    packs::{
        NewShipment, Papers, Partner, Receipt, Shipped, Verification, book::Selection, label::Label,
    },
};
use theriac_sdk::{Client, account::Account, directory::NewPerson, members::Change};

/// Gas per block of a firm.
const QUOTA: u64 = 20_000_000;

/// A firm.
pub(super) struct Firm {
    pub(super) name: String,
    pub(super) organisation: OrganisationId,
    pub(super) partner: Partner,
    pub(super) gateway: Running,
    pub(super) door: Door,
    administrator: Client,
    folder: PathBuf,
    rpcs: Vec<String>,
}

/// What was shipped and what came of it.
pub(super) struct Delivered {
    pub(super) shipped: Shipped,
    pub(super) receipt: Receipt,
}

impl Firm {
    /// Has a firm admitted, enrols its gateway's account, and starts the gateway.
    pub(super) async fn begin(
        (narrator, network): (&Narrator, &Network),
        (name, kind, gln): (&str, OrganisationKind, &str),
    ) -> anyhow::Result<Self> {
        let admin = network.new_admin(name, kind)?;
        let admit = Change::Admit {
            name: admin.name.clone(),
            kind: admin.kind,
            admin: admin.address,
            gas_per_block: QUOTA,
        };
        membership::decide(narrator, network, admit).await?;
        let rpcs = network.rpcs_from(HOSPITAL);
        let administrator = Client::new(&rpcs, Some(Arc::new(account_of(&admin)?)))?;
        let account = enrol(&administrator, Role::Gateway).await?;
        network.in_step().await?;
        let client = Client::new(&rpcs, Some(account))?;
        let folder = network.directory().join("firms").join(gln);
        let partner = Partner::begin(client, &folder.join("packs"), gln).await?;
        let (gateway, door) = gateway(folder.join("epcis"), name).await?;
        Ok(Self {
            name: name.to_owned(),
            organisation: OrganisationId(admin.organisation),
            partner,
            gateway,
            door,
            administrator,
            folder,
            rpcs,
        })
    }

    /// Enrols someone who works here.
    pub(super) async fn employ(&self, role: Role) -> anyhow::Result<Client> {
        let account = enrol(&self.administrator, role).await?;
        Ok(Client::new(&self.rpcs, Some(account))?)
    }

    /// Ships packs to another firm, which receives them; both give the papers to their gateways.
    pub(super) async fn send(
        &mut self,
        to: &mut Self,
        (network, selection, into): (&Network, Selection, Option<&str>),
    ) -> anyhow::Result<Delivered> {
        let shipped = self.ship(to, (selection, into)).await?;
        network.in_step().await?;
        let receipt = to.receive(&shipped).await?;
        Ok(Delivered { shipped, receipt })
    }

    /// Ships packs; the package lies with the receiver.
    pub(super) async fn ship(
        &mut self,
        to: &Self,
        (selection, into): (Selection, Option<&str>),
    ) -> anyhow::Result<Shipped> {
        let card = to.partner.card()?;
        let file = to
            .folder
            .join(format!("{:08x}.theriac", rand::random::<u32>()));
        let shipment = NewShipment {
            to: &card,
            selection,
            into: into.map(str::to_owned),
            papers: Papers::default(),
            file: &file,
            now_ms: now_ms(),
        };
        let shipped = self.partner.ship(shipment).await.context("ship")?;
        self.file_papers(&shipped).await?;
        Ok(shipped)
    }

    /// Receives what another shipped.
    pub(super) async fn receive(&mut self, shipped: &Shipped) -> anyhow::Result<Receipt> {
        let package = std::fs::read(&shipped.file).context("read the package")?;
        let receipt = self.partner.receive(&package, None, now_ms()).await;
        let receipt = receipt.context("receive")?;
        self.file_papers(shipped).await?;
        Ok(receipt)
    }

    async fn file_papers(&self, shipped: &Shipped) -> anyhow::Result<()> {
        let document = self.partner.book().document(shipped.shipment)?;
        let document = document.context("a shipment has papers")?;
        self.door.capture(&document).await?;
        Ok(())
    }

    /// Verifies a scan.
    pub(super) async fn verify(&mut self, scan: &str) -> anyhow::Result<Verification> {
        Ok(self.partner.verify(scan, now_ms()).await?)
    }

    /// Verifies a scan of a pack that must be fit.
    pub(super) async fn verify_fit(&mut self, scan: &str) -> anyhow::Result<Verification> {
        let verification = self.verify(scan).await?;
        ensure!(verification.is_fit(), "not fit: {:?}", verification.causes);
        Ok(verification)
    }

    /// Scans of packs of a lot that are held here.
    pub(super) fn held(&self, lot: &str) -> anyhow::Result<Vec<Label>> {
        let held = self.partner.book().held()?;
        let of_lot = held.iter().map(|pack| pack.label);
        Ok(of_lot.filter(|label| label.lot() == lot).collect())
    }
}

async fn enrol(administrator: &Client, role: Role) -> anyhow::Result<Arc<Account>> {
    let account = Arc::new(Account::generate());
    let new = NewPerson {
        account: account.address(),
        role,
        expiry: 0,
        name: "of the story",
        licence: None,
    };
    administrator.enrol(new).await.context("enrol")?;
    Ok(account)
}

async fn gateway(folder: PathBuf, name: &str) -> anyhow::Result<(Running, Door)> {
    let token = format!("{:032x}", rand::random::<u128>());
    let own = theriac_gateway::Partner {
        name: name.to_owned(),
        token: TokenHash::of(&token),
        rights: Rights::all(),
        reach: Reach::Everything,
    };
    let running = Gateway::start(Config::new(folder, vec![own])).await;
    let running = running.context("start the gateway")?;
    let door = Door::new(format!("http://{}", running.address()), token);
    Ok((running, door))
}

/// Unix milliseconds.
pub(super) fn now_ms() -> u64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH);
    elapsed.map_or(0, |elapsed| elapsed.as_millis() as u64)
}
