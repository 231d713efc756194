//! A challenge, and a token for its answer.

use alloy_primitives::{Address, Bytes, U64};
use serde_json::json;

use super::Call;
use crate::{
    Refusal,
    answer::{Answer, answer},
    login::is_signed_by,
};

pub(super) async fn challenge(mut call: Call) -> Answer {
    let address: Address = call.arguments.required("address")?;
    call.arguments.check_finished()?;
    let challenge = call
        .service
        .challenges
        .issue(address, call.service.now_ms() / 1_000);
    answer(&json!({
        "message": challenge.message,
        "expiresAt": U64::from(challenge.expires),
    }))
}

/// Who is not enrolled gets no token, but has used up the challenge.
pub(super) async fn login(mut call: Call) -> Answer {
    let message: String = call.arguments.required("message")?;
    let signature: Bytes = call.arguments.required("signature")?;
    call.arguments.check_finished()?;
    let service = &call.service;
    let now_ms = service.now_ms();
    let challenge = service.challenges.recognise(&message, now_ms / 1_000)?;
    let chain = service.chain.as_ref();
    if !is_signed_by(chain, challenge.address, &message, &signature).await? {
        return Err(Refusal::SignatureWrong.into());
    }
    service.challenges.consume(&challenge, now_ms / 1_000)?;
    if !service.readers.is_enrolled(challenge.address).await? {
        return Err(Refusal::NotEnrolled.into());
    }
    let (token, expires_ms) = service.sessions.open(challenge.address, now_ms);
    answer(&json!({
        "token": token,
        "account": challenge.address,
        "expiresAt": U64::from(expires_ms / 1_000),
    }))
}
