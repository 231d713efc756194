//! `theriac access`: who may read a chart, asked, decided, opened and logged.

mod approve;
mod break_glass;
mod deny;
mod grant;
mod list;
mod log;
mod open;
mod request;
mod review;
mod revoke;
mod rule;
mod scope;

use crate::{cli::Global, person::Person};
use clap::Subcommand;

/// Ask for access, decide about it, open records, and see the log of all that.
#[derive(Debug, Subcommand)]
pub(crate) enum Access {
    Request(request::Request),
    List(list::List),
    Approve(approve::Approve),
    Deny(deny::Deny),
    Grant(grant::Grant),
    Revoke(revoke::Revoke),
    Open(open::Open),
    BreakGlass(break_glass::BreakGlass),
    Scope(scope::Scope),
    Review(review::Review),
    Log(log::Log),
    #[command(subcommand)]
    Rule(rule::Rule),
}

impl Access {
    pub(crate) async fn run(self, global: &Global) -> anyhow::Result<()> {
        let person = Person::new(global)?;
        match self {
            Self::Request(request) => request.run(&person).await,
            Self::List(list) => list.run(&person).await,
            Self::Approve(approve) => approve.run(&person).await,
            Self::Deny(deny) => deny.run(&person).await,
            Self::Grant(grant) => grant.run(&person).await,
            Self::Revoke(revoke) => revoke.run(&person).await,
            Self::Open(open) => open.run(&person).await,
            Self::BreakGlass(break_glass) => break_glass.run(&person).await,
            Self::Scope(scope) => scope.run(&person).await,
            Self::Review(review) => review.run(&person).await,
            Self::Log(log) => log.run(&person).await,
            Self::Rule(rule) => rule.run(&person).await,
        }
    }
}
