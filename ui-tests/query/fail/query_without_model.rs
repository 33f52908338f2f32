use orm::prelude::*;

fn main() {
    let _ = query!(.filter(.total > 1.0));
}
