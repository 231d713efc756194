//! The patient's side: all keys of a prescription follow from her account, and what is left from the ledger.

use crate::{Client, Error, account::Account};
use alloy_primitives::{Address, B256};
use hkdf::Hkdf;
use sha2::Sha256;
use theriac_contracts::cabinets::{Blinding, Commitment};
use zeroize::Zeroizing;

use super::{NewFill, SignedFill};

const KEY: &[u8] = b"theriac/prescription/key/v1";
const BLINDING: &[u8] = b"theriac/prescription/blinding/v1";

/// The keys of one prescription of a patient. Nothing else of hers is needed, so that nothing can be lost between two fills.
pub struct Wallet<'a> {
    account: &'a Account,
    id: B256,
}

/// What was prescribed, as the patient can open it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prescribed {
    /// How often.
    pub fills: u8,
    /// How much in all.
    pub quantity: i64,
    /// What hides it on the ledger.
    pub blinding: Blinding,
}

/// What is left of a prescription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remaining {
    /// How many fills were taken.
    pub taken: u8,
    /// How many may follow.
    pub fills: u8,
    /// How much is left.
    pub amount: i64,
    blinding: Blinding,
}

impl Remaining {
    /// The commitment that the ledger has to what is left.
    #[must_use]
    pub fn commitment(&self) -> B256 {
        Commitment::of(self.amount, self.blinding).encode()
    }
}

/// A fill to which the patient agrees, with what opens its amount for the pharmacist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreed {
    /// What the pharmacist enters.
    pub signed: SignedFill,
    /// What hides the amount on the ledger.
    pub blinding: Blinding,
}

impl<'a> Wallet<'a> {
    /// The keys of the prescription with this random identifier.
    #[must_use]
    pub fn new(account: &'a Account, id: B256) -> Self {
        Self { account, id }
    }

    /// The key of a fill, from 0: HKDF-SHA256(private key, "theriac/prescription/key/v1" || id || number || attempt), the first attempt that is a key.
    #[must_use]
    pub fn key(&self, number: u8) -> Account {
        let mut attempts = 0_u8..=u8::MAX;
        let key = attempts.find_map(|attempt| {
            let info = [KEY, self.id.as_slice(), &[number, attempt]].concat();
            Account::from_bytes(&self.derive::<32>(&info))
        });
        key.expect("fewer than one in 2^127 derived numbers is no key")
    }

    /// What hides the amount of a fill: another for each pharmacist to whom it is offered.
    fn blinding(&self, number: u8, pharmacist: Address) -> Blinding {
        let info = [
            BLINDING,
            self.id.as_slice(),
            &[number],
            pharmacist.as_slice(),
        ]
        .concat();
        Blinding::from_random(&self.derive::<64>(&info))
    }

    fn derive<const N: usize>(&self, info: &[u8]) -> Zeroizing<[u8; N]> {
        let mut bytes = Zeroizing::new([0; N]);
        Hkdf::<Sha256>::new(None, self.account.secret_bytes().as_ref())
            .expand(info, &mut bytes[..])
            .expect("HKDF-SHA256 gives up to 8160 bytes");
        bytes
    }

    /// Agrees that a pharmacist hands out so much with the next fill; `None` where no fill or not so much is left.
    #[must_use]
    pub fn agree(
        &self,
        remaining: &Remaining,
        (pharmacist, amount): (Address, i64),
        chain_id: u64,
    ) -> Option<Agreed> {
        if remaining.fills == 0 || !(1..=remaining.amount).contains(&amount) {
            return None;
        }
        let next = match remaining.fills {
            1 => Address::ZERO,
            _ => self.key(remaining.taken + 1).address(),
        };
        let blinding = self.blinding(remaining.taken, pharmacist);
        let left = Commitment::of(remaining.amount - amount, remaining.blinding - blinding);
        let fill = NewFill {
            next,
            dispensed: Commitment::of(amount, blinding).encode(),
            left: left.encode(),
            pharmacist,
        };
        let signed = SignedFill::sign(&self.key(remaining.taken), fill, chain_id);
        Some(Agreed { signed, blinding })
    }
}

impl Client {
    /// What is left of a prescription: each fill that was taken is opened with the wallet's own blindings.
    ///
    /// # Errors
    /// `LedgerMismatch` for a fill to which this wallet did not agree; those of [`Client::fill_of`].
    pub async fn remaining(
        &self,
        wallet: &Wallet<'_>,
        prescribed: &Prescribed,
    ) -> Result<Remaining, Error> {
        let mut remaining = Remaining {
            taken: 0,
            fills: prescribed.fills,
            amount: prescribed.quantity,
            blinding: prescribed.blinding,
        };
        while remaining.fills > 0 {
            let key = wallet.key(remaining.taken).address();
            let Some(fill) = self.fill_of(key).await? else {
                break;
            };
            let blinding = wallet.blinding(remaining.taken, fill.pharmacist);
            let amount = opened(fill.dispensed, blinding, remaining.amount);
            remaining = Remaining {
                taken: remaining.taken + 1,
                fills: remaining.fills - 1,
                amount: remaining.amount - amount.ok_or(Error::LedgerMismatch("fill"))?,
                blinding: remaining.blinding - blinding,
            };
        }
        Ok(remaining)
    }
}

/// The amount from 1 to `most` to which a commitment opens.
fn opened(commitment: B256, blinding: Blinding, most: i64) -> Option<i64> {
    let commitment = Commitment::decode(commitment).ok()?;
    let one = Commitment::of(1, Blinding::NONE);
    let mut sum = Commitment::of(0, blinding);
    (1..=most).find(|_| {
        sum = sum + one;
        sum == commitment
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHARMACIST: Address = Address::repeat_byte(7);

    fn remaining(fills: u8) -> Remaining {
        let blinding = Blinding::from_random(&[3; 64]);
        Remaining {
            taken: 0,
            fills,
            amount: 60,
            blinding,
        }
    }

    #[test]
    fn an_agreed_fill_conserves_what_is_left_and_names_the_next_key() {
        let account = Account::generate();
        let wallet = Wallet::new(&account, B256::repeat_byte(1));
        let before = remaining(2);
        let agreed = wallet.agree(&before, (PHARMACIST, 25), 1).unwrap();
        let fill = agreed.signed.fill;
        let [dispensed, left] =
            [fill.dispensed, fill.left].map(|bytes| Commitment::decode(bytes).unwrap());
        assert_eq!(dispensed + left, Commitment::of(60, before.blinding));
        assert_eq!(dispensed, Commitment::of(25, agreed.blinding));
        assert_eq!(agreed.signed.key, wallet.key(0).address());
        assert_eq!(fill.next, wallet.key(1).address());
        let last = wallet.agree(&remaining(1), (PHARMACIST, 60), 1).unwrap();
        assert_eq!(last.signed.fill.next, Address::ZERO);
    }

    #[test]
    fn nothing_is_agreed_beyond_what_is_left() {
        let account = Account::generate();
        let wallet = Wallet::new(&account, B256::repeat_byte(1));
        for amount in [0, -1, 61, i64::MIN] {
            let agreed = wallet.agree(&remaining(2), (PHARMACIST, amount), 1);
            assert_eq!(agreed, None, "{amount}");
        }
        assert_eq!(wallet.agree(&remaining(0), (PHARMACIST, 1), 1), None);
    }

    #[test]
    fn keys_follow_from_account_identifier_and_number_alone() {
        let account = Account::from_bytes(&[5; 32]).unwrap();
        let wallet = Wallet::new(&account, B256::repeat_byte(1));
        let again = Wallet::new(&account, B256::repeat_byte(1));
        assert_eq!(wallet.key(0).address(), again.key(0).address());
        let other = Wallet::new(&account, B256::repeat_byte(2));
        let different = [other.key(0), wallet.key(1)].map(|key| key.address());
        assert!(!different.contains(&wallet.key(0).address()));
        let same = wallet.blinding(0, PHARMACIST) == wallet.blinding(0, Address::ZERO);
        assert!(!same);
    }

    #[test]
    fn an_amount_is_found_and_another_is_not() {
        let blinding = Blinding::from_random(&[9; 64]);
        let commitment = Commitment::of(30, blinding).encode();
        assert_eq!(opened(commitment, blinding, 30), Some(30));
        assert_eq!(opened(commitment, blinding, 29), None);
        assert_eq!(opened(commitment, Blinding::NONE, 60), None);
    }
}
