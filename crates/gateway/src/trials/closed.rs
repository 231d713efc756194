//! Forms whose content tells the arm: closed by who sees allocations, captured by who does not, and of one length in all arms.
//!
//! A closed form is captured as one item, [`CLOSED`], whose value is the ciphertext in hexadecimal. So ledger, books, exports and bundles have the same of it
//! in each arm, and none of them needs to know. Who has nothing to say of a subject, because its arm has no such dose, closes a form without items.
//!
//! ```text
//! closed    = 01 || count of readers (1) || wraps || ciphertext
//! wrap      = account (20) || length (2) || the key, wrapped as a package is
//! plaintext = length (4) || JSON of [OID, value] pairs || zeros, 2,048 bytes together
//! ```

use std::collections::BTreeMap;

use alloy_primitives::{Address, B256, Bytes};
use serde::{Deserialize, Serialize};
use theriac_contracts::codes::TrialRole;
use theriac_envelope::{HELD_OVERHEAD, HeldKey};
use theriac_evidence::trial::{Body, Cursor, ItemKind, PlainItem};
use zeroize::Zeroizing;

use super::{
    Error, NewForm, Party, Refusal,
    book::Logged,
    keys::{fresh, wrap},
};
use crate::book::Form;

/// The OID of the one item of a closed form.
pub const CLOSED: &str = "THERIAC.CLOSED";
const VERSION: u8 = 1;
/// Bytes of each plaintext.
const PLAIN: usize = 2_048;
const LENGTH: usize = 4;
/// So many wraps fit into the text of an item.
const MOST_READERS: usize = 16;
const DOMAIN: &[u8] = b"theriac/trial/closed/v1";

/// A closed form on its way to the site, or back to who may open it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ClosedForm {
    format: String,
    /// The study.
    pub study: B256,
    /// The subject.
    pub slot: u32,
    /// The cell.
    pub cell: u32,
    closed: Bytes,
}

impl Form for ClosedForm {
    const FORMAT: &'static str = "theriac-closed-form/1";

    fn format(&self) -> &str {
        &self.format
    }
}

impl Party {
    /// Closes the items of a form, given as OID and value, for all who see allocations in the study now; none for an arm that has none.
    ///
    /// # Errors
    /// `Blinded`, `ClosedFaulty`; `NoPublishedKey` of who sees allocations and published no key; those of book and ledger.
    pub async fn close_form(
        &mut self,
        (slot, cell): (u32, u32),
        items: &[(String, String)],
    ) -> Result<ClosedForm, Error> {
        if !self.sees_allocations().await? {
            return Err(Refusal::Blinded.into());
        }
        let plaintext = padded(items)?;
        let study = self.study()?;
        self.sync().await?;
        let key = fresh();
        let readers = self.unblinded().await?;
        let mut closed = vec![VERSION, readers.len() as u8];
        for account in readers {
            let public = match account == self.client.address() {
                true => self.client.package_key()?,
                false => self.client.published_key(account).await?,
            };
            let wrap = wrap(self.book.owner().chain_id, &key, &public)?;
            closed.extend(account.as_slice());
            closed.extend((wrap.len() as u16).to_be_bytes());
            closed.extend(wrap);
        }
        let context = context(study, (slot, cell));
        closed.extend(key.encrypt(&plaintext, &context, &mut rand::rng()));
        Ok(ClosedForm {
            format: ClosedForm::FORMAT.to_owned(),
            study,
            slot,
            cell,
            closed: closed.into(),
        })
    }

    /// Captures closed forms, without knowing what is in them.
    ///
    /// # Errors
    /// `PackageOther` of another study's; as [`Party::capture`].
    pub async fn capture_closed(&mut self, closed: &[ClosedForm]) -> Result<Vec<Logged>, Error> {
        let study = self.study()?;
        let mut forms = Vec::with_capacity(closed.len());
        for one in closed {
            if one.study != study {
                return Err(Refusal::PackageOther("study").into());
            }
            forms.push(NewForm {
                slot: one.slot,
                cell: one.cell,
                items: vec![item(one)],
                observed: 0,
            });
        }
        self.capture(&forms).await
    }

    /// A closed form as this book has it, to be given to who may open it.
    ///
    /// # Errors
    /// `FormAbsent`, `ClosedFaulty`; those of the book.
    pub fn closed_form(&self, slot: u32, cell: u32) -> Result<ClosedForm, Error> {
        let standing = self.standing(slot, cell)?;
        let item = standing.items.get(CLOSED);
        let item = item.ok_or(Refusal::FormAbsent { slot, cell })?;
        let closed =
            hex::decode(&item.value).map_err(|_| Refusal::ClosedFaulty("no hexadecimal"))?;
        Ok(ClosedForm {
            format: ClosedForm::FORMAT.to_owned(),
            study: self.study()?,
            slot,
            cell,
            closed: closed.into(),
        })
    }

    /// The items of a closed form, as OID and value, for one of its readers.
    ///
    /// # Errors
    /// `Blinded` where it was not closed for this account; `ClosedFaulty`; those of the ledger.
    pub async fn open_closed(&self, form: &ClosedForm) -> Result<Vec<(String, String)>, Error> {
        let mut fields = Cursor::new("closed form", &form.closed);
        let [version, count] = fields.array()?;
        if version != VERSION {
            return Err(Refusal::ClosedFaulty("of another version").into());
        }
        let mut own = None;
        for _ in 0..count {
            let account = Address::new(fields.array()?);
            let length = usize::from(u16::from_be_bytes(fields.array()?));
            let wrap = fields.bytes(length)?;
            if account == self.client.address() {
                own = Some(wrap);
            }
        }
        let key = self
            .client
            .open_package(own.ok_or(Refusal::Blinded)?)
            .await?;
        let key: [u8; 32] = key[..]
            .try_into()
            .map_err(|_| Refusal::ClosedFaulty("its key has another length"))?;
        let context = context(form.study, (form.slot, form.cell));
        let ciphertext = fields.bytes(PLAIN + HELD_OVERHEAD)?;
        fields.close()?;
        let plaintext = HeldKey::from_bytes(key).decrypt(ciphertext, &context);
        let plaintext = plaintext.map_err(|_| Refusal::ClosedFaulty("it does not decrypt"))?;
        let mut fields = Cursor::new("closed form", &plaintext);
        let length = fields.u32()? as usize;
        let items = serde_json::from_slice(fields.bytes(length)?);
        Ok(items.map_err(|_| Refusal::ClosedFaulty("it holds no items"))?)
    }

    /// A form whose content tells the arm is captured closed, and only such a one.
    pub(super) fn check_closed(
        &self,
        (slot, cell): (u32, u32),
        items: &[PlainItem],
    ) -> Result<(), Error> {
        let is_closed = matches!(items, [item] if item.oid == CLOSED);
        if self.schedule()?.is_unblinding(cell) && !is_closed {
            return Err(Refusal::FormUnblinding { slot, cell }.into());
        }
        Ok(())
    }

    /// Who sees allocations in the study now, by the log, in order of account.
    async fn unblinded(&self) -> Result<Vec<Address>, Error> {
        const ROLE: u8 = 4;
        let mut granted: BTreeMap<(Address, u16), (u8, u64)> = BTreeMap::new();
        for logged in self.book.log_of_kind(ROLE)? {
            if let Body::Role(role) = logged.body()? {
                granted.insert((role.account, role.site), (role.role, role.until));
            }
        }
        let now_ms = self.client.head().await?.timestamp.to::<u64>() * 1_000;
        let live = granted.iter().filter(|(_, (role, until))| {
            *until > now_ms && TrialRole::from_code(*role).is_some_and(TrialRole::sees_allocations)
        });
        let mut accounts: Vec<_> = live.map(|((account, _), _)| *account).collect();
        accounts.dedup();
        match accounts.len() > MOST_READERS {
            true => Err(Refusal::ClosedFaulty("too many see allocations").into()),
            false => Ok(accounts),
        }
    }
}

fn item(form: &ClosedForm) -> PlainItem {
    PlainItem {
        kind: ItemKind::Value,
        oid: CLOSED.to_owned(),
        value: hex::encode(&form.closed),
        reason: None,
    }
}

fn padded(items: &[(String, String)]) -> Result<Zeroizing<Vec<u8>>, Refusal> {
    let items = Zeroizing::new(serde_json::to_vec(items).expect("items are text"));
    if items.len() > PLAIN - LENGTH {
        return Err(Refusal::ClosedFaulty(
            "its items are longer than 2,044 bytes",
        ));
    }
    let mut plaintext = Zeroizing::new(vec![0; PLAIN]);
    plaintext[..LENGTH].copy_from_slice(&(items.len() as u32).to_be_bytes());
    plaintext[LENGTH..LENGTH + items.len()].copy_from_slice(&items);
    Ok(plaintext)
}

fn context(study: B256, (slot, cell): (u32, u32)) -> Vec<u8> {
    let (slot, cell) = (slot.to_be_bytes(), cell.to_be_bytes());
    [DOMAIN, study.as_slice(), &slot, &cell].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_closed_has_one_length_and_no_more_than_fits() {
        let dose = ("DOSE".to_owned(), "54 mg".to_owned());
        for items in [vec![], vec![dose.clone()], vec![dose; 40]] {
            assert_eq!(padded(&items).unwrap().len(), PLAIN);
        }
        let long = vec![("DOSE".to_owned(), "x".repeat(PLAIN))];
        assert!(matches!(padded(&long), Err(Refusal::ClosedFaulty(_))));
    }
}
