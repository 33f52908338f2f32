//! The programs that `refused/` shows do not compile, for the reasons that it shows.

#[test]
fn refused() {
    trybuild::TestCases::new().compile_fail("refused/*.rs");
}
