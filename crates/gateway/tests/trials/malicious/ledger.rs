//! Transactions of the sponsor's accounts against what stands on the ledger.

use super::{
    Attempt, Expected, Outcome,
    scene::{Scene, some},
};
use crate::support::{NOW_MS, refusal};
use alloy_primitives::{Address, B256};
use alloy_sol_types::SolCall;
use theriac_contracts::{
    codes::{Meaning, TrialRole},
    interfaces::ITrials::{
        Capture, Correction, Schedule, When, allocateCall, captureCall, consentCall, correctCall,
        eraseCall, lockCall, registerCall, siteCall, withdrawCall,
    },
};
use theriac_gateway::trials::Error;
use theriac_sdk::{account::Account, trials::NewSignature};

struct Ledger<'a> {
    scene: &'a mut Scene,
    study: B256,
    tried: Vec<(Attempt, Expected)>,
}

/// The sponsor's administrator, who gives itself any role in the study.
pub(super) async fn attempts(scene: &mut Scene) -> Vec<(Attempt, Expected)> {
    let study = scene.world.sponsor.study().unwrap();
    let mut ledger = Ledger {
        scene,
        study,
        tried: Vec::new(),
    };
    ledger.take_site_over().await;
    ledger.as_data_manager().await;
    ledger.as_officer().await;
    ledger.as_investigator().await;
    ledger.tried
}

impl Ledger<'_> {
    async fn send(&mut self, what: &'static str, call: &impl SolCall, expected: &'static str) {
        let client = self.scene.world.sponsor.client();
        let sent = client.enter_trial(call).await.map_err(Error::from);
        let outcome = Outcome::Refused(refusal(sent));
        let expected = Expected::Refusal(expected);
        self.tried.push((Attempt { what, outcome }, expected));
    }

    async fn become_a(&mut self, role: TrialRole, site: u16) {
        let account = self.scene.world.sponsor.client().address();
        self.scene.world.grant(account, role, site).await;
    }

    async fn take_site_over(&mut self) {
        let organisation = self.scene.world.sponsor.book().owner().organisation;
        let call = siteCall {
            study: self.study,
            site: 1,
            organisation,
            status: 1,
        };
        self.send("a site becomes the sponsor's", &call, "SiteDiffers")
            .await;
        let call = registerCall {
            number: 1,
            protocol: some("a better protocol"),
            schedule: Schedule {
                root: some("schedule"),
                cells: vec![1].into(),
            },
            outcomes: Vec::new(),
            approvers: Vec::new(),
            threshold: 1,
            retention: NOW_MS + 1_000_000_000,
        };
        self.send("the study is registered anew", &call, "StudyRegistered")
            .await;
    }

    async fn as_data_manager(&mut self) {
        self.become_a(TrialRole::DataManager, 0).await;
        let client = self.scene.world.sponsor.client();
        let told = client.trial(self.study).await.unwrap();
        let call = lockCall {
            study: self.study,
            size: told.size,
            root: some("the root of an altered book"),
            sums: told.sums,
        };
        self.send("an altered book is locked", &call, "DataChanged")
            .await;
    }

    /// The role is on the ledger, for all to see; it counts for accounts of the site's organisation alone.
    async fn as_investigator(&mut self) {
        self.become_a(TrialRole::Investigator, 1).await;
        let study = self.study;
        let when = When {
            observed: NOW_MS - 1_000_000,
            beaconHeight: 0,
            beaconHash: B256::ZERO,
        };
        let capture = Capture {
            slot: 1,
            cell: 1 << 31,
            root: some("items"),
            items: 1,
            nulls: 0,
            when: when.clone(),
        };
        let call = captureCall {
            study,
            captures: vec![capture],
        };
        self.send("a form is captured, dated back", &call, "NotOfTheSite")
            .await;
        let client = self.scene.world.sponsor.client();
        let entry = client.form_entry(study, 1, 2).await.unwrap();
        let correction = Correction {
            slot: 1,
            cell: 2,
            entry,
            root: some("items"),
            items: 1,
            reasonCode: 1,
            when: when.clone(),
        };
        let call = correctCall {
            study,
            corrections: vec![correction],
        };
        self.send("a value is corrected", &call, "NotOfTheSite")
            .await;
        let call = consentCall {
            study,
            slot: 3,
            site: 1,
            document: some("consent"),
            version: 1,
            signature: some("signature"),
            participant: Address::ZERO,
            when: when.clone(),
        };
        self.send("a subject is invented at a site", &call, "NotOfTheSite")
            .await;
        let call = withdrawCall {
            study,
            slot: 1,
            scope: 2,
            due: 0,
            reason: some("moved away"),
            when,
        };
        self.send("a subject is withdrawn", &call, "NotOfTheSite")
            .await;
        let call = allocateCall {
            study,
            slot: 1,
            list: 1,
        };
        self.send("a subject is allocated again", &call, "NotOfTheSite")
            .await;
        self.sign().await;
        self.erase("a subject is erased as the investigator", "NotOfTheSite")
            .await;
    }

    /// In the role of the investigator, with the sponsor's own keys.
    async fn sign(&mut self) {
        let factor = Account::generate();
        let client = self.scene.world.sponsor.client().clone();
        client.set_factor(&factor, None).await.unwrap();
        let tip = client.trial_subject(self.study, 1).await.unwrap().tip;
        let new = NewSignature {
            study: self.study,
            slot: 1,
            site: 1,
            scope: 1,
            data_root: tip,
            meaning: Meaning::Responsibility.code(),
            name: some("the investigator's name"),
            time: NOW_MS,
        };
        let signed = client.sign_data(new, &factor).await.unwrap();
        self.send(
            "the investigator's signature",
            &signed.call(),
            "NotOfTheSite",
        )
        .await;
    }

    async fn as_officer(&mut self) {
        self.become_a(TrialRole::DataProtectionOfficer, 0).await;
        self.erase("a subject is erased early", "RetentionNotOver")
            .await;
    }

    async fn erase(&mut self, what: &'static str, expected: &'static str) {
        let call = eraseCall {
            study: self.study,
            slot: 1,
            basis: 1,
            reason: some("retention"),
        };
        self.send(what, &call, expected).await;
    }
}
