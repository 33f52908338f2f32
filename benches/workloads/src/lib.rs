//! What every peer is asked to do, how its answers are checked, and how it is timed.
//!
//! A peer is a program around one [`Peer`]: it calls [`serve`], which reads commands from standard input, has the peer
//! run the work, and prints what it took. All peers read the same tables; `schema.sql` beside this file makes them.

mod serve;
mod sum;
mod work;

pub use serve::serve;
pub use sum::Sum;
pub use work::{KEYS, Work};

/// What went wrong, whatever the library.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// A library at work.
#[allow(async_fn_in_trait, reason = "only the programs of this workspace implement it")]
pub trait Peer: Sized {
    /// Connects: `connections` is 1, or the size of a pool.
    async fn connect(url: &str, connections: usize) -> Result<Self, Error>;

    /// Runs a workload once. `None` says that the library cannot express it.
    async fn run(&mut self, work: Work) -> Result<Option<Sum>, Error>;
}
