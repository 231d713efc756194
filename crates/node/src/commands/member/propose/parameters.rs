//! `theriac member propose parameters`.

use crate::errors::UsageError;
use clap::Args;
use theriac_sdk::{Client, directory, members::Change};

/// Propose other limits of the network; what is not given stays as it is now.
///
/// All limits are voted on together, with the values that they have when this is proposed. Each is greater than zero; a vote lasts at
/// most 90 days, any other time at most 100 years; a rule or a contract wallet is given at most 2,000,000 gas, and a chart holds at most
/// 512 rules.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac member propose parameters --requests-per-day 500 --voting-period 259200 --account admin.json\n\nNext:\n  theriac member vote NUMBER yes"
)]
pub(crate) struct Parameters {
    /// Longest time from a request to its expiry.
    #[arg(long, value_name = "SECONDS")]
    request_lifetime: Option<u64>,
    /// Longest time from a grant to its expiry.
    #[arg(long, value_name = "SECONDS")]
    grant_lifetime: Option<u64>,
    /// Requests and grants that one account may make in one day (UTC).
    #[arg(long, value_name = "NUMBER")]
    requests_per_day: Option<u32>,
    /// Rules that one chart may hold.
    #[arg(long, value_name = "NUMBER")]
    rules_per_chart: Option<u32>,
    /// Gas given to a contract wallet that checks a signature.
    #[arg(long, value_name = "GAS")]
    signature_gas: Option<u64>,
    /// Gas per block shared by people whose enrolment ended and who still control a chart.
    #[arg(long, value_name = "GAS")]
    common_gas_per_block: Option<u64>,
    /// Time in which keepers answer an opening.
    #[arg(long, value_name = "SECONDS")]
    opening_lifetime: Option<u64>,
    /// Gas given to a contract that serves as a rule.
    #[arg(long, value_name = "GAS")]
    rule_gas: Option<u64>,
    /// Time within which an opening that broke the glass must be reviewed.
    #[arg(long, value_name = "SECONDS")]
    review_period: Option<u64>,
    /// Time from a proposal to the end of its vote.
    #[arg(long, value_name = "SECONDS")]
    voting_period: Option<u64>,
    /// Shortest delay of a recovery that guardians may be given.
    #[arg(long, value_name = "SECONDS")]
    recovery_delay_min: Option<u64>,
    /// Longest delay of a recovery that guardians may be given.
    #[arg(long, value_name = "SECONDS")]
    recovery_delay_max: Option<u64>,
}

impl Parameters {
    pub(super) async fn change(self, client: &Client) -> anyhow::Result<Change> {
        let now = client.parameters().await?;
        let parameters = self.over(&now);
        if parameters == now {
            let text = "nothing would change; give at least one limit with another value";
            return Err(UsageError(text.to_owned()).into());
        }
        Ok(Change::Parameters(parameters))
    }

    fn over(&self, now: &directory::Parameters) -> directory::Parameters {
        directory::Parameters {
            requestLifetime: self.request_lifetime.unwrap_or(now.requestLifetime),
            grantLifetime: self.grant_lifetime.unwrap_or(now.grantLifetime),
            requestsPerDay: self.requests_per_day.unwrap_or(now.requestsPerDay),
            rulesPerChart: self.rules_per_chart.unwrap_or(now.rulesPerChart),
            signatureGas: self.signature_gas.unwrap_or(now.signatureGas),
            commonGasPerBlock: self.common_gas_per_block.unwrap_or(now.commonGasPerBlock),
            openingLifetime: self.opening_lifetime.unwrap_or(now.openingLifetime),
            ruleGas: self.rule_gas.unwrap_or(now.ruleGas),
            reviewPeriod: self.review_period.unwrap_or(now.reviewPeriod),
            votingPeriod: self.voting_period.unwrap_or(now.votingPeriod),
            recoveryDelayMin: self.recovery_delay_min.unwrap_or(now.recoveryDelayMin),
            recoveryDelayMax: self.recovery_delay_max.unwrap_or(now.recoveryDelayMax),
        }
    }
}
