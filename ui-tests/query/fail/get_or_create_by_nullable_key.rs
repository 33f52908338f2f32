use orm::prelude::*;

#[derive(Model)]
struct Account {
    id: i64,
    #[model(unique)]
    number: Option<i64>,
}

fn main() {
    let _ = query!(Account.get_or_create(number = 1));
}
