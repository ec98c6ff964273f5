//! The engine against CPython's, case by case.

use pvm_object::hooks::WITHOUT_INTERPRETER;
use pvm_object::isolate::Isolate;

use super::matcher::{Demand, Matcher, Scratch};
use super::program::Program;
use super::search::{Span, search};
use super::translate::translate;

/// The text of Python's `unicode_escape`.
fn unescape(text: &str) -> Vec<u32> {
    let (mut points, mut rest) = (Vec::new(), text);
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if c != '\\' {
            points.push(c.into());
            continue;
        }
        let digits = match rest.as_bytes()[0] {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            letter => {
                points.push(if letter == b'n' { 10 } else { letter.into() });
                rest = &rest[1..];
                continue;
            }
        };
        points.push(u32::from_str_radix(&rest[1..=digits], 16).unwrap());
        rest = &rest[digits + 1..];
    }
    points
}

fn shown(span: Span, scratch: &Scratch, groups: usize) -> String {
    let spans = std::iter::once(Some(span)).chain((0..groups).map(|group| scratch.group(group)));
    let spans = spans.map(|span| match span {
        Some((start, end)) => format!("{start},{end}"),
        None => "-1,-1".to_owned(),
    });
    spans.collect::<Vec<_>>().join(" ")
}

fn run(program: &Program, kind: &str, text: &[u32]) -> String {
    let mut scratch = Scratch::default();
    let mut poll = || Ok(());
    let groups = program.groups;
    let mut found = Vec::new();
    if kind == "match" || kind == "fullmatch" {
        let demand = Demand { full: kind == "fullmatch", advance: false };
        let end = Matcher::new(program, text, &mut scratch, &mut poll).match_at(0, demand).unwrap();
        found.extend(end.map(|end| shown((0, end), &scratch, groups)));
        return found.join(";");
    }
    let (mut from, mut advance) = (0, false);
    while let Some(span) = search(program, text, from, advance, &mut scratch, &mut poll).unwrap() {
        found.push(shown(span, &scratch, groups));
        if kind == "search" {
            break;
        }
        (from, advance) = (span.1, span.0 == span.1);
    }
    found.join(";")
}

#[test]
fn matches_are_those_of_cpython() {
    Isolate::new(&WITHOUT_INTERPRETER).enter(|vm| {
        let mut failures = Vec::new();
        for line in include_str!("test_matches.txt").lines().filter(|line| !line.starts_with('#')) {
            let [pattern, kind, code, groups, text, expected] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("a line has six fields: {line}");
            };
            let code: Vec<u32> = code.split(' ').map(|word| word.parse().unwrap()).collect();
            let Ok(program) = translate(&code, groups.parse().unwrap(), vm) else {
                drop(vm.take_pending());
                failures.push(format!("{pattern}: refused"));
                continue;
            };
            let got = run(&program, kind, &unescape(text));
            if got != expected {
                failures.push(format!("{pattern} {kind} {text:?}: {got}, not {expected}"));
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    });
}
