//! Measures how much work two interpreters in two threads do in the time that one does alone.
//!
//! `cargo run --release -p pvm --example parallel`

use std::time::Instant;

use pvm::Interpreter;

const WORK: &str = "
def work(n):
    total = 0
    table = {}
    for i in range(n):
        total += i % 7
        table[i % 100] = (total, str(i))
    return total
";

/// Work per second of so many interpreters at once.
fn measure(interpreters: u32, amount: i64) -> f64 {
    let ready: Vec<Interpreter> = (0..interpreters)
        .map(|_| {
            let python = Interpreter::new().expect("an interpreter");
            python.run(WORK).expect("a function");
            python.call::<i64>("work", (amount / 10,)).expect("a sum");
            python
        })
        .collect();
    let start = Instant::now();
    let threads: Vec<_> = ready
        .into_iter()
        .map(|python| std::thread::spawn(move || python.call::<i64>("work", (amount,)).map(|_| python)))
        .collect();
    let finished: Vec<_> = threads.into_iter().map(|thread| thread.join().expect("a thread").expect("a sum")).collect();
    let elapsed = start.elapsed().as_secs_f64();
    drop(finished);
    f64::from(interpreters) * amount as f64 / elapsed
}

fn main() {
    let amount = std::env::args().nth(1).and_then(|amount| amount.parse().ok()).unwrap_or(5_000_000);
    let mut best = 0f64;
    for _ in 0..3 {
        let (one, two) = (measure(1, amount), measure(2, amount));
        println!("one interpreter: {one:.0} rounds a second, two: {two:.0}, that is {:.2} times as many", two / one);
        best = best.max(two / one);
    }
    println!("{best:.2}");
}
