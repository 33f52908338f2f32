use orm::prelude::*;

fn main() {
    let _ = query!(Order.select_for_update(.user));
}
