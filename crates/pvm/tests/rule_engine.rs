//! The example that serves rules of others: each ends as expected, in time, and the next one is served.

mod clock;
#[path = "../examples/rule_engine.rs"]
mod rule_engine;

use clock::{Clock, PROMPT};

#[test]
fn hostile_rules() {
    let mut failures = Vec::new();
    let mut clock = Clock::start();
    rule_engine::serve(|outcome| {
        // What the rule took with the making of its interpreter and the rule served after it, which are no part of the limit.
        let beyond = clock.beyond(rule_engine::TIME);
        let rule_engine::Outcome { name, result, took, .. } = outcome;
        let late = took.saturating_sub(rule_engine::TIME).min(beyond.busy) > PROMPT;
        if !outcome.expected || !outcome.served || late {
            failures
                .push(format!("{name}: {result:?} after {took:?}, {beyond} beyond the limit, next served: {}", outcome.served));
        }
        clock = Clock::start();
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
