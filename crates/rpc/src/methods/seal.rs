//! Openings of seals, and the keepers that answer them.

use alloy_primitives::{B256, Bytes, U64};
use serde_json::{Map, Value, json};

use super::Call;
use crate::{
    EpochEvidence, SealAnswers, SealRequest,
    answer::{Answer, answer},
    keepers::{MAX_KEY_BYTES, MAX_SEALS},
    params::{Argument, Quantity, field},
};

/// Asks the keepers. Whether they answer is decided by each of them, from its own finalised state.
pub(super) async fn open(mut call: Call) -> Answer {
    let request: SealRequest = call.arguments.required("opening")?;
    call.arguments.check_finished()?;
    let said = call.service.keepers.open(request).await?;
    answer(&told(&said))
}

/// The keepers of an epoch, with the certificate of the block that names them.
pub(super) async fn epoch(mut call: Call) -> Answer {
    let wanted: Option<EpochNumber> = call.arguments.optional("epoch")?;
    call.arguments.check_finished()?;
    let epoch = wanted.and_then(|wanted| wanted.0);
    let found = call.service.keepers.epoch(epoch).await?;
    answer(&found.as_ref().map(evidence))
}

fn told(said: &SealAnswers) -> Value {
    let epoch = U64::from(said.epoch);
    let answered = |(keeper, partials): &(B256, Bytes)| json!({ "keeper": keeper, "epoch": epoch, "partials": partials });
    let refused = |(keeper, name, message): &(B256, &str, String)| json!({ "keeper": keeper, "name": name, "message": message });
    json!({
        "epoch": epoch,
        "needed": U64::from(said.needed),
        "answers": said.answers.iter().map(answered).collect::<Vec<_>>(),
        "refusals": said.refusals.iter().map(refused).collect::<Vec<_>>(),
    })
}

fn evidence(epoch: &EpochEvidence) -> Value {
    json!({
        "epoch": U64::from(epoch.epoch),
        "keepers": epoch.keepers,
        "revealed": epoch.revealed,
        "exposed": epoch.exposed,
        "sharing": epoch.sharing,
        "height": U64::from(epoch.height),
        "payload": epoch.payload,
        "section": epoch.section,
        "headers": epoch.headers,
        "certificate": epoch.certificate,
    })
}

/// `{ epoch? }`.
struct EpochNumber(Option<u64>);

impl Argument for EpochNumber {
    fn read(value: &Value) -> Result<Self, String> {
        let fields = value.as_object().ok_or("not an object")?;
        let epoch: Option<Quantity> = field(fields, "epoch")?;
        Ok(Self(epoch.map(|epoch| epoch.0)))
    }
}

/// `{ opening, seals, key, epoch?, all? }`.
impl Argument for SealRequest {
    fn read(value: &Value) -> Result<Self, String> {
        let fields = value.as_object().ok_or("not an object")?;
        let opening: Quantity = needed(fields, "opening")?;
        let epoch: Option<Quantity> = field(fields, "epoch")?;
        let key: Bytes = needed(fields, "key")?;
        if key.len() > MAX_KEY_BYTES {
            return Err(format!("key: more than {MAX_KEY_BYTES} bytes"));
        }
        let seals = fields.get("seals").and_then(Value::as_array);
        let seals = seals.ok_or("seals: not an array")?;
        if !(1..=MAX_SEALS).contains(&seals.len()) {
            return Err(format!("seals: 1 to {MAX_SEALS} are expected"));
        }
        let seals: Result<Vec<B256>, String> = seals.iter().map(B256::read).collect();
        Ok(Self {
            opening: opening.0,
            seals: seals.map_err(|problem| format!("seals: {problem}"))?,
            key,
            epoch: epoch.map(|epoch| epoch.0),
            all: field(fields, "all")?.unwrap_or_default(),
        })
    }
}

fn needed<T: Argument>(fields: &Map<String, Value>, name: &str) -> Result<T, String> {
    field(fields, name)?.ok_or_else(|| format!("{name}: missing"))
}
