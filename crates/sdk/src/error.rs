//! What can go wrong for a client: refused by a rule, not true, not reachable, or failed otherwise.

use crate::account::{KeystoreError, LoginRefusal, PasswordError, RequestKeyError};
use crate::packs::PackageError;
use crate::records::DocumentRefusal;
use crate::rules::Finding;
use crate::seals::KeeperRefusal;
use alloy_primitives::{B256, Bytes};
use theriac_contracts::Refusal;
use theriac_envelope::seal::{OpenError, SealError};
use theriac_envelope::{ContentError, ContentId, KeyError, WrapError};

/// Any error of this crate. Texts carry ids and facts, never content, keys or names.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A rule of a contract said no.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// The node did not take the transaction.
    #[error("the node did not take the transaction: {message}")]
    TransactionRefused {
        /// The stable code of the refusal, where the node gave one.
        code: Option<String>,
        /// The node's words.
        message: String,
    },
    /// A contract reverted with data that are no known refusal.
    #[error("the contract reverted with unknown data of {length} bytes", length = .0.len())]
    Reverted(Bytes),
    /// The document to be recorded is not taken.
    #[error("{0}")]
    Document(#[from] DocumentRefusal),
    /// The node answers only to those who log in, or not to this account.
    #[error("this node answers only to enrolled accounts and, for a chart, to its parties")]
    LoginNeeded,
    /// The node knows who asks and does not answer: the account has no right to read this.
    #[error("this account has no right to read this: {0}")]
    NotAllowed(String),
    /// The node's login challenge was not signed.
    #[error("{0}")]
    Login(#[from] LoginRefusal),
    /// The operation signs or decrypts, and there is no account.
    #[error("this needs an account, and none was given")]
    NoAccount,
    /// Type 4 has no creation of contracts (EIP-7702).
    #[error("a transaction of type 4 cannot create a contract; use another type")]
    CannotCreate,
    /// Not the address of a node.
    #[error("got {0:?} as a node's address, expected http:// or https://")]
    Address(String),
    /// No node answered.
    #[error("no node can be reached; the last one tried was {node}")]
    Unreachable {
        /// Its address.
        node: String,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The node answered with another error.
    #[error("the node answered with error {code}: {message}")]
    Node {
        /// JSON-RPC code or HTTP status.
        code: i64,
        /// The node's words.
        message: String,
    },
    /// The node's answer has not the form that it should have.
    #[error("the node's answer has no valid {0}")]
    MalformedAnswer(&'static str),
    /// The nodes given tell different things of the same state: one of them is far behind, or lies.
    #[error("the nodes answer differently, and none as more than half of them do")]
    NodesDisagree,
    /// The transaction was sent, and no block with it was final in time. It may still become so.
    #[error("transaction {0} was sent but is not final yet; ask for its receipt later")]
    NotFinalInTime(B256),
    /// No node has the blob.
    #[error("no node that was asked has the blob {0}")]
    BlobAbsent(ContentId),
    /// A blob has not the content of its name.
    #[error("the node sent other bytes than those named {0}")]
    BlobAltered(ContentId),
    /// The record's secret and the ledger name different contents.
    #[error("the wrap does not match the ledger: got another {0} than the ledger has")]
    LedgerMismatch(&'static str),
    /// The person has not published the key to which others wrap.
    #[error("the person has published no key to which a record could be wrapped")]
    NoPublishedKey,
    /// The contract cannot serve as a rule.
    #[error("the contract cannot serve as a rule ({word})", word = .0.word())]
    RuleForbidden(Finding),
    /// The contract's code is not the one that was inspected; nothing is pointed at it.
    #[error("the contract has other code than was inspected; the native rules decide")]
    CodeChanged,
    /// Another request of the chart came between; the grant was revoked, since its wraps would not open.
    #[error(
        "another request of the chart came between; the grant was revoked and nothing was opened"
    )]
    GrantRaced,
    /// The grant's wraps do not hold this version of the record.
    #[error("the grant holds no wrap of this version of the record")]
    NotWrapped,
    /// This account acts for the controller, and only she holds the keys of records with direct protection.
    #[error("a delegate holds no key of a record with direct protection")]
    DirectProtection,
    /// Too few keepers answered an opening that the ledger admitted.
    #[error("{got} keepers gave usable answers, {needed} are needed{}", reasons(.refusals))]
    KeepersMissing {
        /// Usable answers.
        got: usize,
        /// Answers that open it.
        needed: usize,
        /// The others, and what each said.
        refusals: Vec<KeeperRefusal>,
    },
    /// The record got a new version, under a new seal, after the opening.
    #[error("the record was amended after it was opened, and its new version has another seal")]
    Amended,
    /// A node names an epoch's keepers, and no certificate of the group key shows that they are.
    #[error("the {0} of the epoch's keepers does not verify against the group key")]
    EpochNotProven(&'static str),
    /// A sealed blob, group key or committee is not one.
    #[error("{0}")]
    Seal(#[from] SealError),
    /// The keepers' answers do not open the blob.
    #[error("{0}")]
    Opening(#[from] OpenError),
    /// A file of this machine.
    #[error("cannot {action} the file")]
    File {
        /// What was being done.
        action: &'static str,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// Content does not decrypt or encrypt.
    #[error("{0}")]
    Content(#[from] ContentError),
    /// A key wrap does not open or cannot be made.
    #[error("{0}")]
    Wrap(#[from] WrapError),
    /// A public key is not one.
    #[error("{0}")]
    Key(#[from] KeyError),
    /// A file is no package of packs for this account.
    #[error("{0}")]
    Package(#[from] PackageError),
    /// A keystore file.
    #[error(transparent)]
    Keystore(#[from] KeystoreError),
    /// A password.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The store of one-time keys.
    #[error(transparent)]
    RequestKey(#[from] RequestKeyError),
}

/// The kinds among which a caller decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// Something failed: input, disk, an unexpected answer.
    Failure,
    /// A rule said no.
    Refused,
    /// Something was checked and is not what it should be.
    NotVerified,
    /// No node can be reached.
    Unreachable,
}

impl Error {
    /// The kind.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Refused(_)
            | Self::TransactionRefused { .. }
            | Self::Reverted(_)
            | Self::Document(_) => ErrorKind::Refused,
            Self::LoginNeeded | Self::NotAllowed(_) | Self::RuleForbidden(_) => ErrorKind::Refused,
            Self::NodesDisagree
            | Self::Login(_)
            | Self::BlobAltered(_)
            | Self::LedgerMismatch(_)
            | Self::CodeChanged
            | Self::Package(_) => ErrorKind::NotVerified,
            Self::Content(_) | Self::Wrap(_) | Self::Key(_) => ErrorKind::NotVerified,
            Self::EpochNotProven(_) | Self::Seal(_) | Self::Opening(_) => ErrorKind::NotVerified,
            Self::KeepersMissing { .. } | Self::Amended => ErrorKind::Failure,
            Self::Unreachable { .. } => ErrorKind::Unreachable,
            Self::NoAccount
            | Self::CannotCreate
            | Self::Address(_)
            | Self::Node { .. }
            | Self::File { .. }
            | Self::MalformedAnswer(_) => ErrorKind::Failure,
            Self::GrantRaced
            | Self::NotFinalInTime(_)
            | Self::BlobAbsent(_)
            | Self::NoPublishedKey
            | Self::DirectProtection
            | Self::NotWrapped => ErrorKind::Failure,
            Self::Keystore(_) | Self::Password(_) | Self::RequestKey(_) => ErrorKind::Failure,
        }
    }

    /// The stable code of a refusal, a fact in one word.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Refused(refusal) => Some(refusal.name()),
            Self::Document(refusal) => Some(refusal.code()),
            Self::TransactionRefused { code, .. } => code.as_deref(),
            Self::LoginNeeded => Some("LoginNeeded"),
            Self::NotAllowed(_) => Some("NotAllowed"),
            Self::RuleForbidden(_) => Some("RuleForbidden"),
            _ => None,
        }
    }

    /// What to do about it, where that is known.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Refused(refusal) => Some(refusal.hint()),
            Self::LoginNeeded => Some("give the keystore file of an enrolled account"),
            Self::NotAllowed(_) => Some("ask for access first, or use the account of a party"),
            Self::NoAccount => Some("give a keystore file"),
            Self::NodesDisagree => Some("ask again later, or leave out the node that is behind"),
            Self::Unreachable { .. } => Some("start a node, or give the address of one that runs"),
            Self::RuleForbidden(finding) => Some(finding.sentence()),
            Self::CodeChanged => Some("inspect it again, at more than one node"),
            Self::GrantRaced => Some("give it again"),
            Self::Package(PackageError::NotForYou) => {
                Some("give the keystore file whose card the sender has")
            }
            Self::NoPublishedKey => Some("let the person publish it"),
            Self::DirectProtection => Some("the patient approves it herself; you may deny it"),
            Self::NotWrapped => Some("the record was amended after the grant; ask again"),
            Self::Amended => Some("open it again"),
            Self::KeepersMissing { .. } => Some("open again when more members are up"),
            Self::RequestKey(RequestKeyError::Absent(_)) => {
                Some("open with the keystore file with which the request was made")
            }
            _ => None,
        }
    }

    /// Whether another node could still give the answer.
    pub(crate) fn is_unreachable(&self) -> bool {
        self.kind() == ErrorKind::Unreachable
    }

    /// Only scheme and authority of the address are told: its path may hold a token.
    pub(crate) fn unreachable(
        node: &str,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        let node = node.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
        Self::Unreachable {
            node,
            source: source.into(),
        }
    }
}

/// Why keepers did not answer, each reason once with how many gave it.
fn reasons(refusals: &[KeeperRefusal]) -> String {
    let mut counted: std::collections::BTreeMap<&str, usize> = Default::default();
    for refusal in refusals {
        *counted.entry(&refusal.name).or_default() += 1;
    }
    let each = counted
        .iter()
        .map(|(name, count)| format!("; {count} said {name}"));
    each.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_without_its_token() {
        let error = Error::unreachable("http://node:8545/t/secret", "refused");
        assert_eq!(
            error.to_string(),
            "no node can be reached; the last one tried was http://node:8545"
        );
    }
}
