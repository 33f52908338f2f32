use orm::functions::coalesce;
use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(User.filter(coalesce(.nick, 1) == "ada"));
}
