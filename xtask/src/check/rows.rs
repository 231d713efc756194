//! Dependencies point down: the row of each crate, what it may use of ours, and what it must not use of others.

use super::graph::{Dependency, Graph, Package};

/// The crates by row, as in ARCHITECTURE.md. A crate may use those of lower rows only.
const ROWS: [(&str, u8); 16] = [
    ("theriac-contracts", 1),
    ("theriac-standards", 1),
    ("theriac-envelope", 1),
    ("theriac-evidence", 1),
    ("theriac-ledger", 2),
    ("theriac-vault", 2),
    ("theriac-verifier", 2),
    ("theriac-execution", 3),
    ("theriac-consensus", 4),
    ("theriac-sdk", 4),
    ("theriac-gateway", 5),
    ("theriac-keepers", 5),
    ("theriac-rpc", 5),
    ("theriac-node", 6),
    ("theriac-simulator", 6),
    ("xtask", 7),
];

/// What a gateway reaches only through the client library.
const NOT_FOR_GATEWAYS: [&str; 3] = ["theriac-ledger", "theriac-vault", "theriac-keepers"];

/// What serves a node cannot decrypt. The vault uses content ids.
const WITHOUT_PLAINTEXT: [&str; 4] = [
    "theriac-consensus",
    "theriac-execution",
    "theriac-ledger",
    "theriac-rpc",
];

/// Input, output and asynchrony have no place in the lowest row.
const NOT_FOR_PURE_CRATES: [&str; 10] = [
    "async-trait",
    "commonware-runtime",
    "futures",
    "hyper",
    "jsonrpsee",
    "rayon",
    "reqwest",
    "revm",
    "tokio",
    "tracing",
];

/// Returns each breach of the rows, in words.
pub(crate) fn violations(graph: &Graph) -> Vec<String> {
    let mut violations = Vec::new();
    for package in graph.ours() {
        let Some(row) = row(&package.name) else {
            violations.push(format!(
                "{} has no row: add it to xtask and ARCHITECTURE.md",
                package.name
            ));
            continue;
        };
        let found = package
            .dependencies
            .iter()
            .filter_map(|dependency| breach(package, row, dependency));
        violations.extend(found);
    }
    violations
}

fn breach(package: &Package, own: u8, dependency: &Dependency) -> Option<String> {
    let (user, used) = (&package.name, &dependency.name);
    let is_test_only = dependency.kind.as_deref() == Some("dev");
    if user == "theriac-gateway" && NOT_FOR_GATEWAYS.contains(&used.as_str()) {
        return Some(format!(
            "{user} uses {used}: a gateway goes through theriac-sdk"
        ));
    }
    if used == "theriac-envelope" && WITHOUT_PLAINTEXT.contains(&user.as_str()) && !is_test_only {
        return Some(format!(
            "{user} uses {used}: what serves a node cannot decrypt"
        ));
    }
    if let Some(other) = row(used) {
        let points_down = other < own || is_test_only && user == used;
        return (!points_down)
            .then(|| format!("{user} (row {own}) uses {used} (row {other}): lower rows only"));
    }
    if own == 1 && !is_test_only && NOT_FOR_PURE_CRATES.contains(&used.as_str()) {
        return Some(format!("{user} uses {used}: a crate of row 1 is pure"));
    }
    if used == "anyhow" && !["theriac-node", "xtask"].contains(&user.as_str()) && !is_test_only {
        return Some(format!(
            "{user} uses anyhow: only theriac-node and xtask do"
        ));
    }
    let is_engine = used.starts_with("commonware-");
    if user == "theriac-execution" && is_engine && !is_test_only {
        return Some(format!(
            "{user} uses {used}: execution knows nothing of the engine"
        ));
    }
    None
}

fn row(name: &str) -> Option<u8> {
    ROWS.iter()
        .find(|(known, _)| *known == name)
        .map(|(_, row)| *row)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A graph of crates of ours, each with what it uses (`dev:` before a dependency of its tests).
    fn graph(crates: &[(&str, &[&str])]) -> Graph {
        let dependency = |text: &&str| match text.strip_prefix("dev:") {
            Some(name) => serde_json::json!({"name": name, "kind": "dev"}),
            None => serde_json::json!({"name": text, "kind": null}),
        };
        let packages: Vec<_> = crates
            .iter()
            .map(|(name, uses)| {
                let dependencies: Vec<_> = uses.iter().map(dependency).collect();
                serde_json::json!({"id": name, "name": name, "version": "0.1.0", "license": "MIT", "dependencies": dependencies})
            })
            .collect();
        let members: Vec<_> = crates.iter().map(|(name, _)| name).collect();
        let text =
            serde_json::json!({"packages": packages, "workspace_members": members}).to_string();
        Graph::parse(&text).unwrap()
    }

    #[test]
    fn a_crate_may_use_lower_rows_and_packages_of_others() {
        let graph = graph(&[
            (
                "theriac-node",
                &["theriac-rpc", "theriac-contracts", "anyhow", "tokio"],
            ),
            (
                "theriac-rpc",
                &["theriac-execution", "theriac-ledger", "tokio"],
            ),
            ("theriac-contracts", &["alloy-primitives", "dev:tokio"]),
        ]);
        assert_eq!(violations(&graph), Vec::<String>::new());
    }

    #[test]
    fn a_crate_must_not_use_a_higher_or_equal_row() {
        for (user, used) in [
            ("theriac-contracts", "theriac-ledger"),
            ("theriac-ledger", "theriac-vault"),
            ("theriac-ledger", "dev:theriac-node"),
            ("theriac-node", "theriac-simulator"),
        ] {
            let found = violations(&graph(&[(user, &[used])]));
            assert_eq!(found.len(), 1, "{user} -> {used}");
            assert!(found[0].contains("lower rows only"), "{}", found[0]);
        }
    }

    #[test]
    fn a_gateway_goes_through_the_client_library() {
        let found = violations(&graph(&[(
            "theriac-gateway",
            &["theriac-sdk", "theriac-vault"],
        )]));
        assert_eq!(
            found,
            ["theriac-gateway uses theriac-vault: a gateway goes through theriac-sdk"]
        );
    }

    #[test]
    fn what_serves_a_node_cannot_decrypt() {
        let found = violations(&graph(&[("theriac-rpc", &["theriac-envelope"])]));
        assert_eq!(
            found,
            ["theriac-rpc uses theriac-envelope: what serves a node cannot decrypt"]
        );
        assert_eq!(
            violations(&graph(&[("theriac-sdk", &["theriac-envelope"])])),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_crate_of_the_lowest_row_is_pure() {
        let found = violations(&graph(&[("theriac-evidence", &["tokio"])]));
        assert_eq!(
            found,
            ["theriac-evidence uses tokio: a crate of row 1 is pure"]
        );
    }

    #[test]
    fn execution_knows_nothing_of_the_engine() {
        let found = violations(&graph(&[(
            "theriac-execution",
            &["commonware-storage", "revm"],
        )]));
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn errors_of_libraries_are_named() {
        let found = violations(&graph(&[("theriac-ledger", &["anyhow", "dev:anyhow"])]));
        assert_eq!(
            found,
            ["theriac-ledger uses anyhow: only theriac-node and xtask do"]
        );
    }

    #[test]
    fn a_crate_without_a_row_is_a_violation() {
        let found = violations(&graph(&[("theriac-helpers", &[])]));
        assert!(found[0].contains("has no row"));
    }

    #[test]
    fn each_crate_of_this_workspace_has_a_row_and_keeps_to_it() {
        assert_eq!(violations(&Graph::read().unwrap()), Vec::<String>::new());
    }
}
