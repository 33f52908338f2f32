//! Lowers `get_or_create`, `update_or_create`, and what `bulk_create` does on a conflict.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprMethodCall, ExprPath, Member};

use super::anchor::{is_rooted, root, roots};
use super::chain::{is_model, lower};
use super::expression;
use crate::errors::Errors;
use crate::name;

/// Whether a call is `User.get_or_create(..)` or `User.update_or_create(..)`, or says what else their row has. With a
/// closure they are Rust.
pub(super) fn is_upsert(call: &ExprMethodCall) -> bool {
    match call.method.to_string().as_str() {
        "get_or_create" | "update_or_create" => {
            !call.args.iter().any(|argument| matches!(argument, Expr::Closure(_)))
        }
        "defaults" | "create_defaults" => {
            matches!(&*call.receiver, Expr::MethodCall(inner) if is_upsert(inner))
        }
        _ => false,
    }
}

/// `email = e` in one of the parentheses.
struct Given {
    name: Ident,
    value: Expr,
}

/// The columns in the parentheses of each method.
#[derive(Default)]
struct Parts {
    key: Vec<Given>,
    defaults: Vec<Given>,
    create_defaults: Vec<Given>,
}

/// `User.get_or_create(email = e).defaults(active = true)`: questions to the compiler, and a call.
pub(super) fn upsert(call: ExprMethodCall, errors: &mut Errors) -> Option<TokenStream> {
    let mut parts = Parts::default();
    let (model, method) = collect(call, &mut parts, errors)?;
    let Parts { key, defaults, create_defaults } = &parts;
    if key.is_empty() {
        let message = format!("name the columns of a unique key: `{method}(email = e)`");
        errors.at(method.span(), message);
        return None;
    }
    if method == "get_or_create"
        && let Some(first) = create_defaults.first()
    {
        let message = "`create_defaults` is for `update_or_create`: here write `defaults`";
        errors.at(first.name.span(), message);
        return None;
    }
    let ours = Span::mixed_site().located_at(method.span());
    let names = key.iter().map(|given| &given.name);
    let key_span = quote!(#(#names)*).span();
    let key_names = key.iter().map(|given| name::plain(&given.name));
    let all = key.iter().chain(defaults).chain(create_defaults);
    let all_names = all.map(|given| name::plain(&given.name));
    let known = known_columns(&model);
    let unique = quote_spanned! {key_span=>
        const _: () = ::orm::__private::lookup_key(#known, &[#(#key_names),*]);
    };
    let required = quote_spanned! {method.span()=>
        const _: () = ::orm::__private::required_columns(#known, &[#(#all_names),*]);
    };
    let fields = Ident::new("__c", ours);
    let values = |given: &[Given]| {
        let values = given.iter().map(|Given { name, value }| {
            let root = root(name.span());
            let column = quote_spanned!(name.span()=> #root.#name());
            quote_spanned!(value.span()=> ::orm::__private::column_value(#fields, #column, #value))
        });
        quote!([#(#values),*])
    };
    let roots: Vec<_> =
        key.iter().chain(defaults).chain(create_defaults).map(|given| root(given.name.span())).collect();
    let (key, defaults, create_defaults) = (values(key), values(defaults), values(create_defaults));
    let create_defaults = (method == "update_or_create").then_some(quote!(, #create_defaults));
    let call = quote_spanned!(ours=> ::orm::__private::#method(#key, #defaults #create_defaults));
    let call = bound(&roots, &fields, call);
    let model_fields = quote_spanned!(model.span()=>
        <#model as ::orm::__private::Model>::Fields<::orm::__private::Root<#model>>);
    Some(quote_spanned! {ours=> {
        #unique
        #required
        let #fields: #model_fields = ::core::default::Default::default();
        #call
    }})
}

/// Takes the calls apart, down to the model.
fn collect(call: ExprMethodCall, parts: &mut Parts, errors: &mut Errors) -> Option<(ExprPath, Ident)> {
    let ExprMethodCall { receiver, method, args, .. } = call;
    let start = match *receiver {
        Expr::MethodCall(inner) if is_upsert(&inner) => Some(collect(inner, parts, errors)?),
        Expr::Path(model) if is_model(&model) => Some((model, method.clone())),
        _ => {
            let message = format!("`{method}` starts from a model: `query!(User.{method}(email = e))`");
            errors.at(method.span(), message);
            None
        }
    };
    let given: Option<Vec<_>> = args.into_iter().map(|argument| named(argument, &method, errors)).collect();
    for given in given? {
        let already = parts.key.iter().chain(match method == "create_defaults" {
            true => &parts.create_defaults,
            false => &parts.defaults,
        });
        let plain = name::plain(&given.name);
        if already.into_iter().any(|other| name::plain(&other.name) == plain) {
            errors.at(given.name.span(), format!("`{plain}` is named twice"));
            return None;
        }
        match method.to_string().as_str() {
            "defaults" => parts.defaults.push(given),
            "create_defaults" => parts.create_defaults.push(given),
            _ => parts.key.push(given),
        }
    }
    start
}

/// `email = e`, whose value is Rust.
fn named(argument: Expr, method: &Ident, errors: &mut Errors) -> Option<Given> {
    let mistake = match argument {
        Expr::Assign(assign) => match (&*assign.left, &*assign.right) {
            (_, value) if is_rooted(value) => {
                let message =
                    format!("a value in `{method}` names no columns: a leading dot means nothing here");
                syn::Error::new_spanned(value, message)
            }
            (Expr::Path(path), _) if path.path.get_ident().is_some() => {
                let name = path.path.get_ident()?.clone();
                return Some(Given { name, value: *assign.right });
            }
            (other, _) => syn::Error::new_spanned(other, format!("name the column: `{method}(email = e)`")),
        },
        other => syn::Error::new_spanned(other, format!("name the column: `{method}(email = e)`")),
    };
    errors.push(mistake);
    None
}

/// Whether a call takes columns of a bulk insert: `.on_conflict(.email)`, `.do_update(.nick, .active)`.
pub(super) fn takes_columns(call: &ExprMethodCall) -> bool {
    let of_ours = ["on_conflict", "do_update", "update_only"].iter().any(|name| call.method == name);
    of_ours && !call.args.iter().any(|argument| matches!(argument, Expr::Closure(_)))
}

/// `.on_conflict(.email)` -> `.on_conflict(|fields| fields.email())`. The columns of a conflict are a unique key.
pub(super) fn on_columns(call: ExprMethodCall, errors: &mut Errors) -> Option<TokenStream> {
    let model = start(&call.receiver).cloned();
    let ExprMethodCall { receiver, dot_token, method, args, .. } = call;
    let base = lower(*receiver, errors)?;
    if args.is_empty() {
        errors.at(method.span(), format!("`{method}` takes columns: `.{method}(.email)`"));
        return None;
    }
    let mut names = Vec::new();
    let mut columns = Vec::new();
    for mut argument in args {
        if !is_rooted(&argument) {
            let message = format!("a column starts with a dot: `.{}`", argument.to_token_stream());
            errors.push(syn::Error::new_spanned(argument, message));
            return None;
        }
        names.extend(column(&argument));
        expression::lower(&mut argument, errors);
        columns.push(argument.into_token_stream());
    }
    let unique = model.filter(|_| method == "on_conflict" && names.len() == columns.len()).map(|model| {
        let span = quote!(#(#names)*).span();
        let (known, names) = (known_columns(&model), names.iter().map(name::plain));
        quote_spanned!(span=> const _: () = ::orm::__private::unique_key(#known, &[#(#names),*]);)
    });
    let roots = roots(quote!(#(#columns)*));
    let columns = tuple(columns);
    let closure = closure(&method, &roots, &columns);
    let call = quote!(#base #dot_token #method);
    let call = quote_spanned!(method.span()=> #call(#closure));
    Some(match unique {
        Some(unique) => quote_spanned!(method.span()=> { #unique #call }),
        None => call,
    })
}

/// `|fields| columns`, where each root stands for the fields. All tokens but that name are the user's, so that what is
/// wrong with the columns is not said of the whole macro.
pub(super) fn closure(method: &Ident, roots: &[Ident], columns: &TokenStream) -> TokenStream {
    let fields = Ident::new("__c", Span::mixed_site().located_at(method.span()));
    let columns = bound(roots, &fields, columns.clone());
    quote_spanned!(method.span()=> |#fields| #columns)
}

/// `body`, in which each root stands for the fields.
fn bound(roots: &[Ident], fields: &Ident, body: TokenStream) -> TokenStream {
    roots.iter().fold(body, |body, root| quote_spanned!(root.span()=> match #fields { #root => #body }))
}

fn known_columns(model: &ExprPath) -> TokenStream {
    quote_spanned!(model.span()=> <#model as ::orm::__private::Model>::COLUMNS)
}

/// The model that a chain starts from, where it says so.
fn start(receiver: &Expr) -> Option<&ExprPath> {
    match receiver {
        Expr::MethodCall(call) => start(&call.receiver),
        Expr::Index(index) => start(&index.expr),
        Expr::Path(path) if is_model(path) => Some(path),
        _ => None,
    }
}

/// The name in `.email`; nothing in `.user.email`.
fn column(argument: &Expr) -> Option<Ident> {
    match argument {
        Expr::Field(field) if matches!(&*field.base, Expr::Path(_)) => match &field.member {
            Member::Named(name) => Some(name.clone()),
            Member::Unnamed(_) => None,
        },
        _ => None,
    }
}

/// `a`, or `((a, b, ..), (i, j, ..))`: tuples of at most eight.
fn tuple(columns: Vec<TokenStream>) -> TokenStream {
    match &columns[..] {
        [column] => column.clone(),
        few if few.len() <= 8 => quote!((#(#few),*)),
        many => tuple(many.chunks(8).map(|few| quote!((#(#few),*))).collect()),
    }
}
