//! A second signal ends the program at once, with the exit code of a process that this signal ended.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a failed test says where")]

use std::fs::OpenOptions;
use std::process::{Command, Stdio};
use std::time::Duration;

use assert_cmd::cargo::CommandCargoExt;

/// Sends a signal again and again to a run that waits for its input, and returns its exit code.
fn exit_after(signal: &str) -> Option<i32> {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("never.index");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut command = Command::cargo_bin("maillage").unwrap();
    let mut run = command.arg("solve").arg(&pipe).args(["--sites", "1"]).stderr(Stdio::null()).spawn().unwrap();
    // The other end of the pipe opens once the program reads, which is after it has begun to listen.
    let _writer = OpenOptions::new().write(true).open(&pipe).unwrap();
    loop {
        if let Some(status) = run.try_wait().unwrap() {
            return status.code();
        }
        let sent = Command::new("sh").args(["-c", &format!("kill -{signal} {}", run.id())]).status();
        assert!(sent.unwrap().success() || run.try_wait().unwrap().is_some());
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_second_signal_ends_with_its_own_code() {
    assert_eq!(exit_after("INT"), Some(130));
    assert_eq!(exit_after("TERM"), Some(143));
    assert_eq!(exit_after("HUP"), Some(129));
}
