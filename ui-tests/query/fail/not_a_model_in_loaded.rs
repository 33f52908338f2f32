use orm::prelude::*;

struct Plain;

fn show(_: &loaded!(Plain { user })) {}

fn main() {
    let _ = show;
}
