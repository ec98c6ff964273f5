//! `writer`: records to lines.

use pvm_macros::{pyclass, pymethods};
use pvm_object::str::Str;
use pvm_object::text::TextBuilder;
use pvm_object::types::SlotId;
use pvm_object::{Object, PyResult, Ref, Value, Vm, exceptions, names};

use super::csv_error;
use super::dialect::{Dialect, Quoting};

/// CSV writer
///
/// Writer objects are responsible for generating tabular data
/// in CSV format from sequence input.
#[pyclass(name = "writer", module = "_csv", no_export)]
pub struct Writer {
    write: Value,
    #[member]
    dialect: Ref<Dialect>,
}

/// A line being made.
struct Line<'a> {
    dialect: &'a Dialect,
    text: TextBuilder,
    fields: usize,
}

/// Whether a value is a number (`PyNumber_Check`).
fn is_number(value: &Value) -> bool {
    let slots = value.ty().slots();
    value.as_complex().is_some() || [SlotId::Index, SlotId::Int, SlotId::Float].into_iter().any(|slot| slots.has(slot))
}

impl Line<'_> {
    /// Appends a field; none is empty (`join_append`).
    fn append(&mut self, field: Option<&Object<Str>>, quoted: bool, vm: &mut Vm) -> PyResult<()> {
        let dialect = self.dialect;
        let mut quoted = quoted;
        if field.is_none_or(|field| field.is_empty()) && dialect.delimiter == u32::from(' ') && dialect.skipinitialspace {
            let never = dialect.quoting == Quoting::None
                || field.is_none() && matches!(dialect.quoting, Quoting::Strings | Quoting::NotNull);
            if never {
                let message = "empty field must be quoted if delimiter is a space and skipinitialspace is true";
                return Err(csv_error(vm, message));
            }
            quoted = true;
        }
        let mut body = TextBuilder::new();
        for point in field.into_iter().flat_map(|field| field.view().code_points()) {
            let is = |wanted: Option<u32>| wanted == Some(point);
            let (quote, escape) = (is(dialect.quotechar), is(dialect.escapechar));
            let special = quote
                || escape
                || point == dialect.delimiter
                || point == u32::from('\n')
                || point == u32::from('\r')
                || dialect.ends_lines(point);
            if special {
                let must_escape = dialect.quoting == Quoting::None || escape || quote && !dialect.doublequote;
                if must_escape {
                    let Some(escape) = dialect.escapechar else {
                        return Err(csv_error(vm, "need to escape, but no escapechar set"));
                    };
                    body.push(escape);
                } else {
                    if quote {
                        body.push(point);
                    }
                    quoted = true;
                }
            }
            body.push(point);
        }
        if self.fields > 0 {
            self.text.push(dialect.delimiter);
        }
        let quote = dialect.quotechar.filter(|_| quoted);
        quote.into_iter().for_each(|quote| self.text.push(quote));
        self.text.push_view(body.view());
        quote.into_iter().for_each(|quote| self.text.push(quote));
        self.fields += 1;
        Ok(())
    }
}

impl Writer {
    /// One that writes to an object with a method `write`.
    pub fn new(vm: &mut Vm, file: &Value, dialect: impl FnOnce(&mut Vm) -> PyResult<Ref<Dialect>>) -> PyResult<Writer> {
        let write = vm.find_attr(file, &names::write)?;
        let Some(write) = write.filter(|write| write.ty().slots().call().is_some()) else {
            return Err(vm.type_error(format_args!("argument 1 must have a \"write\" method")));
        };
        Ok(Writer { write, dialect: dialect(vm)? })
    }

    fn write_row(&self, vm: &mut Vm, row: &Value) -> PyResult {
        let dialect = &*self.dialect;
        let iterator = match vm.iter(row) {
            Ok(iterator) => iterator,
            Err(raised) if vm.pending_is(&exceptions::TYPE_ERROR) => {
                drop(vm.catch(raised));
                let kind = vm.type_name(row);
                return Err(csv_error(vm, &format!("iterable expected, not {kind}")));
            }
            Err(raised) => return Err(raised),
        };
        let mut line = Line { dialect, text: TextBuilder::new(), fields: 0 };
        let mut last_is_none = false;
        while let Some(field) = vm.next(&iterator)? {
            let is_text = field.is_instance_of::<Str>();
            let quoted = match dialect.quoting {
                Quoting::NonNumeric => !is_number(&field),
                Quoting::All => true,
                Quoting::Strings => is_text,
                Quoting::NotNull => !field.is_none(),
                Quoting::Minimal | Quoting::None => false,
            };
            last_is_none = field.is_none();
            if last_is_none {
                line.append(None, quoted, vm)?;
            } else if let Some(text) = field.downcast::<Str>() {
                line.append(Some(text), quoted, vm)?;
            } else {
                let text = vm.str(&field)?;
                line.append(Some(&text), quoted, vm)?;
            }
        }
        if line.fields > 0 && line.text.is_empty() {
            let never = dialect.quoting == Quoting::None
                || last_is_none && matches!(dialect.quoting, Quoting::Strings | Quoting::NotNull);
            if never {
                return Err(csv_error(vm, "single empty field record must be quoted"));
            }
            line.fields -= 1;
            line.append(None, true, vm)?;
        }
        line.text.push_view(dialect.lineterminator.view());
        let text = vm.str_from_builder(line.text)?;
        vm.call(&self.write, &[text.into()])
    }
}

#[pymethods]
impl Writer {
    /// writerow($self, row, /)
    /// --
    ///
    /// Construct and write a CSV record from an iterable of fields.
    ///
    /// Non-string elements will be converted to string.
    fn writerow(&self, vm: &mut Vm, row: &Value) -> PyResult {
        self.write_row(vm, row)
    }

    /// writerows($self, rows, /)
    /// --
    ///
    /// Construct and write a series of iterables to a csv file.
    ///
    /// Non-string elements will be converted to string.
    fn writerows(&self, vm: &mut Vm, rows: &Value) -> PyResult<()> {
        let rows = vm.iter(rows)?;
        while let Some(row) = vm.next(&rows)? {
            self.write_row(vm, &row)?;
        }
        Ok(())
    }
}
