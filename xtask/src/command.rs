//! Runs other programs: within a time limit, and ended by their own id when it has passed.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

const POLL: Duration = Duration::from_millis(50);

/// Runs `command` with the terminal's output and returns how it ended.
///
/// # Errors
/// When the program cannot be started, or still runs after `limit`.
pub(crate) fn run(command: &mut Command, limit: Duration) -> Result<ExitStatus> {
    let mut child = command
        .stdin(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start {}", shown(command)))?;
    wait(&mut child, Instant::now() + limit).with_context(|| shown(command))
}

/// Runs `command`, hands each line of its standard output to `line`, and returns how it ended.
///
/// # Errors
/// When the program cannot be started, or still runs after `limit`.
pub(crate) fn read(
    command: &mut Command,
    limit: Duration,
    mut line: impl FnMut(&str),
) -> Result<ExitStatus> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", shown(command)))?;
    let deadline = Instant::now() + limit;
    let output = child.stdout.take().expect("standard output is piped");
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        let mut reader = BufReader::new(output);
        let mut bytes = Vec::new();
        while reader
            .read_until(b'\n', &mut bytes)
            .is_ok_and(|read| read > 0)
        {
            let text = String::from_utf8_lossy(&bytes).trim_end().to_owned();
            bytes.clear();
            if sender.send(text).is_err() {
                return;
            }
        }
    });
    while let Ok(text) = lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
        line(&text);
    }
    wait(&mut child, deadline).with_context(|| shown(command))
}

/// Runs `command` silently and returns its standard output.
///
/// # Errors
/// When the program cannot be started, fails, or still runs after `limit`.
pub(crate) fn output(command: &mut Command, limit: Duration) -> Result<String> {
    let mut text = String::new();
    let status = read(command, limit, |line| {
        text.push_str(line);
        text.push('\n');
    })?;
    if !status.success() {
        bail!("{} failed: {status}", shown(command));
    }
    Ok(text)
}

fn wait(child: &mut Child, deadline: Instant) -> Result<ExitStatus> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if Instant::now() >= deadline {
            child.kill()?;
            child.wait()?;
            bail!("ended because its time limit had passed");
        }
        thread::sleep(POLL);
    }
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn output_returns_each_line_of_the_program() {
        let text = output(&mut shell("echo one; echo two"), Duration::from_secs(10)).unwrap();
        assert_eq!(text, "one\ntwo\n");
    }

    #[test]
    fn output_refuses_a_program_that_fails() {
        let error = output(&mut shell("exit 3"), Duration::from_secs(10)).unwrap_err();
        assert!(format!("{error:#}").contains("exit status: 3"), "{error:#}");
    }

    #[test]
    fn run_ends_a_program_that_overruns_its_limit() {
        let started = Instant::now();
        let error = run(&mut shell("exec sleep 30"), Duration::from_millis(200)).unwrap_err();
        assert!(format!("{error:#}").contains("time limit"), "{error:#}");
        assert!(started.elapsed() < Duration::from_secs(20));
    }

    #[test]
    fn run_names_the_program_that_it_cannot_start() {
        let mut command = Command::new("no-such-program-of-theriac");
        let error = run(&mut command, Duration::from_secs(1)).unwrap_err();
        assert!(format!("{error:#}").contains("no-such-program-of-theriac"));
    }
}
