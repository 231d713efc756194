//! The evidence bundle: one file from which an outsider checks the study.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
};

use alloy_primitives::B256;
use theriac_evidence::trial::{
    Body, Entry, PlainItem, Subject,
    bundle::{
        Beacon, Facts, History, ListSecret, MakeFailure, NameOpening, Openings, OutcomeOpening,
        SaltedText, Selection, StudyName, Values, make,
    },
    list::BaseEntry,
};
use theriac_sdk::trials::TrialEvidence;

use super::{
    Error, Party, Refusal,
    book::{DocumentKind, Logged},
    form,
    sign::name_salt,
    sync::log_root,
};

/// How often a study that grows meanwhile is read again.
const ATTEMPTS: usize = 5;

/// Why no bundle was made.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// Book or ledger.
    #[error("{0}")]
    Party(#[from] Error),
    /// Making it.
    #[error("{0}")]
    Make(#[from] MakeFailure),
}

impl Party {
    /// Writes the bundle of the study as it stands for an audience. What this book may not read is not in it.
    ///
    /// # Errors
    /// Those of book, ledger and file.
    pub async fn bundle<W: Write>(
        &mut self,
        selection: &Selection<'_>,
        page: Option<Vec<u8>>,
        out: W,
    ) -> Result<W, BundleError> {
        let (evidence, log, subjects) = self.consistent().await?;
        let openings = self.openings(&log)?;
        let documents = self.named_documents(&log)?;
        let lists = self.published_lists(&evidence)?;
        let datasets = self.datasets()?;
        let study = self.study()?;
        let told = self.client.trial(study).await.map_err(Error::from)?;
        let entries = || -> Box<dyn Iterator<Item = io::Result<(Entry, Vec<u8>)>> + '_> {
            let pair = |logged: &Logged| Ok((logged.entry, logged.body.to_vec()));
            Box::new(log.iter().map(pair))
        };
        let mut values = OfBook { party: self, study };
        let mut history = History {
            beacons: beacons(&evidence),
            facts: facts(evidence, (told.sponsor, told.number)),
            entries: &entries,
            subjects: &subjects,
            values: &mut values,
            openings,
            documents,
            lists,
            datasets,
            page,
        };
        Ok(make(&mut history, selection, out)?)
    }

    /// Proofs, log and records of one moment.
    async fn consistent(&mut self) -> Result<(TrialEvidence, Vec<Logged>, Vec<Subject>), Error> {
        let study = self.study()?;
        for _ in 0..ATTEMPTS {
            self.sync().await?;
            let sponsor = self.client.trial(study).await?.sponsor;
            let blocks = self.known_blocks()?;
            let evidence = self
                .client
                .trial_evidence((study, sponsor), &blocks)
                .await?;
            let subjects = self.records().await?;
            let log = self.book.log()?;
            let is_same = evidence.head.0.size == log.len() as u64
                && self.client.trial(study).await?.size == evidence.head.0.size;
            if !is_same {
                continue;
            }
            if log_root(&log) != evidence.head.0.root {
                return Err(Error::LogDiffers);
            }
            return Ok((evidence, log, subjects));
        }
        Err(Error::LogDiffers)
    }

    /// Heights of blocks that devices knew and from which lists were drawn, each once.
    fn known_blocks(&self) -> Result<Vec<u64>, Error> {
        const DRAWN: u8 = 15;
        let mut heights = BTreeSet::new();
        for logged in self.book.log()? {
            if logged.entry.beacon_height > 0 {
                heights.insert(logged.entry.beacon_height);
            }
            if logged.entry.kind == DRAWN
                && let Body::ListDrawn(drawn) = logged.body()?
            {
                heights.insert(drawn.height);
            }
        }
        Ok(heights.into_iter().collect())
    }

    fn openings(&self, log: &[Logged]) -> Result<Openings, Error> {
        let mut openings = Openings::default();
        for logged in log {
            let entry = logged.entry.number;
            let body = logged.body()?;
            if let Some(outcomes) = outcomes_of(&body)
                && let Ok(opened) = self.open_outcomes(outcomes)
            {
                for (index, one) in (0..).zip(opened) {
                    let field = |field: Option<super::definition::Salted>| {
                        field.map(|one| SaltedText {
                            salt: one.salt,
                            text: one.text,
                        })
                    };
                    openings.outcomes.push(OutcomeOpening {
                        entry,
                        index,
                        fields: one.fields.into_iter().map(field).collect(),
                    });
                }
            }
            if let Body::Signed(signed) = &body
                && let Some(name) = self.book.document(signed.name)?
            {
                openings.names.push(NameOpening {
                    entry,
                    salt: name_salt(&name),
                    name: String::from_utf8_lossy(&name.content).into_owned(),
                });
            }
        }
        for (list, secret) in self.opened_secrets()? {
            openings.secrets.push(ListSecret { list, secret });
        }
        Ok(openings)
    }

    /// Documents that entries name by their hash, where the book has them.
    fn named_documents(&self, log: &[Logged]) -> Result<Vec<Vec<u8>>, Error> {
        let mut named = BTreeSet::new();
        for logged in log {
            named.extend(hashes_of(&logged.body()?));
        }
        let mut documents = Vec::new();
        for hash in named {
            if let Some(document) = self.book.document(hash)? {
                let is_plain = document.salt.is_zero() && document.kind != DocumentKind::Outcomes;
                documents.extend(is_plain.then_some(document.content));
            }
        }
        Ok(documents)
    }

    /// The lists of this book, once the study is unblinded.
    fn published_lists(
        &self,
        evidence: &TrialEvidence,
    ) -> Result<BTreeMap<u16, Vec<BaseEntry>>, Error> {
        const UNBLINDED: u8 = 4;
        if evidence.head.0.status < UNBLINDED {
            return Ok(BTreeMap::new());
        }
        self.own_lists()
    }
}

fn outcomes_of(body: &Body) -> Option<&[theriac_evidence::trial::Outcome]> {
    let outcomes = if let Body::Registered(body) = body {
        &body.outcomes
    } else if let Body::Amended(body) = body {
        &body.outcomes
    } else if let Body::Published(body) = body {
        &body.outcomes
    } else {
        return None;
    };
    (!outcomes.is_empty()).then_some(outcomes)
}

fn hashes_of(body: &Body) -> Vec<B256> {
    if let Body::Registered(body) = body {
        return vec![body.protocol, body.schedule.root];
    }
    if let Body::Amended(body) = body {
        return vec![body.protocol, body.schedule.root];
    }
    if let Body::Consented(body) = body {
        return vec![body.document];
    }
    if let Body::Plan(body) = body {
        return vec![body.plan];
    }
    if let Body::Analysed(body) = body {
        return vec![body.data, body.program, body.result];
    }
    if let Body::Published(body) = body {
        return vec![body.document];
    }
    if let Body::Screened(body) = body {
        return vec![body.report];
    }
    Vec::new()
}

fn beacons(evidence: &TrialEvidence) -> Vec<Beacon> {
    let beacon = |block: &theriac_sdk::trials::ProvedBlock| Beacon {
        header: block.header.to_vec(),
        siblings: block.siblings.clone(),
        peaks: block.peaks.clone(),
    };
    evidence.beacons.iter().map(beacon).collect()
}

fn facts(evidence: TrialEvidence, (organisation, number): (u32, u32)) -> Facts {
    Facts {
        network: evidence.network,
        block: evidence.block,
        history: evidence.history,
        study: StudyName {
            organisation,
            number,
        },
        head: evidence.head,
        register: evidence.register,
        milestones: evidence.milestones,
    }
}

/// The values of a book, decrypted one form at a time.
struct OfBook<'a> {
    party: &'a Party,
    study: B256,
}

impl Values for OfBook<'_> {
    fn values(&mut self, entry: u64) -> io::Result<Option<(B256, Vec<PlainItem>)>> {
        let read = || -> Result<Option<(B256, Vec<PlainItem>)>, Error> {
            let Some(row) = self.party.book.form_of_entry(entry)? else {
                return Ok(None);
            };
            match self.party.subject_key(row.slot) {
                Ok(key) => form::open((self.study, &key), &row).map(Some),
                Err(Error::Refused(Refusal::KeyAbsent(_))) => Ok(None),
                Err(error) => Err(error),
            }
        };
        read().map_err(io::Error::other)
    }
}
