use orm::prelude::*;

fn main() {
    let orders = vec![1];
    let _ = query!(orders.filter(.total > 1.0));
}
