//! Views that decide to whom a key is wrapped and what is believed: asked of every node given, not of one.
//!
//! Members may lie. One that named another key for a patient or a request would be sent what opens her record; one that named another
//! content for a record could have a reader believe it. So these answers count only when more than half of the nodes that answer give them.

use super::Client;
use crate::Error;
use alloy_primitives::{Address, Bytes};
use alloy_sol_types::SolCall;
use futures::future::join_all;
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// How long nodes may differ because one of them is behind.
const LAG: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(50);

type Answer = Result<Bytes, Error>;

impl Client {
    /// As [`Client::call`], of all nodes.
    ///
    /// # Errors
    /// `NodesDisagree` where no answer is that of more than half; what they agree on otherwise.
    pub async fn call_agreed<C: SolCall>(
        &self,
        contract: Address,
        call: &C,
    ) -> Result<C::Return, Error> {
        let request = self.request(contract.into(), &call.abi_encode().into());
        let answer = self.agreed("eth_call", &[request, json!("latest")]).await?;
        C::abi_decode_returns(&answer).map_err(|_| Error::MalformedAnswer("return data"))
    }

    /// What more than half of the nodes that answer say, in bytes. A node that does not have this client's newest transaction yet
    /// counts among them, and its answer does not: it would tell what was true before.
    ///
    /// # Errors
    /// As [`Client::call_agreed`].
    pub(crate) async fn agreed(&self, method: &str, params: &[Value]) -> Result<Bytes, Error> {
        let deadline = Instant::now() + LAG;
        loop {
            let (account, written) = (self.nodes().account().map(AsRef::as_ref), self.written());
            let asked = self.nodes().in_order().map(|(_, node)| async move {
                match node.has_reached(account, written).await {
                    Ok(true) => Some(node.request(account, method, params).await),
                    Ok(false) => None,
                    Err(error) => Some(Err(error)),
                }
            });
            if let Some(answer) = majority(join_all(asked).await) {
                return answer;
            }
            if Instant::now() >= deadline {
                return Err(Error::NodesDisagree);
            }
            sleep(PAUSE).await;
        }
    }

    /// The group key in the status of all nodes. It never changes, so that no node can be behind.
    pub(super) async fn told_group_key(&self) -> Result<Bytes, Error> {
        let account = self.nodes().account().map(AsRef::as_ref);
        let asked = self.nodes().in_order().map(|(_, node)| async move {
            let status = node.request::<Status>(account, "theriac_status", &[]);
            Some(status.await.map(|status| status.group_key))
        });
        majority(join_all(asked).await).unwrap_or(Err(Error::NodesDisagree))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Status {
    group_key: Bytes,
}

/// The answer of more than half of those that can be reached, `None` being a node that is behind; where none can be reached, that error.
fn majority(told: Vec<Option<Answer>>) -> Option<Answer> {
    let (mut unreachable, told): (Vec<_>, Vec<_>) = told
        .into_iter()
        .partition(|told| matches!(told, Some(Err(error)) if error.is_unreachable()));
    let count = told.len();
    if count == 0 {
        return unreachable.pop().flatten();
    }
    let mut answers: Vec<_> = told.into_iter().flatten().collect();
    let is_that_of_most =
        |answer: &Answer| answers.iter().filter(|other| same(answer, other)).count() * 2 > count;
    let place = answers.iter().position(is_that_of_most)?;
    Some(answers.swap_remove(place))
}

fn same(left: &Answer, right: &Answer) -> bool {
    match (left, right) {
        (Ok(left), Ok(right)) => left == right,
        (Err(left), Err(right)) => left.to_string() == right.to_string(),
        (Ok(_), Err(_)) | (Err(_), Ok(_)) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use theriac_contracts::Refusal;

    fn told(byte: u8) -> Option<Answer> {
        Some(Ok(Bytes::copy_from_slice(&[byte])))
    }

    fn down() -> Option<Answer> {
        Some(Err(Error::unreachable("http://node", "refused")))
    }

    fn refused() -> Option<Answer> {
        Some(Err(Refusal::NotAParty.into()))
    }

    #[test]
    fn more_than_half_of_those_that_answer_decide() {
        let one = Bytes::from_static(&[1]);
        assert_eq!(majority(vec![told(1)]).unwrap().unwrap(), one);
        let answers = vec![told(2), told(1), told(1), down()];
        assert_eq!(majority(answers).unwrap().unwrap(), one);
        let refused = majority(vec![refused(), told(1), refused()]);
        assert!(matches!(
            refused,
            Some(Err(Error::Refused(Refusal::NotAParty)))
        ));
    }

    #[test]
    fn half_is_not_enough_and_nobody_decides_nothing() {
        assert!(majority(vec![told(1), told(2)]).is_none());
        assert!(majority(vec![told(1), told(1), told(2), told(2)]).is_none());
        assert!(majority(vec![told(1), refused()]).is_none());
        assert!(majority(vec![told(1), told(1), None, None]).is_none());
        assert!(majority(vec![None, down()]).is_none());
        assert!(
            majority(vec![down(), down()])
                .unwrap()
                .unwrap_err()
                .is_unreachable()
        );
    }
}
