//! The `pvm` command.

fn main() {
    println!("pvm");
}
