//! Half-typed input, in place of an editor: what can be understood must come out, and the mistake with it.

use proc_macro2::TokenStream;

fn expand(input: &str) -> String {
    let tokens: TokenStream = input.parse().expect("tokens");
    super::query(tokens).to_string().replace(' ', "")
}

/// Asserts that the expansion of `input` says `message` and contains `part`.
fn half_typed(input: &str, part: &str, message: &str) {
    let expanded = expand(input);
    assert!(expanded.contains(part), "{input}: {expanded}");
    assert!(expanded.contains(&message.replace(' ', "")), "{input}: {expanded}");
}

const AFTER_DOT: &str = "expected the name of a column, a relation or a method after this dot";
const AFTER_OPERATOR: &str = "expected an expression after this operator";

#[test]
fn a_path_that_ends_in_a_dot_is_emitted_without_it() {
    half_typed("Order.filter(.product.)", "__o.product()", AFTER_DOT);
    half_typed("Order.select_related(.user, .product.)", "__o.product()", AFTER_DOT);
    half_typed("Order.filter(.items.any(.product.))", "__o_.product()", AFTER_DOT);
}

#[test]
fn a_chain_that_ends_in_a_dot_is_emitted_without_it() {
    half_typed("Order.filter(.total > 1.0).", "::orm::__private::filter(__q", AFTER_DOT);
}

#[test]
fn a_dot_alone_is_the_model() {
    half_typed("Order.filter(.)", "::orm::__private::filter(__q,__o)", AFTER_DOT);
    half_typed("Order.filter(.).order_by(.id)", "__o.id()", AFTER_DOT);
}

#[test]
fn an_operator_without_its_operand_is_left_out() {
    half_typed("Order.filter(.total >)", "__o.total()", AFTER_OPERATOR);
    half_typed("Order.filter(.total > 1.0 &&, .id == 1)", "__o.id()", AFTER_OPERATOR);
    half_typed("User.filter(.user. && .active)", "__o.active()", AFTER_DOT);
}

#[test]
fn what_stands_before_the_cursor_does_not_move_when_the_next_word_is_typed() {
    let before = expand("Order.filter(.product.)");
    let after = expand("Order.filter(.product.name)");
    let common = before.split("__o.product()").next().expect("a prefix");
    assert!(after.starts_with(common), "{before}\n{after}");
}

#[test]
fn a_method_that_is_being_typed_stays_a_field() {
    assert!(expand("Order.fil").contains("::objects().fil"), "{}", expand("Order.fil"));
}

#[test]
fn dots_of_ranges_numbers_macros_and_fields_are_left_alone() {
    for (input, part) in [
        ("Order[..20]", "slice(<Orderas::orm::__private::Model>::objects(),..20)"),
        ("Order.filter(.total > limits.0)", "&limits.0"),
        ("Order.filter(.total > 1.5)", "&1.5"),
        ("Order.filter(.total > s.parse::<f64>()?)", "&s.parse::<f64>()?"),
        ("Order.filter(.id.is_in(vec![x.y]))", "vec![x.y]"),
        ("Order.filter(.total > f().await.x)", "&f().await.x"),
    ] {
        assert!(expand(input).contains(part), "{input}: {}", expand(input));
    }
}

#[test]
fn a_column_may_stand_on_either_side() {
    assert!(expand("Order.filter(1.0 < .total)").contains("CompareOp::Gt,false,&1.0"));
    assert!(expand("Order.filter(None != .note)").contains("is_none(__o.note(),true)"));
    assert!(
        expand("Order.filter(.a < .b)")
            .contains("compare(__o.a(),::orm::__private::CompareOp::Lt,false,__o.b())")
    );
}

#[test]
fn minus_is_descending_only_in_front_of_an_order() {
    assert!(expand("Order.order_by(-.total)").contains("desc(&__q,__o.total())"));
    assert!(expand("Order.order_by(.total * -.rate)").contains("-__o.rate()"));
    assert!(expand("Order.filter(-.total > 1.0)").contains("compare_value(-__o.total()"));
}

#[test]
fn a_chain_starts_from_a_type_or_from_a_variable() {
    for model in ["Order", "models::Order", "URL", "M0", "crate::shop::Order"] {
        let expanded = expand(&format!("{model}.filter(.a)"));
        assert!(expanded.contains(&format!("<{model}as::orm::__private::Model>::objects()")), "{expanded}");
    }
    for variable in ["visible", "self.visible", "scope::visible"] {
        let expanded = expand(&format!("{variable}.filter(.a)"));
        assert!(expanded.contains("::orm::__private::source(&"), "{expanded}");
    }
}

#[test]
fn what_is_set_is_a_column_and_what_it_is_set_to_an_expression() {
    for (input, part) in [
        ("Order.update(total = 1.5)", "set(__c.total(),1.5)"),
        ("Order.update(total = (.total + 1.0))", "set_computed(__c.total(),__o.total()+1.0)"),
        ("Order.update(note = None)", "set_none(__c.note())"),
        ("Order.delete().returning(.id)", "returning(__w,__o.id())"),
        (
            "Order.bulk_update(&rows, .total)",
            "bulk_update(__q,&rows,[::orm::__private::own_column(__o.total())])",
        ),
    ] {
        assert!(expand(input).contains(part), "{input}: {}", expand(input));
    }
    half_typed("Order.update(total = .user.)", "set_computed(__c.total(),__o.user())", AFTER_DOT);
    half_typed("Order.update(total = .total *)", "set_computed(__c.total(),__o.total())", AFTER_OPERATOR);
}

#[test]
fn conditions_made_before_are_combined_like_those_on_columns() {
    for (input, part) in [
        ("Order.filter(recent && paid)", "and(recent,paid)"),
        ("Order.filter(!(recent || .paid))", "not(::orm::__private::or(recent,__o.paid()))"),
        ("Order.filter(.items.none(cheap && .sold))", "and(cheap,__o_.sold())"),
    ] {
        assert!(expand(input).contains(part), "{input}: {}", expand(input));
    }
}

#[test]
fn rows_that_may_be_there_are_emitted_half_typed() {
    half_typed("User.get_or_create(email = e).", "__o.email()", AFTER_DOT);
    half_typed("User.update_or_create(email = e).defaults(nick = n).", "__o.nick()", AFTER_DOT);
    half_typed("User.bulk_create(rows).on_conflict(.)", "on_conflict", AFTER_DOT);
    half_typed("User.bulk_create(rows).on_conflict(.email).", "__o.email()", AFTER_DOT);
    half_typed("book.related(.)", "book.related(", AFTER_DOT);
    half_typed("book.related(.tags).", "__o.tags()", AFTER_DOT);
}

#[test]
fn if_on_columns_is_a_case_and_any_other_is_rusts() {
    for (input, part) in [
        ("Order.order_by(if .a {1} else {2})", "::orm::__private::when(__o.a(),1).otherwise(2)"),
        ("Order.order_by(if .a && b {1} else if .c {.d})", "and(__o.a(),b),1).when(__o.c(),__o.d()).end()"),
        ("Order.order_by(if .a {1} else if b {2} else {3})", "when(__o.a(),1).otherwise(ifb{2}else{3})"),
        ("Order.order_by(if b {.a} else {.c})", "ifb{__o.a()}else{__o.c()}"),
        ("Order.order_by(if .a {letx=.b;x} else {2})", "when(__o.a(),{letx=__o.b();x}).otherwise(2)"),
    ] {
        let input = input.replace("letx", "let x");
        assert!(expand(&input).contains(part), "{input}: {}", expand(&input));
    }
    half_typed("Order.filter(if .a. {1} else {2})", "when(__o.a(),1)", AFTER_DOT);
    let message = "a column has no pattern to match";
    half_typed("Order.filter(if let Some(x) = .a {1} else {2})", ".otherwise(2)", message);
}
