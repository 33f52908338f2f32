use orm::functions::sql;
use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(User.filter(sql::<i32, _>("length($1)", .email) > 3));
}
