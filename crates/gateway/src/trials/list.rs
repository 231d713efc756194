//! Randomisation: lists made and committed to before the first consent, drawn, sealed, and allocated from.
//!
//! The base entries and the secret of a list are in the book of who made it, encrypted with the key of that account alone: another reader of
//! the book, and every blinded role, sees neither.

use alloy_primitives::B256;
use serde::{Deserialize, Serialize};
use theriac_contracts::{
    codes::TrialRole,
    interfaces::ITrials::{allocateCall, commitListCall, openCall, sealListCall},
};
use theriac_evidence::trial::{
    Body,
    list::{BaseEntry, base_root, order, secret_commitment, secrets_root, seed},
    log::{Frontier, leaf},
};

use super::{
    Error, Party, Refusal,
    book::{BookError, Follow, Logged},
    hash::sha256,
    text::seal_text,
};

/// Entries of one list at most.
const MOST: usize = 100_000;
/// A key's bytes, nonce and tag are the sealed entry's overhead.
const STRATUM: &[u8] = b"theriac/trial/stratum/v1";

/// A list to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewList {
    /// For whom it is: what the stratum is called.
    pub stratum: String,
    /// The arms of one block, each as often as it is in it.
    pub block: Vec<String>,
    /// How many blocks.
    pub blocks: u32,
    /// What kit numbers begin with.
    pub kit_prefix: String,
    /// Blocks of the chain until that whose random value orders the list.
    pub delay: u32,
}

/// A list as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Kept {
    stratum: String,
    salt: B256,
    pub(super) secret: B256,
    block_length: u32,
    arms: Vec<String>,
    kits: Vec<String>,
    salts: Vec<B256>,
    /// The key of each sealed entry, in the order of opening; none before it is sealed.
    keys: Vec<B256>,
}

impl Kept {
    /// # Errors
    /// `Damaged`.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Error> {
        let damaged = |_| BookError::Damaged("a list cannot be read");
        Ok(serde_json::from_slice(bytes).map_err(damaged)?)
    }

    fn stratum_word(&self) -> B256 {
        sha256(&[STRATUM, self.salt.as_slice(), self.stratum.as_bytes()])
    }

    pub(super) fn base(&self) -> Vec<BaseEntry> {
        let stratum = self.stratum_word();
        let entries = self.arms.iter().zip(&self.kits).zip(&self.salts);
        let entry = |(index, ((arm, kit), salt)): (u32, ((&String, &String), &B256))| BaseEntry {
            index,
            stratum,
            block: index / self.block_length.max(1),
            arm: arm.clone(),
            kit: kit.clone(),
            salt: *salt,
        };
        (0..).zip(entries).map(entry).collect()
    }
}

/// What a subject was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allocation {
    /// The list.
    pub list: u16,
    /// The index.
    pub index: u32,
    /// The kit.
    pub kit: String,
    /// The arm.
    pub arm: String,
}

impl Party {
    /// Makes a list of permuted blocks and commits to it; returns its number.
    ///
    /// # Errors
    /// `ListFaulty`; those of book and ledger.
    pub async fn commit_list(&mut self, new: &NewList) -> Result<u16, Error> {
        let kept = make(new)?;
        let study = self.study()?;
        let list = self.client.trial(study).await?.lists + 1;
        self.keep_list(list, &kept).await?;
        let call = commitListCall {
            study,
            list,
            stratum: kept.stratum_word(),
            baseRoot: base_root(&kept.base()),
            length: kept.arms.len() as u32,
            blockLength: kept.block_length,
            delay: new.delay,
            secret: secret_commitment(&kept.secret),
        };
        self.enter(&call, &Follow::default()).await?;
        self.sync().await?;
        Ok(list)
    }

    /// Shows the ledger the block whose random value orders a list; anyone enrolled may.
    ///
    /// # Errors
    /// Those of the ledger.
    pub async fn draw_list(&mut self, list: u16) -> Result<(), Error> {
        let study = self.study()?;
        self.client.draw_list(study, list).await?;
        self.sync().await
    }

    /// Seals the entries of a drawn list in the order in which they will be opened.
    ///
    /// # Errors
    /// `ListAbsent`; those of book and ledger.
    pub async fn seal_list(&mut self, list: u16) -> Result<(), Error> {
        let mut kept = self.kept_list(list).await?;
        let order = self.effective_order(list, &kept)?;
        let base = kept.base();
        kept.keys = order
            .iter()
            .map(|_| B256::new(crate::random::random()))
            .collect();
        let mut tree = Frontier::new();
        for ((place, index), key) in (0_u32..).zip(&order).zip(&kept.keys) {
            let entry = &base[*index as usize];
            tree.append(leaf(&sealed_entry(place, key, entry)));
        }
        self.keep_list(list, &kept).await?;
        let call = sealListCall {
            study: self.study()?,
            list,
            root: tree.root(),
        };
        self.enter(&call, &Follow::default()).await?;
        self.sync().await
    }

    /// Gives a subject the next index of a list.
    ///
    /// # Errors
    /// Those of book and ledger.
    pub async fn allocate(&mut self, slot: u32, list: u16) -> Result<u32, Error> {
        let study = self.study()?;
        let call = allocateCall { study, slot, list };
        let entered = self.enter(&call, &Follow::default()).await?;
        self.sync().await?;
        let body = entered.first().map(Logged::body).transpose()?;
        let Some(Body::Allocated(allocated)) = body else {
            return Err(BookError::Damaged("an allocation has no entry").into());
        };
        Ok(allocated.index)
    }

    /// Enters that a subject's allocation is opened.
    ///
    /// # Errors
    /// Those of book and ledger.
    pub async fn open_allocation(
        &mut self,
        (slot, list): (u32, u16),
        (is_emergency, reason_code): (bool, u8),
        reason: &str,
    ) -> Result<(), Error> {
        let study = self.study()?;
        let key = self.subject_key(slot)?;
        let (hash, sealed) = seal_text(&key, (study, slot), reason.as_bytes());
        let public = self.client.package_key()?;
        let call = openCall {
            study,
            slot,
            list,
            emergency: is_emergency,
            reasonCode: reason_code,
            reason: hash,
            key: B256::new(public.id().0),
        };
        let follow = Follow {
            texts: vec![(slot, hash, sealed)],
            ..Follow::default()
        };
        self.enter(&call, &follow).await?;
        self.sync().await
    }

    /// What a subject was given, for an account that sees allocations and has the list.
    ///
    /// # Errors
    /// `Blinded`, `ListAbsent`; those of book and ledger.
    pub async fn allocation(&self, slot: u32, list: u16) -> Result<Option<Allocation>, Error> {
        if !self.sees_allocations().await? {
            return Err(Refusal::Blinded.into());
        }
        let study = self.study()?;
        let Some(index) = self.client.allocated_index(study, list, slot).await? else {
            return Ok(None);
        };
        let kept = self.kept_list(list).await?;
        let order = self.effective_order(list, &kept)?;
        let base = kept.base();
        let entry = order
            .get(index as usize)
            .map(|place| &base[*place as usize]);
        let entry = entry.ok_or(BookError::Damaged("a list is shorter than the ledger's"))?;
        Ok(Some(Allocation {
            list,
            index,
            kit: entry.kit.clone(),
            arm: entry.arm.clone(),
        }))
    }

    /// Unblinds the locked study under a plan, and publishes the secrets of this book's lists.
    ///
    /// # Errors
    /// Those of book and ledger.
    pub async fn unblind(&mut self, plan: u16) -> Result<(), Error> {
        let mut secrets = Vec::new();
        for list in 1..=self.client.trial(self.study()?).await?.lists {
            secrets.push((list, self.kept_list(list).await?.secret));
        }
        self.enter_unblinding(plan, secrets_root(&secrets)).await?;
        for (list, _) in secrets {
            let kept = self.kept_list(list).await?;
            self.book.publish_list(list, &to_bytes(&kept))?;
        }
        Ok(())
    }

    /// Whether a role of the account sees allocations.
    ///
    /// # Errors
    /// Those of the ledger.
    pub async fn sees_allocations(&self) -> Result<bool, Error> {
        let (study, account) = (self.study()?, self.client.address());
        let told = self.client.trial(study).await?;
        const UNBLINDED: u8 = 4;
        if told.status >= UNBLINDED {
            return Ok(true);
        }
        for site in 0..=told.sites {
            let grant = self.client.trial_role(study, account, site).await?;
            if TrialRole::from_code(grant.role).is_some_and(TrialRole::sees_allocations) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn effective_order(&self, list: u16, kept: &Kept) -> Result<Vec<u32>, Error> {
        const DRAWN: u8 = 15;
        let drawn = self.newest(DRAWN, |body| match body {
            Body::ListDrawn(drawn) if drawn.list == list => Some(drawn.prevrandao),
            _ => None,
        })?;
        let drawn = drawn.ok_or(Refusal::ListFaulty("it is not drawn"))?;
        let seed = seed(&kept.secret, &drawn);
        let stratum = kept.stratum_word();
        let length = kept.arms.len() as u32;
        Ok(order(length, kept.block_length, (&seed, &stratum)))
    }

    async fn keep_list(&self, list: u16, kept: &Kept) -> Result<(), Error> {
        let own = self.client.package_key()?;
        let sealed = self.client.seal_package(&own, &to_bytes(kept)).await?;
        Ok(self.book.keep_list(list, &sealed)?)
    }

    async fn kept_list(&self, list: u16) -> Result<Kept, Error> {
        if let Some(published) = self.book.published_list(list)? {
            return Kept::read(&published);
        }
        let sealed = self.book.list(list)?.ok_or(Refusal::ListAbsent(list))?;
        let bytes = match self.client.open_package(&sealed).await {
            Ok(bytes) => bytes,
            Err(theriac_sdk::Error::Package(_)) => return Err(Refusal::Blinded.into()),
            Err(error) => return Err(error.into()),
        };
        Kept::read(&bytes)
    }
}

fn to_bytes(kept: &Kept) -> Vec<u8> {
    serde_json::to_vec(kept).expect("a list is text and numbers")
}

fn sealed_entry(place: u32, key: &B256, entry: &BaseEntry) -> Vec<u8> {
    let held = theriac_envelope::HeldKey::from_bytes(key.0);
    let context = place.to_be_bytes();
    let ciphertext = held.encrypt(&entry.encode(), &context, &mut rand::rng());
    [&context[..], &ciphertext].concat()
}

/// Blocks in which the arms are permuted at random, and kits whose numbers tell nothing of the arm.
fn make(new: &NewList) -> Result<Kept, Refusal> {
    let length = new.block.len() * new.blocks as usize;
    if new.block.is_empty() || new.blocks == 0 {
        return Err(Refusal::ListFaulty(
            "a block has no arm, or there is no block",
        ));
    }
    if length > MOST {
        return Err(Refusal::ListFaulty("it is too long"));
    }
    let mut arms = Vec::with_capacity(length);
    for _ in 0..new.blocks {
        let mut block = new.block.clone();
        shuffle(&mut block);
        arms.extend(block);
    }
    let mut numbers: Vec<usize> = (1..=length).collect();
    shuffle(&mut numbers);
    let kits = numbers
        .iter()
        .map(|number| format!("{}{number:06}", new.kit_prefix));
    Ok(Kept {
        stratum: new.stratum.clone(),
        salt: B256::new(crate::random::random()),
        secret: B256::new(crate::random::random()),
        block_length: new.block.len() as u32,
        kits: kits.collect(),
        salts: (0..length)
            .map(|_| B256::new(crate::random::random()))
            .collect(),
        arms,
        keys: Vec::new(),
    })
}

/// Fisher-Yates with the system's randomness.
fn shuffle<T>(list: &mut [T]) {
    for place in (1..list.len()).rev() {
        list.swap(
            place,
            rand::RngExt::random_range(&mut rand::rng(), 0..=place),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_block_has_each_arm_as_often_as_it_was_given_and_each_kit_is_there_once() {
        let new = NewList {
            stratum: "all".to_owned(),
            block: ["A", "A", "B", "C"].map(str::to_owned).to_vec(),
            blocks: 25,
            kit_prefix: "K".to_owned(),
            delay: 8,
        };
        let kept = make(&new).unwrap();
        for block in kept.arms.chunks(4) {
            let mut block = block.to_vec();
            block.sort();
            assert_eq!(block, new.block);
        }
        let kits: std::collections::BTreeSet<_> = kept.kits.iter().collect();
        assert_eq!((kits.len(), kept.base().len()), (100, 100));
        assert_eq!(kept.base()[7].block, 1);
        let none = NewList { blocks: 0, ..new };
        assert!(matches!(make(&none), Err(Refusal::ListFaulty(_))));
    }
}
