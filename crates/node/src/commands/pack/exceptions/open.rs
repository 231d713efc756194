//! `theriac pack exceptions open`.

use super::Desk;
use crate::{arguments, commands::pack::now_ms, errors::UsageError};
use alloy_primitives::B256;
use clap::Args;
use serde_json::json;
use theriac_gateway::packs::{
    exceptions::{Against, Number, Subject},
    label::Label,
};
use theriac_standards::gs1::key::{Gln, Gtin};

/// Open an exception that was found by hand: damage, a count, a wrong number.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack exceptions open --damage \"$SCAN\" --partner 2 --partner-gln 4012345000016 --account pharmacist.json\n  theriac pack exceptions open --count 04012345123456 --ordered 10 --received 12 --partner 2 --account pharmacist.json\n  theriac pack exceptions open --wrong-gln 4012345000017 --right 4012345000016 --partner 2 --account pharmacist.json\n\nNext:\n  theriac pack exceptions report NUMBER --out report.json --email goods@pharmacy.example --order P-7"
)]
pub(in crate::commands::pack) struct Open {
    #[command(flatten)]
    what: What,
    /// How many were ordered.
    #[arg(long, value_name = "COUNT", requires = "count")]
    ordered: Option<u32>,
    /// How many came.
    #[arg(long, value_name = "COUNT", requires = "count")]
    received: Option<u32>,
    /// The right number, where you know it.
    #[arg(long, value_name = "NUMBER")]
    right: Option<String>,
    /// The organisation that sent it.
    #[arg(long, value_name = "ORGANISATION")]
    partner: u32,
    /// Its GLN.
    #[arg(
        long,
        value_name = "GLN",
        default_value = "",
        hide_default_value = true
    )]
    partner_gln: String,
    /// The shipment.
    #[arg(long, value_name = "ID", value_parser = arguments::id)]
    shipment: Option<B256>,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct What {
    /// A pack that came damaged.
    #[arg(long, value_name = "SCAN")]
    damage: Option<String>,
    /// A product of which more or less came than was ordered.
    #[arg(long, value_name = "GTIN", requires_all = ["ordered", "received"])]
    count: Option<String>,
    /// A wrong number of a place.
    #[arg(long, value_name = "GLN")]
    wrong_gln: Option<String>,
    /// A wrong number of a product.
    #[arg(long, value_name = "GTIN")]
    wrong_gtin: Option<String>,
}

impl Open {
    pub(super) fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let subject = self.subject()?;
        let (word, text) = (subject.word(), subject.text());
        let against = Against {
            shipment: self.shipment,
            organisation: self.partner,
            gln: &self.partner_gln,
            now_ms: now_ms(),
        };
        let number = desk.offline()?.open_exception(subject, &against)?;
        let value = json!({ "number": number, "kind": word });
        desk.output()
            .result(&value, &format!("exception {number}  {word}: {text}"))
    }

    fn subject(&self) -> anyhow::Result<Subject> {
        let right = self.right.clone();
        let master = |what, wrong: &String| Subject::MasterData {
            what,
            wrong: wrong.clone(),
            right: right.clone(),
        };
        let wrong = |error: &dyn std::fmt::Display| UsageError(error.to_string());
        if let Some(right) = &self.right {
            let is_gtin = self.what.wrong_gtin.is_some();
            let parsed = if is_gtin {
                Gtin::parse(right).err()
            } else {
                Gln::parse(right).err()
            };
            parsed.map_or(Ok(()), |error| Err(wrong(&format!("--right: {error}"))))?;
        }
        let What {
            damage,
            count,
            wrong_gln,
            wrong_gtin,
        } = &self.what;
        Ok(match (damage, count, wrong_gln, wrong_gtin) {
            (Some(scan), ..) => Subject::Damage {
                pack: Label::scan(scan)?.label.bracketed(),
            },
            (None, Some(gtin), ..) => {
                let gtin =
                    Gtin::parse(gtin).map_err(|error| wrong(&format!("--count: {error}")))?;
                let [ordered, received] =
                    [self.ordered, self.received].map(Option::unwrap_or_default);
                let subject = Subject::of_count(gtin.as_str(), ordered, received);
                subject.ok_or_else(|| wrong(&"as many came as were ordered"))?
            }
            (None, None, Some(gln), _) => master(Number::Gln, gln),
            (None, None, None, gtin) => master(Number::Gtin, &gtin.clone().unwrap_or_default()),
        })
    }
}
