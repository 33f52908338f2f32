//! Each file in `fail` holds one mistake; its `.stderr` is what a user reads.

#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.pass("derive/pass/*.rs");
    cases.pass("query/pass/*.rs");
    cases.compile_fail("derive/fail/*.rs");
    cases.compile_fail("query/fail/*.rs");
}
