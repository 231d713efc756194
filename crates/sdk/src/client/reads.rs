//! Views asked together: one request of many calls, each with an answer of its own.

use super::Client;
use crate::Error;
use alloy_primitives::{Address, Bytes};
use alloy_sol_types::SolCall;
use serde_json::{Value, json};
use std::marker::PhantomData;

/// Calls that a node takes in one request.
const BATCH: usize = 100;

/// Views to be asked together.
#[derive(Clone, Debug, Default)]
pub struct Reads {
    calls: Vec<(Address, Bytes)>,
}

/// The place of an answer among those of its request.
#[derive(Debug)]
pub struct Slot<C> {
    index: usize,
    call: PhantomData<fn() -> C>,
}

/// What was answered.
#[derive(Debug)]
pub struct Answers {
    answers: Vec<Option<Result<Bytes, Error>>>,
}

impl Reads {
    /// Adds a call; the slot finds its answer.
    pub fn add<C: SolCall>(&mut self, contract: Address, call: &C) -> Slot<C> {
        self.calls.push((contract, call.abi_encode().into()));
        Slot {
            index: self.calls.len() - 1,
            call: PhantomData,
        }
    }

    /// How many calls were added.
    #[must_use]
    pub fn len(&self) -> usize {
        self.calls.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.calls.is_empty()
    }
}

impl Answers {
    /// The answer to a call.
    ///
    /// # Errors
    /// `Refused` with the contract's reason; `MalformedAnswer`.
    ///
    /// # Panics
    /// Where the slot is of other reads, or its answer was taken.
    pub fn take<C: SolCall>(&mut self, slot: Slot<C>) -> Result<C::Return, Error> {
        let answer = self.answers[slot.index].take();
        let data = answer.expect("a slot is used up with its answer")?;
        C::abi_decode_returns(&data).map_err(|_| Error::MalformedAnswer("return data"))
    }
}

impl Client {
    /// Asks all of these as this client's account, on the newest state: in one round trip for up to 100 of them.
    ///
    /// # Errors
    /// Those of a call, of the request as a whole; what a contract answers to one call stands in its slot.
    pub async fn read_all(&self, reads: Reads) -> Result<Answers, Error> {
        let requests: Vec<[Value; 2]> = reads
            .calls
            .iter()
            .map(|(contract, input)| [self.request((*contract).into(), input), json!("latest")])
            .collect();
        let mut answers = Vec::with_capacity(requests.len());
        for chunk in requests.chunks(BATCH) {
            let told = self.nodes().request_all::<Bytes>("eth_call", chunk).await?;
            answers.extend(told.into_iter().map(Some));
        }
        Ok(Answers { answers })
    }
}
