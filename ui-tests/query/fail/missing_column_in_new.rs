use ui_tests::*;

fn main() {
    let _ = NewUser { email: "a".into() };
}
