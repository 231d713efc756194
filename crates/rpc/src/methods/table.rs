//! The table of methods.

use std::fmt::Write;

use futures::future::BoxFuture;

use super::{
    Call, account, block, debug, execute, fee, filter, log, login, net, pool, proof, seal, status,
    submit, transaction, vault,
};
use crate::answer::Answer;

/// Who may call a method. What it then hands out is checked by the method itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Open,
    /// An enrolled account that logged in.
    Enrolled,
}

/// A method of the server.
pub struct Method {
    /// Its name.
    pub name: &'static str,
    /// Who may call it.
    pub access: Access,
    /// What it takes from the caller's rate, in cost units.
    pub cost: u32,
    /// Its parameters, in order; optional ones have a question mark.
    pub params: &'static str,
    /// What it returns.
    pub returns: &'static str,
    pub(crate) kind: Kind,
}

/// How a method is served.
pub(crate) enum Kind {
    /// One answer.
    Answer(fn(Call) -> BoxFuture<'static, Answer>),
    /// Notifications, on a WebSocket.
    Subscribe,
    /// Their end.
    Unsubscribe,
}

impl Method {
    /// Whether it works on a WebSocket only.
    pub(crate) fn is_subscription(&self) -> bool {
        match self.kind {
            Kind::Answer(_) => false,
            Kind::Subscribe | Kind::Unsubscribe => true,
        }
    }
}

macro_rules! methods {
    ($($name:ident ($access:ident, $cost:literal) [$params:literal] $returns:literal => $($handler:ident)::+;)+) => {
        /// Every method, in the order of the documentation.
        pub static METHODS: &[Method] = &[$(Method {
            name: stringify!($name),
            access: Access::$access,
            cost: $cost,
            params: $params,
            returns: $returns,
            kind: methods!(@kind $($handler)::+),
        },)+];
    };
    (@kind subscribe) => { Kind::Subscribe };
    (@kind unsubscribe) => { Kind::Unsubscribe };
    (@kind $($handler:ident)::+) => { Kind::Answer(|call| Box::pin($($handler)::+(call))) };
}

methods! {
    web3_clientVersion (Open, 1) [""] "name and version of this node" => net::client_version;
    web3_sha3 (Enrolled, 1) ["data"] "Keccak-256" => net::sha3;
    net_version (Open, 1) [""] "the chain id, decimal" => net::version;
    net_listening (Enrolled, 1) [""] "true" => net::listening;
    net_peerCount (Enrolled, 1) [""] "members that this node is connected to" => net::peer_count;
    eth_chainId (Open, 1) [""] "the chain id" => net::chain_id;
    eth_syncing (Enrolled, 1) [""] "false, or how far a sync is" => net::syncing;
    eth_accounts (Enrolled, 1) [""] "nothing: a node holds no keys" => net::accounts;
    eth_blockNumber (Open, 1) [""] "the height of the last final block" => block::number;
    eth_getBlockByNumber (Enrolled, 2) ["block, whole?"] "the block; whole transactions only where the caller may read all" => block::by_number;
    eth_getBlockByHash (Enrolled, 2) ["hash, whole?"] "as eth_getBlockByNumber" => block::by_hash;
    eth_getBlockTransactionCountByNumber (Enrolled, 2) ["block"] "how many transactions it has" => block::transaction_count;
    eth_getBlockTransactionCountByHash (Enrolled, 2) ["hash"] "how many transactions it has" => block::transaction_count;
    eth_getUncleCountByBlockNumber (Enrolled, 1) ["block"] "zero" => block::uncle_count;
    eth_getUncleCountByBlockHash (Enrolled, 1) ["hash"] "zero" => block::uncle_count;
    eth_getUncleByBlockNumberAndIndex (Enrolled, 1) ["block, index"] "null" => block::uncle;
    eth_getUncleByBlockHashAndIndex (Enrolled, 1) ["hash, index"] "null" => block::uncle;
    eth_getBlockReceipts (Enrolled, 5) ["block"] "the receipts that the caller may read" => block::receipts;
    eth_getTransactionByHash (Enrolled, 2) ["hash"] "the transaction, if the caller may read it" => transaction::by_hash;
    eth_getTransactionByBlockNumberAndIndex (Enrolled, 2) ["block, index"] "the transaction, if the caller may read it" => transaction::by_place;
    eth_getTransactionByBlockHashAndIndex (Enrolled, 2) ["hash, index"] "the transaction, if the caller may read it" => transaction::by_place;
    eth_getTransactionReceipt (Enrolled, 2) ["hash"] "the receipt, if the caller may read it" => transaction::receipt;
    eth_getBalance (Enrolled, 1) ["address, block?"] "own balance, or a contract's" => account::balance;
    eth_getTransactionCount (Enrolled, 1) ["address, block?"] "own nonce, or a contract's" => account::transaction_count;
    eth_getCode (Enrolled, 1) ["address, block?"] "the code" => account::code;
    eth_getStorageAt (Enrolled, 1) ["address, slot, block?"] "a slot, except of contracts that hold charts" => account::storage;
    eth_getAccountInfo (Enrolled, 1) ["address, block?"] "balance, nonce and code, as far as each may be read" => account::info;
    eth_call (Enrolled, 5) ["call, block?"] "the output, called as the caller's account" => execute::call;
    eth_estimateGas (Enrolled, 10) ["call, block?"] "the least gas that is enough" => execute::estimate;
    eth_createAccessList (Enrolled, 10) ["call, block?"] "accounts and slots that it touches" => execute::access_list;
    eth_sendRawTransaction (Enrolled, 2) ["transaction"] "its hash, once it is admitted" => submit::send;
    eth_sendRawTransactionSync (Enrolled, 3) ["transaction, timeout?"] "its receipt, once it is final" => submit::send_and_wait;
    eth_gasPrice (Enrolled, 1) [""] "zero" => fee::zero;
    eth_maxPriorityFeePerGas (Enrolled, 1) [""] "zero" => fee::zero;
    eth_blobBaseFee (Enrolled, 1) [""] "zero" => fee::zero;
    eth_feeHistory (Enrolled, 5) ["count, block, percentiles?"] "zero fees and how full blocks were" => fee::history;
    eth_getLogs (Enrolled, 10) ["filter"] "the logs that the caller may read" => log::get;
    eth_newFilter (Enrolled, 1) ["filter"] "the id of a new filter of logs" => filter::new_logs;
    eth_newBlockFilter (Enrolled, 1) [""] "the id of a new filter of block hashes" => filter::new_blocks;
    eth_newPendingTransactionFilter (Enrolled, 1) [""] "the id of a new filter of waiting transactions' hashes" => filter::new_transactions;
    eth_getFilterChanges (Enrolled, 5) ["id"] "what came since the last time" => filter::changes;
    eth_getFilterLogs (Enrolled, 10) ["id"] "all logs of a filter" => filter::logs;
    eth_uninstallFilter (Enrolled, 1) ["id"] "whether it was there" => filter::uninstall;
    eth_subscribe (Enrolled, 2) ["newHeads | logs | newPendingTransactions, filter or whole?"] "the id of the subscription; WebSocket only" => subscribe;
    eth_unsubscribe (Enrolled, 1) ["id"] "whether it was there; WebSocket only" => unsubscribe;
    txpool_content (Enrolled, 5) [""] "the caller's own waiting transactions" => pool::content;
    txpool_status (Enrolled, 1) [""] "how many transactions wait" => pool::status;
    debug_getRawHeader (Enrolled, 2) ["block"] "RLP of the header" => debug::header;
    debug_getRawBlock (Enrolled, 2) ["block"] "RLP of the block, if the caller may read all of it" => debug::block;
    debug_getRawTransaction (Enrolled, 2) ["hash"] "the signed bytes, if the caller may read them" => debug::transaction;
    debug_getRawReceipts (Enrolled, 5) ["block"] "the receipts' bytes, if the caller may read all of them" => debug::receipts;
    theriac_challenge (Open, 1) ["address"] "a message to sign (EIP-4361) and when it expires" => login::challenge;
    theriac_login (Open, 5) ["message, signature"] "a token, for `Authorization: Bearer` or the path /t/<token>" => login::login;
    theriac_status (Open, 1) [""] "how the node is doing; more for enrolled callers" => status::status;
    theriac_getCertificate (Enrolled, 2) ["block"] "what certifies a block: header, section, certificate" => proof::certificate;
    theriac_getProof (Enrolled, 10) ["{record} | {chart} | {account} | {address, slot}"] "a state proof of what the caller may read" => proof::proof;
    theriac_openSeals (Enrolled, 20) ["{opening, seals, key, epoch?, all?}"] "the keepers' answers to an opening, encrypted to its one-time key, and their refusals" => seal::open;
    theriac_getEpoch (Enrolled, 2) ["{epoch?}"] "the keepers of an epoch, and the certified block that names them" => seal::epoch;
    theriac_getErasure (Enrolled, 20) ["{record}"] "every member's signed receipts for erasing a record of a chart of the caller's" => vault::erasure;
    theriac_vaultStatus (Enrolled, 2) [""] "what the vault of this node holds, and what scrubs found" => vault::status;
    theriac_vaultScrub (Enrolled, 40) [""] "true: everything that this node holds is read and repaired in the background" => vault::scrub;
    theriac_getEvidence (Enrolled, 20) ["{record} | {chart} | {trial, organisation, blocks?}"] "an evidence bundle of a chart of the caller's, or what proves a study" => proof::evidence;
}

/// The table as Markdown, for the documentation.
pub fn method_table() -> String {
    let mut text =
        String::from("| Method | Parameters | Token | Cost | Returns |\n|---|---|---|---|---|\n");
    for method in METHODS {
        let token = match method.access {
            Access::Open => "no",
            Access::Enrolled => "yes",
        };
        let params = method.params.replace('|', "\\|");
        let Method {
            name,
            cost,
            returns,
            ..
        } = method;
        writeln!(
            text,
            "| `{name}` | {params} | {token} | {cost} | {returns} |"
        )
        .expect("writing to a string does not fail");
    }
    text
}
