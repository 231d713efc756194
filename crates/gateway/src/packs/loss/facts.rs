//! What only people know of a theft or loss, in the fields of the form.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::DeaNumber;
use crate::{book::Form, packs::Refusal};

/// What people fill in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Facts {
    format: String,
    /// Who reports.
    pub registrant: Registrant,
    /// When it happened or was first discovered: a date.
    pub discovered: String,
    /// What sort of theft or loss.
    pub kind: Kind,
    /// What it was, where the sort is `other`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
    /// The police.
    pub police: Police,
    /// Thefts and losses of the registrant in the 24 months before.
    pub losses_in24_months: u32,
    /// Where the sort is `armed-robbery`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub armed_robbery: Option<ArmedRobbery>,
    /// Where the sort is `lost-in-transit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_transit: Option<InTransit>,
    /// What the controlled medicines cost the registrant, in dollars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purchase_value: Option<u64>,
    /// Other merchandise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merchandise: Option<Merchandise>,
    /// Marks, symbols or price codes on labels that help to know them again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marks: Option<String>,
    /// Numbers of order forms (DEA-222) that were taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order_forms: Vec<String>,
    /// What was done so that it does not happen again.
    pub measures: String,
    /// Names and strengths of the products, by GTIN of 14 digits.
    pub products: BTreeMap<String, Product>,
    /// Who signs.
    pub signed_by: SignedBy,
}

/// Who reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(missing_docs, reason = "each holds the field of its name")]
pub struct Registrant {
    pub name: String,
    pub address: String,
    pub city: String,
    pub state: String,
    pub zip: String,
    pub county: String,
    pub phone: String,
    pub dea_number: DeaNumber,
    pub business: Business,
}

/// What a registrant does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "each is the business of its name")]
pub enum Business {
    Pharmacy,
    Practitioner,
    Manufacturer,
    HospitalOrClinic,
    Distributor,
    NarcoticTreatmentProgram,
    Other,
}

/// What sort of theft or loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "each is the sort of its name")]
pub enum Kind {
    NightBreakIn,
    ArmedRobbery,
    EmployeePilferage,
    CustomerTheft,
    LostInTransit,
    Other,
}

/// Whether the police was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[allow(missing_docs, reason = "each holds the field of its name")]
pub struct Police {
    pub reported: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report_number: Option<String>,
}

/// What a robbery did to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArmedRobbery {
    /// How many were killed.
    pub killed: u32,
    /// How many were injured.
    pub injured: u32,
}

/// What was lost on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InTransit {
    /// Name of the common carrier.
    pub carrier: String,
    /// Name of the consignee.
    pub consignee: String,
    /// Its number.
    pub consignee_dea_number: DeaNumber,
    /// Whether the carton was received.
    pub received: bool,
    /// Whether it looked tampered with, if it was received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tampered: Option<bool>,
    /// How many losses with the same carrier there were before.
    pub earlier_losses: u32,
}

/// Other merchandise that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Merchandise {
    /// What it was worth, in dollars.
    pub value: u64,
}

/// What a product is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Product {
    /// Its trade name.
    pub trade_name: String,
    /// The controlled substance in it.
    pub substance: String,
    /// Strength, such as `5 mg`.
    pub strength: String,
    /// Form, such as `tablet`.
    pub form: String,
    /// Units in a pack, such as 100 tablets.
    pub units_in_pack: u32,
}

/// Who signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each holds the field of its name")]
pub struct SignedBy {
    pub name: String,
    pub title: String,
    pub date: String,
}

impl Form for Facts {
    const FORMAT: &'static str = "theriac-loss-facts/1";

    fn format(&self) -> &str {
        &self.format
    }
}

impl Facts {
    /// Whether what the sort of loss asks for is there, and nothing of another sort.
    ///
    /// # Errors
    /// `LossIncomplete` with the first field that is not right.
    pub fn check(&self) -> Result<(), Refusal> {
        let of_kind = [
            (
                "explanation",
                self.kind == Kind::Other,
                self.explanation.is_some(),
            ),
            (
                "armedRobbery",
                self.kind == Kind::ArmedRobbery,
                self.armed_robbery.is_some(),
            ),
            (
                "inTransit",
                self.kind == Kind::LostInTransit,
                self.in_transit.is_some(),
            ),
        ];
        if let Some((field, ..)) = of_kind.iter().find(|(_, needed, there)| needed != there) {
            return Err(Refusal::LossIncomplete(field));
        }
        let (told, department) = (self.police.reported, &self.police.department);
        if told && department.is_none() {
            return Err(Refusal::LossIncomplete("police.department"));
        }
        let tampered = self
            .in_transit
            .as_ref()
            .map(|way| (way.received, way.tampered.is_some()));
        if tampered.is_some_and(|(received, told)| received != told) {
            return Err(Refusal::LossIncomplete("inTransit.tampered"));
        }
        self.check_dates()
    }

    fn check_dates(&self) -> Result<(), Refusal> {
        let dates = [
            ("discovered", &self.discovered),
            ("signedBy.date", &self.signed_by.date),
        ];
        for (field, date) in dates {
            let is_day = date.len() == 10 && theriac_standards::fhir::When::parse(date).is_some();
            is_day.then_some(()).ok_or(Refusal::LossIncomplete(field))?;
        }
        Ok(())
    }
}
