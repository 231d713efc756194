//! Who signs the transactions of the load.

use alloy_primitives::{Address, B256, Bytes, TxKind};
use alloy_sol_types::SolCall as _;
use theriac_contracts::{
    codes::{Kind, Protection},
    interfaces::IRecords::registerCall,
};
use theriac_sdk::account::{Account, Draft, Fees, SignedTransaction};

/// Gas limit of `register`, which uses about 194,000.
const REGISTER_GAS: u64 = 260_000;

/// An account that signs one transaction after the other.
#[derive(Debug)]
pub(super) struct Author {
    pub(super) account: Account,
    /// The chart into which it writes.
    pub(super) chart: B256,
    /// The member whose organisation it belongs to.
    pub(super) member: usize,
    nonce: u64,
}

impl Author {
    /// An account that has sent nothing yet.
    pub(super) fn new(account: Account, member: usize) -> Self {
        Self {
            account,
            chart: B256::new(rand::random()),
            member,
            nonce: 0,
        }
    }

    /// The next transaction of this account.
    pub(super) fn sign(
        &mut self,
        chain_id: u64,
        (to, gas_limit, input): (TxKind, u64, Vec<u8>),
    ) -> SignedTransaction {
        let nonce = self.nonce;
        self.nonce += 1;
        let input = Bytes::from(input);
        let draft = Draft {
            chain_id,
            nonce,
            gas_limit,
            to,
            input,
        };
        self.account
            .sign_transaction(draft, Fees::Dynamic)
            .expect("only type 4 cannot express a creation")
    }

    /// The registration of a random record, sent to `to`: the native contract, or what is compared with it.
    pub(super) fn register(&mut self, chain_id: u64, to: Address) -> SignedTransaction {
        let call = registerCall {
            record: B256::new(rand::random()),
            chart: self.chart,
            commitment: B256::new(rand::random()),
            contentId: B256::new(rand::random()),
            wrapId: B256::new(rand::random()),
            kind: Kind::Observation.code(),
            protection: Protection::Direct.code(),
        };
        self.sign(chain_id, (to.into(), REGISTER_GAS, call.abi_encode()))
    }
}
