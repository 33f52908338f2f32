//! As a good engineer writes it first.

fn main() -> Result<(), workloads::Error> {
    workloads::serve::<plain::Plain<false>>()
}
