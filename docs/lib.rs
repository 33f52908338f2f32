//! The guide and the README as tests: their code is compiled, and what they quote is checked.

#[allow(missing_docs, reason = "the guide shows this file")]
pub mod models;
pub mod prelude;

#[cfg(test)]
mod django;
#[cfg(test)]
mod orders;
#[cfg(test)]
mod quotes;

/// The code of each chapter, for `cargo test --doc`.
#[cfg(doctest)]
pub mod chapters {
    macro_rules! chapters {
        ($($name:ident $file:literal;)*) => { $(
            #[doc = include_str!($file)]
            pub mod $name {}
        )* };
    }
    chapters! {
        readme "../README.md";
        introduction "src/introduction.md";
        first_steps "src/first-steps.md";
        models "src/models.md";
        relations "src/relations.md";
        queries "src/queries.md";
        expressions "src/expressions.md";
        loading "src/loading.md";
        values "src/values.md";
        aggregates "src/aggregates.md";
        subqueries "src/subqueries.md";
        creating "src/creating.md";
        updating "src/updating.md";
        upserting "src/upserting.md";
        linking "src/linking.md";
        running "src/running.md";
        paging "src/paging.md";
        streaming "src/streaming.md";
        serializing "src/serializing.md";
        raw "src/raw.md";
        transactions "src/transactions.md";
        locking "src/locking.md";
        testing "src/testing.md";
        errors "src/errors.md";
        django "django.md";
        performance "performance.md";
        architecture "architecture.md";
        changelog "changelog.md";
    }
}
