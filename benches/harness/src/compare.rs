//! The peers side by side: wall time, and the client's share of it.

use std::collections::HashMap;

use crate::{
    Result,
    peer::{Answer, PLAIN, Peer, Running},
    server::Server,
    table::{Table, median, ratio, time},
};

/// The workloads, and how often each is run for one figure: at least a few milliseconds' worth.
pub const WORKS: [(&str, u32); 14] = [
    ("W1", 200),
    ("W2", 50),
    ("W3", 6),
    ("W4", 2),
    ("W5", 2),
    ("W6", 1),
    ("W7", 1),
    ("W8", 1),
    ("W8c", 1),
    ("W9", 1),
    ("W10", 1),
    ("W11", 1),
    ("W12", 30),
    ("W13", 1),
];

/// One workload with ever more rows, and one with ever more levels of relations.
pub const GROWING: [(&str, u32); 9] = [
    ("rows:1", 200),
    ("rows:100", 50),
    ("rows:10000", 2),
    ("levels:1", 20),
    ("levels:2", 10),
    ("levels:3", 5),
    ("levels:4", 2),
    ("levels:5", 1),
    (LARGE, 1),
];

/// It has programs of its own: what comes after it in the same one is slower, for the memory that it left.
const LARGE: &str = "rows:1000000";

const LEGEND: &str = "\
A cell is the median over the rounds and, in bold, the median of the ratios to `plain` within each round: a machine is slow
or quick for all that run in the same second, so the ratios are what counts. Below 10 % a difference is noise. `–`: the
library cannot say it, other than by SQL as text. W8c is held against W8. The README of `benches` says what each workload is.";

/// The figures of a workload and a peer, one a round.
#[derive(Default)]
struct Figures {
    wall: Vec<f64>,
    cpu: Vec<f64>,
}

/// The figures of all that ran.
#[derive(Default)]
struct Results(HashMap<(String, &'static str), Figures>);

/// Runs the workloads in shuffled rounds, and prints what they took.
pub fn compare(peers: &[Peer], works: &[(String, u32)], rounds: u64) -> Result<()> {
    let server = Server::start()?;
    let mut results = Results::default();
    let mut single = start(peers, &server.url(), 1)?;
    let mut pools = start(peers, &server.url(), 8)?;
    let mut large = start(peers, &server.url(), 1)?;
    // The first round prepares statements and fills caches.
    for round in 0..=rounds {
        for (work, times) in works {
            let running = match work.as_str() {
                "W11" => &mut pools,
                LARGE => &mut large,
                _ => &mut single,
            };
            fastrand::shuffle(running);
            let mut sums = Vec::new();
            for peer in running {
                server.prepare(work)?;
                let answer = peer.run(work, *times, round * 1000)?;
                server.restore(work)?;
                if let Answer::Took { wall, cpu, sum } = answer {
                    sums.push((peer.peer.name, sum));
                    if round > 0 {
                        let figures = results.0.entry((work.clone(), peer.peer.name)).or_default();
                        figures.wall.push(wall);
                        figures.cpu.push(cpu);
                    }
                }
            }
            same(work, &sums)?;
        }
        eprint!("\rround {round} of {rounds}");
    }
    eprintln!();
    results.print(peers, works);
    Ok(())
}

fn start(peers: &[Peer], url: &str, connections: usize) -> Result<Vec<Running>> {
    peers.iter().map(|peer| Running::start(*peer, url, connections)).collect()
}

/// That all read the same rows.
pub fn same(work: &str, sums: &[(&str, String)]) -> Result<()> {
    let Some(((_, first), others)) = sums.split_first() else {
        return Ok(());
    };
    match others.iter().all(|(_, sum)| sum == first) {
        true => Ok(()),
        false => Err(format!("the peers did not read the same rows at {work}: {sums:?}").into()),
    }
}

impl Results {
    fn print(&self, peers: &[Peer], works: &[(String, u32)]) {
        let columns = || peers.iter().map(|peer| peer.name);
        let mut wall = Table::new("wall", columns());
        let mut cpu = Table::new("client's CPU", columns());
        for (work, _) in works {
            wall.row(work, columns().map(|peer| self.cell(work, peer, |figures| &figures.wall)));
            // The clock is that of one thread, and W11 has several.
            if work != "W11" {
                cpu.row(work, columns().map(|peer| self.cell(work, peer, |figures| &figures.cpu)));
            }
        }
        println!("{wall}\n{cpu}\n{LEGEND}");
    }

    /// The median, and that of the ratios to `plain` in the same rounds.
    fn cell(&self, work: &str, peer: &'static str, which: fn(&Figures) -> &Vec<f64>) -> String {
        let Some(figures) = self.0.get(&(work.into(), peer)).map(which) else {
            return "–".into();
        };
        // `COPY` is another way to insert, and held against the first.
        let base = if work == "W8c" { "W8" } else { work };
        match self.0.get(&(base.into(), PLAIN.name)).map(which) {
            Some(plain) if peer != PLAIN.name || base != work => {
                let ratios = figures.iter().zip(plain).map(|(figure, plain)| figure / plain).collect();
                format!("{} {}", time(median(figures.clone())), ratio(median(ratios)))
            }
            _ => time(median(figures.clone())),
        }
    }
}
