//! Reads requests and grants.

use crate::{Client, Error, pages::pages};
use alloy_primitives::B256;
use theriac_contracts::{
    addresses::ACCESS,
    interfaces::IAccess::{requestByIdCall, requestsCall},
};

pub use theriac_contracts::interfaces::IAccess::Request;

impl Client {
    /// A request or grant.
    ///
    /// # Errors
    /// `Refused` for whom is neither its requester nor the controller; those of [`Client::call`].
    pub async fn access_request(&self, request: B256) -> Result<Request, Error> {
        self.call_agreed(ACCESS, &requestByIdCall { id: request })
            .await
    }

    /// All requests and grants of a chart that this account controls, in order.
    ///
    /// # Errors
    /// `Refused` for whom does not control the chart; those of [`Client::call`].
    pub async fn access_requests(&self, chart: B256) -> Result<Vec<Request>, Error> {
        pages(|from, limit| async move {
            let answer = self
                .call(ACCESS, &requestsCall { chart, from, limit })
                .await?;
            Ok((answer.page, answer.total))
        })
        .await
    }
}
