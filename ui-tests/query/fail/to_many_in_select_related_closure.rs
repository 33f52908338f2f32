use ui_tests::*;

fn main() {
    let _ = User::objects().select_related(|u| u.orders());
}
