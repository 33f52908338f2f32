use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Product.select_for_update().of(.category));
}
