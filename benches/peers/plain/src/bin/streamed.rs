//! The same statements, their results read as streams.

fn main() -> Result<(), workloads::Error> {
    workloads::serve::<plain::Plain<true>>()
}
