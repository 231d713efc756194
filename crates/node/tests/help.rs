//! The help of every command as a snapshot in `tests/help`, and the tree of commands.
//!
//! `UPDATE_HELP=1 cargo test -p theriac-node --test help` writes the snapshots anew; read the difference before committing it.

use std::{collections::BTreeSet, env, fs, path::PathBuf, process::Command};

/// A command by its words, with its help.
struct Page {
    words: Vec<String>,
    text: String,
    is_leaf: bool,
}

impl Page {
    fn file(&self) -> String {
        let name = ["theriac"]
            .into_iter()
            .chain(self.words.iter().map(String::as_str))
            .collect::<Vec<_>>()
            .join("-");
        format!("{name}.txt")
    }
}

/// The page of a command and of all below it, in the order of the help.
fn pages(words: &[String]) -> Vec<Page> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_theriac"));
    command
        .args(words)
        .arg("--help")
        .env_remove("THERIAC_RPC")
        .env_remove("THERIAC_ACCOUNT")
        .env_remove("COLUMNS");
    let output = command.output().unwrap();
    assert!(output.status.success(), "{words:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let children = subcommands(&text);
    let mut all = vec![Page {
        words: words.to_vec(),
        text,
        is_leaf: children.is_empty(),
    }];
    for child in children {
        all.extend(pages(&[words, &[child]].concat()));
    }
    all
}

/// The names under `Commands:`.
fn subcommands(help: &str) -> Vec<String> {
    let section = help
        .split("\nCommands:\n")
        .nth(1)
        .and_then(|rest| rest.split("\n\n").next())
        .unwrap_or_default();
    let names = section
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names = names
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help");
    names.map(str::to_owned).collect()
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/help")
}

/// Lines without spaces at their end, which editors and patches lose.
fn trimmed(text: &str) -> String {
    text.lines()
        .map(|line| format!("{}\n", line.trim_end()))
        .collect()
}

#[test]
fn the_help_of_every_command_is_the_one_that_was_read_and_committed() {
    let update = env::var_os("UPDATE_HELP").is_some();
    let pages = pages(&[]);
    let files: BTreeSet<String> = pages.iter().map(Page::file).collect();
    let mut differing = Vec::new();
    for page in &pages {
        let (path, text) = (folder().join(page.file()), trimmed(&page.text));
        if update {
            fs::write(&path, &text).unwrap();
        }
        if fs::read_to_string(&path).unwrap_or_default() != text {
            differing.push(page.file());
        }
    }
    let committed = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap());
    for entry in committed.filter(|entry| !files.contains(&*entry.file_name().to_string_lossy())) {
        if update {
            fs::remove_file(entry.path()).unwrap();
        } else {
            differing.push(format!(
                "{} is of no command",
                entry.file_name().to_string_lossy()
            ));
        }
    }
    assert!(
        differing.is_empty(),
        "help differs from tests/help; UPDATE_HELP=1 writes it anew: {differing:?}"
    );
}

#[test]
fn the_commands_of_the_first_issue_are_there() {
    let words: BTreeSet<String> = pages(&[]).iter().map(|page| page.words.join(" ")).collect();
    let expected = [
        "genesis",
        "node",
        "demo",
        "status",
        "watch",
        "account new",
        "account show",
        "directory enrol",
        "directory revoke",
        "directory show",
        "record add",
        "record list",
        "record show",
        "access request",
        "access approve",
        "access deny",
        "access revoke",
        "access open",
        "access log",
        "verify",
    ];
    for command in expected {
        assert!(words.contains(command), "{command}");
    }
}

#[test]
fn every_command_of_a_client_shows_an_example_and_what_comes_next() {
    let of_a_client = |page: &&Page| {
        let first = page.words.first().map(String::as_str);
        page.is_leaf && !matches!(first, None | Some("genesis" | "node" | "demo"))
    };
    let pages = pages(&[]);
    let leaves: Vec<_> = pages.iter().filter(of_a_client).collect();
    assert!(leaves.len() >= 20, "{}", leaves.len());
    for page in leaves {
        assert!(
            page.text.contains("\nExample"),
            "{:?} has no example",
            page.words
        );
        assert!(
            page.text.contains("\nNext:\n"),
            "{:?} does not say what comes next",
            page.words
        );
    }
}

#[test]
fn the_help_lists_the_exit_codes() {
    let page = &pages(&[])[0].text;
    for code in [
        "0  done",
        "1  failed",
        "2  the command line",
        "3  refused by a rule",
        "4  verification failed",
        "5  no node",
    ] {
        assert!(page.contains(code), "{code}");
    }
}
