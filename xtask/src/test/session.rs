//! The first session of README.md, run as it stands there, so that it cannot go out of date.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::tally::Tally;
use crate::{command, demo, workspace};

const HEADING: &str = "## A first session at the command line\n";
const LIMIT: Duration = Duration::from_secs(6 * 60);
/// `timeout` ends bash and what it started; it comes before the limit.
const TIMEOUT: [&str; 3] = ["timeout", "--kill-after=20", "300"];

/// Runs the session in a fresh folder; it counts as one test.
///
/// # Errors
/// When README.md has no such session, or the binary cannot be built.
pub(crate) fn run() -> Result<Tally> {
    let theriac = demo::build()?;
    let readme = fs::read_to_string(workspace::root().join("README.md"))?;
    let folder = workspace::build_directory().join("session");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    symlink(workspace::root().join("crates"), folder.join("crates"))?;
    let script = folder.join("session.sh");
    fs::write(&script, script_of(&commands(&readme)?))?;
    let programs = theriac.parent().context("the binary has no folder")?;
    let path = format!(
        "{}:{}",
        programs.display(),
        std::env::var("PATH").unwrap_or_default()
    );
    let mut bash = Command::new(TIMEOUT[0]);
    bash.args(&TIMEOUT[1..]).arg("bash").arg(&script);
    bash.current_dir(&folder).env("PATH", path);
    let went = command::run(&mut bash, LIMIT)?.success();
    println!(
        "the first session of README.md: {}",
        if went { "ok" } else { "FAILED" }
    );
    Ok(if went {
        Tally::passed(1)
    } else {
        Tally::failed(1)
    })
}

/// The lines of the shell blocks under the heading, continued lines joined.
fn commands(readme: &str) -> Result<Vec<String>> {
    let (_, section) = readme
        .split_once(HEADING)
        .context("README.md has no first session")?;
    let section = section.split("\n## ").next().unwrap_or_default();
    let mut commands = Vec::new();
    for block in section.split("```sh\n").skip(1) {
        let (block, _) = block
            .split_once("```")
            .context("a block of README.md has no end")?;
        let joined = block.replace("\\\n", " ");
        commands.extend(
            joined
                .lines()
                .filter(|line| !line.trim().is_empty())
                .map(str::to_owned),
        );
    }
    if commands.is_empty() {
        bail!("the first session of README.md has no commands");
    }
    Ok(commands)
}

/// A script that runs each command, and stops at the first that does not end as the session says.
fn script_of(commands: &[String]) -> String {
    let mut script = String::from(
        "set -uo pipefail\n\
         count=0\n\
         trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT\n\
         expect() { test \"$1\" = \"$2\" || { cat $last; echo \"exit code $1, expected $2\"; exit 1; }; }\n",
    );
    for command in commands {
        script.push_str(&format!(
            "printf '%s\\n' {}\n",
            quoted(&format!("$ {command}"))
        ));
        script.push_str(&step(command));
    }
    script
}

/// One command. `NAME=0x...  # word` takes the value that stands after the word in the last output; a comment
/// `# exit code N` says how a command ends, and without one it ends with 0.
fn step(command: &str) -> String {
    let (code, comment) = command.split_once(" # ").unwrap_or((command, ""));
    if let Some((name, "0x...")) = code.trim().split_once('=') {
        let word = comment.trim();
        return format!(
            "{name}=$(awk '$1 == \"{word}\" {{ print $2; exit }}' $last)\n\
             test -n \"${name}\" || {{ cat $last; echo 'no {word} above'; exit 1; }}\n"
        );
    }
    let expected = comment.trim().strip_prefix("exit code ").unwrap_or("0");
    let expected = expected
        .split_whitespace()
        .next()
        .unwrap_or("0")
        .trim_matches(|mark| ",:;".contains(mark));
    format!("last=output.$((count += 1))\n{{ {code}\n}} > $last 2>&1\nexpect $? {expected}\n")
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bash(commands: &[&str]) -> (bool, String) {
        let commands: Vec<_> = commands
            .iter()
            .map(|command| (*command).to_owned())
            .collect();
        let folder = std::env::temp_dir().join(format!("theriac-session-{}", fs_name(&commands)));
        fs::create_dir_all(&folder).unwrap();
        let output = Command::new("bash")
            .arg("-c")
            .arg(script_of(&commands))
            .current_dir(&folder)
            .output()
            .unwrap();
        fs::remove_dir_all(&folder).unwrap();
        (
            output.status.success(),
            String::from_utf8_lossy(&output.stdout).into_owned(),
        )
    }

    fn fs_name(commands: &[String]) -> String {
        let total: usize = commands
            .iter()
            .flat_map(|command| command.bytes())
            .map(usize::from)
            .sum();
        format!("{}-{total}", std::process::id())
    }

    #[test]
    fn a_session_goes_on_with_a_value_of_the_last_output() {
        let (went, text) = bash(&[
            "printf 'record  0x12\\nchart 0x34\\n'",
            "CHART=0x...  # chart",
            "test \"$CHART\" = 0x34",
        ]);
        assert!(went, "{text}");
    }

    #[test]
    fn a_session_stops_at_a_command_that_ends_otherwise_than_it_says() {
        assert!(!bash(&["false", "true"]).0);
        assert!(bash(&["(exit 3)  # exit code 3: refused"]).0);
        assert!(!bash(&["true  # exit code 3"]).0);
        assert!(!bash(&["echo nothing", "CHART=0x...  # chart"]).0);
    }

    #[test]
    fn commands_are_those_of_the_section_with_continued_lines_joined() {
        let readme = format!(
            "# A\n```sh\nno\n```\n{HEADING}text\n```sh\none \\\n  two\n\nthree\n```\n## B\n```sh\nno\n```\n"
        );
        assert_eq!(commands(&readme).unwrap(), ["one    two", "three"]);
    }
}
