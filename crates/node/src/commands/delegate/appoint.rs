//! `theriac delegate appoint`.

use crate::{
    arguments::{self, Expiry},
    person::Person,
};
use alloy_primitives::{Address, B256};
use clap::{Args, ValueEnum};
use serde_json::json;
use theriac_contracts::codes::{DelegationKind, Kind, Purpose};
use theriac_sdk::delegation::NewDelegate;

/// Appoint a guardian or a proxy for your chart, or give one other terms.
///
/// A delegate decides requests for you and reads the chart's sealed records, within the kinds and purposes that you name and until the end that you set. A
/// delegate never sets rules, grants unasked or appoints others. Records with direct protection a delegate reads only with a grant of her own.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac delegate appoint 0x... --chart 0x... --as proxy --until 365d --kinds laboratory,imaging --purposes TREAT --account patient.json\n  theriac delegate appoint 0x... --chart 0x... --as guardian --majority 2038-05-01 --account child.json\n\nNext:\n  theriac delegate list --chart ID"
)]
pub(crate) struct Appoint {
    /// Who is to act for you.
    #[arg(value_name = "ADDRESS", value_parser = arguments::address)]
    delegate: Address,
    /// The chart.
    #[arg(long, value_name = "ID", value_parser = arguments::id)]
    chart: B256,
    /// As what.
    #[arg(long = "as", value_enum, value_name = "KIND")]
    kind: DelegateKind,
    /// For these kinds of record only.
    #[arg(long, value_delimiter = ',', value_parser = arguments::kind())]
    kinds: Vec<Kind>,
    /// For these purposes only.
    #[arg(long, value_delimiter = ',', value_parser = arguments::purpose())]
    purposes: Vec<Purpose>,
    /// When it begins: 12h, a day such as 2027-01-31, or unix seconds. Without it, at once.
    #[arg(long, value_name = "TIME", value_parser = arguments::expiry)]
    from: Option<Expiry>,
    /// When it ends. A proxy needs an end.
    #[arg(long, value_name = "TIME", value_parser = arguments::expiry)]
    until: Option<Expiry>,
    /// When the person comes of age and a guardian's right ends by itself.
    #[arg(long, value_name = "TIME", value_parser = arguments::expiry)]
    majority: Option<Expiry>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum DelegateKind {
    /// For someone who cannot act, such as a child.
    Guardian,
    /// For someone who could act and chose not to.
    Proxy,
}

impl Appoint {
    pub(super) async fn run(self, person: &Person) -> anyhow::Result<()> {
        let kind = match self.kind {
            DelegateKind::Guardian => DelegationKind::Guardian,
            DelegateKind::Proxy => DelegationKind::Proxy,
        };
        let seconds = |time: Option<Expiry>| time.map(Expiry::seconds).unwrap_or_default();
        let new = NewDelegate {
            chart: self.chart,
            delegate: self.delegate,
            kind,
            kinds: arguments::kinds(&self.kinds),
            purposes: arguments::purposes(&self.purposes),
            from: seconds(self.from),
            until: seconds(self.until),
            majority: seconds(self.majority),
        };
        let progress = person.output.progress("appointing");
        let receipt = person.client.appoint_delegate(new).await?;
        drop(progress);
        let value = json!({
            "chart": self.chart, "delegate": self.delegate, "kind": kind.word(), "until": new.until, "majority": new.majority,
            "height": receipt.block_number, "transaction": receipt.transaction_hash,
        });
        person
            .output
            .result(&value, &format!("{} appointed as {kind}", self.delegate))
    }
}
