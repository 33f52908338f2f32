//! x
use docs::prelude::*;
use orm::chrono::{DateTime, Utc};
macro_rules! p { ($($q:expr;)*) => { $( println!("{}\n    {}", stringify!($q), $q.to_sql()); )* } }
fn main() {
    let (a, none): (i32, Option<i32>) = (1, None);
    let since = DateTime::<Utc>::from_timestamp(0,0).unwrap();
    p! {
        query!(Order.filter(.total > 100.0 && .user.active));
        query!(Order.filter(.total > 100.0 && .user.active).select_related(.user));
        query!(Order.filter(.total > 100.0, .recipient.nick == "x").select_related(.user, .recipient).order_by(-.placed_at, .id)[..20]);
        query!(Order.filter(.recipient.email != "x"));
        query!(Order.exclude(.recipient.active));
        query!(Order.filter(!.user.active));
        query!(User.filter(.nick == .email));
        query!(User.filter(.nick == .nick));
        query!(User.filter(.nick != .email));
        query!(Order.filter(.placed_at >= since));
        query!(Order.filter(.total * 2.0 + 1.0 > 10.0));
        query!(Item.filter(.quantity * -.quantity < 0));
        query!(Product.filter(.category.parent.name == "x"));
        query!(Product.filter(.category.id == 1));
        query!(Product.select_related(.category.parent));
        query!(Author.filter(.born.between(a, 2)));
        query!(Author.filter(.born == none));
        query!(User.filter(.profile.city == "x"));
    }
}
