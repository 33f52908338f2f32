use orm::prelude::*;

fn main() {
    let _ = query!(String.filter(.total > 1.0));
}
