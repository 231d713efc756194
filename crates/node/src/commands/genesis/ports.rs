//! Ports on loopback for a devnet.

use std::net::{Ipv4Addr, TcpListener};

use anyhow::{Context as _, bail};

/// Below the range from which Linux takes ports for outgoing connections, so that none is taken while a node restarts.
const FIRST: u16 = 26_000;
const LAST: u16 = 32_000;
/// Two devnets made at once start looking at different places.
const STRIDE: u16 = 16;

/// `count` ports that are free now.
///
/// # Errors
/// Where there are not as many.
pub(super) fn free(count: usize) -> anyhow::Result<Vec<u16>> {
    let span = LAST - FIRST;
    let offset = (std::process::id() % u32::from(span / STRIDE)) as u16 * STRIDE;
    let candidates = (0..span).map(|step| FIRST + (offset + step) % span);
    let ports: Vec<_> = candidates
        .filter(|port| is_free(*port))
        .take(count)
        .collect();
    if ports.len() < count {
        bail!(
            "expected {count} free ports from {FIRST} to {LAST}, got {}; name others with --base-port",
            ports.len()
        );
    }
    Ok(ports)
}

/// The `count` ports from `base` on.
///
/// # Errors
/// Where one of them is taken, or there are not as many.
pub(super) fn from(base: u16, count: usize) -> anyhow::Result<Vec<u16>> {
    let last = usize::from(base) + count - 1;
    let last = u16::try_from(last)
        .with_context(|| format!("{count} ports from {base} on go beyond 65535"))?;
    if let Some(taken) = (base..=last).find(|port| !is_free(*port)) {
        bail!("port {taken} is taken; choose another --base-port");
    }
    Ok((base..=last).collect())
}

fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}
