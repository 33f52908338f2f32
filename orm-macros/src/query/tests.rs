//! Half-typed input, in place of an editor: what can be understood must come out.

use proc_macro2::TokenStream;

fn expand(input: &str) -> String {
    let tokens: TokenStream = input.parse().expect("tokens");
    super::query(tokens).to_string().replace(' ', "")
}
