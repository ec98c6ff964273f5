//! What the tokens and handles forbid does not compile: each file in `compile_fail` with what the compiler says to it.

#[test]
fn what_the_tokens_forbid_does_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/compile_fail/*.rs");
}
