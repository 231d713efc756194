//! Those who see allocations: the statistician who makes the lists, and pharmacists who open them.

use super::World;
use theriac_contracts::codes::TrialRole;
use theriac_gateway::trials::Party;
use theriac_sdk::account::RequestKeys;

/// Someone with a book of her own, and a store of one-time keys.
pub(crate) struct Reader {
    pub(crate) party: Party,
    pub(crate) keys: RequestKeys,
}

impl World {
    /// The unblinded statistician, with a book of her own.
    pub(crate) async fn statistician(&mut self) -> Party {
        let client = self.enrol(0).await;
        self.grant(client.address(), TrialRole::UnblindedStatistician, 0)
            .await;
        let folder = self.folder.path().join("lists");
        let mut party = Party::begin(client, &folder).await.unwrap();
        self.bring_up_to_date(&mut party).await;
        party
    }

    /// The pharmacist of a site, with a book of her own.
    pub(crate) async fn pharmacist(&mut self, site: u16) -> Reader {
        let client = self.enrol(usize::from(site)).await;
        self.grant(client.address(), TrialRole::TrialPharmacist, site)
            .await;
        let folder = self.folder.path().join(format!("pharmacist-{site}"));
        let mut party = Party::begin(client, &folder).await.unwrap();
        self.bring_up_to_date(&mut party).await;
        let keys = self.keys(&format!("pharmacist-{site}"));
        Reader { party, keys }
    }

    /// A store of one-time keys.
    pub(crate) fn keys(&self, name: &str) -> RequestKeys {
        RequestKeys::beside(&self.folder.path().join(format!("{name}.json")))
    }

    /// The sponsor's copy for a book.
    pub(crate) async fn bring_up_to_date(&mut self, party: &mut Party) {
        let card = party.card().unwrap();
        let file = self.file();
        self.sponsor.send_copy(&card, 0, &file).await.unwrap();
        let taken = party.receive(&std::fs::read(file).unwrap()).await.unwrap();
        assert_eq!(taken.differences, []);
    }

    /// Sealed entries go from who made them to the sponsor, and from there to the sites.
    pub(crate) async fn spread(&mut self, statistician: &mut Party) {
        let card = self.sponsor.card().unwrap();
        let file = self.file();
        statistician.send_copy(&card, 0, &file).await.unwrap();
        let copy = std::fs::read(file).unwrap();
        self.sponsor.receive(&copy).await.unwrap();
        for site in [1, 2] {
            let copy = self.send_to_site(site).await;
            let site = &mut self.sites[usize::from(site) - 1].party;
            site.receive(&copy).await.unwrap();
        }
    }
}
