//! Models called like what generated code is made of, in a module where `std` and `core` are something else.

use orm::models;

#[allow(dead_code, unused_macros)]
mod shadowed {
    mod std {}
    mod core {}
    mod alloc {}
    trait Default {}
    trait From {}
    trait Into {}
    trait Clone {}
    trait Iterator {}
    struct Some;
    struct Ok;
    struct Box;
    struct Err;
    macro_rules! unreachable {
        () => {};
    }
    macro_rules! stringify {
        () => {};
    }

    #[derive(::orm::Model, Debug, Clone)]
    #[model(has_many(vecs: Vec.result, options: Option.result))]
    pub(super) struct Result {
        pub(super) id: i64,
        #[model(default = "'none'")]
        pub(super) text: ::std::string::String,
    }

    #[derive(::orm::Model, Debug, Clone)]
    pub(super) struct Option {
        pub(super) id: i64,
        #[model(belongs_to = Result)]
        pub(super) result_id: ::std::option::Option<i64>,
    }

    #[derive(::orm::Model, Debug, Clone)]
    #[model(has_one(row: Row.vec))]
    pub(super) struct Vec {
        pub(super) id: i64,
        #[model(belongs_to = Result)]
        pub(super) result_id: i64,
        pub(super) numbers: ::std::vec::Vec<i32>,
    }

    #[derive(::orm::Model, Debug, Clone)]
    pub(super) struct Row {
        pub(super) id: i64,
        #[model(belongs_to = Vec)]
        pub(super) vec_id: i64,
        #[model(belongs_to = String)]
        pub(super) string_id: i64,
    }

    #[derive(::orm::Model, Debug, Clone)]
    #[model(many_to_many(ts: T, through = P(string, t)))]
    pub(super) struct String {
        pub(super) id: i64,
        pub(super) text: ::std::string::String,
    }

    #[derive(::orm::Model, Debug, Clone)]
    pub(super) struct P {
        #[model(primary_key, belongs_to = String)]
        pub(super) string_id: i64,
        #[model(primary_key, belongs_to = T)]
        pub(super) t_id: i64,
    }

    #[derive(::orm::Model, Debug, Clone)]
    #[model(many_to_many(strings: String, through = P(t, string)))]
    pub(super) struct T {
        pub(super) id: i64,
        pub(super) kind: Kind,
    }

    #[derive(::orm::Enum, Debug, Clone, Copy, PartialEq)]
    pub(super) enum Kind {
        None,
        Self_,
        Str,
    }

    pub(super) type Loaded = ::orm::loaded!(Row { vec { result { options } }, string { ts } });

    pub(super) async fn fill(db: &::orm::Db) -> ::orm::Result<()> {
        let result = ::orm::query!(Result.create()).execute(db).await?;
        ::orm::query!(Option.create()).result_id(result.id).execute(db).await?;
        let vec =
            ::orm::query!(Vec.create(result_id = result.id, numbers = [1, 2].to_vec())).execute(db).await?;
        let string = ::orm::query!(String.create(text = "s")).execute(db).await?;
        ::orm::query!(Row.create(vec_id = vec.id, string_id = string.id)).execute(db).await?;
        let t = ::orm::query!(T.create(kind = Kind::Str)).execute(db).await?;
        ::orm::query!(P.create(string_id = string.id, t_id = t.id)).execute(db).await?;
        ::std::result::Result::Ok(())
    }

    pub(super) async fn loaded(db: &::orm::Db) -> ::orm::Result<Loaded> {
        ::orm::query!(Row
            .filter(.vec.numbers == [1, 2], .string.ts.any(.kind == Kind::Str))
            .exclude(.vec.result.options.is_empty() || .string.text.is_in(["x"]))
            .prefetch_related(.vec.result.options, .string.ts)
            .order_by(-.id)[..1])
        .get(db)
        .await
    }
}

#[orm::test]
async fn of_the_standard_library_and_of_orm(db: orm::Db) -> orm::Result<()> {
    use shadowed::{Kind, P, Row, T};
    let tables = models![T, P, Row, shadowed::Result, shadowed::Option, shadowed::Vec, shadowed::String];
    db.create_tables(tables).await?;
    shadowed::fill(&db).await?;
    let row = shadowed::loaded(&db).await?;
    assert_eq!(row.vec().result().options().len(), 1);
    assert_eq!(row.vec().result().text, "none");
    assert_eq!(row.string().ts()[0].kind, Kind::Str);
    assert!(format!("{:?}", row.clone()).starts_with("RowWith { row: Row { id: 1"));
    let string = row.into_string();
    assert_eq!(string.text, "s");
    Ok(())
}
