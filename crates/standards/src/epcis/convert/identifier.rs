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
    match (key, qualifier) {
        ("00", None) => {
            let (extension, rest) = value.split_at_checked(1)?;
            let (company, reference) = rest.get(..16)?.split_at_checked(length)?;
            Some(format!("urn:epc:id:sscc:{company}.{extension}{reference}"))
        }
        ("414", extension) => {
            let extension = extension.map_or("0", |(_, extension)| extension);
            let number = parted(value, 12, length)?;
            Some(format!("urn:epc:id:sgln:{number}.{}", for_urn(extension)?))
        }
        ("417", None) => numeric("pgln", parted(value, 12, length)?),
        ("8017", None) => numeric("gsrnp", parted(value, 17, length)?),
        ("8018", None) => numeric("gsrn", parted(value, 17, length)?),
        ("402", None) => numeric("gsin", parted(value, 16, length)?),
        ("8003", None) => class_or_instance("grai", value.get(1..)?, length),
        ("253", None) => class_or_instance("gdti", value, length),
        ("255", None) => class_or_instance("sgcn", value, length),
        ("8004", None) => individual("giai", value, length),
        ("401", None) => individual("ginc", value, length),
        ("8010", Some((_, serial))) => {
            individual("cpi", value, length).map(|urn| format!("{urn}.{serial}"))
        }
        ("8010", None) => {
            let (company, reference) = value.split_at_checked(length)?;
            let reference = for_urn(reference)?;
            Some(format!("urn:epc:idpat:cpi:{company}.{reference}.*"))
        }
        _ => None,
    }
}

/// The first `end` digits, the company prefix apart.
fn parted(value: &str, end: usize, length: usize) -> Option<String> {
    let (company, reference) = value.get(..end)?.split_at_checked(length)?;
    Some(format!("{company}.{reference}"))
}

fn numeric(scheme: &str, number: String) -> Option<String> {
    Some(format!("urn:epc:id:{scheme}:{number}"))
}

/// A key of twelve digits and a check digit, with a serial or without.
fn class_or_instance(scheme: &str, value: &str, length: usize) -> Option<String> {
    let number = parted(value, 12, length)?;
    let serial = value.get(13..).and_then(for_urn)?;
    Some(match serial.is_empty() {
        true => format!("urn:epc:idpat:{scheme}:{number}.*"),
        false => format!("urn:epc:id:{scheme}:{number}.{serial}"),
    })
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
