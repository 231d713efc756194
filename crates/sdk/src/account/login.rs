//! Answers a node's login challenge: an EIP-4361 message, signed only after it is seen to be one for this account.

use super::Account;
use std::fmt;

/// Why a challenge was not signed. The node that sent it is faulty or lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginRefusal {
    /// The text is not an EIP-4361 message.
    NotALogin,
    /// It names another node: signed, it would let this node act there as the account.
    AnotherNode,
    /// It names another address.
    AnotherAddress,
    /// It names another chain.
    AnotherChain,
}

impl fmt::Display for LoginRefusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NotALogin => "the node's challenge is not an EIP-4361 message; it was not signed",
            Self::AnotherNode => {
                "the node's challenge names another node than the one asked; it was not signed (its operator sets the public name)"
            }
            Self::AnotherAddress => "the node's challenge names another address; it was not signed",
            Self::AnotherChain => "the node's challenge names another chain; it was not signed",
        })
    }
}

impl std::error::Error for LoginRefusal {}

/// Names of loopback.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// Signs the challenge of the node at `node`; 65 bytes `r || s || v`. Reads the lines that EIP-4361 fixes, so that a node cannot
/// obtain a signature over anything else, or a login at another node.
///
/// # Errors
/// The refusals above, in their order.
pub fn sign_login(
    account: &Account,
    chain_id: u64,
    node: &str,
    message: &str,
) -> Result<[u8; 65], LoginRefusal> {
    let mut lines = message.lines();
    let first = lines.next().unwrap_or_default();
    let domain = first.strip_suffix(" wants you to sign in with your Ethereum account:");
    let domain = domain.ok_or(LoginRefusal::NotALogin)?;
    if !is_authority_of(domain, node) {
        return Err(LoginRefusal::AnotherNode);
    }
    if lines.next() != Some(account.address().to_checksum(None).as_str()) {
        return Err(LoginRefusal::AnotherAddress);
    }
    let chain = lines.find_map(|line| line.strip_prefix("Chain ID: "));
    if chain.and_then(|text| text.parse::<u64>().ok()) != Some(chain_id) {
        return Err(LoginRefusal::AnotherChain);
    }
    Ok(account.sign_message(message))
}

/// Whether `domain` is the authority in the address `node`. The names of loopback are one.
fn is_authority_of(domain: &str, node: &str) -> bool {
    let authority = node
        .split_once("://")
        .map_or(node, |(_, rest)| rest)
        .split('/')
        .next()
        .unwrap_or_default();
    let same_loopback =
        |left: &str, right: &str| match (left.rsplit_once(':'), right.rsplit_once(':')) {
            (Some((left, one)), Some((right, other))) => {
                one == other && LOOPBACK.contains(&left) && LOOPBACK.contains(&right)
            }
            _ => false,
        };
    domain.eq_ignore_ascii_case(authority) || same_loopback(domain, authority)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(address: &str, chain: u64) -> String {
        format!(
            "node-1.example wants you to sign in with your Ethereum account:\n{address}\n\nRead the ledger.\n\n\
             URI: http://node-1.example\nVersion: 1\nChain ID: {chain}\nNonce: 8Yw2k3Lq\nIssued At: 2026-01-01T00:00:00Z"
        )
    }

    const NODE: &str = "https://node-1.example";

    #[test]
    fn a_login_for_this_account_is_signed() {
        let account = Account::generate();
        let text = message(&account.address().to_checksum(None), 7);
        assert_eq!(
            sign_login(&account, 7, NODE, &text),
            Ok(account.sign_message(&text))
        );
    }

    #[test]
    fn each_other_text_is_refused_by_name() {
        let account = Account::generate();
        let own = account.address().to_checksum(None);
        let other = Account::generate().address().to_checksum(None);
        let sign = |node: &str, text: &str| sign_login(&account, 7, node, text);
        assert_eq!(sign(NODE, "pay everything"), Err(LoginRefusal::NotALogin));
        assert_eq!(
            sign("https://node-2.example", &message(&own, 7)),
            Err(LoginRefusal::AnotherNode)
        );
        assert_eq!(
            sign(NODE, &message(&other, 7)),
            Err(LoginRefusal::AnotherAddress)
        );
        assert_eq!(
            sign(NODE, &message(&own, 8)),
            Err(LoginRefusal::AnotherChain)
        );
    }

    #[test]
    fn names_of_loopback_are_one_but_ports_are_not() {
        assert!(is_authority_of("127.0.0.1:8545", "http://localhost:8545/"));
        assert!(is_authority_of(
            "Node.Example:8545",
            "http://node.example:8545"
        ));
        assert!(!is_authority_of("127.0.0.1:8546", "http://localhost:8545"));
        assert!(!is_authority_of(
            "127.0.0.1:8545",
            "http://node.example:8545"
        ));
        assert!(!is_authority_of("", "http://node.example:8545"));
    }
}
