//! How often a transaction is run again, and how long it waits for that.

use std::{
    hash::{BuildHasher, Hasher, RandomState},
    time::Duration,
};

/// The longest pause.
const LONGEST: Duration = Duration::from_secs(1);

/// How often a transaction that collides with others is run again: what [`TransactionBuilder::retry_with`] takes.
///
/// The pause before the second attempt is between a half and the whole of `base_delay`, chosen at random so that
/// those that collided do not collide again; each further one is twice as long, up to a second.
///
/// [`TransactionBuilder::retry_with`]: crate::TransactionBuilder::retry_with
#[derive(Clone, Debug)]
#[must_use = "it is for `retry_with`"]
pub struct Retry {
    max_attempts: u32,
    base_delay: Duration,
    max_total_delay: Duration,
}

impl Default for Retry {
    fn default() -> Self {
        Self::new()
    }
}

impl Retry {
    /// Ten attempts, the first pause up to 10 ms, all pauses together no longer than 5 s.
    pub fn new() -> Self {
        Self {
            max_attempts: 10,
            base_delay: Duration::from_millis(10),
            max_total_delay: Duration::from_secs(5),
        }
    }

    /// How often the transaction is run at most, the first time included. 0 is taken for 1.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// How long the first pause is at most.
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// How long all pauses are together at most. There is no further attempt after one for which that was used up.
    pub fn max_total_delay(mut self, delay: Duration) -> Self {
        self.max_total_delay = delay;
        self
    }

    pub(super) fn pauses(self) -> Pauses {
        let ceiling = self.base_delay.min(LONGEST);
        Pauses { attempts: self.max_attempts.saturating_sub(1), ceiling, left: self.max_total_delay }
    }
}

/// The pauses before each further attempt.
#[derive(Debug)]
pub(super) struct Pauses {
    /// How many attempts are left.
    attempts: u32,
    /// How long the next pause is at most.
    ceiling: Duration,
    /// How long the pauses that are left are together at most.
    left: Duration,
}

impl Iterator for Pauses {
    type Item = Duration;

    fn next(&mut self) -> Option<Duration> {
        if self.left.is_zero() {
            return None;
        }
        self.attempts = self.attempts.checked_sub(1)?;
        let half = self.ceiling / 2;
        let pause = (half + half.mul_f64(random())).min(self.left);
        self.ceiling = (self.ceiling * 2).min(LONGEST);
        self.left -= pause;
        Some(pause)
    }
}

/// A number from 0 to 1, by the randomness that each hash map is given.
fn random() -> f64 {
    let bits = RandomState::new().build_hasher().finish();
    bits as f64 / u64::MAX as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_within_their_bounds_up_to_a_second() {
        let pauses = Retry::new().max_total_delay(Duration::MAX).pauses().collect::<Vec<_>>();
        assert_eq!(pauses.len(), 9);
        for (n, pause) in pauses.iter().enumerate() {
            let ceiling = Duration::from_millis(10 << n).min(LONGEST);
            assert!(*pause >= ceiling / 2 && *pause <= ceiling, "{n}: {pause:?}");
        }
    }

    #[test]
    fn pauses_are_random() {
        let first = || Retry::new().pauses().next();
        let one = first();
        assert!((0..100).any(|_| first() != one));
    }

    #[test]
    fn their_sum_is_bounded() {
        let total = Duration::from_millis(100);
        let pauses = Retry::new().max_attempts(100).max_total_delay(total).pauses();
        let sum: Duration = pauses.sum();
        assert_eq!(sum, total);
        assert_eq!(Retry::new().max_total_delay(Duration::ZERO).pauses().count(), 0);
    }

    #[test]
    fn attempts_are_counted() {
        assert_eq!(Retry::new().max_attempts(3).pauses().count(), 2);
        assert_eq!(Retry::new().max_attempts(0).pauses().count(), 0);
        let pauses = Retry::new().max_attempts(50).base_delay(Duration::ZERO).pauses();
        assert_eq!(pauses.collect::<Vec<_>>(), [Duration::ZERO; 49]);
    }
}
