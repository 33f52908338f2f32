//! Commands of the operating system.

use std::{
    env,
    ffi::OsString,
    process::{Command, Stdio},
};

/// A command that finds the standard tools even where `PATH` does not list their folders.
pub(in crate::testing) fn command(program: &str) -> Command {
    let mut path =
        env::var_os("PATH").filter(|path| !path.is_empty()).unwrap_or_else(|| OsString::from("/bin"));
    path.push(":/usr/bin:/bin");
    let mut command = Command::new(program);
    command.env("PATH", path).stdin(Stdio::null()).stderr(Stdio::null());
    command
}

/// What a command printed, if there is such a command and it succeeded.
pub(super) fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let output = command(program).args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}
