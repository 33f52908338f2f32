//! `#[derive(Enum)]`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Attribute, Data, DeriveInput, Fields, LitStr};

use crate::errors::Errors;
use crate::name;

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    let checked = check(&input, &mut errors);
    match (checked, errors.into_tokens()) {
        (Some(checked), None) => expand(&checked),
        (_, errors) => errors.unwrap_or_default(),
    }
}

struct Checked<'a> {
    ident: &'a Ident,
    name: String,
    variants: Vec<(&'a Ident, String)>,
}

fn check<'a>(input: &'a DeriveInput, errors: &mut Errors) -> Option<Checked<'a>> {
    let Data::Enum(data) = &input.data else {
        errors.at(input.ident.span(), "`Enum` is for enums; for a table's rows use `#[derive(Model)]`");
        return None;
    };
    if let Some(parameter) = input.generics.params.first() {
        errors.push(syn::Error::new_spanned(parameter, "the type of a column has no parameters"));
    }
    if data.variants.is_empty() {
        errors.at(input.ident.span(), "an enum without variants has no values");
    }
    let mut variants: Vec<(&Ident, String)> = Vec::new();
    for variant in &data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            let message = "a PostgreSQL enum's values are labels: a variant has no fields";
            errors.push(syn::Error::new_spanned(&variant.fields, message));
        }
        let label = given_name(&variant.attrs, errors)
            .unwrap_or_else(|| name::snake_case(&name::plain(&variant.ident)));
        if variants.iter().any(|(_, other)| *other == label) {
            errors.at(variant.ident.span(), format!("there is already a variant with the label `{label}`"));
        }
        if label.len() > 63 {
            errors.at(variant.ident.span(), "PostgreSQL's labels have at most 63 bytes");
        }
        variants.push((&variant.ident, label));
    }
    let name =
        given_name(&input.attrs, errors).unwrap_or_else(|| name::snake_case(&name::plain(&input.ident)));
    Some(Checked { ident: &input.ident, name, variants })
}

/// `#[model(name = "..")]`
fn given_name(attributes: &[Attribute], errors: &mut Errors) -> Option<String> {
    let mut given = None;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("model")) {
        let parsed = attribute.parse_nested_meta(|meta| {
            if !meta.path.is_ident("name") {
                return Err(meta.error("unknown attribute; here there is: name"));
            }
            given = Some(meta.value()?.parse::<LitStr>()?.value());
            Ok(())
        });
        errors.keep(parsed);
    }
    given
}

fn expand(checked: &Checked<'_>) -> TokenStream {
    let Checked { ident, name, variants } = checked;
    let (names, labels): (Vec<_>, Vec<_>) = variants.iter().map(|(ident, label)| (*ident, label)).unzip();
    let type_name = name::plain(ident);
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl ::orm::__private::ColumnType for #ident {
            const SQL: &'static ::orm::__private::SqlType =
                &::orm::__private::SqlType::Enum { name: #name, labels: &[#(#labels),*] };
            type Under<__N: ::orm::__private::Nullability> = __N::Wrap<Self>;
        }
        #[automatically_derived]
        impl ::orm::__private::ArrayElement for #ident {}
        #[automatically_derived]
        impl ::orm::__private::MinMax for #ident {}
        ::orm::__private::__own_value!(#ident);
        #[automatically_derived]
        impl ::orm::__private::ToSql for #ident {
            fn to_sql(
                &self,
                ty: &::orm::__private::PgType,
                out: &mut ::orm::__private::BytesMut,
            ) -> ::core::result::Result<::orm::__private::IsNull, ::orm::__private::BoxError> {
                let label: &str = match self {
                    #(Self::#names => #labels,)*
                };
                ::orm::__private::ToSql::to_sql(&label, ty, out)
            }
            fn accepts(ty: &::orm::__private::PgType) -> bool {
                ::orm::__private::takes_labels(ty)
            }
            fn to_sql_checked(
                &self,
                ty: &::orm::__private::PgType,
                out: &mut ::orm::__private::BytesMut,
            ) -> ::core::result::Result<::orm::__private::IsNull, ::orm::__private::BoxError> {
                ::orm::__private::to_sql_checked(self, ty, out)
            }
        }
        #[automatically_derived]
        impl<'a> ::orm::__private::FromSql<'a> for #ident {
            fn from_sql(
                _: &::orm::__private::PgType,
                raw: &'a [u8],
            ) -> ::core::result::Result<Self, ::orm::__private::BoxError> {
                #(if raw == #labels.as_bytes() {
                    return ::core::result::Result::Ok(Self::#names);
                })*
                ::core::result::Result::Err(::orm::__private::unknown_label(#type_name, raw))
            }
            fn accepts(ty: &::orm::__private::PgType) -> bool {
                ::orm::__private::takes_labels(ty)
            }
        }
    }
}
