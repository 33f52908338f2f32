//! How much code the macros make: what users' compilers have to read.

use proc_macro2::{TokenStream, TokenTree};

/// By how many percent a figure may be off before it has to be committed anew.
const TOLERANCE: usize = 10;

const MODEL: &str = r#"
    #[model(table = "orders", index(user_id, created_at), has_many(items: Item.order))]
    pub struct Order {
        pub id: i64,
        #[model(unique)]
        pub number: String,
        pub total: f64,
        pub paid: bool,
        pub note: Option<String>,
        pub quantity: i32,
        pub created_at: DateTime<Utc>,
        #[model(belongs_to = User)]
        pub user_id: i64,
    }
"#;

const QUERY: &str = "Order
    .filter(.total > min && (.paid || .user.email == email))
    .select_related(.user)
    .prefetch_related(.items.order_by(.id))
    .order_by(-.created_at, .id)
    [..20]";

/// All tokens, a pair of brackets as two.
fn count(tokens: TokenStream) -> usize {
    let token = |token| match token {
        TokenTree::Group(group) => 2 + count(group.stream()),
        TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => 1,
    };
    tokens.into_iter().map(token).sum()
}

/// Asserts that `input` expands to about as many tokens as are `committed`.
fn guard(expand: fn(TokenStream) -> TokenStream, input: &str, committed: usize) {
    let expanded = expand(input.parse().expect("tokens"));
    let tokens = count(expanded.clone());
    let text = expanded.to_string();
    assert!(!text.contains("compile_error"), "{text}");
    let advice = if tokens > committed {
        "The text above is the expansion; set the figure to 1 in a checkout of an earlier commit to see what it was \
         there. If what is new is worth what it costs all users, commit the larger figure"
    } else {
        "Commit the smaller figure, so that it stays so small"
    };
    assert!(
        tokens.abs_diff(committed) * 100 <= committed * TOLERANCE,
        "{text}\n\n{tokens} tokens, and {committed} are committed. {advice}: it is in {}.",
        file!()
    );
}

#[test]
fn a_model_expands_to_no_more_than_it_did() {
    guard(crate::model::derive, MODEL, 7367);
}

#[test]
fn a_query_expands_to_no_more_than_it_did() {
    guard(crate::query::query, QUERY, 466);
}
