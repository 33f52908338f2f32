//! The error of a machine on which no server can be had.

use std::{env, fs};

/// Says what to do, one line for each way.
pub(super) fn explanation() -> String {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let install = install_command(env::consts::OS, &release);
    let mut ways = vec![
        "set DATABASE_URL to a server whose role may create databases (the database it names stays untouched)"
            .to_owned(),
    ];
    if cfg!(unix) {
        ways.push(format!(
            "install PostgreSQL: {install} (or set PG_BIN_DIR to the folder of `initdb` and `postgres`)"
        ));
        ways.push(
            "enable the feature `embedded` of `orm`: PGlite, which needs nothing installed (one connection only)"
                .into(),
        );
    }
    format!("no PostgreSQL for tests and examples; do one of these:\n- {}", ways.join("\n- "))
}

/// The command that installs a server on the operating system, and if that is Linux, on the distribution
/// that the text of `/etc/os-release` names.
fn install_command(system: &str, release: &str) -> &'static str {
    match system {
        "macos" => return "`brew install postgresql@17`",
        "linux" => {}
        _ => return "https://www.postgresql.org/download/",
    }
    let names = ["ID=", "ID_LIKE="]
        .into_iter()
        .filter_map(|key| release.lines().find_map(|line| line.strip_prefix(key)))
        .flat_map(|names| names.trim_matches(['"', '\'']).split_whitespace());
    for name in names {
        match name {
            "debian" | "ubuntu" => return "`apt-get install postgresql`",
            "fedora" | "rhel" | "centos" => return "`dnf install postgresql-server postgresql-contrib`",
            "alpine" => return "`apk add postgresql postgresql-contrib`",
            "arch" => return "`pacman -S postgresql`",
            "suse" | "opensuse" => return "`zypper install postgresql-server postgresql-contrib`",
            "nixos" => return "`nix-shell -p postgresql`",
            _ => {}
        }
    }
    "https://www.postgresql.org/download/"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_every_way() {
        let text = explanation();
        for way in ["DATABASE_URL", "PG_BIN_DIR", "install PostgreSQL", "`embedded`"] {
            assert!(text.contains(way), "{way} is missing in: {text}");
        }
    }

    #[test]
    fn install_commands() {
        assert_eq!(install_command("macos", ""), "`brew install postgresql@17`");
        assert_eq!(install_command("linux", "ID=debian\n"), "`apt-get install postgresql`");
        assert_eq!(
            install_command("linux", "ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n"),
            "`dnf install postgresql-server postgresql-contrib`"
        );
        assert_eq!(
            install_command("linux", "ID_LIKE=\"suse opensuse\"\nID=\"opensuse-leap\"\n"),
            "`zypper install postgresql-server postgresql-contrib`"
        );
        assert_eq!(install_command("linux", ""), "https://www.postgresql.org/download/");
        assert_eq!(install_command("freebsd", ""), "https://www.postgresql.org/download/");
    }
}
