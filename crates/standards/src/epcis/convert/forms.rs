//! The forms of identifiers and terms that a client may ask for.

use super::identifier::{to_digital_link, to_epc_urn};
use crate::epcis::{
    hash::canonical_identifier,
    model::Event,
    vocabulary::{Kind, Term},
};

/// `GS1-EPC-Format`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IdentifierForm {
    /// Any.
    #[default]
    NoPreference,
    /// GS1 Digital Links.
    DigitalLink,
    /// EPC URNs, where the length of the company prefix is known.
    EpcUrn,
    /// As captured.
    Never,
}

impl IdentifierForm {
    /// The value of the header.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoPreference => "No_Preference",
            Self::DigitalLink => "Always_GS1_Digital_Link",
            Self::EpcUrn => "Always_EPC_URN",
            Self::Never => "Never_Translates",
        }
    }

    /// The form of this name.
    pub fn named(name: &str) -> Option<Self> {
        [
            Self::NoPreference,
            Self::DigitalLink,
            Self::EpcUrn,
            Self::Never,
        ]
        .into_iter()
        .find(|form| form.name() == name)
    }
}

/// `GS1-CBV-XML-Format`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TermForm {
    /// Any.
    #[default]
    NoPreference,
    /// Web URIs.
    WebUri,
    /// URNs; terms of sensors, which have none, in compact form.
    Urn,
    /// As captured.
    Never,
}

impl TermForm {
    /// The value of the header.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoPreference => "No_Preference",
            Self::WebUri => "Always_Web_URI",
            Self::Urn => "Always_URN",
            Self::Never => "Never_Translates",
        }
    }

    /// The form of this name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::NoPreference, Self::WebUri, Self::Urn, Self::Never]
            .into_iter()
            .find(|form| form.name() == name)
    }
}

/// Puts the identifiers of an event into `form`. `prefix_length` says how long the company prefix of a canonical Digital Link
/// is, if that is known; identifiers whose prefix is not known stay as they are.
pub fn change_identifiers(
    event: &mut Event,
    form: IdentifierForm,
    prefix_length: impl Fn(&str) -> Option<usize>,
) {
    match form {
        IdentifierForm::NoPreference | IdentifierForm::Never => {}
        IdentifierForm::DigitalLink => event.for_each_identifier(|text| {
            if let Some(link) = to_digital_link(text) {
                *text = link;
            }
        }),
        IdentifierForm::EpcUrn => event.for_each_identifier(|text| {
            let link = (!text.starts_with("urn:"))
                .then(|| canonical_identifier(text))
                .flatten();
            let length = link.as_deref().and_then(&prefix_length);
            if let Some(urn) = length.and_then(|length| to_epc_urn(text, length)) {
                *text = urn;
            }
        }),
    }
}

/// Puts the terms of an event that are of the standard into `form`.
pub fn change_terms(event: &mut Event, form: TermForm) {
    match form {
        TermForm::NoPreference | TermForm::Never => {}
        TermForm::WebUri => event.for_each_term(|kind, term| {
            if matches!(kind.classify(term), Term::Standard(_)) {
                *term = kind.to_web(term).into_owned();
            }
        }),
        TermForm::Urn => event.for_each_term(|kind, term| *term = kind.to_urn(term).into_owned()),
    }
}

/// A term as JSON-LD writes it: web URIs stay, all else of the standard becomes bare.
pub(super) fn bare(kind: Kind, term: &str) -> String {
    let (namespace, _) = kind.web();
    match term.starts_with(namespace) {
        true => term.to_owned(),
        false => kind.to_bare(term).into_owned(),
    }
}

/// A term as XML writes it: bare words become URNs, or the compact form where there are none.
pub(super) fn unbare(kind: Kind, term: &str) -> String {
    match term.contains(':') {
        true => term.to_owned(),
        false => kind.to_urn(term).into_owned(),
    }
}
