//! A server of this process's own, for systems with Unix sockets and `/bin/sh`.

mod account;
mod base;
mod binaries;
mod server;
mod shell;
mod url;

use std::path::PathBuf;

pub(super) use server::PrivateServer;
#[cfg(feature = "embedded")]
pub(super) use {base::candidates, server::read_folder, shell::command, url::of_socket as url_of_socket};

/// The folder of the installed binaries, if there are any.
pub(super) fn find_binaries() -> Result<Option<PathBuf>, String> {
    binaries::Search::from_env().find()
}
