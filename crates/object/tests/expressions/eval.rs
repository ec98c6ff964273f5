//! A small evaluator of syntax trees: literals, operators, calls, attributes and subscripts.

use std::collections::HashMap;

use pvm_bytecode::Constant;
use pvm_compiler::ast::{BoolOp, CmpOp, Expr, ExprKind, Identifier, Mod, Operator, StmtKind, UnaryOp};
use pvm_compiler::error::IgnoreWarnings;
use pvm_compiler::{Mode, ParseFlags, SourceText, parse};
use pvm_object::ops::{BinaryOp, CompareOp};
use pvm_object::str::Str;
use pvm_object::types::{PyClass, Type};
use pvm_object::{Args, HeapVec, PyResult, Ref, Value, Vm};

/// The variables.
pub struct Names {
    values: HashMap<String, Value>,
}

/// A class of the machine by its name.
fn class<T: PyClass>() -> (String, Value) {
    let class = T::type_object();
    (class.name().to_owned(), class.to_value())
}

const FUNCTIONS: &[&str] = &["len", "repr", "ascii", "hash", "iter", "next", "format", "isinstance", "sorted"];

impl Names {
    pub fn new(vm: &mut Vm) -> Names {
        use pvm_object::{bytearray::ByteArray, bytes::Bytes, complex::Complex, dict::Dict, float::Float, int::Int};
        use pvm_object::{list::List, slice::Slice, tuple::Tuple};
        let mut values = HashMap::from([
            class::<Str>(),
            class::<Bytes>(),
            class::<ByteArray>(),
            class::<Int>(),
            class::<Float>(),
            class::<Complex>(),
            class::<List>(),
            class::<pvm_object::memoryview::MemoryView>(),
            class::<Tuple>(),
            class::<Dict>(),
            class::<Slice>(),
            class::<Type>(),
        ]);
        values.insert("object".to_owned(), pvm_object::types::OBJECT_TYPE.to_value());
        for name in FUNCTIONS {
            values.insert((*name).to_owned(), vm.new_str(&format!("function {name}")).into());
        }
        values.insert("NotImplemented".to_owned(), Value::not_implemented());
        Names { values }
    }

    /// Runs a line; gives the `repr` of an expression's value, or the exception.
    pub fn run(&mut self, line: &str, vm: &mut Vm) -> String {
        let source = SourceText::new(line);
        let tree = parse(&source, "<case>", Mode::Exec, ParseFlags::default(), &mut IgnoreWarnings).expect("syntax");
        let Mod::Module { body, .. } = tree else { panic!("a module") };
        let mut result = Ok(Value::none());
        for statement in &body {
            result = self.statement(&statement.kind, vm);
            if result.is_err() {
                break;
            }
        }
        match result.and_then(|value| shown(&value, vm)) {
            Ok(text) => text.to_string_lossy().into_owned(),
            Err(raised) => {
                let exception = vm.catch(raised);
                let class = exception.ty().name().to_owned();
                match vm.str(&exception.as_value()) {
                    Ok(text) => format!("{class}: {text}"),
                    Err(raised) => {
                        drop(vm.catch(raised));
                        format!("{class}: ?")
                    }
                }
            }
        }
    }

    fn statement(&mut self, kind: &StmtKind, vm: &mut Vm) -> PyResult {
        match kind {
            StmtKind::Expr { value } => self.eval(value, vm),
            StmtKind::Assign { targets, value, .. } => {
                let value = self.eval(value, vm)?;
                self.assign(&targets[0], value, vm)
            }
            StmtKind::AugAssign { target, op, value } => {
                let (old, value) = (self.eval(target, vm)?, self.eval(value, vm)?);
                let new = vm.inplace(operator(*op), &old, &value)?;
                self.assign(target, new, vm)
            }
            StmtKind::Delete { targets } => {
                let ExprKind::Subscript { value, slice, .. } = &targets[0].kind else { panic!("only items are deleted") };
                let (value, key) = (self.eval(value, vm)?, self.eval(slice, vm)?);
                vm.delitem(&value, &key)?;
                Ok(Value::none())
            }
            other => panic!("no such statement here: {other:?}"),
        }
    }

    fn assign(&mut self, target: &Expr, value: Value, vm: &mut Vm) -> PyResult {
        match &target.kind {
            ExprKind::Name { id, .. } => {
                self.values.insert(id.to_string(), value);
            }
            ExprKind::Subscript { value: object, slice, .. } => {
                let (object, key) = (self.eval(object, vm)?, self.eval(slice, vm)?);
                vm.setitem(&object, &key, &value)?;
            }
            other => panic!("no such target here: {other:?}"),
        }
        Ok(Value::none())
    }

    fn all(&mut self, expressions: &[Expr], vm: &mut Vm) -> PyResult<Vec<Value>> {
        let mut values = Vec::new();
        for expression in expressions {
            if let ExprKind::Starred { value, .. } = &expression.kind {
                let iterable = self.eval(value, vm)?;
                values.extend(vm.collect_items(&iterable)?);
            } else {
                values.push(self.eval(expression, vm)?);
            }
        }
        Ok(values)
    }

    fn or_none(&mut self, expression: Option<&Expr>, vm: &mut Vm) -> PyResult {
        expression.map_or_else(|| Ok(Value::none()), |expression| self.eval(expression, vm))
    }

    fn eval(&mut self, expression: &Expr, vm: &mut Vm) -> PyResult {
        match &expression.kind {
            ExprKind::Constant { value, .. } => Ok(constant(value, vm)),
            ExprKind::Name { id, .. } => match self.values.get(&**id) {
                Some(value) => Ok(value.clone()),
                None => Err(vm.name_error(format_args!("name '{id}' is not defined"))),
            },
            ExprKind::Tuple { elts, .. } => {
                let items = self.all(elts, vm)?;
                Ok(vm.new_tuple(items).into())
            }
            ExprKind::List { elts, .. } => {
                let items = self.all(elts, vm)?;
                Ok(vm.list_from(HeapVec::try_from_iter(items)?).into())
            }
            ExprKind::Dict { keys, values } => {
                let dict = vm.new_dict();
                for (key, value) in keys.iter().zip(values) {
                    let key = self.eval(key.as_ref().expect("a key"), vm)?;
                    let value = self.eval(value, vm)?;
                    dict.set(&key, value, vm)?;
                }
                Ok(dict.into())
            }
            ExprKind::BinOp { left, op, right } => {
                let (left, right) = (self.eval(left, vm)?, self.eval(right, vm)?);
                vm.binary(operator(*op), &left, &right)
            }
            ExprKind::UnaryOp { op, operand } => {
                let operand = self.eval(operand, vm)?;
                match op {
                    UnaryOp::USub => vm.negative(&operand),
                    UnaryOp::UAdd => vm.positive(&operand),
                    UnaryOp::Invert => vm.invert(&operand),
                    UnaryOp::Not => vm.truth(&operand).map(|truth| Value::from_bool(!truth)),
                }
            }
            ExprKind::BoolOp { op, values } => {
                let mut last = Value::none();
                for value in values {
                    last = self.eval(value, vm)?;
                    if vm.truth(&last)? == (*op == BoolOp::Or) {
                        break;
                    }
                }
                Ok(last)
            }
            ExprKind::Compare { left, ops, comparators } => {
                let mut left = self.eval(left, vm)?;
                let mut result = Value::none();
                for (op, right) in ops.iter().zip(comparators) {
                    let right = self.eval(right, vm)?;
                    result = compare(*op, &left, &right, vm)?;
                    if !vm.truth(&result)? {
                        break;
                    }
                    left = right;
                }
                Ok(result)
            }
            ExprKind::Attribute { value, attr, .. } => {
                let value = self.eval(value, vm)?;
                let name = vm.intern(attr);
                vm.getattr(&value, &name)
            }
            ExprKind::Subscript { value, slice, .. } => {
                let (value, key) = (self.eval(value, vm)?, self.eval(slice, vm)?);
                vm.getitem(&value, &key)
            }
            ExprKind::Slice { lower, upper, step } => {
                let lower = self.or_none(lower.as_deref(), vm)?;
                let upper = self.or_none(upper.as_deref(), vm)?;
                let step = self.or_none(step.as_deref(), vm)?;
                Ok(vm.new_slice(lower, upper, step).into())
            }
            ExprKind::Call { func, args, keywords } => {
                let mut values = self.all(args, vm)?;
                if let ExprKind::Name { id, .. } = &func.kind
                    && FUNCTIONS.contains(&&**id)
                {
                    return function(id, &values, vm);
                }
                let function = self.eval(func, vm)?;
                let mut names: Vec<Value> = Vec::new();
                for keyword in keywords {
                    let name = keyword.arg.as_ref().expect("a keyword with a name");
                    names.push(vm.intern(name).into());
                    values.push(self.eval(&keyword.value, vm)?);
                }
                if names.is_empty() {
                    return vm.call(&function, &values);
                }
                let names = vm.new_tuple(names);
                vm.call_args(&function, Args::with_keywords(&values, Some(&names)))
            }
            other => panic!("no such expression here: {other:?}"),
        }
    }
}

fn operator(op: Operator) -> BinaryOp {
    match op {
        Operator::Add => BinaryOp::Add,
        Operator::Sub => BinaryOp::Subtract,
        Operator::Mult => BinaryOp::Multiply,
        Operator::MatMult => BinaryOp::MatrixMultiply,
        Operator::Div => BinaryOp::TrueDivide,
        Operator::Mod => BinaryOp::Remainder,
        Operator::Pow => BinaryOp::Power,
        Operator::LShift => BinaryOp::LeftShift,
        Operator::RShift => BinaryOp::RightShift,
        Operator::BitOr => BinaryOp::Or,
        Operator::BitXor => BinaryOp::Xor,
        Operator::BitAnd => BinaryOp::And,
        Operator::FloorDiv => BinaryOp::FloorDivide,
    }
}

fn compare(op: CmpOp, left: &Value, right: &Value, vm: &mut Vm) -> PyResult {
    let op = match op {
        CmpOp::Eq => CompareOp::Eq,
        CmpOp::NotEq => CompareOp::Ne,
        CmpOp::Lt => CompareOp::Lt,
        CmpOp::LtE => CompareOp::Le,
        CmpOp::Gt => CompareOp::Gt,
        CmpOp::GtE => CompareOp::Ge,
        CmpOp::Is => return Ok(Value::from_bool(left.is(right))),
        CmpOp::IsNot => return Ok(Value::from_bool(!left.is(right))),
        CmpOp::In => return vm.contains(right, left).map(Value::from_bool),
        CmpOp::NotIn => {
            return vm.contains(right, left).map(|found| Value::from_bool(!found));
        }
    };
    vm.rich_compare(left, right, op)
}

fn constant(constant: &Constant, vm: &mut Vm) -> Value {
    match constant {
        Constant::None => Value::none(),
        Constant::Ellipsis => Value::ellipsis(),
        Constant::Bool(value) => Value::from_bool(*value),
        Constant::Int(value) => vm.big_int(value.clone()),
        Constant::Float(value) => vm.float(*value),
        Constant::Str(text) => vm.str_from_code_points(text.code_points()).expect("a string").into(),
        Constant::Bytes(bytes) => vm.new_bytes(bytes).expect("bytes").into(),
        other => panic!("no such constant here: {other:?}"),
    }
}

/// `repr(value)`; the singletons' own belongs to their classes.
fn shown(value: &Value, vm: &mut Vm) -> PyResult<Ref<Str>> {
    if value.is_none() { Ok(vm.new_str("None")) } else { vm.repr(value) }
}

/// The functions of `builtins` that cases need.
fn function(name: &Identifier, args: &[Value], vm: &mut Vm) -> PyResult {
    match (&**name, args) {
        ("len", [value]) => {
            let len = vm.len(value)?;
            Ok(vm.int(len as i64))
        }
        ("repr", [value]) => vm.repr(value).map(Value::from),
        ("ascii", [value]) => vm.ascii(value).map(Value::from),
        ("hash", [value]) => {
            let hash = vm.hash(value)?;
            Ok(vm.int(hash))
        }
        ("iter", [value]) => vm.iter(value),
        ("next", [iterator]) => match vm.next(iterator)? {
            Some(item) => Ok(item),
            None => Err(vm.stop_iteration()),
        },
        ("format", [value, spec]) => {
            let spec = vm.str(spec)?;
            vm.format(value, &spec).map(Value::from)
        }
        ("isinstance", [value, class]) => vm.is_instance(value, class).map(Value::from_bool),
        ("sorted", [iterable]) => vm.list_of(iterable).map(Value::from),
        _ => panic!("no such function here: {name}"),
    }
}
