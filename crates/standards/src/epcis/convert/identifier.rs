//! EPC URNs from and to GS1 Digital Links.

use crate::epcis::hash::canonical_identifier;

const DOMAIN: &str = "https://id.gs1.org/";

/// An EPC URN as a GS1 Digital Link; `None` where `urn` is no EPC URN of a GS1 key.
pub fn to_digital_link(urn: &str) -> Option<String> {
    urn.starts_with("urn:epc:")
        .then(|| canonical_identifier(urn))
        .flatten()
}

/// A GS1 Digital Link as an EPC URN, the company prefix being `prefix_length` digits. What a URN cannot hold (other domains,
/// queries, the lot beside a serial) is dropped. `None` where `link` is no Digital Link of a key that has a URN, or is wrong in
/// its check digit.
pub fn to_epc_urn(link: &str, prefix_length: usize) -> Option<String> {
    if !(6..=12).contains(&prefix_length) {
        return None;
    }
    let canonical = canonical_identifier(link).filter(|_| !link.starts_with("urn:"))?;
    let mut parts = canonical.strip_prefix(DOMAIN)?.split('/');
    let (key, value) = (parts.next()?, parts.next()?);
    let qualifier = parts.next().zip(parts.next());
    let urn = match key {
        "01" | "8006" => trade_item((key, value), qualifier, prefix_length)?,
        _ => other((key, value), qualifier, prefix_length)?,
    };
    (canonical_identifier(&urn)? == canonical).then_some(urn)
}

fn trade_item(
    (key, value): (&str, &str),
    qualifier: Option<(&str, &str)>,
    length: usize,
) -> Option<String> {
    let (indicator, rest) = value.split_at_checked(1)?;
    let (company, reference) = rest.get(..12)?.split_at_checked(length)?;
    let item = format!("{company}.{indicator}{reference}");
    let pieces = value.get(14..18).map(|pieces| pieces.split_at(2));
    match (key, pieces, qualifier) {
        ("01", _, None) => Some(format!("urn:epc:idpat:sgtin:{item}.*")),
        ("01", _, Some(("21", serial))) => {
            Some(format!("urn:epc:id:sgtin:{item}.{}", for_urn(serial)?))
        }
        ("01", _, Some(("10", lot))) => {
            Some(format!("urn:epc:class:lgtin:{item}.{}", for_urn(lot)?))
        }
        ("01", _, Some(("235", serial))) => {
            Some(format!("urn:epc:id:upui:{item}.{}", for_urn(serial)?))
        }
        ("8006", Some((piece, total)), None) => {
            Some(format!("urn:epc:idpat:itip:{item}.{piece}.{total}.*"))
        }
        ("8006", Some((piece, total)), Some(("21", serial))) => Some(format!(
            "urn:epc:id:itip:{item}.{piece}.{total}.{}",
            for_urn(serial)?
        )),
        _ => None,
    }
}

fn other(
    (key, value): (&str, &str),
    qualifier: Option<(&str, &str)>,
    length: usize,
) -> Option<String> {
    let split = |text: &str, end: usize| {
        let (company, reference) = text.get(..end)?.split_at_checked(length)?;
        Some(format!("{company}.{reference}"))
    };
    let serial = |from: usize| value.get(from..).and_then(for_urn);
    let class_or = |scheme: &str, number: String, serial: String| match serial.is_empty() {
        true => format!("urn:epc:idpat:{scheme}:{number}.*"),
        false => format!("urn:epc:id:{scheme}:{number}.{serial}"),
    };
    match (key, qualifier) {
        ("00", None) => {
            let (extension, rest) = value.split_at_checked(1)?;
            let (company, reference) = rest.get(..16)?.split_at_checked(length)?;
            Some(format!("urn:epc:id:sscc:{company}.{extension}{reference}"))
        }
        ("414", None) => Some(format!("urn:epc:id:sgln:{}.0", split(value, 12)?)),
        ("414", Some((_, extension))) => Some(format!(
            "urn:epc:id:sgln:{}.{}",
            split(value, 12)?,
            for_urn(extension)?
        )),
        ("417", None) => Some(format!("urn:epc:id:pgln:{}", split(value, 12)?)),
        ("8017", None) => Some(format!("urn:epc:id:gsrnp:{}", split(value, 17)?)),
        ("8018", None) => Some(format!("urn:epc:id:gsrn:{}", split(value, 17)?)),
        ("402", None) => Some(format!("urn:epc:id:gsin:{}", split(value, 16)?)),
        ("8003", None) => Some(class_or("grai", split(value.get(1..)?, 12)?, serial(14)?)),
        ("253", None) => Some(class_or("gdti", split(value, 12)?, serial(13)?)),
        ("255", None) => Some(class_or("sgcn", split(value, 12)?, serial(13)?)),
        ("8004", None) => individual("giai", value, length),
        ("401", None) => individual("ginc", value, length),
        ("8010", Some((_, serial))) => {
            individual("cpi", value, length).map(|urn| format!("{urn}.{serial}"))
        }
        ("8010", None) => {
            let (company, reference) = value.split_at_checked(length)?;
            Some(format!(
                "urn:epc:idpat:cpi:{company}.{}.*",
                for_urn(reference)?
            ))
        }
        _ => None,
    }
}

fn individual(scheme: &str, value: &str, length: usize) -> Option<String> {
    let (company, reference) = value.split_at_checked(length)?;
    Some(format!(
        "urn:epc:id:{scheme}:{company}.{}",
        for_urn(reference)?
    ))
}

/// A component as a URN escapes it: fewer characters are escaped there than in a Digital Link.
fn for_urn(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        rest = &rest[letter.len_utf8()..];
        let letter = match letter {
            '%' => {
                let code = u8::from_str_radix(rest.get(..2)?, 16).ok()?;
                rest = rest.get(2..)?;
                char::from(code)
            }
            letter => letter,
        };
        match letter {
            '"' | '#' | '%' | '&' | '/' | '<' | '>' | '?' => {
                plain.push_str(&format!("%{:02X}", u32::from(letter)));
            }
            letter => plain.push(letter),
        }
    }
    Some(plain)
}
