//! The part of the story from the signatures to the publication.

use super::{
    script::{PRIMARY, Story, Wrong},
    study::{About, CHAIN, Study},
};
use alloy_primitives::keccak256;
use theriac_evidence::{
    digest::sha256,
    trial::{
        ItemKind, Schedule,
        body::{Amended, Analysed, Locked, Published, Screened, Unblinded, UnlockApproved},
        bundle::{DataManifest, Dataset, DatasetEntry, canonical},
        list::{order, secrets_root, seed},
    },
};

impl Story {
    pub(super) fn sign_all(&mut self) {
        for slot in 1..=self.study.subjects.len() as u32 {
            if self.wrong == Wrong::LockedUnsigned && slot == 2 {
                continue;
            }
            let site = Self::site_of(slot);
            let about = About {
                slot,
                site,
                ..About::default()
            };
            self.study
                .sign(&format!("investigator {site}"), about, (1, 4));
        }
    }

    pub(super) fn lock(&mut self) -> u64 {
        self.study.wait(1);
        let body = match self.wrong {
            Wrong::LockOverAnotherLog => Locked {
                size: self.study.next(),
                root: keccak256("another"),
                sums: self.study.sums_root(),
            },
            _ => Locked {
                size: self.study.next(),
                root: self.study.root(),
                sums: self.study.sums_root(),
            },
        };
        let about = About {
            actor: Study::account("data manager"),
            ..About::default()
        };
        let number = self.study.enter(about, body);
        self.blame(Wrong::LockOverAnotherLog, number);
        self.blame(Wrong::LockedUnsigned, number);
        number
    }

    pub(super) fn unlock(&mut self, lock: u64) {
        for approvals in 1..=2 {
            self.study.wait(1);
            let about = About {
                actor: Study::account(&format!("approver {approvals}")),
                ..About::default()
            };
            let body = UnlockApproved {
                lock,
                reason_code: 1,
                reason: keccak256("found late"),
                approvals,
                unlocked: approvals == 2,
            };
            self.study.enter(about, body);
        }
    }

    pub(super) fn close(&mut self) {
        self.study.wait(2);
        self.sign_all();
        if self.wrong == Wrong::SignatureSpliced {
            self.splice();
        }
        if self.wrong == Wrong::UnblindedBeforeLock {
            self.unblind();
        }
        let mut lock = self.lock();
        if self.wrong == Wrong::EditedWhileLocked {
            let number = self.correct(1, 0);
            self.blame(Wrong::EditedWhileLocked, number);
        }
        let is_unlocked = self.wrong == Wrong::Nothing && self.study.dice.one_in(3);
        if is_unlocked || self.wrong == Wrong::UnlockedEditedRelocked {
            self.unlock(lock);
            let number = self.correct(1, 0);
            self.blame(Wrong::UnlockedEditedRelocked, number);
            self.study.wait(1);
            self.sign_all();
            lock = self.lock();
        }
        if self.wrong == Wrong::OutcomesChangedAfterLock {
            self.switch_outcomes();
        }
        if self.wrong != Wrong::UnblindedBeforeLock {
            self.unblind();
        }
        if self.wrong == Wrong::EditedAfterUnblinding {
            self.unlock(lock);
            let number = self.correct(1, 0);
            self.blame(Wrong::EditedAfterUnblinding, number);
            self.sign_all();
            lock = self.lock();
        }
        self.analyse(lock);
        self.publish();
    }

    /// The second signature of a subject is put under another's.
    pub(super) fn splice(&mut self) {
        let signed = self
            .study
            .entries
            .iter()
            .find(|(entry, _)| entry.kind == 11)
            .expect("all were signed");
        let (entry, bytes) = signed.clone();
        let body = theriac_evidence::trial::Body::decode(11, &bytes).expect("our own");
        let slot = if entry.slot == 1 { 2 } else { 1 };
        let theriac_evidence::trial::Body::Signed(mut signed) = body else {
            unreachable!("a signature")
        };
        signed.data_root = self.study.subject(slot).tip;
        let about = About {
            slot,
            site: entry.site,
            actor: entry.actor,
            ..About::default()
        };
        let number = self.study.enter(about, signed);
        self.blame(Wrong::SignatureSpliced, number);
    }

    pub(super) fn switch_outcomes(&mut self) {
        let mut outcomes = self.study.outcomes_now();
        outcomes[0].words[5] = keccak256("week 12");
        let body = Amended {
            version: 3,
            protocol: keccak256("protocol 3"),
            reason_code: 6,
            reason: keccak256("nicer"),
            schedule: Schedule::default(),
            outcomes,
            renew_consent: false,
        };
        let number = self.study.enter(Self::sponsor(), body);
        self.blame(Wrong::OutcomesChangedAfterLock, number);
    }

    pub(super) fn unblind(&mut self) {
        self.study.wait(1);
        let about = About {
            actor: Study::account("unblinded statistician"),
            ..About::default()
        };
        let number = self.study.enter(
            about,
            Unblinded {
                plan: 1,
                secrets: secrets_root(&[(1, self.secret)]),
            },
        );
        self.blame(Wrong::UnblindedBeforeLock, number);
        self.study.keep_secret(1, self.secret);
    }

    /// One row for each subject: its arm and the primary item of its first form.
    pub(super) fn analyse(&mut self, lock: u64) {
        let stratum = keccak256("all");
        let seed = seed(&self.secret, &self.prevrandao);
        let order = order(12, 4, (&seed, &stratum));
        let mut rows = format!(
            "{}\n",
            r#"{"datasetJSONVersion":"1.1.0","name":"ADEFF","label":"Efficacy","records":0,"columns":[{"itemOID":"SLOT","name":"SLOT","label":"Slot","dataType":"integer"},{"itemOID":"ARM","name":"ARM","label":"Arm","dataType":"string"},{"itemOID":"AVAL","name":"AVAL","label":"Value","dataType":"string"}]}"#
        );
        let mut lineage = String::new();
        let subjects: Vec<(u32, u32)> = self.allocated.clone();
        for (place, (slot, _)) in subjects.iter().enumerate() {
            let Some(item) = self
                .latest
                .get(&(*slot, 0))
                .and_then(|latest| latest.get(PRIMARY))
            else {
                continue;
            };
            let mut value = match item.2 {
                ItemKind::Value => format!("\"{}\"", item.3),
                ItemKind::Null | ItemKind::Removed => "null".to_owned(),
            };
            let index = order[place] as usize;
            let mut arm = self.study.lists[&1][index].arm.clone();
            if self.wrong == Wrong::RowsOfOtherValues && *slot == 1 {
                value = "\"5.0001\"".to_owned();
            }
            if self.wrong == Wrong::ArmsSwappedInRows && *slot == 1 {
                arm = if arm == "active" {
                    "placebo".to_owned()
                } else {
                    "active".to_owned()
                };
            }
            rows.push_str(&format!("[{slot},\"{arm}\",{value}]\n"));
            lineage.push_str(&format!(
                "[null,[{slot},\"arm\"],[{slot},0,\"{PRIMARY}\"]]\n"
            ));
        }
        let dataset = Dataset {
            name: "ADEFF".into(),
            rows: rows.into_bytes(),
            lineage: lineage.into_bytes(),
        };
        let manifest = DataManifest {
            format: "theriac-analysis/1".into(),
            lock,
            datasets: vec![DatasetEntry {
                name: "ADEFF".into(),
                dataset: sha256(&[&dataset.rows]),
                lineage: sha256(&[&dataset.lineage]),
            }],
        };
        let manifest = canonical(&serde_json::to_value(&manifest).expect("plain")).into_bytes();
        self.study.datasets.push(dataset);
        let about = About {
            actor: Study::account("statistician"),
            ..About::default()
        };
        let lock = if self.wrong == Wrong::AnalysisOfAnotherLock {
            0
        } else {
            lock
        };
        self.study.wait(1);
        let number = self.study.enter(
            about,
            Analysed {
                number: 1,
                plan: 1,
                lock,
                data: sha256(&[&manifest]),
                program: keccak256("program"),
                result: keccak256("result"),
                outcome: 0,
            },
        );
        for wrong in [
            Wrong::AnalysisOfAnotherLock,
            Wrong::RowsOfOtherValues,
            Wrong::ArmsSwappedInRows,
        ] {
            self.blame(wrong, number);
        }
        self.study.documents.push(manifest);
    }

    pub(super) fn publish(&mut self) {
        let mut outcomes = self.study.outcomes_now();
        match self.wrong {
            Wrong::PublishedAnotherOutcome => outcomes[0].level = 2,
            Wrong::PublishedWithoutAnOutcome => outcomes.truncate(1),
            _ => {}
        }
        self.study.wait(1);
        let number = self.study.enter(
            Self::sponsor(),
            Published {
                document: keccak256("paper"),
                outcomes,
            },
        );
        self.blame(Wrong::PublishedAnotherOutcome, number);
        self.blame(Wrong::PublishedWithoutAnOutcome, number);
        self.study.enter(
            Self::sponsor(),
            Screened {
                report: keccak256("report"),
                number: 1,
            },
        );
        assert_eq!(
            self.study.id,
            theriac_evidence::trial::study_id(
                CHAIN,
                self.study.name.organisation,
                self.study.name.number
            )
        );
    }
}
