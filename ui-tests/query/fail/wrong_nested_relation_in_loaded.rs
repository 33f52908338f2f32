use orm::prelude::*;
use ui_tests::*;

fn show(_: &loaded!(Order { product { categry } })) {}

fn main() {
    let _ = show;
}
