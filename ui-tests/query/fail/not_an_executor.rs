use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order).all(&"postgres://localhost".to_owned());
}
