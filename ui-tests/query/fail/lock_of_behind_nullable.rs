use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Item.select_for_update().of(.order.product.category));
}
