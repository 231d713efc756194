//! The story of a study from registration to publication, honest or with one thing done wrong on the ledger itself.

use super::{
    chain,
    study::{About, Study},
};
use alloy_primitives::{Address, B256, keccak256};
use std::collections::BTreeMap;
use theriac_evidence::{
    digest::sha256,
    trial::{
        FIELDS, ItemKind, Outcome, Schedule,
        body::*,
        bundle::{OutcomeOpening, SaltedText},
        list::{BaseEntry, base_root, secret_commitment},
        outcome_word,
    },
};

/// What is done wrong with the ledger's own quorum behind it, so that only the claims can show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    Nothing,
    UnlockedEditedRelocked,
    EditedAfterUnblinding,
    EditedWhileLocked,
    UnblindedBeforeLock,
    PublishedAnotherOutcome,
    PublishedWithoutAnOutcome,
    OutcomesChangedAfterLock,
    RowsOfOtherValues,
    ArmsSwappedInRows,
    ListsCommittedLate,
    DataBeforeConsent,
    CorrectionWithoutReason,
    CorrectionOfAnother,
    ObservedAhead,
    LockedUnsigned,
    SignatureSpliced,
    AllocatedOutOfOrder,
    OpenedWithoutAllocation,
    LockOverAnotherLog,
    AnalysisOfAnotherLock,
    DrawnFromAnotherValue,
    FormCapturedTwice,
    DataAfterWithdrawal,
}

pub(super) const OIDS: [&str; 5] = ["IT.AGE", "IT.SYSBP", "IT.NOTE", "IT.HBA1C", "IT.SEX"];
pub const PRIMARY: &str = "IT.HBA1C";

/// The newest leaves of a cell: version, leaf, kind and value of each item.
pub(super) type Latest = BTreeMap<String, (u32, B256, ItemKind, String)>;

pub struct Story {
    pub study: Study,
    pub(super) wrong: Wrong,
    pub(super) latest: BTreeMap<(u32, u32), Latest>,
    pub(super) newest: BTreeMap<(u32, u32), u64>,
    pub(super) allocated: Vec<(u32, u32)>,
    pub(super) next_query: u32,
    pub(super) version: u32,
    pub(super) secret: B256,
    pub(super) prevrandao: B256,
    /// The entry at which what is wrong can be seen.
    pub culprit: Option<u64>,
}

pub fn tell(study: Study, wrong: Wrong) -> Story {
    let mut story = Story {
        study,
        wrong,
        latest: BTreeMap::new(),
        newest: BTreeMap::new(),
        allocated: Vec::new(),
        next_query: 1,
        version: 1,
        secret: B256::ZERO,
        prevrandao: B256::ZERO,
        culprit: None,
    };
    story.secret = story.study.dice.hash();
    story.register();
    if wrong != Wrong::ListsCommittedLate {
        story.commit_list();
    }
    story.enrol_all();
    story.close();
    story
}

impl Story {
    pub(super) fn sponsor() -> About {
        About {
            actor: Study::account("sponsor"),
            ..About::default()
        }
    }

    pub(super) fn blame(&mut self, wrong: Wrong, entry: u64) {
        if self.wrong == wrong && self.culprit.is_none() {
            self.culprit = Some(entry);
        }
    }

    pub(super) fn outcome(&mut self, level: u8, id: &str) -> (Outcome, Vec<Option<SaltedText>>) {
        let texts = [
            id,
            "diabetes",
            "HbA1c",
            "change from baseline",
            "mean",
            "week 24",
            "all randomised",
        ];
        let (mut words, mut fields) = ([B256::ZERO; 7], Vec::new());
        for ((place, text), _) in texts.iter().enumerate().zip(FIELDS) {
            if place == 4 && self.study.dice.one_in(3) {
                fields.push(None);
                continue;
            }
            let salt: [u8; 16] = self.study.dice.hash()[..16].try_into().expect("16 bytes");
            words[place] = outcome_word(place as u8 + 1, &salt, text);
            fields.push(Some(SaltedText {
                salt: salt.into(),
                text: (*text).to_owned(),
            }));
        }
        (Outcome { level, words }, fields)
    }

    pub(super) fn register(&mut self) {
        let protocol = b"the protocol".to_vec();
        let schedule = br#"{"visits":["V1","V2","V3"]}"#.to_vec();
        let (first, first_fields) = self.outcome(1, "O1");
        let (second, second_fields) = self.outcome(2, "O2");
        let cells = (0..3).map(|_| 1 + self.study.dice.below(2) as u8).collect();
        let body = Registered {
            number: self.study.name.number,
            protocol: sha256(&[&protocol]),
            schedule: Schedule {
                root: sha256(&[&schedule]),
                cells,
            },
            outcomes: vec![first, second],
            approvers: vec![Study::account("approver 1"), Study::account("approver 2")],
            threshold: 2,
            retention_until: chain::time_ms(1 << 30),
        };
        self.study.enter(Self::sponsor(), body);
        for (index, fields) in [(0, first_fields), (1, second_fields)] {
            self.study.openings.outcomes.push(OutcomeOpening {
                entry: 0,
                index,
                fields,
            });
        }
        self.study.documents.extend([protocol, schedule]);
        self.study.wait(5);
        for site in 1..=2 {
            self.study.enter(
                About {
                    site,
                    ..Self::sponsor()
                },
                Site {
                    site,
                    organisation: 20 + u32::from(site),
                    status: 1,
                },
            );
            for (person, role) in [("investigator", 2), ("coordinator", 3)] {
                let account = Study::account(&format!("{person} {site}"));
                self.study.enter(
                    About {
                        site,
                        ..Self::sponsor()
                    },
                    Role {
                        account,
                        site,
                        role,
                        until: chain::time_ms(1 << 20),
                    },
                );
            }
        }
        let statistician = About {
            actor: Study::account("statistician"),
            ..About::default()
        };
        self.study.wait(3);
        self.study.enter(
            statistician,
            Plan {
                plan: keccak256("plan"),
                number: 1,
            },
        );
    }

    pub(super) fn commit_list(&mut self) {
        self.study.wait(2);
        let about = About {
            actor: Study::account("unblinded statistician"),
            ..About::default()
        };
        let stratum = keccak256("all");
        let entries: Vec<BaseEntry> = (0..12)
            .map(|index| BaseEntry {
                index,
                stratum,
                block: index / 4,
                arm: ["active", "placebo"]
                    [(index as usize + self.study.dice.below(2) as usize) % 2]
                    .to_owned(),
                kit: format!("K{index:03}"),
                salt: self.study.dice.hash(),
            })
            .collect();
        let body = ListCommitted {
            list: 1,
            stratum,
            base_root: base_root(&entries),
            length: 12,
            block_length: 4,
            delay: 9,
            secret: secret_commitment(&self.secret),
        };
        let number = self.study.enter(about, body);
        self.blame(Wrong::ListsCommittedLate, number);
        self.study.lists.insert(1, entries);
        let height = self.study.height + 9;
        self.study.wait(11);
        self.study.old_beacons.insert(height);
        self.prevrandao = chain::base().mix_hash(height);
        if self.wrong == Wrong::DrawnFromAnotherValue {
            self.prevrandao = keccak256("a value of the sponsor's liking");
        }
        let number = self.study.enter(
            about,
            ListDrawn {
                list: 1,
                height,
                prevrandao: self.prevrandao,
            },
        );
        self.blame(Wrong::DrawnFromAnotherValue, number);
        self.study.wait(1);
        self.study.enter(
            about,
            ListSealed {
                list: 1,
                root: keccak256("sealed entries"),
            },
        );
    }

    pub(super) fn enrol_all(&mut self) {
        // Far enough that the first blocks are older than the contract compares.
        self.study.wait(chain::HEIGHT - 600 - self.study.height);
        if self.wrong == Wrong::DataBeforeConsent {
            self.study.enrol(
                About {
                    slot: 1,
                    site: Self::site_of(1),
                    ..About::default()
                },
                0,
            );
            let number = self.capture(1, 0, 1);
            self.blame(Wrong::DataBeforeConsent, number);
            self.enrol(1, 1);
            self.visit_all(1);
        }
        let subjects = 3 + self.study.dice.below(4) as u32;
        while (self.study.subjects.len() as u32) < subjects {
            let slot = self.study.subjects.len() as u32 + 1;
            self.study.wait(1);
            self.enrol(slot, self.version);
            if self.wrong == Wrong::ListsCommittedLate && slot == 1 {
                self.commit_list();
            } else {
                self.allocate(slot);
            }
            self.visit_all(slot);
            if slot == 2 && self.study.dice.one_in(2) {
                self.amend();
            }
        }
        self.withdraw(subjects);
    }

    pub(super) fn site_of(slot: u32) -> u16 {
        1 + (slot % 2) as u16
    }

    pub(super) fn at(&mut self, slot: u32, person: &str) -> About {
        let site = Self::site_of(slot);
        let height = self.study.height;
        let beacon = match self.study.dice.below(5) {
            0 => None,
            1 => Some(40 + self.study.dice.below(100)),
            _ => Some(height - 1 - self.study.dice.below(20)),
        };
        let observed_ms = match self.study.dice.below(3) {
            0 => 0,
            _ => chain::time_ms(height) - self.study.dice.below(90_000),
        };
        About {
            slot,
            site,
            actor: Study::account(&format!("{person} {site}")),
            observed_ms,
            beacon,
        }
    }

    pub(super) fn enrol(&mut self, slot: u32, version: u32) {
        let about = self.at(slot, "investigator");
        let body = Consented {
            document: keccak256("consent"),
            version,
            signature: self.study.dice.hash(),
            participant: Address::ZERO,
        };
        self.study.enter(about, body);
    }

    pub(super) fn allocate(&mut self, slot: u32) {
        let mut index = self.allocated.len() as u32;
        if self.wrong == Wrong::AllocatedOutOfOrder && index == 1 {
            index = 2;
        }
        let about = self.at(slot, "investigator");
        let number = self.study.enter(about, Allocated { list: 1, index });
        if index != self.allocated.len() as u32 {
            self.blame(Wrong::AllocatedOutOfOrder, number);
        }
        self.allocated.push((slot, index));
        if self.wrong == Wrong::OpenedWithoutAllocation && slot == 2 {
            let body = Opened {
                list: 1,
                index: 7,
                emergency: 0,
                reason_code: 0,
                reason: B256::ZERO,
                key: keccak256("key"),
            };
            let number = self.study.enter(about, body);
            self.blame(Wrong::OpenedWithoutAllocation, number);
        }
        if self.study.dice.one_in(6) {
            let body = Opened {
                list: 1,
                index,
                emergency: 1,
                reason_code: 1,
                reason: keccak256("why"),
                key: keccak256("key"),
            };
            self.study.enter(about, body);
        }
    }

    pub(super) fn visit_all(&mut self, slot: u32) {
        for cell in self.study.missing(slot) {
            self.study.wait(1);
            // The first form of the first subject is always captured, corrected and asked about, so that there is one of each.
            let is_first = slot == 1 && cell == 0;
            if !is_first && self.study.dice.one_in(8) {
                let about = self.at(slot, "coordinator");
                let number = self.study.enter(
                    about,
                    Missed {
                        cell,
                        reason_code: 1,
                        reason: keccak256("not done"),
                    },
                );
                self.newest.insert((slot, cell), number);
                continue;
            }
            let version = if self.wrong == Wrong::ObservedAhead && is_first {
                2
            } else {
                1
            };
            let number = self.capture(slot, cell, version);
            if version == 2 {
                self.blame(Wrong::ObservedAhead, number);
            }
            if is_first && self.wrong == Wrong::FormCapturedTwice {
                let number = self.capture(slot, cell, 1);
                self.blame(Wrong::FormCapturedTwice, number);
            }
            if is_first || self.study.dice.one_in(4) {
                self.query(slot, cell);
            }
            if is_first || self.study.dice.one_in(3) {
                self.study.wait(1);
                self.correct(slot, cell);
            }
        }
    }

    /// A further visit for those who consent later, and consent anew for all.
    pub(super) fn amend(&mut self) {
        let mut cells = self.study.schedules.last().expect("registered").clone();
        cells.push(1);
        let body = Amended {
            version: 2,
            protocol: keccak256("protocol 2"),
            reason_code: 3,
            reason: self.study.dice.hash(),
            schedule: Schedule {
                root: keccak256("schedule 2"),
                cells,
            },
            outcomes: vec![],
            renew_consent: true,
        };
        self.study.wait(1);
        self.study.enter(Self::sponsor(), body);
        self.version = 2;
        for slot in 1..=self.study.subjects.len() as u32 {
            self.enrol(slot, 2);
        }
    }

    pub(super) fn withdraw(&mut self, last: u32) {
        let slot = self.study.subjects.len() as u32 + 1;
        self.study.wait(1);
        self.enrol(slot, self.version);
        self.capture(slot, 0, 1);
        let about = self.at(slot, "investigator");
        self.study.wait(1);
        let due = self.study.dice.below(2);
        let scope = if due == 0 { 2 } else { 1 };
        let forms = self.study.schedules.last().expect("registered")[0];
        // Of the visits that remain due only the first is left, and its forms are filled.
        if due == 1 {
            for cell in 1..u32::from(forms) {
                self.capture(slot, cell, 1);
            }
        }
        self.study.enter(
            about,
            Withdrawn {
                scope,
                due,
                reason: keccak256("moved away"),
            },
        );
        if self.wrong == Wrong::DataAfterWithdrawal && scope == 2 {
            let number = self.capture(slot, 1 << 31, 1);
            self.blame(Wrong::DataAfterWithdrawal, number);
        }
        if scope == 2 && last.is_multiple_of(2) {
            self.erase(slot);
        }
    }

    pub(super) fn erase(&mut self, slot: u32) {
        let about = self.at(slot, "investigator");
        self.study.enter(
            about,
            Erased {
                basis: 1,
                reason: keccak256("asked"),
            },
        );
        let entries: Vec<u64> = self
            .study
            .entries
            .iter()
            .filter(|(entry, _)| entry.slot == slot)
            .map(|(entry, _)| entry.number)
            .collect();
        for entry in entries {
            self.study.values.remove(&entry);
        }
    }
}
