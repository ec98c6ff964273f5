//! Evaluates numeric operations line by line, to compare the algorithms of `number` and `hashing` with CPython:
//! `python3.14 crates/object/examples/numbers/compare.py` makes the cases, runs this and reports differences.
//!
//! A line is an operation and its arguments, separated by tabs. Integers are decimal, floats hexadecimal bits,
//! text is hexadecimal UTF-8. The answer is the result's `repr`, or `!` with the exception's class and text.

use pvm_object::hashing;
use pvm_object::number::bigint::bytes::{self, ByteOrder};
use pvm_object::number::bigint::{Int, arith, bits, compare, convert, power, roots, true_div};
use pvm_object::number::complex::{self, Complex, Operand};
use pvm_object::number::float_arith::{self, FloatPower};
use pvm_object::number::float_text;
use pvm_object::number::format_spec::{self, Defaults, LocaleNumbers};
use pvm_object::number::int_text::{self, ParseIntError};
use pvm_object::number::math_functions::{combinatorics, elementary, logarithms, pairs, sums};
use pvm_object::number::percent_format::{self, Directive};
use pvm_object::number::{NumberError, complex_text};
use pvm_object::text::{TextBuf, TextBuilder};
use std::io::{BufRead, Write};

type Answer = Result<String, NumberError>;

/// The arguments of one line.
struct Case<'a> {
    operation: &'a str,
    arguments: Vec<&'a str>,
}

impl Case<'_> {
    fn int(&self, index: usize) -> Int {
        Int::from(self.arguments[index].parse::<dashu_int::IBig>().expect("an integer"))
    }

    fn small(&self, index: usize) -> i64 {
        self.arguments[index].parse().expect("a small integer")
    }

    fn float(&self, index: usize) -> f64 {
        f64::from_bits(u64::from_str_radix(self.arguments[index], 16).expect("a float's bits"))
    }

    fn text(&self, index: usize) -> String {
        let digits = self.arguments[index].as_bytes();
        let byte = |pair: &[u8]| {
            let text = std::str::from_utf8(pair).expect("ASCII");
            u8::from_str_radix(text, 16).expect("a byte")
        };
        String::from_utf8(digits.chunks(2).map(byte).collect()).expect("UTF-8")
    }

    fn complex(&self, index: usize) -> Complex {
        Complex::new(self.float(index), self.float(index + 1))
    }

    /// A complex operand, or a real one if the imaginary argument is a dash.
    fn operand(&self, index: usize) -> Operand {
        match self.arguments[index + 1] {
            "-" => Operand::Real(self.float(index)),
            _ => Operand::Complex(self.complex(index)),
        }
    }
}

fn go(_: u64) -> bool {
    true
}

fn int(result: Result<Int, NumberError>) -> Answer {
    result.map(|value| value.to_string())
}

fn float(result: Result<f64, NumberError>) -> Answer {
    result.map(float_text::repr)
}

fn int_operation(case: &Case<'_>) -> Option<Answer> {
    let a = case.int(0);
    let b = if case.arguments.len() > 1 { case.int(1) } else { Int::ZERO };
    let (x, y) = (a.as_ref(), b.as_ref());
    Some(match &case.operation[4..] {
        "add" => int(Ok(arith::add(x, y))),
        "sub" => int(Ok(arith::sub(x, y))),
        "mul" => int(arith::mul(x, y)),
        "floordiv" => int(arith::floor_div(x, y)),
        "mod" => int(arith::modulo(x, y)),
        "divmod" => arith::div_mod(x, y).map(|(q, r)| format!("({q}, {r})")),
        "truediv" => float(true_div::true_div(x, y)),
        "neg" => int(Ok(arith::neg(x))),
        "abs" => int(Ok(arith::abs(x))),
        "pow" if y.is_negative() => float(power::pow_negative(x, y)),
        "pow" => int(power::pow(x, y, &mut go)),
        "powmod" => int(power::pow_mod(x, y, case.int(2).as_ref(), &mut go)),
        "lshift" => int(bits::shift_left(x, y)),
        "rshift" => int(bits::shift_right(x, y)),
        "and" => int(Ok(bits::and(x, y))),
        "or" => int(Ok(bits::or(x, y))),
        "xor" => int(Ok(bits::xor(x, y))),
        "invert" => int(Ok(bits::invert(x))),
        "bit_length" => Ok(x.bit_length().to_string()),
        "bit_count" => Ok(bits::bit_count(x).to_string()),
        "isqrt" => int(roots::isqrt(x)),
        "gcd" => int(roots::gcd(x, y)),
        "lcm" => int(roots::lcm(x, y)),
        "cmp" => Ok((compare::cmp(x, y) as i32).to_string()),
        "round" => int(arith::round(x, y)),
        "float" => float(convert::to_f64(x)),
        "hash" => Ok(hashing::hash_int(x).to_string()),
        "str" => int_text::to_decimal(x, 4300),
        "hex" => Ok(int_text::to_prefixed(x, 16)),
        "oct" => Ok(int_text::to_prefixed(x, 8)),
        "bin" => Ok(int_text::to_prefixed(x, 2)),
        "factorial" => int(combinatorics::factorial(x, &mut go)),
        "comb" => int(combinatorics::comb(x, y, &mut go)),
        "perm" => int(combinatorics::perm(x, y, &mut go)),
        "log" => float(logarithms::log_int(x, logarithms::Base::E)),
        "log2" => float(logarithms::log_int(x, logarithms::Base::Two)),
        "log10" => float(logarithms::log_int(x, logarithms::Base::Ten)),
        "ratiohash" => Ok(hashing::hash_ratio(x, y).to_string()),
        "bytes" => {
            let mut out = vec![0; case.small(1) as usize];
            let order = if case.small(2) == 0 { ByteOrder::Little } else { ByteOrder::Big };
            let signed = case.small(3) != 0;
            bytes::to_bytes(x, &mut out, order, signed).map(|()| {
                let hex: String = out.iter().map(|byte| format!("{byte:02x}")).collect();
                format!("{hex} {}", bytes::from_bytes(&out, order, signed))
            })
        }
        _ => return None,
    })
}

fn float_operation(case: &Case<'_>) -> Option<Answer> {
    let x = case.float(0);
    let second = || case.float(1);
    let pair = |(q, r): (f64, f64)| format!("({}, {})", float_text::repr(q), float_text::repr(r));
    let name = &case.operation[6..];
    if let Some(function) = elementary::ALL.iter().find(|function| function.name == name) {
        return Some(float(function.call(x)));
    }
    Some(match name {
        "repr" => Ok(float_text::repr(x)),
        "hex" => Ok(float_text::to_hex(x)),
        "hash" => Ok(hashing::hash_float(x).map_or("nan".to_owned(), |hash| hash.to_string())),
        "ratio" => convert::float_ratio(x).map(|(n, d)| format!("({n}, {d})")),
        "int" => int(convert::float_trunc(x)),
        "floor" => int(convert::float_floor(x)),
        "ceil" => int(convert::float_ceil(x)),
        "round0" => int(convert::float_round_to_int(x)),
        "round" => float(float_arith::round(x, case.small(1))),
        "truediv" => float(float_arith::true_div(x, second())),
        "floordiv" => float(float_arith::floor_div(x, second())),
        "mod" => float(float_arith::modulo(x, second())),
        "divmod" => float_arith::div_mod(x, second()).map(pair),
        "pow" => match float_arith::pow(x, second()) {
            Ok(FloatPower::Real(value)) => Ok(float_text::repr(value)),
            Ok(FloatPower::Complex) => complex::pow(Operand::Real(x), Operand::Real(second())).map(complex_text::repr),
            Err(error) => Err(error),
        },
        "gamma" => float(elementary::gamma(x)),
        "lgamma" => float(elementary::lgamma(x)),
        "log" => float(logarithms::log_float(x, logarithms::Base::E)),
        "log2" => float(logarithms::log_float(x, logarithms::Base::Two)),
        "log10" => float(logarithms::log_float(x, logarithms::Base::Ten)),
        "degrees" => float(Ok(elementary::degrees(x))),
        "radians" => float(Ok(elementary::radians(x))),
        "ulp" => float(Ok(elementary::ulp(x))),
        "modf" => Ok(pair(elementary::modf(x))),
        "frexp" => {
            let (fraction, exponent) = float_arith::frexp(x);
            Ok(format!("({}, {exponent})", float_text::repr(fraction)))
        }
        "fmod" => float(pairs::fmod(x, second())),
        "remainder" => float(pairs::remainder(x, second())),
        "mathpow" => float(pairs::pow(x, second())),
        "ldexp" => float(pairs::ldexp(x, case.int(1).as_ref())),
        "fma" => float(pairs::fma(x, second(), case.float(2))),
        "nextafter" => float(Ok(pairs::next_after(x, second()))),
        "steps" => float(pairs::next_after_steps(x, second(), case.int(2).as_ref())),
        "cmpint" => Ok(match compare::cmp_float(case.int(1).as_ref(), x) {
            Some(order) => (order as i32).to_string(),
            None => "None".to_owned(),
        }),
        "fsum" | "hypot" => {
            let mut numbers: Vec<f64> = (0..case.arguments.len()).map(|index| case.float(index)).collect();
            if name == "hypot" {
                return Some(float(Ok(sums::vector_norm(&mut numbers))));
            }
            let mut sum = sums::ExactSum::default();
            float(numbers.iter().try_for_each(|x| sum.add(*x)).and_then(|()| sum.finish()))
        }
        "sumprod" => {
            let count = case.arguments.len() / 2;
            let total = (0..count).try_fold(sums::TripleLength::default(), |total, index| {
                total.add_product(case.float(index), case.float(index + count))
            });
            float(Ok(total.map_or(f64::NAN, sums::TripleLength::to_f64)))
        }
        _ => return None,
    })
}

fn complex_operation(case: &Case<'_>) -> Option<Answer> {
    let show = |result: Result<Complex, NumberError>| result.map(complex_text::repr);
    let operands = || (case.operand(0), case.operand(2));
    Some(match &case.operation[8..] {
        "add" => show(Ok(complex::add(operands().0, operands().1))),
        "sub" => show(Ok(complex::sub(operands().0, operands().1))),
        "mul" => show(Ok(complex::mul(operands().0, operands().1))),
        "div" => show(complex::div(operands().0, operands().1)),
        "pow" => show(complex::pow(operands().0, operands().1)),
        "abs" => float(complex::abs(case.complex(0))),
        "repr" => Ok(complex_text::repr(case.complex(0))),
        "hash" => Ok(hashing::hash_complex_parts(case.complex(0)).map_or("nan".to_owned(), |hash| hash.to_string())),
        _ => return None,
    })
}

fn parse_operation(case: &Case<'_>) -> Option<Answer> {
    let text = case.text(0);
    let buffer = TextBuf::from(text.as_str());
    let ascii = pvm_object::text::strings::numeral::to_ascii_numeral(buffer.view());
    let ascii = ascii.as_bytes();
    let literal = |text: &str| NumberError::value(text.to_owned());
    Some(match &case.operation[6..] {
        "float" => float_text::parse_float(ascii).map(float_text::repr).map_err(|_| literal("float")),
        "hex" => float(float_text::from_hex(ascii)),
        "complex" => complex_text::parse_complex(ascii).map(complex_text::repr).map_err(|error| match error {
            complex_text::ParseComplexError::Underscores => literal("complex"),
            complex_text::ParseComplexError::Error(error) => error,
        }),
        "int" => match int_text::check_base(case.small(1)) {
            Err(error) => Err(error),
            Ok(base) => int_text::parse_int(ascii, base, 4300).map(|value| value.to_string()).map_err(|error| match error {
                ParseIntError::InvalidLiteral { base } => literal(&format!("int {base}")),
                ParseIntError::Error(error) => error,
            }),
        },
        _ => return None,
    })
}

fn format_operation(case: &Case<'_>) -> Option<Answer> {
    let spec_text = TextBuf::from(case.text(0).as_str());
    let spec_text = spec_text.view();
    let mut out = TextBuilder::new();
    let locale = LocaleNumbers::C;
    let result = match &case.operation[7..] {
        "int" => format_spec::parse(spec_text, "int", Defaults::INT)
            .and_then(|spec| format_spec::format_int(&mut out, case.int(1).as_ref(), &spec, "int", &locale, 4300)),
        "float" => format_spec::parse(spec_text, "float", Defaults::FLOAT)
            .and_then(|spec| format_spec::format_float(&mut out, case.float(1), &spec, "float", &locale)),
        "complex" => format_spec::parse(spec_text, "complex", Defaults::FLOAT)
            .and_then(|spec| format_spec::format_complex(&mut out, case.complex(1), &spec, "complex", &locale)),
        "str" => format_spec::parse(spec_text, "str", Defaults::STR).and_then(|spec| {
            let text = TextBuf::from(case.text(1).as_str());
            format_spec::format_string(&mut out, text.view(), &spec, "str")
        }),
        _ => return None,
    };
    Some(result.map(|()| out.view().to_str_lossy().into_owned()))
}

fn percent_operation(case: &Case<'_>) -> Option<Answer> {
    let flags = case.arguments[0];
    let directive = Directive {
        left: flags.contains('-'),
        plus: flags.contains('+'),
        space: flags.contains(' '),
        alternate: flags.contains('#'),
        zero: flags.contains('0'),
        width: case.arguments[1].parse().unwrap_or(0),
        precision: case.arguments[2].parse().ok(),
        conversion: case.arguments[3].as_bytes()[0],
    };
    Some(match case.operation {
        "percent_int" => percent_format::format_int(case.int(4).as_ref(), &directive, 4300),
        "percent_float" => percent_format::format_float(case.float(4), &directive),
        _ => return None,
    })
}

fn answer(line: &str) -> String {
    let mut fields = line.split('\t');
    let operation = fields.next().unwrap_or_default();
    let case = Case { operation, arguments: fields.collect() };
    let kind = operation.split('_').next().unwrap_or_default();
    let result = match kind {
        "int" => int_operation(&case),
        "float" => float_operation(&case),
        "complex" => complex_operation(&case),
        "parse" => parse_operation(&case),
        "format" => format_operation(&case),
        "percent" => percent_operation(&case),
        _ => None,
    };
    match result {
        Some(Ok(text)) => text,
        Some(Err(error)) => format!("!{} {error}", error.class_name().unwrap_or_default()),
        None => format!("?{operation}"),
    }
}

fn main() {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("readable input");
        // Answers may hold line breaks as fill characters: escape them.
        let text: String = answer(&line).chars().flat_map(char::escape_default).collect();
        writeln!(out, "{text}").expect("writable output");
    }
}
