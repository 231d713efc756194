//! Writes an EPC URN.

use super::escape::escape;
use super::scheme::{Body, Tail};
use super::{Epc, EpcError, Level, Scheme};
use crate::gs1::dictionary::Ai;

impl Epc {
    /// The URN.
    pub fn to_urn(&self) -> String {
        let kind = match (self.level, self.scheme) {
            (Level::Instance, _) => "id",
            (Level::Class, Scheme::Lgtin) => "class",
            (Level::Class, _) => "idpat",
        };
        let parts = parts(self).expect("a code is made only of what can be written");
        format!("urn:epc:{kind}:{}:{}", self.scheme.name(), parts.join("."))
    }
}

/// The parts between dots.
pub(super) fn parts(epc: &Epc) -> Result<Vec<String>, EpcError> {
    let layout = epc.scheme.layout();
    let data = epc.elements.value(Ai::of(layout.ai));
    let data = data.and_then(|data| data.get(layout.before.len()..));
    let (mut parts, rest) = key(
        data.ok_or(EpcError::NoScheme)?,
        layout.body,
        epc.prefix_length.digits(),
    )?;
    let second = |ai, none: &str| {
        let value = epc.elements.value(Ai::of(ai));
        value.map_or(none.to_owned(), escape)
    };
    match layout.tail {
        Tail::None => {}
        Tail::Inside if rest.is_empty() => parts.push("*".to_owned()),
        Tail::Inside => parts.push(escape(rest)),
        Tail::Extension(ai) => parts.push(second(ai, "0")),
        Tail::Element(ai) => parts.push(second(ai, "*")),
        Tail::Pieces(ai) => {
            let (piece, total) = rest.split_at_checked(2).ok_or(EpcError::Piece)?;
            parts.extend([piece.to_owned(), total.to_owned(), second(ai, "*")]);
        }
    }
    Ok(parts)
}

/// Company prefix and reference of a key, and what follows its check digit.
fn key(data: &str, layout: Body, prefix: usize) -> Result<(Vec<String>, &str), EpcError> {
    match layout {
        Body::LeadingDigit(length) => {
            let (body, rest) = body(data, length, prefix)?;
            let (leading, body) = body.split_at(1);
            let (prefix, reference) = body.split_at(prefix);
            let reference = format!("{leading}{reference}");
            Ok((vec![prefix.to_owned(), reference], rest))
        }
        Body::Digits(length) => {
            let (body, rest) = body(data, length, prefix)?;
            let (prefix, reference) = body.split_at(prefix);
            Ok((vec![prefix.to_owned(), reference.to_owned()], rest))
        }
        Body::Text => {
            let got = data.len();
            let (digits, reference) = data
                .split_at_checked(prefix)
                .ok_or(EpcError::PrefixLength { got })?;
            if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(EpcError::NotADigit);
            }
            if reference.is_empty() {
                return Err(EpcError::EmptyReference);
            }
            Ok((vec![digits.to_owned(), escape(reference)], ""))
        }
    }
}

/// The digits before the check digit, and what follows it.
fn body(data: &str, length: usize, prefix: usize) -> Result<(&str, &str), EpcError> {
    let (body, rest) = data.split_at_checked(length).ok_or(EpcError::NoScheme)?;
    if prefix > length {
        return Err(EpcError::PrefixLength { got: prefix });
    }
    Ok((body, rest.get(1..).ok_or(EpcError::NoScheme)?))
}
