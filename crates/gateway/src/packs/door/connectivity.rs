//! `GET /checkConnectivity`: whether this responder answers the caller, and for a product.

use serde_json::json;
use theriac_standards::gs1::key::Gtin;

use super::{desk, problem};
use crate::{
    door::{Answer, Call, Problem, ProblemKind, pairs},
    packs::messaging::context_and_requester,
};

/// The GLN of the responder.
pub(crate) async fn get(call: Call) -> Result<Answer, Problem> {
    let (desk, content_type) = (desk(&call)?, call.wants.json()?);
    let given = |name: &str| {
        let found = pairs(call.query()).find(|(key, _)| key == name);
        found.map(|(_, value)| value)
    };
    let refused = |fault| ProblemKind::RequestInvalid.because(fault);
    context_and_requester(&given).map_err(refused)?;
    let gtin = given("gtin").unwrap_or_default();
    let faulty = |_| ProblemKind::RequestInvalid.because("gtin: expected 14 digits");
    let gtin = Gtin::parse(&gtin).map_err(faulty)?;
    let makes = desk.makes(gtin.as_str()).await.map_err(problem::of)?;
    let unknown = "gtin: this organisation does not answer for it";
    match makes {
        true => {
            let told = json!({ "responderGLN": desk.gln() });
            Ok(Answer::new(content_type, told.to_string()))
        }
        false => Err(ProblemKind::PackUnknown.because(unknown)),
    }
}
