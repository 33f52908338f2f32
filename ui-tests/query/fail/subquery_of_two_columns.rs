use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(User.annotate(t = subquery(Order.filter(.user_id == outer(.id)).values_list(.id, .total))));
}
