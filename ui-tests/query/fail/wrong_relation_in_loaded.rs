use orm::prelude::*;
use ui_tests::*;

fn show(_: &loaded!(Order { prodct })) {}

fn main() {
    let _ = show;
}
