use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(User.order_by(if let Some(nick) = .nick { 1 } else { 0 }));
}
