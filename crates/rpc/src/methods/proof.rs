//! Proofs of state, certificates of blocks and evidence bundles.

use alloy_primitives::{Address, B256, U64};
use serde_json::{Map, Value, json};
use theriac_contracts::addresses::TRIALS;

use super::{Call, block::one_block};
use crate::{
    EvidenceSubject, ProofSubject, Refusal,
    answer::{Answer, RpcError, answer},
    params::{Argument, Quantity, Slot, field},
};

pub(super) async fn certificate(mut call: Call) -> Answer {
    let block = one_block(&mut call)?;
    let Some(height) = call.height(block).await? else {
        return answer(&());
    };
    let certificate = call.service.chain.certificate(height).await?;
    answer(&certificate.map(|certificate| {
        json!({
            "height": U64::from(certificate.height),
            "hash": certificate.hash,
            "header": certificate.header,
            "section": certificate.section,
            "certificate": certificate.certificate,
        })
    }))
}

/// Of a record or chart that the caller may not read: not found, as of one that is not there.
pub(super) async fn proof(mut call: Call) -> Answer {
    let subject: ProofSubject = call.arguments.required("subject")?;
    call.arguments.check_finished()?;
    let readers = &call.service.readers;
    match subject {
        ProofSubject::Record(record) => check_record(&call, record).await?,
        ProofSubject::ChartLog(chart) => check_chart(&call, chart).await?,
        ProofSubject::Account(address) => drop(readers.account(call.caller, address).await?),
        ProofSubject::Slot(address, _) => readers.storage(call.caller, &address)?,
    }
    found(call.service.chain.proof(subject).await?)
}

pub(super) async fn evidence(mut call: Call) -> Answer {
    let subject: EvidenceSubject = call.arguments.required("subject")?;
    call.arguments.check_finished()?;
    match &subject {
        EvidenceSubject::Record(record) => check_record(&call, *record).await?,
        EvidenceSubject::Chart(chart) => check_chart(&call, *chart).await?,
        EvidenceSubject::Trial { .. } => call.service.readers.storage(call.caller, &TRIALS)?,
    }
    found(call.service.chain.evidence(subject).await?)
}

pub(super) async fn check_record(call: &Call, record: B256) -> Result<(), RpcError> {
    let chart = call.service.chain.chart_of_record(record).await?;
    check_chart(call, chart.ok_or(Refusal::NotFound)?).await
}

async fn check_chart(call: &Call, chart: B256) -> Result<(), RpcError> {
    match call.service.readers.chart(call.caller, chart).await? {
        true => Ok(()),
        false => Err(Refusal::NotFound.into()),
    }
}

fn found(value: Option<Value>) -> Answer {
    answer(&value.ok_or(Refusal::NotFound)?)
}

impl Argument for ProofSubject {
    fn read(value: &Value) -> Result<Self, String> {
        let fields = value.as_object().ok_or("not an object")?;
        let record: Option<B256> = field(fields, "record")?;
        let chart: Option<B256> = field(fields, "chart")?;
        let account: Option<Address> = field(fields, "account")?;
        let address: Option<Address> = field(fields, "address")?;
        let slot: Option<Slot> = field(fields, "slot")?;
        match (record, chart, account, address, slot) {
            (Some(record), None, None, None, None) => Ok(Self::Record(record)),
            (None, Some(chart), None, None, None) => Ok(Self::ChartLog(chart)),
            (None, None, Some(account), None, None) => Ok(Self::Account(account)),
            (None, None, None, Some(address), Some(slot)) => Ok(Self::Slot(address, slot.0)),
            _ => Err("give one of {record}, {chart}, {account}, {address, slot}".to_owned()),
        }
    }
}

/// Heights of ancestors, so many at most.
fn blocks(fields: &Map<String, Value>) -> Result<Vec<u64>, String> {
    const MOST: usize = 1_024;
    let Some(blocks) = field::<Value>(fields, "blocks")? else {
        return Ok(Vec::new());
    };
    let blocks = blocks.as_array().ok_or("blocks: not an array")?;
    if blocks.len() > MOST {
        return Err(format!(
            "got {} blocks, expected at most {MOST}",
            blocks.len()
        ));
    }
    let height = |block: &Value| Quantity::read(block).map(|Quantity(height)| height);
    blocks.iter().map(height).collect()
}

impl Argument for EvidenceSubject {
    fn read(value: &Value) -> Result<Self, String> {
        let fields = value.as_object().ok_or("not an object")?;
        let organisation = field(fields, "organisation")?;
        let organisation = organisation.map(|Quantity(number)| u32::try_from(number));
        let organisation = organisation.transpose();
        let organisation = organisation.map_err(|_| "organisation: over 32 bits".to_owned())?;
        let trial = (field(fields, "trial")?, organisation);
        match (field(fields, "record")?, field(fields, "chart")?, trial) {
            (Some(record), None, (None, None)) => Ok(Self::Record(record)),
            (None, Some(chart), (None, None)) => Ok(Self::Chart(chart)),
            (None, None, (Some(study), Some(organisation))) => Ok(Self::Trial {
                study,
                organisation,
                blocks: blocks(fields)?,
            }),
            _ => Err("give one of {record}, {chart}, {trial, organisation, blocks?}".to_owned()),
        }
    }
}
