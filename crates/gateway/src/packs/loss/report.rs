//! The report: what people filled in, with what the book and the ledger know.

use std::collections::BTreeMap;

use alloy_primitives::{Address, B256};
use serde::{Deserialize, Serialize};
use theriac_contracts::codes::{DiscrepancyOutcome, ExitKind};
use theriac_sdk::cabinets::Discrepancy;
use theriac_standards::{fhir::ndc, gs1::key::Gtin};

use super::Facts;
use crate::book::Form;
use crate::packs::{Error, Partner, Refusal, book::PackState, clock::utc, label::Label};

/// A report of theft or loss, with the fields of DEA Form 106.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LossReport {
    format: String,
    /// What people filled in.
    pub facts: Facts,
    /// From what it was found.
    pub basis: Basis,
    /// What was lost.
    pub items: Vec<Item>,
}

/// From what a loss was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum Basis {
    /// A count that differed from the balance of a cabinet.
    Discrepancy {
        /// Its number on the ledger.
        number: u64,
        /// The cabinet.
        cabinet: B256,
        /// The last count that was equal, or the opening of the cabinet.
        from: String,
        /// The count.
        until: String,
        /// Who counted.
        counter: Address,
        /// Who witnessed it.
        witness: Address,
        /// What it was explained as; nothing while it is not.
        outcome: Option<String>,
    },
    /// Packs that were entered as stolen or lost.
    Packs {
        /// Each pack, in elements with brackets.
        packs: Vec<String>,
    },
}

/// Something that was lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Item {
    /// The product.
    pub gtin: String,
    /// Ten digits of the National Drug Code, where the product has one.
    pub ndc: Option<String>,
    /// Its trade name.
    pub trade_name: String,
    /// The controlled substance in it.
    pub substance: String,
    /// Its strength.
    pub strength: String,
    /// Its form.
    pub form: String,
    /// How many packs.
    pub packs: u64,
    /// How many units in all.
    pub quantity: u64,
}

impl Form for LossReport {
    const FORMAT: &'static str = "theriac-loss-report/1";

    fn format(&self) -> &str {
        &self.format
    }
}

impl Partner {
    /// The report of a discrepancy: `counted` of a product are there, less than the book says. Make it before the discrepancy is explained, whose
    /// explanation commits to it, or after.
    ///
    /// # Errors
    /// `LossIncomplete`; `NoLoss` where not fewer are there, or it was explained as something else; those of book and ledger.
    pub async fn report_discrepancy(
        &self,
        (number, gtin, counted): (u64, &str, i64),
        facts: Facts,
    ) -> Result<LossReport, Error> {
        facts.check()?;
        let discrepancy = self.client.discrepancy(number).await?;
        let item = self.book.cabinet_item(discrepancy.cabinet, gtin)?;
        if item.item != discrepancy.item {
            return Err(Refusal::NoLoss("the discrepancy is of another product").into());
        }
        let missing = item
            .stock
            .checked_sub(counted)
            .and_then(|missing| u64::try_from(missing).ok());
        let missing = missing.filter(|missing| counted >= 0 && *missing > 0);
        let missing = missing.ok_or(Refusal::NoLoss("not fewer are there than the book says"))?;
        let basis = basis(&discrepancy)?;
        let items = items(&facts, &BTreeMap::from([(gtin.to_owned(), missing)]))?;
        Ok(LossReport::new(facts, basis, items))
    }

    /// The report of packs that were entered as stolen or lost.
    ///
    /// # Errors
    /// `LossIncomplete`; `NoLoss` for a pack that did not leave so; `PackUnknown`; those of the book.
    pub fn report_packs(&self, scans: &[String], facts: Facts) -> Result<LossReport, Error> {
        facts.check()?;
        let (mut packs, mut counts) = (Vec::new(), BTreeMap::new());
        for scan in scans {
            let label = Label::scan(scan)?.label;
            let pack = self.book.pack(label.tag())?.ok_or(Refusal::PackUnknown)?;
            let lost = [ExitKind::Stolen, ExitKind::Lost].map(ExitKind::code);
            if pack.state != PackState::Left || !lost.contains(&pack.kind) {
                return Err(Refusal::NoLoss("the pack did not leave as stolen or lost").into());
            }
            let bracketed = label.bracketed();
            if packs.contains(&bracketed) {
                return Err(Refusal::SerialTwice(label.serial().to_owned()).into());
            }
            packs.push(bracketed);
            *counts.entry(label.gtin().to_owned()).or_insert(0) += 1;
        }
        if packs.is_empty() {
            return Err(Refusal::NoLoss("no pack was named").into());
        }
        let items = items(&facts, &counts)?;
        Ok(LossReport::new(facts, Basis::Packs { packs }, items))
    }
}

impl LossReport {
    fn new(facts: Facts, basis: Basis, items: Vec<Item>) -> Self {
        Self {
            format: Self::FORMAT.to_owned(),
            facts,
            basis,
            items,
        }
    }
}

fn basis(discrepancy: &Discrepancy) -> Result<Basis, Refusal> {
    let outcome = DiscrepancyOutcome::from_code(discrepancy.outcome);
    match outcome {
        None | Some(DiscrepancyOutcome::Loss | DiscrepancyOutcome::Theft) => {
            Ok(Basis::Discrepancy {
                number: discrepancy.number,
                cabinet: discrepancy.cabinet,
                from: utc(discrepancy.fromMs),
                until: utc(discrepancy.timeMs),
                counter: discrepancy.counter,
                witness: discrepancy.witness,
                outcome: outcome.map(|outcome| outcome.word().to_owned()),
            })
        }
        Some(DiscrepancyOutcome::CountingError | DiscrepancyOutcome::Waste) => {
            Err(Refusal::NoLoss("the discrepancy was explained as no loss"))
        }
    }
}

fn items(facts: &Facts, counts: &BTreeMap<String, u64>) -> Result<Vec<Item>, Refusal> {
    let item = |(gtin, packs): (&String, &u64)| {
        let product = facts.products.get(gtin);
        let product = product.ok_or(Refusal::LossIncomplete("products"))?;
        let number = Gtin::parse(gtin).map_err(|error| {
            let field = "product";
            Refusal::LabelFaulty { field, error }
        })?;
        Ok(Item {
            gtin: gtin.clone(),
            ndc: ndc(&number).map(str::to_owned),
            trade_name: product.trade_name.clone(),
            substance: product.substance.clone(),
            strength: product.strength.clone(),
            form: product.form.clone(),
            packs: *packs,
            quantity: packs.saturating_mul(u64::from(product.units_in_pack)),
        })
    };
    counts.iter().map(item).collect()
}
