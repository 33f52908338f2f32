use std::env;

/// Numbers that look random and are the same for the same seed: xorshift64*.
#[derive(Debug)]
pub(super) struct Random {
    seed: u64,
    state: u64,
}

impl Random {
    /// From the seed in `ORM_SEED`, or from `seed`.
    pub(super) fn new(seed: u64) -> Random {
        let seed = env::var("ORM_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(seed);
        let mut random = Random { seed, state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1 };
        for _ in 0..8 {
            random.next();
        }
        random
    }

    pub(super) fn seed(&self) -> u64 {
        self.seed
    }

    fn next(&mut self) -> u64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        self.state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11
    }

    /// A number below `bound`.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// True once in so many times.
    pub(super) fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub(super) fn pick<T: Clone>(&mut self, values: &[T]) -> T {
        values[self.below(values.len())].clone()
    }

    /// `None` once in three times.
    pub(super) fn maybe<T: Clone>(&mut self, values: &[T]) -> Option<T> {
        if self.one_in(3) { None } else { Some(self.pick(values)) }
    }
}
