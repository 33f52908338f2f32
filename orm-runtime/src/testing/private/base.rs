//! The folders that a server's own folder may be made in.

use std::{
    env,
    path::{Path, PathBuf},
};

use super::shell::output;

/// What a server and a few hundred small databases take, in KiB.
const ROOMY: u64 = 1 << 20;

/// The longest folder in which the path of a socket fits the address structure of every system.
const LONGEST: usize = 103 - "/.s.PGSQL.5432".len();

/// The candidates for a folder of the given name, best first: memory, if there is enough, and then the places
/// for temporary files.
pub(in crate::testing) fn candidates(name: &str) -> Vec<PathBuf> {
    let memory = Path::new("/dev/shm");
    let roomy = output("df", &["-Pk", "/dev/shm"]).and_then(|table| free(&table)) >= Some(ROOMY);
    [roomy.then(|| memory.to_owned()), Some(env::temp_dir()), Some(PathBuf::from("/tmp"))]
        .into_iter()
        .flatten()
        .filter(|base| base.is_absolute() && base.join(name).as_os_str().len() <= LONGEST)
        .collect()
}

/// The fourth column of the second line that `df -Pk` prints: what is free, in KiB.
fn free(table: &str) -> Option<u64> {
    table.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_space() {
        let table =
            "Filesystem 1024-blocks Used Available Capacity Mounted on\ntmpfs 65536 4 65532 1% /dev/shm";
        assert_eq!(free(table), Some(65532));
        assert_eq!(free(""), None);
    }

    #[test]
    fn folders_too_long_for_a_socket_are_left_out() {
        assert!(candidates("orm-test").contains(&PathBuf::from("/tmp")));
        assert!(candidates(&"long".repeat(30)).is_empty());
    }
}
