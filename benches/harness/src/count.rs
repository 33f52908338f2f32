//! The client's instructions and allocations, by valgrind: they do not depend on the machine's mood.

use std::{env, fs, process::Command};

use crate::{
    Result,
    peer::{Answer, Peer, Running, folder},
    server::Server,
    table::{Table, digits, ratio},
};

/// How often a workload is run, beyond what `WORKS` has for small ones.
const TIMES: [(&str, u32); 6] = [("W1", 500), ("W2", 50), ("W3", 5), ("W12", 30), ("W8", 1), ("W10", 1)];

/// How many rows a run reads into structs, or writes, where they are many: of these workloads the figures are of one row.
const ROWS: [(&str, u32); 9] = [
    ("W4", 10_000),
    ("W5", 11_000),
    ("W6", 41_000),
    ("W7", 8_192),
    ("W8", 10_000),
    ("W8c", 10_000),
    ("W9", 100_000),
    ("W10", 5_000),
    ("W13", 4_000),
];

/// Prints the instructions of one run of each workload and peer, or of one row where there are many, and their allocations.
/// Those of a run are the difference between a program that ran it a few times and one that did so a few times more.
pub fn count(peers: &[Peer], works: &[(String, u32)]) -> Result<()> {
    let server = Server::start()?;
    let columns = || peers.iter().map(|peer| peer.name);
    let mut instructions = Table::new("instructions", columns());
    let mut blocks = Table::new("allocations", columns());
    for (work, _) in works.iter().filter(|(work, _)| work != "W11") {
        let name = rows(work).map_or_else(|| work.clone(), |_| format!("{work}, a row"));
        let callgrind = ["--tool=callgrind", "--callgrind-out-file=/dev/null"];
        instructions.row(&name, row(&server, peers, work, &callgrind)?);
        blocks.row(&name, row(&server, peers, work, &["--tool=dhat", "--dhat-out-file=/dev/null"])?);
    }
    println!("{instructions}\n{blocks}");
    Ok(())
}

fn rows(work: &str) -> Option<u32> {
    ROWS.iter().find(|(name, _)| *name == work).map(|(_, rows)| *rows)
}

fn row(server: &Server, peers: &[Peer], work: &str, tool: &[&str]) -> Result<Vec<String>> {
    let times = TIMES.iter().find(|(name, _)| *name == work).map_or(1, |(_, times)| *times);
    let rows = rows(work).unwrap_or(1);
    let mut plain = None;
    let mut cells = Vec::new();
    for peer in peers {
        let few = total(server, *peer, work, 2, tool)?;
        let many = total(server, *peer, work, 2 + times, tool)?;
        cells.push(match few.zip(many) {
            None => "–".into(),
            Some((few, many)) => {
                let one = (many - few) / f64::from(times) / f64::from(rows);
                let plain = *plain.get_or_insert(one);
                format!("{} {}", short(one), ratio(one / plain))
            }
        });
    }
    Ok(cells)
}

/// What the tool counted in a program that ran a workload so many times.
fn total(server: &Server, peer: Peer, work: &str, times: u32, tool: &[&str]) -> Result<Option<f64>> {
    let log = env::temp_dir().join(format!("orm-bench-{}.log", std::process::id()));
    let mut command = Command::new("valgrind");
    command.args(tool).arg(format!("--log-file={}", log.display()));
    command.arg(folder()?.join(peer.program)).args([&server.url(), "1"]);
    let mut running = Running::spawn(peer, command)?;
    let mut ran = true;
    for seed in 0..times {
        server.prepare(work)?;
        ran &= matches!(running.run(work, 1, seed.into())?, Answer::Took { .. });
        server.restore(work)?;
    }
    running.quit()?;
    let text = fs::read_to_string(&log)?;
    fs::remove_file(&log)?;
    Ok(if ran { Some(counted(&text).ok_or("valgrind printed no total")?) } else { None })
}

/// `Collected : 48975360` of callgrind, or `Total: 905,315 bytes in 8,225 blocks` of dhat.
fn counted(log: &str) -> Option<f64> {
    let after = |mark: &str| log.split_once(mark).map(|(_, rest)| rest.trim_start());
    let number = match after("Collected :") {
        Some(rest) => rest,
        None => after("Total:")?.split_once(" in ")?.1,
    };
    number.split_whitespace().next()?.replace(',', "").parse().ok()
}

/// `12.7k`
fn short(number: f64) -> String {
    match number {
        n if n < 1e2 => digits(n),
        n if n < 1e3 => format!("{n:.0}"),
        n if n < 1e6 => format!("{}k", digits(n / 1e3)),
        n => format!("{}M", digits(n / 1e6)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals() {
        assert_eq!(counted("==1== Collected : 48975360\n"), Some(48_975_360.0));
        assert_eq!(counted("==1== Total:     905,315 bytes in 8,225 blocks\n"), Some(8225.0));
        assert_eq!(counted("nothing"), None);
    }

    #[test]
    fn numbers() {
        assert_eq!([1.25, 123.4, 12_700.0, 215_652_845.0].map(short), ["1.25", "123", "12.7k", "216M"]);
    }
}
