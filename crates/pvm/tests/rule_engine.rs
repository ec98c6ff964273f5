//! The example that serves rules of others: each ends as expected, in time, and the next one is served.

mod clock;
#[allow(dead_code, reason = "the example's own `main`")]
#[path = "../examples/rule_engine.rs"]
mod rule_engine;

use std::time::Duration;

use clock::{Clock, PROMPT};

/// How long a rule may take: long enough for those that come to the limit of memory, on a machine that does much else.
const TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 6 } else { 2 });

#[test]
fn hostile_rules() {
    let mut failures = Vec::new();
    let mut clock = Clock::start();
    rule_engine::serve(TIME, |outcome| {
        // What the rule took with the making of its interpreter and the rule served after it, which are no part of the limit.
        let beyond = clock.beyond(TIME);
        let rule_engine::Outcome { name, result, took, .. } = outcome;
        let late = took.saturating_sub(TIME).min(beyond.busy) > PROMPT;
        if !outcome.expected || !outcome.served || late {
            failures
                .push(format!("{name}: {result:?} after {took:?}, {beyond} beyond the limit, next served: {}", outcome.served));
        }
        clock = Clock::start();
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
